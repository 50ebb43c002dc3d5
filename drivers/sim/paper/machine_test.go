package paper

import (
	"bytes"
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"
)

// ticket is the bytes of a page with something of everything.
func ticket() []byte {
	var b bytes.Buffer
	b.WriteString("\x1b@\x1c.\x1ba\x01\x1bE\x01UBND PHUONG\x1bE\x00\n\x1d!\x55A012\x1d!\x00\n")
	b.WriteString("\x1bt\x1eB\xb6n l\xb5ng \xae\xd1p\n")
	b.WriteString("\x1dv0\x00\x02\x00\x03\x00\xff\xff\x80\x01\xff\xff")
	b.Write(qrBytes("https://motcua.vn/t/abc", 4, '1'))
	b.WriteString("\x1d(H\x06\x0000" + "0042")
	b.WriteString("\x1dVB\x00")
	return b.Bytes()
}

func qrBytes(text string, size, level byte) []byte {
	var b bytes.Buffer
	b.WriteString("\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C" + string([]byte{size}) + "\x1d(k\x03\x001E" + string([]byte{level}))
	n := len(text) + 3
	b.WriteString("\x1d(k" + string([]byte{byte(n), byte(n >> 8)}) + "1P0" + text + "\x1d(k\x03\x001Q0")
	return b.Bytes()
}

// play gives the pages and answers of a stream written in pieces of a size.
func play(o Options, stream []byte, piece int) (pages []*Page, answers []string, m *Machine) {
	o.Cut = func(p *Page) { pages = append(pages, p) }
	o.Answer = func(kind string, b []byte) { answers = append(answers, fmt.Sprintf("%s % x", kind, b)) }
	m = New(o)
	for part := range slices.Chunk(stream, max(piece, 1)) {
		_, _ = m.Write(part)
	}
	return pages, answers, m
}

func one(t *testing.T, o Options, stream string) *Page {
	t.Helper()
	_, _, m := play(o, []byte(stream), 1000)
	return m.Current()
}

func noErrors(t *testing.T, p *Page) {
	t.Helper()
	for _, e := range p.Errors {
		t.Error(e)
	}
}

func TestTicketInPiecesOfAnySize(t *testing.T) {
	whole, answers, _ := play(Options{}, ticket(), 1<<20)
	if len(whole) != 1 {
		t.Fatalf("%d pages", len(whole))
	}
	p := whole[0]
	noErrors(t, p)
	if want := []string{"UBND PHUONG", "A012", "Bản làng đẹp"}; !slices.Equal(p.Texts, want) {
		t.Errorf("texts %q", p.Texts)
	}
	if want := []string{"https://motcua.vn/t/abc"}; !slices.Equal(p.QR, want) {
		t.Errorf("QR %q", p.QR)
	}
	if want := []string{"gs_h 37 22 30 30 34 32 00"}; !slices.Equal(answers, want) {
		t.Errorf("answers %q", answers)
	}
	for piece := 1; piece < 8; piece++ {
		again, more, _ := play(Options{}, ticket(), piece)
		if len(again) != 1 || !bytes.Equal(again[0].Image.Pix, p.Image.Pix) || !slices.Equal(more, answers) {
			t.Errorf("in pieces of %d the page is another", piece)
		}
	}
}

