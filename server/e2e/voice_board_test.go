package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"motcua/server/queue"
)

// voiceLog is what the page says it has spoken and left out.
func (s *screen) voiceLog() []spoken {
	s.t.Helper()
	return eval[[]spoken](s, `import('/board/voice.js').then((v) => [...v.log])`)
}

// spoke waits until the n-th entry stands in the log.
func (s *screen) spoke(n int, what string) spoken {
	s.t.Helper()
	s.until(what+" to be spoken", fmt.Sprintf(`(window.voiceLog ??= [], import('/board/voice.js').then((v) => { window.voiceLog = v.log; }), window.voiceLog.length >= %d)`, n), 5*patience)
	return s.voiceLog()[n-1]
}

// aVoice records a call in a language of the hall's own: one sound for everything.
func (h *hall) aVoice(tag string, keys ...string) {
	h.t.Helper()
	folder := filepath.Join(h.data, "speech", tag)
	index := `{"": {"file": "a.wav"}`
	for _, key := range keys {
		index += fmt.Sprintf(", %q: {\"file\": \"a.wav\"}", key)
	}
	err := os.MkdirAll(folder, 0o755)
	for name, content := range map[string][]byte{"clips.json": []byte(index + "}"), "a.wav": silence(200_000_000)} {
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), content, 0o644)
		}
	}
	if err != nil {
		h.t.Fatal(err)
	}
}

// TestBoardSpeaks: a board with a loudspeaker calls, in the hall's third language
// too, and says an emergency in its own words. A browser that refuses sound makes
// the board say so, until somebody touches it.
func TestBoardSpeaks(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.language("tyz", map[string]map[string]string{"language": {"name": "Tày"}, "board": {"t.voice.call": "Xỉnh số {number} mà quầy {counter}"}})
	h.aVoice("tyz", "Xỉnh số,", "mà quầy,", "A", "0", "1")
	h.settings(func(s *queue.Settings) {
		s.Board.Voice = queue.VoiceSetting{On: true, Once: true, Also: []string{"tyz"}}
	})
	h.verb("1", "open", nil)
	h.take("ho-tich")
	silent := h.open(t, "/board/", boardSize)
	silent.until("the board", `document.querySelector('.canvas')`, patience)
	board := h.open(t, "/board/?sound=1", boardSize)
	board.until("the voice to be ready", `performance.getEntriesByType('resource').some((r) => r.name.includes('/web/speech/tyz/clips.json'))`, patience)
	eval[any](board, ear)
	h.verb("1", "call", nil)
	board.hears("the call")
	if x := board.spoke(1, "the call"); x.Number != "A001" || x.End != "spoken" || x.Kind != "call" {
		t.Errorf("the call: %+v", x)
	}
	if fetched := eval[[]string](board, `performance.getEntriesByType('resource').map((r) => new URL(r.name).pathname)`); !slices.Contains(fetched, "/web/speech/tyz/a.wav") {
		t.Error("the third language is not spoken")
	}
	alarm := h.announce("demo-admin", map[string]any{"kind": "emergency", "text": map[string]string{"vi": "Cháy ở tầng hai", "en": "Fire"}})
	if _, err := exec.LookPath("espeak-ng"); err == nil {
		board.until("the text of the emergency to be read", `window.ear.fetched.includes('/api/v1/speech')`, patience)
	}
	if log := silent.voiceLog(); len(log) > 0 {
		t.Errorf("the board without a loudspeaker: %v", log)
	}

	eval[any](silent, `(() => {
  window.refuse = true;
  const state = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'state');
  Object.defineProperty(BaseAudioContext.prototype, 'state', {get() { return window.refuse ? 'suspended' : state.get.call(this); }, configurable: true});
  const resume = AudioContext.prototype.resume;
  AudioContext.prototype.resume = function () { return navigator.userActivation.hasBeenActive ? (window.refuse = false, resume.call(this)) : new Promise(() => {}); };
  return import('/web/screen.js').then((m) => { m.speaks.set(true); return 0; });
})()`)
	h.endNotice("demo-admin", alarm.ID)
	silent.sees(".mute", vi("t.mute"))
	silent.shot("muted")
	silent.pressAt(point{700, 500})
	silent.until("the sign to go", `!document.querySelector('.mute').checkVisibility()`, patience)
}
