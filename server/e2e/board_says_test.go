package e2e

import (
	_ "embed"
	"fmt"
	"testing"
	"time"

	"motcua/server/queue"
)

//go:embed testdata/board_calls.js
var boardCallsJS string

// TestBoardNoneDropped: every call that stands long enough is in the large field
// once, and always somewhere.
func TestBoardNoneDropped(t *testing.T) {
	t.Parallel()
	s := startHall(t).open(t, "/board/", boardSize)
	s.sees(".idle", vi("t.idle"))
	for _, wrong := range eval[[]string](s, "("+boardCallsJS+")(1000)") {
		t.Error(wrong)
	}
}

// TestBoardSays: what the hall is told beside the calls.
func TestBoardSays(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) {
		s.Calendar.Golden = []queue.Special{{Weekdays: []int{0, 1, 2, 3, 4, 5, 6}, Services: []string{"dat-dai"}, Promise: &queue.Promise{Unit: queue.CalendarDays}}}
		s.Calendar.NoSlip = []queue.Special{{Weekdays: []int{0, 1, 2, 3, 4, 5, 6}, Services: []string{"ho-tich", "chung-thuc", "bao-tro"}}}
		serviceIn(s, "ho-tich").WaitTarget = 1
	})
	for range 6 {
		h.take("ho-tich")
	}
	h.verb("1", "open", nil)
	h.verb("1", "call", nil)
	for range 2 {
		h.verb("1", "recall", nil)
	}
	h.verb("1", "no-show", nil)
	s := h.open(t, "/board/", boardSize)
	narrow := h.open(t, "/board/", uprightSize)
	for _, banner := range []string{vi("t.golden", "services", "Đất đai"), vi("t.noslip", "services", "Hộ tịch, Chứng thực"), vi("t.noslip", "services", "Bảo trợ xã hội")} {
		for _, as := range []*screen{s, narrow} {
			as.comesTo(".banner", banner, 3*time.Second)
			as.uncut(banner)
		}
	}
	s.until("how many wait, and how long", `[...document.querySelectorAll('.strip li')].some((li) => li.textContent.includes('A') && li.querySelector('.people').textContent === '5' && li.querySelector('.long').textContent)`, patience)
	s.until("a sentence", `document.querySelector('footer p').textContent`, patience)
	for _, text := range []string{vi("t.sorry", "services", "Hộ tịch"), vi("t.missed", "numbers", "A001"), vi("t.promise", "services", "Đất đai", "promise", "trả kết quả trong ngày")} {
		s.comesTo("footer p", text, 6*time.Second)
	}
	s.uncut("sentences")
	// Twelve seconds each, what is urgent and what is usual in turn.
	turns := eval[string](s, `import('/board/notices.js').then(({rotation}) => { const said = {urgent: ['a', 'b'], usual: ['c']}, turn = rotation(); return [0, 11_000, 12_500, 24_000, 25_000, 37_000, 50_000].map((at) => turn(said, at + 100_000)).join('') })`)
	if turns != "aaccbca" {
		t.Errorf("the sentences take turns as %s, want aaccbca", turns)
	}
	// Against burn-in the picture moves a little every ten minutes, and loses nothing at an edge.
	for _, as := range []*screen{s, narrow} {
		for range 4 {
			before := eval[string](as, `document.querySelector('.canvas').style.transform`)
			as.moveClock(10 * time.Minute)
			as.until("the picture to move a little", `document.querySelector('.canvas').style.transform !== `+quoted(before), patience)
			as.uncut("moved")
		}
	}
}

// comesTo waits for what takes turns to say a text: a step of the clock, and time for
// the page to draw it, until it does.
func (s *screen) comesTo(selector, text string, step time.Duration) {
	s.t.Helper()
	said := ""
	for range 60 {
		if said = eval[string](s, fmt.Sprintf(`document.querySelector(%q)?.textContent ?? ''`, selector)); said == text {
			return
		}
		eval[bool](s, fmt.Sprintf(`new Promise((done) => { moveClock(%d); setTimeout(() => done(true), 300) })`, step.Milliseconds()))
	}
	s.shot("failed")
	s.t.Fatalf("%s: %s never says %q, the last was %q", s.name, selector, text, said)
}

