package qr

import "testing"

// Bare is the middle of what Modules gives, at the same level.
func TestBareHasNoQuietZone(t *testing.T) {
	whole, err := Modules("https://example.org/t/1")
	if err != nil {
		t.Fatal(err)
	}
	bare, err := Bare("https://example.org/t/1", 'M')
	if err != nil || len(bare) != len(whole)-8 {
		t.Fatalf("%d modules, %v", len(bare), err)
	}
	for y, row := range bare {
		for x, dark := range row {
			if dark != whole[y+4][x+4] {
				t.Fatalf("module %d, %d differs", x, y)
			}
		}
	}
	if high, err := Bare("https://example.org/t/1", 'H'); err != nil || len(high) <= len(bare) {
		t.Errorf("level H: %d modules, %v", len(high), err)
	}
	if _, err := Bare("x", 'Z'); err == nil {
		t.Error("level Z is one")
	}
}
