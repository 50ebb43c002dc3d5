package e2e

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// screensDir holds a picture of every screen in every state, for the people who
// work in the hall and who translate. They are made anew by
// MOTCUA_SCREENS=$PWD/docs/screens go test -run TestScreens ./server/e2e
const screensDir = "../../docs/screens"

// keep saves a picture, half or more as large as the screen.
func (s *screen) keep(name string, scale float64) {
	s.t.Helper()
	eval[any](s, `Promise.all([document.fonts.ready, ...[...document.images].map((i) => i.decode().catch(() => 0))]).then(() => 0)`)
	answer, err := chromedp.Call(s.ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Clip: &page.Viewport{Y: eval[float64](s, "scrollY"), Width: float64(s.size.w), Height: float64(s.size.h), Scale: scale}})
	if err != nil {
		s.t.Fatalf("%s: picture %s: %v", s.name, name, err)
	}
	file, err := os.Create(filepath.Join(os.Getenv("MOTCUA_SCREENS"), name+".png"))
	if err == nil {
		err = errors.Join(lighter(file, answer.Data), file.Close())
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// lighter writes a picture in the 256 colours it has most of: screens have few.
func lighter(to io.Writer, picture []byte) error {
	full, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return err
	}
	often := map[color.NRGBA]int{}
	bounds := full.Bounds()
	at := func(x, y int) color.NRGBA { return color.NRGBAModel.Convert(full.At(x, y)).(color.NRGBA) }
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			often[at(x, y)]++
		}
	}
	most := slices.SortedFunc(maps.Keys(often), func(a, b color.NRGBA) int {
		return cmp.Or(often[b]-often[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B))
	})
	var palette color.Palette
	for _, c := range most[:min(256, len(most))] {
		palette = append(palette, c)
	}
	few, nearest := image.NewPaletted(bounds, palette), map[color.NRGBA]uint8{}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			c := at(x, y)
			i, known := nearest[c]
			if !known {
				i = uint8(palette.Index(c))
				nearest[c] = i
			}
			few.SetColorIndex(x, y, i)
		}
	}
	return (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(to, few)
}

// dressed are the states that are shown in other styles too.
var dressed = []string{"home", "confirm", "ticket", "emergency", "idle", "cut-off"}

// styleNames are the styles as the files are called.
var styleNames = map[string]string{"en": "en normal", "large": "vi text", "contrast": "vi contrast", "low": "vi reach"}

// glassNames are the kiosks of another shape.
var glassNames = map[string]struct {
	query string
	size  size
}{
	"21":   {"?diag=21.5", kioskSize},
	"43":   {"?diag=43", kioskSize},
	"wide": {"", size{1920, 1080, true}},
}

// others are the pictures of the other screens.
var others = []string{
	"phone-emergency", "phone-passing",
	"book-service", "book-half", "book-time", "book-sure", "book-done", "desk-book", "desk-book-code",
	"desk", "desk-help", "desk-emergency", "admin-notices", "admin-write", "admin-sure",
	"board", "board-emergency", "counter", "counter-emergency", "rate", "rate-emergency",
	"board-grid", "board-media", "board-upright", "counter-strip", "counter-tablet", "rate-ask", "rate-why", "rate-large", "screen-code",
}

// pictures are the names of all.
func pictures() []string {
	var all []string
	for _, place := range kioskStates {
		for _, x := range place.states {
			all = append(all, "kiosk-"+x.name)
		}
	}
	for _, name := range dressed {
		for style := range styleNames {
			all = append(all, fmt.Sprintf("kiosk-%s-%s", name, style))
		}
		for glass := range glassNames {
			all = append(all, fmt.Sprintf("kiosk-%s-%s", name, glass))
		}
	}
	for _, x := range phoneStates {
		all = append(all, "phone-"+x.name)
	}
	all = slices.Concat(all, others, lookupPictures, adminPictures)
	slices.Sort(all)
	return slices.Compact(all)
}

// TestScreensAreShown: every state has its picture, and the page that shows them
// names each; no picture of a state that is gone is left.
func TestScreensAreShown(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(screensDir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, x := range regexp.MustCompile(`!\[[^\]]+\]\(([a-z0-9-]+)\.png\)|src="([a-z0-9-]+)\.png"`).FindAllStringSubmatch(string(raw), -1) {
		shown = append(shown, x[1]+x[2])
	}
	files, err := filepath.Glob(filepath.Join(screensDir, "*.png"))
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for _, file := range files {
		kept = append(kept, strings.TrimSuffix(filepath.Base(file), ".png"))
	}
	want := pictures()
	for what, has := range map[string][]string{"docs/screens": kept, "its README": shown} {
		for _, name := range want {
			if !slices.Contains(has, name) {
				t.Errorf("%s has no %s", what, name)
			}
		}
		for _, name := range has {
			if !slices.Contains(want, name) {
				t.Errorf("%s has %s, which no test makes", what, name)
			}
		}
	}
	trees, err := filepath.Glob(filepath.Join(treesDir, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range trees {
		if name := "kiosk-" + strings.TrimSuffix(filepath.Base(file), ".txt"); !slices.Contains(want, name) {
			t.Errorf("%s is of no state", file)
		}
	}
}

// TestScreens makes the pictures, when they are asked for.
func TestScreens(t *testing.T) {
	if os.Getenv("MOTCUA_SCREENS") == "" {
		return // it checks nothing
	}
	t.Run("kiosk", func(t *testing.T) {
		tourKiosk(t, kioskSize, "", nil, func(t *testing.T, k *screen, name string) {
			k.keep("kiosk-"+name, 0.5)
			if !slices.Contains(dressed, name) {
				return
			}
			for file, style := range styleNames {
				k.wears(style)
				k.keep("kiosk-"+name+"-"+file, 0.5)
			}
		})
	})
	for file, glass := range glassNames {
		t.Run(file, func(t *testing.T) {
			tourKiosk(t, glass.size, glass.query, dressed, func(t *testing.T, k *screen, name string) {
				if slices.Contains(dressed, name) {
					k.keep("kiosk-"+name+"-"+file, 0.5)
				}
			})
		})
	}
	t.Run("phone", pictureThePhone)
	t.Run("book", pictureBooking)
	t.Run("hall", pictureTheHall)
	t.Run("forms", pictureTheForms)
	t.Run("lookup", pictureTheLookup)
	t.Run("admin", pictureTheAdministration)
}
