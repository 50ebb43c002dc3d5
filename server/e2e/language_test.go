package e2e

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

// strings a page shows: texts and names for those who do not see it. Elements
// that say which language they are in, such as the button back to Vietnamese,
// are left out.
func (s *screen) strings() []string {
	s.t.Helper()
	return eval[[]string](s, `(() => {
  const all = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const e = n.parentElement;
    if (n.data.trim() && e.checkVisibility() && !e.closest('body [lang], script')) all.push(n.data.trim());
  }
  for (const e of document.body.querySelectorAll('[aria-label], [alt]')) if (e.checkVisibility()) all.push(e.ariaLabel || e.alt);
  all.push(document.title);
  return all;
})()`)
}

// marked letters are Vietnamese alone; proper names keep them in English.
var (
	markedLetter = regexp.MustCompile(`[ăâđêôơưĂÂĐÊÔƠƯà-ãè-éìíò-õùúýÀ-ÃÈ-ÉÌÍÒ-ÕÙÚÝĩũĨŨạ-ỹẠ-Ỹ]`)
	properNames  = strings.NewReplacer("Hòa Bình", "")
)

// vietnamese are the sentences of the table as patterns, without those that are
// the same in both languages.
func vietnamese(prefix string) map[string]*regexp.Regexp {
	patterns := map[string]*regexp.Regexp{}
	place := regexp.MustCompile(`\\\{\w+\\\}`)
	for key, text := range texts()["vi"] {
		if strings.HasPrefix(key, prefix) && text != texts()["en"][key] {
			patterns[key] = regexp.MustCompile(`^` + place.ReplaceAllString(regexp.QuoteMeta(text), `.+`) + `$`)
		}
	}
	return patterns
}

// allEnglish checks every string of the screen shown.
func (s *screen) allEnglish(state string) {
	s.t.Helper()
	all := s.strings()
	if len(all) < 5 {
		s.t.Errorf("%s: only %d texts found", state, len(all))
	}
	for _, text := range all {
		if markedLetter.MatchString(properNames.Replace(text)) {
			s.t.Errorf("%s: in English it says %q", state, text)
		}
		for key, pattern := range vietnamese("k.") {
			if pattern.MatchString(text) {
				s.t.Errorf("%s: in English it says %s of the Vietnamese table: %q", state, key, text)
			}
		}
	}
	if lang := eval[string](s, `document.documentElement.lang`); lang != "en" {
		s.t.Errorf("%s: the page calls itself %q", state, lang)
	}
}

// TestEnglishAtTheKiosk: one touch changes every word on every screen, and the
// next visitor finds Vietnamese again.
func TestEnglishAtTheKiosk(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.verb("1", "open", nil)
	for range 3 {
		h.take("ho-tich")
	}
	k := h.kiosk(t, "")
	before := k.strings()
	k.wear("lang")
	k.until("English", `document.documentElement.lang === 'en'`, patience)
	k.allEnglish("home")
	after := map[string]bool{}
	for _, text := range k.strings() {
		after[text] = true
	}
	for _, text := range before {
		if markedLetter.MatchString(properNames.Replace(text)) && after[text] {
			t.Errorf("%q stayed", text)
		}
	}
	k.press(".tile", "Civil status")
	k.isOn("confirm")
	k.allEnglish("confirm")
	k.press(".acts button", en("k.conf.no"))
	k.isOn("home")

	// Who goes back is the same visitor, and reads the same language.
	k.allEnglish("home again")
	k.press(".tile.pri", "")
	k.isOn("groups")
	k.allEnglish("groups")
	k.press(".tile", "Aged 75")
	k.isOn("priority")
	k.allEnglish("priority")
	k.moveClock(46 * time.Second)
	k.until("the question", `document.querySelector('dialog.idle[open]')`, patience)
	k.allEnglish("idle")
	k.press("dialog .btn", en("k.idle.more"))
	k.press(".tile", "Civil status")
	k.isOn("ticket")
	k.allEnglish("ticket")
	k.press(".acts button", en("k.done.undo"))
	k.allEnglish("cancel question")
	k.press(".acts button", en("k.undo.yes"))
	k.isOn("cancelled")
	k.allEnglish("cancelled")
	k.press(".acts button", en("k.done.ok"))
	k.isOn("home")
	k.until("Vietnamese", `document.documentElement.lang === 'vi'`, patience)
}

// TestOptionsEndWithTheVisit: what one person put on is off for the next.
func TestOptionsEndWithTheVisit(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	for _, mode := range []string{"lang", "text", "contrast", "reach"} {
		k.wear(mode)
	}
	k.until("all options", `['text', 'contrast', 'reach'].every((m) => m in document.documentElement.dataset) && document.documentElement.lang === 'en'`, patience)
	k.shot("all-options")
	k.key("1")
	k.isOn("confirm")
	k.shot("all-options-confirm")
	k.press(".acts button.go", "")
	k.isOn("ticket")
	k.shot("all-options-ticket")
	k.press(".acts button", en("k.done.ok"))
	k.isOn("home")
	k.until("everything as it always is", `document.documentElement.lang === 'vi' && !['text', 'contrast', 'reach'].some((m) => m in document.documentElement.dataset) && !document.querySelector('.modes [aria-pressed=true]')`, patience)
	k.until("Vietnamese words", found("h1", vi("k.home.q")), patience)
}
