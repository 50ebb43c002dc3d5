package escpos

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"motcua/firmware-config"
)

// someText draws texts as halls write them, and worse.
func someText() *rapid.Generator[string] {
	alphabet := []rune("aăâeêoôơuưyđ ÀẶẦĐỆỖỞỮỴ ếệổộợựỵẫ 0123456789 .,:/–·“”\u00a0WMi")
	return rapid.OneOf(
		rapid.StringOfN(rapid.SampledFrom(alphabet), 0, 120, -1),
		rapid.StringMatching(`[A-ZĐƯ][a-zđưăâơễộ]{0,60}( [a-zđưăâơễộ]{1,9}){0,20}`),
		rapid.String(),
	)
}

func someTicket() *rapid.Generator[Ticket] {
	return rapid.Custom(func(t *rapid.T) Ticket {
		text := someText()
		made := Ticket{
			Copy: rapid.SampledFrom([]string{"", "BẢN IN LẠI"}).Draw(t, "copy"), Hall: text.Draw(t, "hall"), Place: text.Draw(t, "place"),
			Title: "SỐ THỨ TỰ", Number: rapid.StringMatching(`[A-Z]{1,2}[0-9]{3,5}|.{0,12}`).Draw(t, "number"),
			Service: text.Draw(t, "service"), Priority: text.Draw(t, "priority"), Code: text.Draw(t, "code"), WiFi: text.Draw(t, "wifi"),
			URL: rapid.StringMatching(`(http://[a-z0-9.]{1,40}/t/[A-Za-z0-9_-]{0,300})?`).Draw(t, "url"), Missed: text.Draw(t, "missed"),
			Join: rapid.StringMatching(`(WIFI:T:WPA;S:[ -~]{1,40};;)?`).Draw(t, "join"), JoinText: text.Draw(t, "join text"), ScanText: text.Draw(t, "scan text"),
			Notes: rapid.SliceOfN(text, 0, 2).Draw(t, "notes"), Promise: text.Draw(t, "promise"), Footer: text.Draw(t, "footer"),
		}
		for range rapid.IntRange(0, 3).Draw(t, "facts") {
			made.Facts = append(made.Facts, Fact{text.Draw(t, "label"), text.Draw(t, "value"), rapid.Bool().Draw(t, "fixed")})
		}
		return made
	})
}

func someProfile() *rapid.Generator[*firmware.Printer] {
	return rapid.Custom(func(t *rapid.T) *firmware.Printer {
		return profile(rapid.SampledFrom([]int{384, 420, 512, 576, 640, 832}).Draw(t, "dots"), func(p *firmware.Printer) {
			p.Text = rapid.SampledFrom([]string{"raster", "raster", "raster", "tcvn3", "ascii"}).Draw(t, "text")
			p.Raster = rapid.SampledFrom([]string{"gs_v_0", "gs_paren_l"}).Draw(t, "raster")
			p.QR = rapid.SampledFrom([]string{"native", "raster"}).Draw(t, "qr")
			p.Number = rapid.SampledFrom([]string{"font", "raster"}).Draw(t, "number")
			p.Cut = rapid.SampledFrom([]string{"feed_partial", "partial", "full", "none"}).Draw(t, "cut")
			p.Band = rapid.IntRange(0, 300).Draw(t, "band")
			p.NVLogo = true
		})
	})
}

// Whatever the texts, nothing is drawn at the very edge of the paper.
func TestNoInkAtTheEdges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := someProfile().Draw(t, "profile")
		for i, piece := range lay(someTicket().Draw(t, "ticket").cleaned(), p, nil).pieces {
			if piece.number != "" && 12*piece.times*len(piece.number) > p.Dots-16 || piece.module*20 > p.Dots {
				t.Fatalf("piece %d is too wide: %+v", i, piece)
			}
			if piece.sheet == nil {
				continue
			}
			if dots := piece.sheet.dots() * piece.wide; dots > p.Dots {
				t.Fatalf("piece %d is %d dots wide", i, dots)
			}
			for y, row := range piece.sheet.rows {
				left, right := 8/piece.wide, piece.sheet.dots()-8/piece.wide
				for x := range piece.sheet.dots() {
					if (x < left || x >= right) && row[x/8]&(0x80>>(x%8)) != 0 {
						t.Fatalf("piece %d has ink at %d,%d", i, x, y)
					}
				}
			}
		}
	})
}

