package e2e

import (
	_ "embed"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// letterAim: from a letter typed in the look-up until its list is on the screen, p95.
const letterAim = 100 * time.Millisecond

//go:embed testdata/lookup_speed.js
var lookupSpeedJS string

// typedWords are what people look for: short and long words, an abbreviation, people's
// own words, an unfinished one and a slip of the finger.
var typedWords = []string{"khai sinh", "giay doc than", "so do", "xay nha", "bhyt", "ho khau", "dang ky kinh doan", "khai snih"}

// TestLookupSpeed measures a letter as an eye does, over the national catalogue where
// there is one; run with -v it prints the row of the table.
func TestLookupSpeed(t *testing.T) {
	h := startHall(t)
	over := "81 procedures"
	if file := os.Getenv("MOTCUA_CATALOGUE"); file != "" {
		h.imports(file)
		over = "the national catalogue"
	}
	s := h.open(t, "/readyz", lookupSize)
	call(s, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: lookupSpeedJS})
	s.do(chromedp.Navigate(h.url + "/lookup/"))
	s.isOn("first")
	s.until("the catalogue", `document.querySelector('.events button')`, 2*patience)
	s.press(".ask", "")
	s.isOn("search")
	var ours, beside []time.Duration
	for _, words := range typedWords {
		for i := range words {
			s.do(chromedp.KeyEvent(words[i : i+1]))
			if i == 0 {
				continue // one letter asks for nothing yet
			}
			s.until("the list of "+words[:i+1], `window.listed > 0`, 10*letterAim+patience)
			ours = append(ours, millis(eval[float64](s, `window.listed`)))
			start := time.Now()
			if status := h.ask(http.MethodGet, "demo-display", fmt.Sprintf("/api/v1/procedures?q=%s&explain=1&limit=6&branch=hoabinh", url.QueryEscape(words[:i+1])), nil, nil); status != http.StatusOK {
				t.Fatalf("the same question over bare HTTP: status %d", status)
			}
			beside = append(beside, time.Since(start))
		}
		s.press(".key.clear", "")
	}
	yardstick(t, fmt.Sprintf("letter typed to its list on the screen, p50 of %d, %s", len(ours), over), quantile(ours, 0.5), quantile(beside, 0.5), "the same question over bare HTTP", letterAim)
	yardstick(t, fmt.Sprintf("letter typed to its list on the screen, p95 of %d, %s", len(ours), over), quantile(ours, 0.95), quantile(beside, 0.95), "the same question over bare HTTP", letterAim)
}