// black counts the dark dots and their box.
func black(g *image.Gray) (n int, box image.Rectangle) {
	for y := range g.Rect.Dy() {
		for x := range g.Rect.Dx() {
			if g.GrayAt(x, y).Y == 0 {
				n++
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return n, box
}

func TestRasterDotForDot(t *testing.T) {
	for _, c := range []struct {
		name, stream string
		n            int
		box          image.Rectangle
	}{
		{"plain", "\x1dv0\x00\x01\x00\x02\x00\x81\x80", 3, image.Rect(0, 0, 8, 2)},
		{"four times", "\x1dv0\x03\x01\x00\x02\x00\x81\x80", 12, image.Rect(0, 0, 16, 4)},
		{"right", "\x1ba\x02\x1dv0\x00\x01\x00\x01\x00\xff", 8, image.Rect(376, 0, 384, 1)},
		{"centre of an area", "\x1dL\x10\x00\x1dW\x20\x00\x1ba\x01\x1dv0\x00\x01\x00\x01\x00\xff", 8, image.Rect(28, 0, 36, 1)},
		{"new command", "\x1d(L\x0c\x000p0\x01\x011\x08\x00\x02\x00\xff\x01\x1d(L\x02\x0002", 9, image.Rect(0, 0, 8, 2)},
		{"long command", "\x1d8L\x0c\x00\x00\x000p0\x01\x011\x08\x00\x02\x00\xff\x01\x1d(L\x02\x0002", 9, image.Rect(0, 0, 8, 2)},
		{"key", "\x1d(L\x0c\x000C0G1\x01\x08\x00\x01\x001\xff\x1d(L\x06\x000EG1\x01\x01", 8, image.Rect(0, 0, 8, 1)},
		{"list", "\x1cq\x01\x01\x00\x01\x00\xff\x00\x00\x00\x00\x00\x00\x01\x1cp\x01\x00", 9, image.Rect(0, 0, 8, 8)},
		{"columns", "\x1b*\x21\x02\x00\xff\xff\xff\x00\x00\x01\x1bJ\x18", 25, image.Rect(0, 0, 2, 24)},
		{"own letter", "\x1b&\x03A\x41\x01\xff\xff\xff\x1b%\x01A\x1bJ\x18", 24, image.Rect(0, 0, 1, 24)},
	} {
		p := one(t, Options{Dots: 384}, c.stream)
		noErrors(t, p)
		if n, box := black(p.Image); n != c.n || box != c.box {
			t.Errorf("%s: %d dots in %v, want %d in %v", c.name, n, box, c.n, c.box)
		}
	}
}

func TestWhatDoesNotFitIsCounted(t *testing.T) {
	p := one(t, Options{Dots: 384}, "\x1dv0\x00\x31\x00\x01\x00"+strings.Repeat("\xff", 49))
	if p.Clipped != 8 {
		t.Errorf("%d dots clipped, want 8", p.Clipped)
	}
	p = one(t, Options{Dots: 384}, strings.Repeat("x", 33)+"\n")
	if p.Wrapped != 1 || len(p.Texts) != 2 {
		t.Errorf("%d lines broken, texts %q", p.Wrapped, p.Texts)
	}
	p = one(t, Options{Dots: 384}, string(qrBytes("x", 16, '0'))+string(qrBytes(strings.Repeat("y", 200), 16, '0')))
	if len(p.QR) != 1 || len(p.Errors) != 1 {
		t.Errorf("symbols %d, errors %v", len(p.QR), p.Errors)
	}
}

func TestErrorsSayWhere(t *testing.T) {
	for stream, at := range map[string]int{
		"ab\x1b\x01c":             3,
		"\x07":                    0,
		"\x1d(H\x06\x0000\x01abc": 10,
		"\xe1":                    0,
		"\x1cp\x09\x00":           3,
		"\x1d!\x99":               2,
	} {
		p := one(t, Options{}, stream)
		if len(p.Errors) != 1 || p.Errors[0].At != at {
			t.Errorf("%q: %v, want one error at %d", stream, p.Errors, at)
		}
	}
}

func TestChineseModeEatsLettersInPairs(t *testing.T) {
	const word = "\x1bt\x1e\xae\xd1p\n" // đẹp
	if p := one(t, Options{Chinese: true}, word); slices.Equal(p.Texts, []string{"đẹp"}) {
		t.Error("a printer in its Chinese mode printed Vietnamese")
	}
	p := one(t, Options{Chinese: true}, "\x1b@\x1c."+word)
	if noErrors(t, p); !slices.Equal(p.Texts, []string{"đẹp"}) {
		t.Errorf("texts %q", p.Texts)
	}
}

func TestBothVietnamesePages(t *testing.T) {
	p := one(t, Options{Lower: 27, Upper: 28}, "\x1bt\x1b\xd6\x1bt\x1c\xa7\xd6\n")
	if noErrors(t, p); !slices.Equal(p.Texts, []string{"ệĐỆ"}) {
		t.Errorf("texts %q", p.Texts)
	}
	if n := len(tcvnLower) + len(tcvnUpper); n != 256 {
		t.Errorf("the pages have %d places", n)
	}
}

// Letters with different marks must not look alike, or a picture proves nothing.
func TestLettersDiffer(t *testing.T) {
	seen := map[string]rune{}
	for _, r := range append(slices.Clone(tcvnLower), tcvnUpper...) {
		if r == ' ' {
			continue
		}
		key := fmt.Sprint(cell(r).dot)
		if other, has := seen[key]; has && other != r {
			t.Errorf("%c looks like %c", r, other)
		}
		seen[key] = r
	}
	if len(seen) != 134 {
		t.Errorf("%d letters, want 134", len(seen))
	}
}

func TestPaperMovesAndIsCutBehindTheHead(t *testing.T) {
	pages, _, m := play(Options{DPI: 203, Gap: 96}, []byte("\x1b3\x1eA\n\x1bd\x02\x1bJ\x07\x1dVB\x05"), 3)
	if m.Moved() != 30+60+7+96+5 || len(pages) != 1 {
		t.Fatalf("moved %d, %d pages", m.Moved(), len(pages))
	}
	if h := pages[0].Image.Rect.Dy(); h != 96+30+60+7+5 {
		t.Errorf("the ticket has %d rows", h)
	}
	if h := m.Page().Rect.Dy(); h != 96 {
		t.Errorf("%d rows between head and cutter", h)
	}
}

func TestRestartKeepsPaperAndPictures(t *testing.T) {
	m := New(Options{Dots: 384})
	_, _ = m.Write([]byte("\x1cq\x01\x01\x00\x01\x00\xff\x00\x00\x00\x00\x00\x00\x01\x1dv0\x00\x01\x00\x02\x00\xff"))
	if m.Idle() {
		t.Error("idle inside a raster")
	}
	m.Restart()
	_, _ = m.Write([]byte("\x1cp\x01\x00"))
	noErrors(t, m.Current())
	if n, box := black(m.Page()); n != 17 || box.Max.Y != 9 || !m.Idle() {
		t.Errorf("%d dots in %v", n, box)
	}
}

func TestSnifferFindsCommandsEverywhere(t *testing.T) {
	var s Sniffer
	var got []string
	for _, b := range []byte("\x1dv0\x00\x01\x00\x04\x00\x10\x10\x04\x01\x10\x05\x09\x10\x05\x02x\x10\x04\x05\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08\x10\x04\x04") {
		if cmd := s.Next(b); cmd != nil {
			got = append(got, fmt.Sprintf("% x", cmd))
		}
	}
	want := []string{"10 04 01", "10 05 02", "10 14 08 01 03 14 01 06 02 08", "10 04 04"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func FuzzMachine(f *testing.F) {
	f.Add(ticket(), 3)
	f.Add([]byte("\x1b&\x03A\x42\x0c"), 1)
	f.Add([]byte("\x1d8L\xff\xff\xff\xff0p0"), 2)
	f.Add([]byte("\x1cq\xff\xff\xff\xff\xff"), 2)
	f.Add([]byte("\x1b$\xff\xff\x1dL\xff\xffA\t\n\x1b\\\x00\x80A\n"), 2)
	f.Fuzz(func(t *testing.T, stream []byte, piece int) {
		if len(stream) > 4096 {
			return
		}
		whole, answers, m := play(Options{Dots: 384}, stream, len(stream))
		parts, more, n := play(Options{Dots: 384}, stream, piece%64)
		if m.Moved() != n.Moved() || len(whole) != len(parts) || !slices.Equal(answers, more) {
			t.Fatal("the pieces matter")
		}
		if !bytes.Equal(m.Page().Pix, n.Page().Pix) {
			t.Fatal("the picture depends on the pieces")
		}
	})
}

func FuzzSniffer(f *testing.F) {
	f.Add([]byte("\x10\x04\x01\x10\x10\x05\x02\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"))
	f.Add([]byte("\x10\x14\x10\x04\x04"))
	f.Fuzz(func(t *testing.T, stream []byte) {
		var s Sniffer
		for i, b := range stream {
			if cmd := s.Next(b); cmd != nil && (len(cmd) < 3 || !bytes.HasSuffix(stream[:i+1], cmd) || cmd[0] != dle) {
				t.Fatalf("%x is no command of the stream", cmd)
			}
		}
	})
}
