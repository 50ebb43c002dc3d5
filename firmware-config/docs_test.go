package firmware

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func page(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../docs/devices", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The pages list every profile, with what the profile itself says.
func TestPagesListProfiles(t *testing.T) {
	for _, h := range List("") {
		row := ""
		for _, line := range strings.Split(page(t, h.Kind+"s.md"), "\n") {
			if strings.HasPrefix(line, "| `") && strings.Contains(line, "`"+h.ID+"`") {
				row = line
				break
			}
		}
		switch {
		case row == "":
			t.Errorf("%ss.md does not list %s", h.Kind, h.ID)
		case !strings.HasSuffix(row, "| "+h.Verified.How+" |"):
			t.Errorf("%ss.md: %s is verified %s: %s", h.Kind, h.ID, h.Verified.How, row)
		}
		if p, err := LoadPrinter(h.ID); err == nil && !strings.Contains(row, fmt.Sprint(p.Dots)) {
			t.Errorf("printers.md: %s has %d dots: %s", h.ID, p.Dots, row)
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)#:]+)\)`)

func TestLinksOfPages(t *testing.T) {
	pages, err := filepath.Glob("../docs/devices/*.md")
	if err != nil || len(pages) < 8 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for _, file := range append(pages, "README.md", "host/README.md") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(data), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), m[1])); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
}

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// What a page tells people to write is accepted.
func TestExamplesOfPages(t *testing.T) {
	for _, name := range []string{"keypads.md", "panels.md"} {
		for _, m := range yamlBlock.FindAllStringSubmatch(page(t, name), -1) {
			if _, err := ParseSite([]byte("branch: a\nname: b\ndevices:\n" + m[1])); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	blocks := yamlBlock.FindAllStringSubmatch(page(t, "adding-a-device.md"), -1)
	lib, err := folder(t, map[string]string{"rongta-rp326.yaml": blocks[0][1]})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lib.LoadPrinter("rongta-rp326"); err != nil {
		t.Error(err)
	}
	tried := strings.Replace(blocks[0][1], "verified: {how: guess}\n", blocks[1][1], 1)
	if lib, err = folder(t, map[string]string{"rongta-rp326.yaml": tried}); err != nil {
		t.Fatal(err)
	}
	if p, err := lib.LoadPrinter("rongta-rp326"); err != nil || p.Verified.How != "hardware" {
		t.Error(err)
	}
}

var commitRow = regexp.MustCompile(`(?m)^\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$`)

// The numbers that put an address in force are the chip's: the CRC-16 of Modbus
// over debounce, address, parity and speed in hundreds.
func TestNumbersForAddresses(t *testing.T) {
	rows := commitRow.FindAllStringSubmatch(page(t, "keypads.md"), -1)
	if len(rows) < 8 {
		t.Fatalf("%d rows of addresses", len(rows))
	}
	for _, row := range rows {
		for i := 1; i < len(row); i += 2 {
			address, _ := strconv.Atoi(row[i])
			number, _ := strconv.Atoi(row[i+1])
			crc := 0xFFFF
			for _, b := range []int{0, 20, 0, address, 0, 0, 0, 192} {
				crc ^= b
				for range 8 {
					odd := crc & 1
					crc = crc>>1 ^ odd*0xA001
				}
			}
			if crc != number {
				t.Errorf("address %d: %d on the page, %d is right", address, number, crc)
			}
		}
	}
}
