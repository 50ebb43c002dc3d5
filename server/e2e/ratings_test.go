package e2e

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/server/queue"
)

// told stands between a page and the hall: it answers some requests by itself, so
// that a page can be shown figures no single day brings about, and notes what is sent.
type told struct {
	mu      sync.Mutex
	answers map[string]any // by the method and the end of the path: "GET /results"
	sent    []string       // "POST /path body"
}

// telling gives the hall seen through it.
func (h *hall) telling(t *testing.T, answers map[string]any) (*hall, *told) {
	t.Helper()
	target, err := url.Parse(h.url)
	if err != nil {
		t.Fatal(err)
	}
	f := &told{answers: answers}
	pass := httputil.NewSingleHostReverseProxy(target)
	pass.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }
	server := newTestServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if answer, ok := f.answerTo(r); ok {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(answer) // the page may have gone
			return
		}
		pass.ServeHTTP(w, r)
	}))
	return &hall{t: t, url: server}, f
}

func (f *told) answerTo(r *http.Request) (any, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for what, answer := range f.answers {
		method, end, _ := strings.Cut(what, " ")
		if r.Method != method || !strings.HasSuffix(r.URL.Path, end) {
			continue
		}
		if r.Method != http.MethodGet {
			body, _ := io.ReadAll(r.Body) // what could not be read is missed by the test
			f.sent = append(f.sent, r.Method+" "+r.URL.Path+" "+string(body))
		}
		return answer, true
	}
	return nil, false
}

func (f *told) set(what string, answer any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers[what] = answer
}

func (f *told) heard(text string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.ContainsFunc(f.sent, func(s string) bool { return strings.Contains(s, text) })
}

// served ends a visit at counter 1.
func (h *hall) served(service string) ticket {
	h.t.Helper()
	x := h.take(service)
	for _, verb := range []string{"call", "serve", "end"} {
		h.verb("1", verb, nil)
	}
	return x
}

// TestFourQuestionsOnThePhone: after a mark the phone offers the questions, once, and
// a page full of answers is not drawn away.
func TestFourQuestionsOnThePhone(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.verb("1", "open", nil)
	x := h.served("ho-tich")
	phone := h.open(t, "/t/"+x.Token, phoneSize)
	phone.press(".level", "Rất hài lòng")
	phone.press("[data-act=form]", "")
	phone.sees("legend", vi("r.q1"))
	phone.clean("the four questions")
	phone.uncut("the four questions")
	phone.shot("form")
	phone.press(".four label", vi("r.q1.2"))
	phone.press(".four label", vi("r.q7.1"))
	phone.moveClock(2 * time.Minute)
	phone.press(".four .go", "")
	phone.sees("section .sub", vi("r.form.thanks"))
	var refused struct{ Code string }
	if status := h.ask("POST", "", "/api/v1/tickets/"+x.Token+"/form", map[string]int{"q3": 0}, &refused); status != http.StatusConflict || refused.Code != "already_rated" {
		t.Errorf("a second form: %d %s, want 409 already_rated", status, refused.Code)
	}
	phone.moveClock(2 * time.Minute)
	phone.until("no second form", `!document.querySelector('.four') && !document.querySelector('[data-act=form]')`, patience)
}

// TestFourQuestionsOnTheTablet: asked where the hall wants it, one at a time; the next
// visitor never sees those of the one before.
func TestFourQuestionsOnTheTablet(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) { s.Rating.Form, s.Rating.Window = true, 300 })
	h.verb("1", "open", nil)
	seen, f := h.telling(t, map[string]any{"POST /form": map[string]string{"id": "1"}})
	wide, upright := seen.open(t, "/rate/1/", rateSize), h.open(t, "/rate/2/?lang=en", size{800, 1280, true})
	first := h.served("ho-tich")
	wide.press("[data-level='1']", "")
	wide.sees("h1", vi("r.q1"))
	wide.clean("a question")
	wide.uncut("a question")
	wide.shot("question")
	wide.press(".three button", vi("r.q1.1"))
	wide.sees("h1", vi("r.q3"))
	wide.press(".pass", "")
	wide.sees("h1", vi("r.q4"))
	h.take("ho-tich")
	h.verb("1", "call", nil)
	h.verb("1", "serve", nil)
	wide.sees("h1", vi("r.thanks"))
	h.wait("the answers", patience, func() bool { return f.heard(`"transaction":"` + first.ID + `.1","q1":1}`) })

	h.verb("2", "open", nil)
	h.take("ho-tich")
	for _, verb := range []string{"call", "serve", "end"} {
		h.verb("2", verb, nil)
	}
	upright.press("[data-level='2']", "")
	for _, q := range []string{"r.q1", "r.q3", "r.q4", "r.q7"} {
		upright.sees("h1", en(q))
		upright.uncut(q)
		upright.shot(q)
		upright.press(map[bool]string{true: ".skip", false: ".pass"}[q == "r.q7"], "")
	}
	upright.sees("h1", en("r.thanks"))
}

// paper fills in a sheet in whatever page asks for it.
func (s *screen) paper(number, level string) {
	s.t.Helper()
	s.press(".paper input.num", "")
	eval[any](s, `document.querySelector('.paper input.num').select(); 0`)
	s.do(typed(number))
	s.press(".paper .choice", level)
}