// No job, and nothing stored at installation, holds a real-time command.
func TestNoHiddenCommands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, ticket := someProfile().Draw(t, "profile"), someTicket().Draw(t, "ticket")
		job, err := Encode(ticket, p)
		if err != nil {
			t.Fatal(err)
		}
		setup, stored, err := Setup(p, nil, ticket)
		if err != nil {
			t.Fatal(err)
		}
		again, err := EncodeStored(ticket, p, stored)
		if err != nil {
			t.Fatal(err)
		}
		for _, stream := range [][]byte{job.Bytes, setup, again.Bytes, append(setup, job.Bytes...)} {
			if at := dangerous(stream); at >= 0 {
				t.Fatalf("at %d of %d: % x", at, len(stream), stream[at:min(at+3, len(stream))])
			}
		}
	})
}

// Pictures made of nothing but the dangerous bytes go out harmless, in bands of
// any height and by both commands, and lose few dots.
func TestPicturesAreDefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newSheet(64)
		s.grow(8 * rapid.IntRange(1, 12).Draw(t, "rows")) // as a memory takes them
		dangers := rapid.SampledFrom([]byte{0x10, 0x10, 0x04, 0x05, 0x14, 0x01, 0x02, 0x00})
		for _, row := range s.rows {
			for i := range row {
				row[i] = dangers.Draw(t, "byte")
			}
		}
		w := &writer{prof: someProfile().Draw(t, "profile")}
		w.begin()
		w.drawing(piece{sheet: s, wide: 1, tall: 1})
		w.store([]*sheet{s})
		w.cut()
		if at := dangerous(w.bytes); at >= 0 {
			t.Fatalf("at %d: % x", at, w.bytes[at:at+3])
		}
	})
}

// dangerous looks for the sequences as the manuals list them, in its own way.
func dangerous(stream []byte) int {
	sequences := []string{"\x10\x04\x01", "\x10\x04\x02", "\x10\x04\x03", "\x10\x04\x04", "\x10\x05\x01", "\x10\x05\x02", "\x10\x14"}
	for _, s := range sequences {
		if at := bytes.Index(stream, []byte(s)); at >= 0 {
			return at
		}
	}
	return -1
}

func FuzzEncode(f *testing.F) {
	f.Add("Trung tâm Phục vụ hành chính công", "A012", "Hộ tịch", "khoảng 08:55", "http://10.0.0.5/t/x", "K7M2QX", uint8(0))
	f.Add("\x10\x04\x01", "\x1b@", "\xff\xfe", "\u0302\u0302", "\x10\x14\x01", "", uint8(0xff))
	f.Add("ỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘỘ", "AB10240000000000", "漢字", "🙂", "http://", "…", uint8(0x2a))
	f.Fuzz(func(t *testing.T, hall, number, service, value, url, code string, bits uint8) {
		p := profile([]int{384, 512, 576, 640}[bits&3], func(p *firmware.Printer) {
			p.Text = []string{"raster", "raster", "tcvn3", "ascii"}[bits>>2&3]
			p.Raster = []string{"gs_v_0", "gs_paren_l"}[bits>>4&1]
			p.QR = []string{"native", "raster"}[bits>>5&1]
			p.Number = []string{"raster", "font"}[bits>>6&1]
			p.NVLogo = bits>>7 == 1
		})
		ticket := Ticket{Copy: code, Hall: hall, Place: service, Title: value, Number: number, Service: service, Priority: hall,
			Facts: []Fact{{hall, value, true}}, URL: url, Code: code, WiFi: value, Missed: hall, Notes: []string{service}, Footer: code}
		job := encode(t, ticket, p, nil)
		setup, stored, err := Setup(p, nil, ticket)
		if err != nil {
			t.Fatal(err)
		}
		for _, stream := range [][]byte{job.Bytes, setup, encode(t, ticket, p, stored).Bytes} {
			if at := dangerous(stream); at >= 0 {
				t.Fatalf("a real-time command at byte %d", at)
			}
		}
	})
}
