package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"motcua/server/queue"
)

// nextBuild builds the program with one page file that differs.
func nextBuild(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	file, err := filepath.Abs("../../display/board/night.js")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed, list, path := filepath.Join(dir, "night.js"), filepath.Join(dir, "overlay.json"), filepath.Join(dir, "motcua")
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{file: changed}})
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{changed: append(text, "\nexport const next = true;\n"...), list: overlay} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.Command("go", "build", "-overlay", list, "-o", path, "motcua/server").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// lastWords keeps the voice's log when the page ends.
const lastWords = `import('/board/voice.js').then((v) => {
  addEventListener('pagehide', () => sessionStorage.setItem('lastWords', JSON.stringify(v.log)));
  return 0;
})`

// TestScreenUpdates: the server comes back with other pages. Each screen loads them
// by itself and is what it was; a board that is calling somebody speaks to the end.
func TestScreenUpdates(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	next := nextBuild(t)
	h.settings(func(s *queue.Settings) { s.Board.Voice = queue.VoiceSetting{On: true, Once: true} })
	board := h.hangBoard(t, "Bảng 1")
	display := h.hang(t, "Quầy 1", counterSize, map[string]any{"page": "counter", "counter": "1"})
	const build = `document.querySelector('meta[name=build]').content`
	display.until("the display", `location.pathname === '/counter/1/' && document.querySelector('.words')?.textContent`, 3*patience)
	for _, s := range []*screen{board, display} {
		s.pardon(cutOff)
	}
	before := eval[string](board, build)
	h.verb("1", "open", nil)
	h.take("ho-tich")
	h.take("ho-tich")
	board.until("the board to be chosen to speak", chosen, 3*patience)
	eval[any](board, lastWords)

	number := h.verb("1", "call", nil).Number
	h.kill()
	h.path = next
	h.start()
	h.ready()
	back := time.Now()
	at := func(path string) string {
		return fmt.Sprintf(`location.pathname === %q && %s !== %q && document.querySelector('header')`, path, build, before)
	}
	display.until("the display's new pages", at("/counter/1/"), 6*patience)
	t.Logf("the display has the new pages %v after the server's return", time.Since(back).Round(time.Millisecond))
	board.until("the board's new pages", at("/board/"), 12*patience)
	t.Logf("the board, which was speaking, has them after %v", time.Since(back).Round(time.Millisecond))
	said := eval[[]spoken](board, `JSON.parse(sessionStorage.getItem('lastWords'))`)
	if len(said) == 0 || said[0].String() != number+" spoken" || said[0].To-said[0].From < 3000 {
		t.Errorf("before it was loaded anew the board said %+v, want %s to its end", said, number)
	}
	if role := eval[string](board, `JSON.parse(localStorage.getItem('motcua.screen')).name`); role != "Bảng 1" {
		t.Errorf("the board is %q now", role)
	}
	// It goes on where it was: the next call, and not the one before.
	board.until("the board to be chosen to speak", chosen, 3*patience)
	h.verb("1", "serve", nil)
	h.verb("1", "end", nil)
	after := h.verb("1", "call", nil).Number
	board.until("the next call to be spoken", fmt.Sprintf(`(import('/board/voice.js').then((v) => { window.voiceLog = v.log; }), window.voiceLog?.some((x) => x.number === %q && x.end === 'spoken'))`, after), 12*patience)
	if n := spokenBy(number, board); n != 0 {
		t.Errorf("%s is spoken again after the update", number)
	}
}
