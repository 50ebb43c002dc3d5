package e2e

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"motcua/server/queue"
)

// hangBoard hangs a board with a loudspeaker.
func (h *hall) hangBoard(t *testing.T, name string) *screen {
	t.Helper()
	s := h.hang(t, name, boardSize, map[string]any{"page": "board", "sound": true})
	s.until("the board", `location.pathname === '/board/' && document.querySelector('.canvas')`, 3*patience)
	return s
}

// hang hangs a screen with a role: its browser shows a code, which is approved.
func (h *hall) hang(t *testing.T, name string, as size, role map[string]any) *screen {
	t.Helper()
	s := h.open(t, "/screen/", as)
	h.approve(s, name, role)
	return s
}

// approve gives the screen that shows its code a role.
func (h *hall) approve(s *screen, name string, role map[string]any) {
	s.t.Helper()
	s.until("a code", `document.querySelector('.code').textContent.length === 7`, patience)
	body := map[string]any{"name": name, "branch": "hoabinh", "screen": role}
	if status := h.ask("POST", "demo-admin", "/api/v1/pairings/"+s.text(".code")+"/approve", body, nil); status != http.StatusOK {
		s.t.Fatalf("approving %s: status %d", name, status)
	}
}

// chosen is an expression: does the page speak the calls of its zone?
const chosen = `(window.said ??= {}, import('/web/screen.js').then((m) => { said.now = m.speaks.get(); }), said.now === true)`

// spokenBy counts how often the boards have spoken a number.
func spokenBy(number string, boards ...*screen) (n int) {
	for _, b := range boards {
		for _, x := range b.voiceLog() {
			if x.Number == number && x.End == "spoken" {
				n++
			}
		}
	}
	return n
}

// TestVoiceMoves: of two boards in a zone one speaks; when it goes the other does at
// once, and each call is heard once. The one that went is missed half a minute later.
func TestVoiceMoves(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) { s.Board.Voice = queue.VoiceSetting{On: true, Once: true} })
	first, second := h.hangBoard(t, "Bảng 1"), h.hangBoard(t, "Bảng 2")
	first.until("the first to be chosen", chosen, 3*patience)
	h.verb("1", "open", nil)
	h.take("ho-tich")
	h.take("ho-tich")
	number := h.verb("1", "call", nil).Number
	first.until("the call to be spoken", `(import('/board/voice.js').then((v) => { window.voiceLog = v.log; }), window.voiceLog?.length >= 1)`, 12*patience)
	if n := spokenBy(number, first, second); n != 1 {
		t.Errorf("%s was spoken %d times", number, n)
	}
	if eval[bool](second, chosen) {
		t.Error("both boards are chosen")
	}
	// The first one is switched off by its own key; then somebody calls.
	first.do(chromedp.Navigate("about:blank"))
	start := time.Now()
	second.until("the other to be chosen", chosen, 3*patience)
	t.Logf("the other board was chosen %v after the goodbye", time.Since(start).Round(time.Millisecond))
	h.verb("1", "serve", nil)
	h.verb("1", "end", nil)
	next := h.verb("1", "call", nil).Number
	defer func() {
		if t.Failed() {
			t.Logf("the other board's log: %v; chosen: %s", second.voiceLog(), eval[string](second, `import('/web/screen.js').then((m) => String(m.speaks.get()))`))
		}
	}()
	second.until("the next call to be spoken", fmt.Sprintf(`(import('/board/voice.js').then((v) => { window.voiceLog = v.log; }), window.voiceLog?.some((x) => x.number === %q && x.end === 'spoken'))`, next), 12*patience)
	if n := spokenBy(number, second); n != 0 {
		t.Errorf("%s is spoken again by the board that came after", number)
	}
	for _, verb := range []string{"serve", "end"} {
		h.verb("1", verb, nil)
	}
	h.missed(t, "Bảng 1", second, "Bảng 2")
}
