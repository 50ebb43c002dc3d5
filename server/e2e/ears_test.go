package e2e

import (
	"slices"
	"strings"
	"testing"
)

// TestFaultsAreHeard plants one fault of each kind that the other tests listen
// for: a test that cannot fail proves nothing.
func TestFaultsAreHeard(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.open(t, "/login", deskSize)
	eval[any](s, `(() => {
  console.error('a planted error');
  setTimeout(() => { throw new Error('a planted exception'); });
  const image = document.createElement('img');
  image.src = 'http://127.0.0.2:9/planted.png';
  document.querySelector('main').append(image);
  return 0;
})()`)
	s.until("the policy to refuse", `refusedByPolicy.length > 0`, patience)
	h.wait("both planted faults in the console", patience, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		has := func(what string) bool {
			return slices.ContainsFunc(s.problems, func(p string) bool { return strings.Contains(p, what) })
		}
		return has("a planted error") && has("a planted exception")
	})
	if !slices.ContainsFunc(s.violations(), func(v violation) bool { return v.ID == "image-alt" }) {
		t.Error("axe does not find a picture without words")
	}
	s.pardon(`planted|violates the following Content Security Policy`)
	eval[any](s, `refusedByPolicy.length = 0; 0`)
}

// TestCutTextIsFound plants a box too small for its words.
func TestCutTextIsFound(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.open(t, "/login", deskSize)
	eval[any](s, `(() => {
  const box = document.createElement('p');
  box.textContent = 'Không vừa';
  for (const [k, v] of [['overflow', 'hidden'], ['width', '40px'], ['white-space', 'nowrap']]) box.style.setProperty(k, v);
  document.querySelector('main').append(box);
  return 0;
})()`)
	if len(s.cuts()) == 0 {
		t.Error("words that are wider than their box were not found")
	}
}
