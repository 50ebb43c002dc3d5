package escpos

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"motcua/firmware-config"
)

var update = flag.Bool("update", false, "rewrite testdata")

// goldens are the tickets whose pictures a person has looked at.
var goldens = []struct {
	name   string
	job    string // what differs from the usual one
	dots   int
	change func(*firmware.Printer)
}{
	{"vi-576", ``, 576, nil},
	{"vi-512", ``, 512, nil},
	{"vi-384", ``, 384, nil},
	{"en-576", `{"lang":"en"}`, 576, nil},
	{"en-384", `{"lang":"en","wifi":"Hall guests"}`, 384, nil},
	{"reprint-576", `{"copy":1,"job":"261121-A012.1"}`, 576, nil},
	{"reprint-384", `{"copy":2,"lang":"en"}`, 384, nil},
	{"training-576", `{"training":true,"copy":1}`, 576, nil},
	{"training-tcvn3-384", `{"training":true}`, 384, func(p *firmware.Printer) { p.Text = "tcvn3"; p.Number = "font" }},
	{"priority-576", `{"priority":{"vi":"Người từ 75 tuổi","en":"Aged 75 or over"},"wifi":"MotCua-Khach"}`, 576, nil},
	{"join-576", join, 576, nil},
	{"join-384", join, 384, nil},
	{"join-drawn-576", join, 576, func(p *firmware.Printer) { p.QR = "raster" }},
	{"join-tcvn3-576", join, 576, func(p *firmware.Printer) { p.Text = "tcvn3"; p.Number = "font" }},
	{"no-estimate-576", `{"estimate":null,"ahead":0,"area":["01","02","04","05","06"]}`, 576, nil},
	{"bare-576", `{"estimate":null,"area":[],"url":"","code":"","place":{"vi":""}}`, 576, nil},
	{"long-576", long, 576, nil},
	{"long-384", long, 384, nil},
	{"drawn-code-576", ``, 576, func(p *firmware.Printer) { p.QR = "raster" }},
	{"drawn-code-384", ``, 384, func(p *firmware.Printer) { p.QR = "raster"; p.Cut = "none" }},
	{"new-raster-576", ``, 576, func(p *firmware.Printer) { p.Raster = "gs_paren_l"; p.Cut = "full" }},
	{"number-font-576", ``, 576, func(p *firmware.Printer) { p.Number = "font" }},
	{"tcvn3-576", `{"wifi":"MotCua-Khach"}`, 576, func(p *firmware.Printer) { p.Text = "tcvn3"; p.Number = "font" }},
	{"tcvn3-384", ``, 384, func(p *firmware.Printer) { p.Text = "tcvn3"; p.Number = "font" }},
	{"ascii-576", `{"copy":1}`, 576, func(p *firmware.Printer) { p.Text = "ascii"; p.Number = "font" }},
}

const join = `{"wifi":"MotCua-Khach","wifi_key":"sen; \"giay\" : do"}`

const long = `{"number":"AB1024","wifi":"Trung tam Phuc vu hanh chinh cong Phuong Hoa Binh 5G",
"hall":{"vi":"Trung tâm Phục vụ hành chính công và Chuyển đổi số phường Hòa Bình, tỉnh Phú Thọ"},
"service":{"vi":"Bảo trợ xã hội, người có công, trợ cấp hằng tháng và chế độ cho người cao tuổi, người khuyết tật"},
"priority":{"vi":"Người có công với cách mạng và thân nhân liệt sĩ"},"area":["1","2","3","5","7","8","9","10","12"],
"promise":{"vi":"Trả kết quả trong ngày làm việc, muộn nhất 16 giờ 30 phút."},
"notes":[{"vi":"Số có giá trị trong ngày."},{"vi":"Xin chuẩn bị sẵn căn cước và bản chính các giấy tờ."}]}`

func TestGoldens(t *testing.T) {
	for _, g := range goldens {
		t.Run(g.name, func(t *testing.T) {
			p := profile(g.dots, g.change)
			ticket := TicketOf(jobOf(t, g.job))
			job := encode(t, ticket, p, nil)
			page := printed(t, p, nil, job.Bytes)
			if p.Text == "raster" && p.Number == "raster" {
				same(t, page.Image, meant(t, sent(ticket, p, nil)))
			}
			if got, all := page.Image.Bounds().Dy(), job.Rows; all < got || all > got+cutFeed {
				t.Errorf("the job says %d rows, the paper has %d", all, got)
			}
			goldenPNG(t, filepath.Join("testdata", g.name+".png"), page.Image)
		})
	}
}

// same compares the paper with what was meant, dot for dot; below the ticket
// there may be blank paper.
func same(t *testing.T, got, want *image.Gray) {
	t.Helper()
	if got.Bounds().Dx() != want.Bounds().Dx() || got.Bounds().Dy() < want.Bounds().Dy() {
		t.Fatalf("the paper is %v, meant was %v", got.Bounds(), want.Bounds())
	}
	for i, v := range got.Pix {
		if meant := i < len(want.Pix) && want.Pix[i] < 128; meant != (v < 128) {
			t.Fatalf("dot %d,%d is not as meant", i%got.Stride, i/got.Stride)
		}
	}
}

func goldenPNG(t *testing.T, path string, page *image.Gray) {
	t.Helper()
	var made bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&made, small(page)); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, made.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	old, ok := kept.(*image.Paletted)
	if now := small(page); !ok || old.Bounds() != now.Bounds() || !bytes.Equal(old.Pix, now.Pix) {
		t.Errorf("%s differs: look at it after go test ./drivers/escpos -run Goldens -update", path)
	}
}

// small keeps black and white as a picture of two colours: a tenth of the file.
func small(page *image.Gray) *image.Paletted {
	p := image.NewPaletted(page.Bounds(), blackWhite)
	for i, v := range page.Pix {
		if v >= 128 {
			p.Pix[i] = 1
		}
	}
	return p
}
