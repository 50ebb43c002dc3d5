package e2e

import (
	"encoding/base64"
	"testing"
	"time"

	"motcua/server/queue"
)

// TestLookupFilm: a film is shown without sound, what it says stands under it, and
// where motion is not wanted its first picture stands.
func TestLookupFilm(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	raw := h.lookup(t, "", lookWide).makesFilm()
	h.upload(t, "phim.webm", raw)
	h.settings(func(s *queue.Settings) {
		s.Hall.Playlist = []queue.SlideSetting{{File: "phim.webm", Text: queue.Text{VI: "Hướng dẫn nộp hồ sơ trực tuyến"}}}
	})
	s := h.lookup(t, "", lookWide)
	s.moveClock(61 * time.Second)
	s.until("the film", `document.querySelector('.slide video')?.readyState >= 2`, patience)
	s.sees("figcaption", "Hướng dẫn nộp hồ sơ trực tuyến")
	if !eval[bool](s, `(() => { const v = document.querySelector('.slide video'); return v.muted && v.paused; })()`) {
		t.Error("the film is loud, or moves though no motion is wanted")
	}
	s.clean("a film")
	s.shot("film")
	s.key("a")
	s.until("the slides to end", `!document.querySelector('.slides')`, patience)
}

// makesFilm lets the browser draw a film of less than a second.
func (s *screen) makesFilm() []byte {
	s.t.Helper()
	film := eval[string](s, `(async () => {
  const canvas = document.createElement('canvas');
  canvas.width = 320; canvas.height = 180;
  const pen = canvas.getContext('2d'), parts = [];
  const recorder = new MediaRecorder(canvas.captureStream(10), {mimeType: 'video/webm;codecs=vp8'});
  recorder.ondataavailable = (e) => parts.push(e.data);
  recorder.start();
  for (let i = 0; i < 8; i++) {
    pen.fillStyle = i % 2 ? '#0f5a50' : '#f2b233';
    pen.fillRect(0, 0, 320, 180);
    await new Promise((done) => setTimeout(done, 100));
  }
  await new Promise((done) => { recorder.onstop = done; recorder.stop(); });
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
})()`)
	raw, err := base64.StdEncoding.DecodeString(film)
	if err != nil || len(raw) == 0 {
		s.t.Fatalf("making a film: %v", err)
	}
	return raw
}
