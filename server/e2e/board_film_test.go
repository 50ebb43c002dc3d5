package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"motcua/server/queue"
)

// watchSlides notes what comes into the slides' place, and each time a film begins.
const watchSlides = `(() => {
  window.slides = [];
  window.played = 0;
  window.loud = false;
  new MutationObserver((changes) => {
    for (const c of changes) for (const e of c.addedNodes) {
      const what = e.querySelector?.('video, img');
      slides.push(what ? decodeURIComponent(what.src.split('/').at(-1)) : 'words');
    }
  }).observe(document.querySelector('.slide'), { childList: true });
  document.addEventListener('playing', (e) => { played++; loud ||= !e.target.muted; }, true);
  return 0;
})()`

// TestBoardFilm: beside the calls a film plays without sound to its end, then comes
// what follows it; a broken one is passed over, and a single one begins again.
func TestBoardFilm(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.open(t, "/board/?layout=media", boardSize)
	s.until("the slides", `document.querySelector('.slide')?.textContent`, 2*patience)
	film := s.makesFilm()
	h.upload(t, "phim.webm", film)
	h.upload(t, "hong.webm", append(film[:64:64], make([]byte, 2000)...))
	h.upload(t, "sen.png", picture(t))
	// The others of these tests look at screens at rest.
	call(s, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "no-preference"}}})
	eval[any](s, watchSlides)
	s.pardon(`hong\.webm|DEMUXER|PIPELINE|MEDIA_ERR`)
	h.settings(func(s *queue.Settings) {
		s.Hall.Playlist = []queue.SlideSetting{{File: "phim.webm", Text: queue.Text{VI: "Hướng dẫn nộp hồ sơ trực tuyến"}}, {File: "hong.webm"}, {File: "sen.png", Seconds: 1}}
	})
	s.until("the film to come round", `slides.join().includes('phim.webm,sen.png,phim.webm,sen.png') && played >= 2`, 6*patience)
	if eval[bool](s, `slides.includes('hong.webm')`) {
		t.Errorf("a broken film is shown: %v", eval[[]string](s, `slides`))
	}
	h.settings(func(s *queue.Settings) { s.Hall.Playlist = s.Hall.Playlist[:1] })
	s.until("the film alone", `document.querySelectorAll('.slide video').length === 1 && document.querySelector('figcaption').textContent`, patience)
	s.clean("a film beside the calls")
	s.uncut("a film beside the calls")
	eval[any](s, `played = 0; slides.length = 0; 0`)
	s.until("it to begin again by itself", `played >= 2 && slides.every((x) => x === 'phim.webm')`, 6*patience)
	if eval[bool](s, `loud`) {
		t.Error("the film is heard")
	}
	// The calls go on beside it.
	h.verb("1", "open", nil)
	h.take("ho-tich")
	h.verb("1", "call", nil)
	s.until("the call", boardShows("A001", "01"), patience)
	s.shot("film")
}
