package qr

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
)

const address = "https://hall.example/t/hbAAAAAAAAAAAAAAAAAAAAAA"

// The SVG has exactly the dark modules of the symbol, and its quiet zone.
func TestSVGIsTheSymbol(t *testing.T) {
	modules, err := Modules(address)
	if err != nil {
		t.Fatal(err)
	}
	svg, err := SVG(address)
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(svg, new(struct{})); err != nil {
		t.Fatal(err)
	}
	drawn := map[string]bool{}
	_, path, _ := strings.Cut(string(svg), `fill="#000" d="`)
	for part := range strings.SplitSeq(path, "M") {
		var x, y, run int
		if _, err := fmt.Sscanf(part, "%d %dh%dv1", &x, &y, &run); err != nil {
			continue
		}
		for i := range run {
			drawn[fmt.Sprint(x+i, y)] = true
		}
	}
	for y, row := range modules {
		for x, dark := range row {
			if drawn[fmt.Sprint(x, y)] != dark {
				t.Fatalf("module %d,%d", x, y)
			}
			if edge := len(row) - 4; dark && (x < 4 || y < 4 || x >= edge || y >= edge) {
				t.Fatalf("dark in the quiet zone: %d,%d", x, y)
			}
		}
	}
}

func TestCacheIsBounded(t *testing.T) {
	first, _ := SVG("first")
	for i := range cacheSize + 10 {
		if _, err := SVG(fmt.Sprint("content ", i)); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(kept.made); n > cacheSize || len(kept.order) > cacheSize {
		t.Errorf("%d symbols are kept", n)
	}
	if again, _ := SVG("first"); !bytes.Equal(first, again) {
		t.Error("drawn differently the second time")
	}
	if _, err := SVG(""); err == nil {
		t.Error("nothing is no content")
	}
}
