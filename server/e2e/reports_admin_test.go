package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// reported is what the tests read of a report of the API.
type reported struct {
	Sample bool
	Total  figuresTold
	By     map[string][]figuresTold
}

type figuresTold struct {
	ID            string
	Taken, Served int
	Wait          struct{ Median, P90 float64 }
	InTarget      struct{ Yes, Of int } `json:"in_target"`
	Rating        struct {
		Asked, Rated int
		Content      struct{ Yes, Of int }
		Low, High    float64
	}
}

// madeUp starts a demo with some days of history and waits until they are all there.
func madeUp(t *testing.T, days int) (h *hall, from, to string) {
	t.Helper()
	h = startHallWith(t, "--devices=false", fmt.Sprintf("--sample=%d", days))
	var s struct {
		From, To string
		Done     bool
	}
	h.wait("the sample history", 2*time.Minute, func() bool {
		raw, err := os.ReadFile(filepath.Join(h.data, "sample.json"))
		return err == nil && json.Unmarshal(raw, &s) == nil && s.Done
	})
	return h, s.From, s.To
}

// reports opens the reports of a span of days.
func (h *hall) reports(t *testing.T, span, from, to string, as size) *screen {
	t.Helper()
	s := h.open(t, fmt.Sprintf("/admin/#/reports/%s/%s..%s?branch=hoabinh", span, from, to), as)
	s.until("the figures", drawn, slow)
	return s
}

// drawn is true once a report is on the page and nothing more is being worked out.
const drawn = `document.querySelector('.rp .headline dd') && !document.querySelector('.rp .sheet[aria-busy]') && document.querySelector('.rp .defs dt')`

// inVietnamese writes a number as the pages do: "1.284", "12,5".
func inVietnamese(n float64, decimals int) string {
	whole, rest, _ := strings.Cut(strconv.FormatFloat(n, 'f', decimals, 64), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "." + whole[i:]
	}
	if rest != "" {
		return whole + "," + rest
	}
	return whole
}

// TestReportsPage: the figures on the page are the API's; they can be followed to the
// visits and their events, explained, narrowed down, taken along and printed.
func TestReportsPage(t *testing.T) {
	t.Parallel()
	h, from, to := madeUp(t, 14)
	var r reported
	if status := h.ask("GET", "demo-admin", "/api/v1/reports?branch=hoabinh&from="+from+"&to="+to, nil, &r); status != http.StatusOK || !r.Sample || r.Total.Taken < 50 {
		t.Fatalf("the report: %d, %+v", status, r.Total)
	}
	a := h.reports(t, "range", from, to, adminSize)
	a.shot("page")
	for figure, want := range map[string]string{
		"taken":     inVietnamese(float64(r.Total.Taken), 0),
		"served":    inVietnamese(float64(r.Total.Served), 0),
		"wait":      inVietnamese(r.Total.Wait.Median/60, 1),
		"in_target": inVietnamese(100*float64(r.Total.InTarget.Yes)/float64(r.Total.InTarget.Of), 1) + "%",
		"content":   inVietnamese(100*float64(r.Total.Rating.Content.Yes)/float64(r.Total.Rating.Content.Of), 1) + "%",
	} {
		if got := a.text(fmt.Sprintf(".headline [data-figure=%s] .num", figure)); got != want {
			t.Errorf("%s is %q on the page, %q in the API", figure, got, want)
		}
	}
	for _, row := range r.By["service"] {
		shown := fmt.Sprintf(".tables > .on-screen tr[data-id=%q] td", row.ID)
		if want := inVietnamese(float64(row.Taken), 0); row.Taken > 0 && a.text(shown) != want {
			t.Errorf("%s is %q in the table, %q in the API", row.ID, a.text(shown), want)
		}
	}
	rate := r.Total.Rating
	a.sees(".headline [data-figure=content] .more", vi("rp.m.content", "rated", inVietnamese(float64(rate.Rated), 0), "asked", inVietnamese(float64(rate.Asked), 0),
		"share", inVietnamese(100*float64(rate.Rated)/float64(rate.Asked), 1)+"%"))
	a.sees(".ratings [data-figure=content]", inVietnamese(100*rate.Low, 1)+" – "+inVietnamese(100*rate.High, 1)+"%")
	a.sees(".sample", vi("rp.sample"))
	a.clean("a report")

	t.Run("tables", func(t *testing.T) { a.on(t).sortsTables() })
	t.Run("trace", func(t *testing.T) { a.on(t).followsFigures(r.Total.Taken) })
	t.Run("export", func(t *testing.T) { a.on(t).takesAlong() })
	t.Run("paper", func(t *testing.T) { a.on(t).printsReport() })
	t.Run("span", func(t *testing.T) { a.on(t).changesSpan() })
	t.Run("phone", func(t *testing.T) {
		p := h.reports(t, "range", from, to, phoneSize)
		inEnglish(p, "en", ".lang")
		p.until("English figures", drawn+` && document.querySelector('.headline dt').textContent.includes('Numbers taken')`, slow)
		if wide := eval[float64](p, `document.documentElement.scrollWidth`); wide > float64(phoneSize.w) {
			t.Errorf("the page is %v wide on a phone", wide)
		}
		p.clean("on a phone")
		p.shot("phone")
	})
}

