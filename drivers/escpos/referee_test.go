package escpos

import (
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"motcua/firmware-config"
)

// border and magnify make of paper what the referees are used to.
const (
	border  = 40
	magnify = 2
)

// photo writes the paper to a file, twice as large with white around it.
func photo(t *testing.T, page *image.Gray) string {
	t.Helper()
	b := page.Bounds()
	large := image.NewGray(image.Rect(0, 0, b.Dx()*magnify+2*border, b.Dy()*magnify+2*border))
	for i := range large.Pix {
		large.Pix[i] = 0xff
	}
	for y := range b.Dy() * magnify {
		for x := range b.Dx() * magnify {
			large.SetGray(border+x, border+y, page.GrayAt(x/magnify, y/magnify))
		}
	}
	path := filepath.Join(t.TempDir(), "ticket.png")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, large); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// A scanner nobody here wrote reads the address off the paper.
func TestScannerReadsTheCode(t *testing.T) {
	zbar := tool(t, "zbarimg")
	for _, code := range []string{"native", "raster"} {
		for _, dots := range []int{384, 512, 576} {
			p := profile(dots, func(p *firmware.Printer) { p.QR = code })
			ticket := TicketOf(jobOf(t, `{"copy":1}`))
			page := printed(t, p, nil, encode(t, ticket, p, nil).Bytes)
			out, err := exec.Command(zbar, "-q", "--raw", photo(t, page.Image)).Output()
			if got := strings.TrimSpace(string(out)); err != nil || got != ticket.URL {
				t.Errorf("%s at %d dots: read %q, %v", code, dots, got, err)
			}
		}
	}
}

// The scanner reads both codes off a ticket that also joins the network.
func TestScannerReadsBothCodes(t *testing.T) {
	zbar := tool(t, "zbarimg")
	for _, code := range []string{"native", "raster"} {
		for _, dots := range []int{384, 576} {
			p := profile(dots, func(p *firmware.Printer) { p.QR = code })
			ticket := TicketOf(jobOf(t, join))
			page := printed(t, p, nil, encode(t, ticket, p, nil).Bytes)
			out, err := exec.Command(zbar, "-q", "--raw", photo(t, page.Image)).Output()
			got := strings.Split(strings.TrimSpace(string(out)), "\n")
			slices.Sort(got)
			if want := []string{`WIFI:T:WPA;S:MotCua-Khach;P:sen\; \"giay\" \: do;;`, ticket.URL}; err != nil || !slices.Equal(got, want) {
				t.Errorf("%s at %d dots: read %q, %v", code, dots, got, err)
			}
		}
	}
}

// wordsOn gives what a reader of letters finds on the paper, in one line. One thread is
// enough for a ticket: several mostly wait for each other, and burn the processor.
func wordsOn(t *testing.T, page *image.Gray) string {
	t.Helper()
	cmd := exec.Command(tool(t, "tesseract"), photo(t, page), "-", "-l", "vie", "--psm", "6")
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

// A reader of letters nobody here wrote reads the Vietnamese off the paper. It
// slips now and then on clean print too; the marks must be right nearly always.
func TestReaderReadsTheLines(t *testing.T) {
	for _, c := range []struct {
		name   string
		dots   int
		stored bool
	}{{"drawn", 576, false}, {"memory", 576, true}, {"narrow", 384, false}} {
		t.Run(c.name, func(t *testing.T) {
			p := profile(c.dots, func(p *firmware.Printer) { p.NVLogo = true })
			ticket := TicketOf(jobOf(t, `{"wifi":"MotCua-Khach","priority":{"vi":"Người từ 75 tuổi"}}`))
			ticket.URL = "" // the code is not for readers of letters
			var stored *Stored
			if c.stored {
				_, s, err := Setup(p, nil, ticket)
				if err != nil {
					t.Fatal(err)
				}
				stored = s
			}
			page := meant(t, sent(ticket, p, stored)) // that paper is the same, the goldens say
			read := wordsOn(t, page)
			t.Log(read)
			slips, all := 0, 0
			for _, want := range []string{ticket.Hall, ticket.Place, ticket.Title, ticket.Service, ticket.Priority,
				"Trước ông/bà: 4 người", "Dự kiến: khoảng 08:55", "Khu vực chờ: Quầy 1 – 3", ticket.WiFi, ticket.Missed, ticket.Footer} {
				n := slipsIn(want, read)
				length := len([]rune(want))
				if n*4 > length {
					t.Errorf("%q is not to be read: %d of %d letters wrong", want, n, length)
				}
				slips, all = slips+n, all+length
			}
			t.Logf("%d of %d letters wrong", slips, all)
			if slips*100 > all*6 {
				t.Errorf("%d of %d letters wrong", slips, all)
			}
		})
	}
}

// slipsIn counts the letters that differ between a line and the place of the text
// that is most like it.
func slipsIn(line, text string) int {
	want, got := []rune(line), []rune(text)
	row := make([]int, len(got)+1) // a line may begin anywhere
	for i, w := range want {
		diagonal := row[0]
		row[0] = i + 1
		for j, g := range got {
			same := diagonal
			if w != g {
				same++
			}
			diagonal = row[j+1]
			row[j+1] = min(same, row[j]+1, diagonal+1)
		}
	}
	best := row[0]
	for _, n := range row {
		best = min(best, n)
	}
	return best
}
