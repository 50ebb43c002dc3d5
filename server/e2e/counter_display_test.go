package e2e

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"motcua/server/queue"
)

// TestCounterDisplay: the display over a counter in its three forms, in each state;
// whoever sits there is named where the hall shows it, and nowhere else.
func TestCounterDisplay(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.upload(t, "lan.png", picture(t))
	h.settings(func(s *queue.Settings) {
		s.Counters[0].Clerk, s.Counters[0].Title = "Nguyễn Thị Phương Lan", queue.Text{VI: "Công chức Tư pháp – Hộ tịch", EN: "Civil status officer"}
		s.Counters[0].Photo, s.Counters[0].Shown = "lan.png", true
		s.Counters[1].Clerk = "Trần Văn Kín"
	})
	forms := map[string]*screen{
		"7": h.open(t, "/counter/1/", counterSize), "strip": h.open(t, "/counter/1/", size{1280, 400, false}),
		"upright": h.open(t, "/counter/1/", size{800, 1280, false}),
	}
	all := func(state, selector, text string) {
		t.Helper()
		for name, s := range forms {
			s.sees(selector, text)
			s.uncut(state + " on " + name)
			s.shot(name + "-" + state)
		}
	}
	for _, s := range forms {
		s.sees(".who b", "Nguyễn Thị Phương Lan")
		s.until("the photo", `document.querySelector('.photo').checkVisibility()`, patience)
	}
	all("closed", ".words", vi("c.closed"))
	// Somebody with an account sits down, and leaves again.
	person := h.person("hung")
	person("PUT", "/counters/1/seat", "{}", 200)
	all("another", ".who b", "Bùi Minh Hùng")
	person("DELETE", "/counters/1/seat", "", 204)
	forms["7"].sees(".who b", "Nguyễn Thị Phương Lan")
	h.verb("1", "open", nil)
	all("idle", ".words", vi("c.idle"))
	for range 3 {
		h.take("ho-tich")
	}
	h.verb("1", "call", nil)
	all("call", ".n", "A001")
	all("next", "footer", vi("c.next", "number", "A002"))
	for name, s := range forms {
		if got, least := s.font(".n"), 270.0; name != "upright" && got < least {
			t.Errorf("%s: the number is %.0f px, want %.0f", name, got, least)
		}
		s.clean("calling on " + name)
	}
	h.verb("1", "recall", nil)
	all("recall", "footer", vi("c.recall", "n", "2"))
	h.verb("1", "serve", nil)
	all("serving", "footer", vi("c.serve"))
	h.verb("1", "end", nil)
	all("rate", ".words", vi("c.rate"))
	if status := h.ask("POST", "demo-device", branchPath+"/counters/1/ratings", map[string]any{"level": 1, "source": "tablet"}, nil); status != 201 {
		t.Fatalf("rating: status %d", status)
	}
	all("free", ".words", vi("c.idle"))
	h.verb("1", "pause", map[string]string{"reason": "meeting"})
	all("paused", ".why", vi("c.why.meeting"))
	forms["7"].clean("paused")
	// A reason that a clerk has typed, and a name that the hall does not show, stay inside.
	h.verb("2", "open", nil)
	h.verb("2", "pause", map[string]string{"reason": "đi khám bệnh"})
	other := h.open(t, "/counter/2/", counterSize)
	other.sees(".words", vi("c.paused"))
	if eval[bool](other, `document.body.innerText.includes('Kín') || document.body.innerText.includes('khám')`) {
		t.Error("the display tells what is the hall's own business")
	}
	other.shot("paused-unnamed")
}

// person logs somebody of the demo in without a browser, and asks as that person.
func (h *hall) person(login string) func(method, path, body string, want int) {
	h.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	send := func(method, path, kind, body string, want int) {
		h.t.Helper()
		request, err := http.NewRequest(method, h.url+path, strings.NewReader(body))
		if err != nil {
			h.t.Fatal(err)
		}
		request.Header.Set("Origin", h.url)
		request.Header.Set("Content-Type", kind)
		answer, err := client.Do(request)
		if err != nil {
			h.t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != want {
			h.t.Fatalf("%s %s as %s: status %d, want %d", method, path, login, answer.StatusCode, want)
		}
	}
	send("POST", "/login", "application/x-www-form-urlencoded", url.Values{"name": {login}, "password": {"demo"}}.Encode(), 303)
	return func(method, path, body string, want int) {
		h.t.Helper()
		send(method, branchPath+path, "application/json", body, want)
	}
}