// TestBoardNight: black between two hours, unless somebody is called.
func TestBoardNight(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	now := time.Now().In(hallZone)
	h.settings(func(s *queue.Settings) {
		s.Board.Night = queue.NightSetting{From: queue.HM(now.Add(-time.Hour).Format("15:04")), To: queue.HM(now.Add(time.Hour).Format("15:04"))}
	})
	s := h.open(t, "/board/", boardSize)
	s.until("the black", `document.querySelector('.night').checkVisibility() && getComputedStyle(document.querySelector('.night')).backgroundColor === 'rgb(0, 0, 0)'`, patience)
	h.take("ho-tich")
	h.verb("1", "open", nil)
	h.verb("1", "call", nil)
	s.until("the call, seen", boardShows("A001", "01")+` && !document.querySelector('.night').checkVisibility()`, patience)
	h.verb("1", "serve", nil)
	h.verb("1", "end", nil)
	s.until("the black again", `document.querySelector('.night').checkVisibility()`, patience)
	h.settings(func(s *queue.Settings) { s.Board.Night = queue.NightSetting{} })
	s.until("the light", `!document.querySelector('.night').checkVisibility()`, patience)
}

// TestBoardZone: a zone's board shows and lists only what is called near it.
func TestBoardZone(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.counters(20)
	s := h.open(t, "/board/?zone=a", boardSize)
	grid := h.open(t, "/board/?zone=b&layout=grid", boardSize)
	s.sees(".zone", "Khu A, tầng 1")
	grid.until("the zone's counters", `document.querySelectorAll('.cell').length === 10 && document.querySelector('.cell b').textContent === '11'`, patience)
	h.busy(20, 1, 1)
	h.busy(20, 15, 16)
	grid.until("the calls of the zone", `[...document.querySelectorAll('.cell.called b')].map((e) => e.textContent).join() === '15,16'`, patience)
	s.until("the call of the zone", boardShows("A001", "01"), patience)
	s.moveClock(7 * time.Second)
	eval[any](s, `new Promise((done) => setTimeout(() => done(0), 300))`)
	if !eval[bool](s, boardShows("A001", "01")+` && ![...document.querySelectorAll('tbody td')].some((e) => e.textContent)`) {
		t.Errorf("a board shows what is called elsewhere:\n%s", eval[string](s, `document.body.innerText`))
	}
	grid.until("the services of the zone alone", `[...document.querySelectorAll('.strip b')].map((e) => e.textContent).join() === 'C,E,F'`, patience)
}

// TestBoardMedia: a picture with its sentence beside the calls; what is missing is passed over.
func TestBoardMedia(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.upload(t, "anh.png", picture(t))
	h.settings(func(s *queue.Settings) {
		s.Hall.Playlist = []queue.SlideSetting{{File: "anh.png", Text: queue.Text{VI: "Nộp hồ sơ trực tuyến"}, Seconds: 20}, {Text: queue.Text{VI: "Mang theo căn cước."}, Seconds: 20}}
	})
	h.busy(10, 1, 1)
	s := h.open(t, "/board/?layout=media", boardSize)
	s.until("the picture", `document.querySelector('.media img')?.naturalWidth > 0`, patience)
	s.sees("figcaption", "Nộp hồ sơ trực tuyến")
	s.until("the call beside it", boardShows("A001", "01"), patience)
	s.uncut("a picture")
	s.clean("a picture")
	s.shot("picture")
	s.moveClock(20 * time.Second)
	s.sees(".sentence", "Mang theo căn cước.")
	s.shot("sentence")
	h.busy(10, 2, 3)
	s.until("the calls in the list", listed("A003", "03"), patience)
}
