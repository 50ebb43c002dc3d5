package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

// cutBoard is a board with a loudspeaker behind a line that can be cut.
type cutBoard struct {
	*screen
	h    *hall
	line *line
	busy []string // counters with somebody
	all  []string // numbers
}

// quickVoice makes a call last two seconds.
func (h *hall) quickVoice() {
	h.aVoice("vi", append([]string{"chime", "Mời ông/bà có số,", "đến quầy số,", "A"}, strings.Split("0123456789", "")...)...)
	h.settings(func(s *queue.Settings) { s.Board.Voice = queue.VoiceSetting{On: true, Once: true} })
}

// calls calls a visitor to a counter and gives the number.
func (b *cutBoard) calls(counter int) string {
	b.t.Helper()
	b.h.take("ho-tich")
	number := b.h.verb(fmt.Sprint(counter), "call", nil).Number
	b.busy, b.all = append(b.busy, fmt.Sprint(counter)), append(b.all, number)
	return number
}

// leave ends all visits, so that the next ones fit on one page of the list.
func (b *cutBoard) leave() {
	b.t.Helper()
	for _, counter := range b.busy {
		b.h.verb(counter, "serve", nil)
		b.h.verb(counter, "end", nil)
	}
	b.busy = nil
}

// isRight waits until the board shows everybody who is called and no sign of a cut.
func (b *cutBoard) isRight(what string, since time.Time) {
	b.t.Helper()
	shows := `document.querySelector('.sign').hidden && document.querySelector('.card').hidden`
	for _, number := range b.all[len(b.all)-len(b.busy):] {
		shows += fmt.Sprintf(` && [...document.querySelectorAll('.n, .many .num, td.num:first-child')].some((e) => e.textContent === %q)`, number)
	}
	b.until("the board to be right", shows, 10*backWithin)
	b.t.Logf("%s: right %v after the return", what, time.Since(since).Round(time.Millisecond))
}

// ends gives what became of a number's calls, after the last one that is spoken.
func (b *cutBoard) ends(number string) []string {
	b.t.Helper()
	var all []string
	for _, x := range b.voiceLog() {
		if x.Number == number {
			all = append(all, x.String())
		}
	}
	return all
}

func (b *cutBoard) saysOnce(number string) {
	b.t.Helper()
	b.until(number+" to be spoken", fmt.Sprintf(`(import('/board/voice.js').then((v) => { window.voiceLog = v.log; }), window.voiceLog?.some((x) => x.number === %q && x.end === 'spoken'))`, number), 10*patience)
	if got := b.ends(number); !slices.Equal(got, []string{number + " spoken"}) {
		b.t.Errorf("%v, want it spoken once", got)
	}
}

// TestBoardCut cuts the line of a board for a second, half a minute and ten minutes,
// and stops its server: it is right soon after the return; what was called
// meanwhile is shown, and spoken, once, while it is younger than twenty seconds.
func TestBoardCut(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.quickVoice()
	w := h.lineTo(t)
	b := &cutBoard{screen: openOn(t, browser(t), "vi", w.url, "/screen/", boardSize), h: h, line: w}
	b.pardon(cutOff)
	h.approve(b.screen, "Bảng 1", map[string]any{"page": "board", "sound": true})
	b.until("the board", `location.pathname === '/board/' && document.querySelector('.idle')`, 3*patience)
	b.until("it to be chosen to speak", chosen, 3*patience)
	for i := 1; i <= 10; i++ {
		h.verb(fmt.Sprint(i), "open", nil)
	}
	b.saysOnce(b.calls(1))
	for i, cut := range []struct {
		what    string
		cut     func()
		by      time.Duration
		noticed string
		known   bool // the board learns of it at once, and counts from then
	}{
		{"silent for 1 s", w.silence, 0, "", false},
		{"silent for 30 s", w.silence, 30 * time.Second, `!document.querySelector('.sign').hidden`, false},
		{"refused for 10 min", w.refuse, 10 * time.Minute, found(".card", vi("t.stale")), true},
	} {
		b.leave()
		cut.cut()
		old := ""
		if cut.by > 0 {
			old = b.calls(1)
			if cut.known {
				b.until("the sign", `!document.querySelector('.sign').hidden`, patience)
			}
			w.pass(cut.by)
			b.moveClock(cut.by)
			b.until("the board to notice: "+cut.what, cut.noticed, patience)
		}
		young := b.calls(2)
		if cut.by == 0 {
			time.Sleep(time.Second) // it is what is tested
		}
		b.shot(fmt.Sprint("cut-", i))
		w.repair()
		b.isRight(cut.what, time.Now())
		b.saysOnce(young)
		if got := b.ends(old); old != "" && slices.Contains(got, old+" spoken") {
			t.Errorf("%s: a call made before it: %v", cut.what, got)
		}
	}

	// The server stops and starts; somebody is called before the board is back.
	b.leave()
	h.kill()
	b.until("the sign", `!document.querySelector('.sign').hidden`, patience)
	h.start()
	h.ready()
	back := time.Now()
	young := b.calls(3)
	b.isRight("a restart", back)
	b.saysOnce(young)
	// New settings bring a whole new state: a call in that very moment is spoken as well.
	h.settings(func(s *queue.Settings) { s.Board.Voice.Region = "south" })
	b.saysOnce(b.calls(4))
	for _, number := range b.all {
		if got := b.ends(number); len(got) > 1 {
			t.Errorf("more than once in the voice's log: %v", got)
		}
	}
}
