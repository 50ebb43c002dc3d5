package escpos

import "testing"

// aims are the most bytes of the sample ticket on 80 mm paper: 2.5 s and 4.5 s at
// 19200 baud, 0.75 s at 115200.
var aims = map[string]int{"drawn": 8_600, "memory": 4_800, "tcvn3": 1_000}

func TestSizes(t *testing.T) {
	rows, err := Sizes()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 12 {
		t.Fatalf("%d rows", len(rows))
	}
	plain := 0
	for _, r := range rows {
		t.Logf("%3d %-7s %6d bytes %4d rows %6.2f s %6.2f s %6.2f s", r.Dots, r.Name, r.Bytes, r.Rows, r.Seconds[0], r.Seconds[1], r.Seconds[2])
		if r.Name == "plain" {
			plain = r.Bytes
			continue
		}
		if r.Bytes > aims[r.Name] {
			t.Errorf("%s at %d dots has %d bytes, the aim is %d", r.Name, r.Dots, r.Bytes, aims[r.Name])
		}
		if r.Bytes*4 > plain {
			t.Errorf("%s at %d dots has %d bytes, a plain picture %d", r.Name, r.Dots, r.Bytes, plain)
		}
		if r.Name == "drawn" && r.Seconds[2] > 0.75 {
			t.Errorf("%.2f s at 115200", r.Seconds[2])
		}
	}
}

// The number is read from an arm's length: 15 mm high, and on narrow paper as
// high as its width lets it be.
func TestNumberIsHuge(t *testing.T) {
	for dots, least := range map[int]int{384: 100, 512: 120, 576: 120} {
		l := &layout{ticket: Sample().cleaned(), dots: dots, faces: faces{}, prof: profile(dots, nil)}
		l.number()
		tall := 0
		for _, row := range l.pieces[0].sheet.rows {
			if l.pieces[0].sheet.reach(row) > 0 {
				tall += 2
			}
		}
		if tall < least {
			t.Errorf("at %d dots the number is %d dots high", dots, tall)
		}
	}
}

func TestSizeCountsTenBitsAByte(t *testing.T) {
	if got := Size(1920, 19200); got != 1 {
		t.Errorf("1920 bytes at 19200 baud take %v s", got)
	}
}