// TestRatingsInTheOffice: what the head of hall sees of today's low marks, a sheet of
// paper entered, and how the hall asks.
func TestRatingsInTheOffice(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.verb("1", "open", nil)
	h.served("ho-tich")
	seen, f := h.telling(t, map[string]any{"POST /form": map[string]string{"id": "1"}, "GET /hoabinh/ratings": map[string]any{
		"day": "2026-11-22", "given": 41,
		"low":     []map[string]any{{"half": "morning", "services": []string{"ho-tich"}, "level": 4, "points": 0, "source": "keypad", "reasons": []string{"long-wait", "unclear"}}},
		"refused": []map[string]any{{"half": "morning", "counter": "2", "source": "tablet", "level": 1, "why": "already_rated"}},
	}})
	a := seen.open(t, "/admin/#/ratings", deskSize)
	a.sees(".lows td", "Chờ lâu, Hướng dẫn chưa rõ")
	a.sees(".lows th[scope=row]", vi("a.r.morning"))
	a.sees(".refusals td", vi("a.r.why.twice"))
	a.sees(".hall-form label", vi("a.r.form"))
	a.clean("ratings")
	a.uncut("ratings")
	a.shot("admin")

	a.press("summary", vi("r.paper"))
	a.paper("a1", "Không hài lòng")
	a.press(".paper .choice", "Thái độ")
	a.press(".paper summary", "")
	a.press(".paper details .choice", vi("r.q3.0"))
	a.clean("a sheet of paper")
	a.shot("paper")
	a.press(".acts .go", "")
	a.sees(".word", vi("r.paper.done", "number", "A001"))
	if !f.heard(`"source":"paper","transaction":"`) || !f.heard(`"q3":0}`) {
		t.Errorf("sent %q, want the form of the paper's transaction", f.sent)
	}
	a.paper("A001", "Rất hài lòng")
	a.pardon("409")
	a.press(".acts .go", "")
	a.sees(".paper .fault", vi("r.paper.twice"))

	a.press("label.tick", vi("a.r.form"))
	worth := `[...document.querySelectorAll('[data-place="rating.levels[2].value"] select')][0]`
	choose := func(value string) {
		eval[any](a, worth+`.value = '`+value+`', `+worth+`.dispatchEvent(new Event('input', {bubbles: true})), 0`)
	}
	choose("0")
	a.review()
	a.press(`[data-place="report.fewest"] input`, "")
	a.do(typed("7"))
	a.review()
	h.settings(func(s *queue.Settings) {
		if s.Rating.Levels[2].Value != 0 || !s.Rating.Form || s.Report.Fewest != 7 {
			t.Errorf("kept %+v and %+v, want what was chosen", s.Rating, s.Report)
		}
	})
	phone := seen.open(t, "/admin/#/ratings", phoneSize)
	phone.sees(".lows td", "Chờ lâu")
	phone.clean("ratings on a phone")
	phone.shot("phone")
	if wide := eval[float64](phone, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
		t.Errorf("%.0f px wider than the phone", wide)
	}
}

// TestOwnRatingsAtTheDesk: a clerk sees sums of the own ratings when there are enough
// of them, and can enter a sheet of paper that lies at the counter.
func TestOwnRatingsAtTheDesk(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.verb("1", "open", nil)
	h.served("ho-tich")
	own := map[string]any{"counter": "1", "clerk": "Nguyễn Thị Hoa", "month": "2026-11", "fewest": 5, "enough": false, "rated": 0, "served": 3, "mean": 0, "content": map[string]int{}}
	seen, f := h.telling(t, map[string]any{"GET /mine": own, "PUT /remark": map[string]string{}})
	d := seen.desk(t, "1")
	d.sees(".own .few", vi("d.own.few", "n", "5"))
	f.set("GET /mine", map[string]any{"counter": "1", "clerk": "Nguyễn Thị Hoa", "month": "2026-11", "fewest": 5, "enough": true, "rated": 25, "served": 61, "mean": 1.9, "content": map[string]int{"yes": 24, "of": 25}})
	d.moveClock(time.Hour)
	d.sees(".own .sums", "96%")
	// After that hour the line counts as dead for a moment; its strip takes room meanwhile.
	d.until("room for the whole side again", `document.querySelector('.side').scrollHeight <= document.querySelector('.side').clientHeight`, patience)
	d.clean("own ratings")
	d.uncut("own ratings")
	d.shot("own")
	d.press("[data-verb=paper]", "")
	d.sees("dialog h2", vi("r.paper"))
	d.clean("a sheet of paper")
	d.shot("paper")
	d.press("dialog button[type=submit]", "")
	d.sees("dialog .fault", vi("r.paper.nonumber"))
	d.paper("A001", "Hài lòng")
	d.press("dialog button[type=submit]", "")
	d.sees(".done", vi("r.paper.done", "number", "A001"))

	h.settings(func(s *queue.Settings) { s.Counters[0].Clerk = "Nguyễn Thị Hoa" })
	d.press("[data-verb=remark]", "")
	d.press("dialog textarea", "")
	d.do(typed("Tháng này làm thay hai quầy."))
	d.clean("a remark")
	d.press("dialog button[type=submit]", "")
	d.sees(".done", vi("d.own.remark.done"))
	if !f.heard(`"month":"2026-11","text":"Tháng này làm thay hai quầy.","counter":"1"`) {
		t.Errorf("sent %q, want the remark", f.sent)
	}
}