// on lets a part of a test speak for itself.
func (s *screen) on(t *testing.T) *screen {
	s.t = t
	return s
}

func (s *screen) sortsTables() {
	s.press(".tables [data-tab=counter]", "")
	s.press(".tables [data-sort=taken]", "")
	order := `[...document.querySelectorAll('.tables > .on-screen tbody tr td:nth-child(2)')].map((e) => Number(e.textContent.replaceAll('.', '')))`
	if !eval[bool](s, order+`.every((n, i, all) => i === 0 || all[i - 1] >= n)`) {
		s.t.Errorf("the most taken do not come first: %v", eval[[]float64](s, order))
	}
	if !eval[bool](s, `document.activeElement.dataset.sort === 'taken' && document.querySelector('th[aria-sort=descending]') !== null`) {
		s.t.Error("after sorting the column has lost the focus or does not tell its order")
	}
	s.press(".tables [data-sort=taken]", "")
	if !eval[bool](s, order+`.every((n, i, all) => i === 0 || all[i - 1] <= n)`) {
		s.t.Errorf("the fewest taken do not come first: %v", eval[[]float64](s, order))
	}
	s.press(".about", "")
	s.until("a definition", `document.querySelector('dialog.define p').textContent.length > 20`, patience)
	s.clean("a definition")
	s.press("dialog.define button", "")
}

func (s *screen) followsFigures(taken int) {
	s.press(".headline [data-figure=taken] .trace", "")
	s.until("visits", `document.querySelectorAll('.tracing tbody tr').length > 0`, slow)
	for eval[bool](s, `!document.querySelector('.tracing .body > .plain').hidden`) {
		had := eval[int](s, `document.querySelectorAll('.tracing tbody tr').length`)
		s.press(".tracing .body > .plain", "")
		s.until("more visits", fmt.Sprintf(`document.querySelectorAll('.tracing tbody tr').length > %d`, had), slow)
		if had > 500 {
			break
		}
	}
	if n := eval[int](s, `document.querySelectorAll('.tracing tbody tr').length`); n != taken && n < 500 {
		s.t.Errorf("%d visits stand behind %d taken", n, taken)
	}
	s.clean("the visits")
	s.press(".tracing tbody .trace", "")
	s.until("events", `document.querySelectorAll('.tracing .events li').length > 1`, slow)
	s.clean("the events")
	s.shot("events")
	if private := eval[bool](s, `/"(token|code|person)"/.test(document.querySelector('.tracing').textContent)`); private {
		s.t.Error("the events tell what is a visitor's own")
	}
	s.press(".tracing .back", "")
	s.until("the visits again", `document.querySelectorAll('.tracing tbody tr .trace').length > 0`, slow)
	s.press(".tracing .headed .plain", "")
}

func (s *screen) takesAlong() {
	s.press("[data-format=csv]", "")
	s.until("the file", `document.querySelector('.job a')`, 2*slow)
	s.clean("a file")
	begins := eval[string](s, `fetch(document.querySelector('.job a').href).then((r) => r.arrayBuffer()).then((b) => [...new Uint8Array(b.slice(0, 3))].join(' '))`)
	if begins != "239 187 191" {
		s.t.Errorf("the CSV begins with %s, not with the mark that Excel looks for", begins)
	}
}

func (s *screen) printsReport() {
	pdf, err := chromedp.Run(s.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		s.t.Fatal(err)
	}
	s.store("report.pdf", pdf)
	file := filepath.Join(s.t.TempDir(), "report.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		s.t.Fatal(err)
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		missing(s.t, err.Error())
	}
	said, err := exec.Command(tool, file, "-").Output()
	if err != nil {
		s.t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(said)), " ")
	for _, want := range []string{vi("rp.nation"), vi("rp.motto"), vi("rp.paper"), vi("rp.defs"), vi("rp.sign"), "Số liệu mẫu"} {
		if !strings.Contains(text, want) {
			s.t.Errorf("the printed report does not say %q", want)
		}
	}
	if strings.Contains(text, vi("rp.x.print")) {
		s.t.Error("the page's buttons are printed")
	}
}

func (s *screen) changesSpan() {
	s.press(".tools [data-tab=week]", "")
	s.until("a week", drawn+` && document.querySelector('.title h2').textContent.startsWith('Tuần')`, slow)
	if !eval[bool](s, `location.hash.startsWith('#/reports/week/')`) {
		s.t.Error("the address does not say what is shown")
	}
	title := s.text(".title h2")
	s.press(".stepper .step", "")
	s.until("the week before", drawn+fmt.Sprintf(` && document.querySelector('.title h2')?.textContent !== %q`, title), slow)
	eval[any](s, `history.back(); 0`)
	s.until("the first week again", drawn+fmt.Sprintf(` && document.querySelector('.title h2')?.textContent === %q`, title), slow)
	s.press(".narrow summary", "")
	eval[any](s, `(() => { const all = document.querySelectorAll('.fields select'); all[0].value = 'ho-tich'; all[0].dispatchEvent(new Event('change')); return 0; })()`)
	s.until("one service alone", drawn+` && document.querySelector('.narrowed')`, slow)
	s.clean("narrowed down")
}
