package e2e

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
)

// axe reads the accessibility engine, which is installed and not committed.
var axe = sync.OnceValues(func() (string, error) {
	raw, err := os.ReadFile(os.Getenv("MOTCUA_AXE"))
	return string(raw), err
})

// violation is one broken rule and where.
type violation struct {
	ID, Help string
	Nodes    []struct {
		HTML           string
		FailureSummary string
	}
}

// clean fails the test for every violation that axe finds on the page as it is.
func (s *screen) clean(state string) {
	s.t.Helper()
	for _, v := range s.violations() {
		var where []string
		for _, n := range v.Nodes {
			where = append(where, fmt.Sprintf("%.200s\n      %s", n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", "\n      ")))
		}
		s.t.Errorf("%s, %s: %s (%s)\n    %s", s.name, state, v.Help, v.ID, strings.Join(where, "\n    "))
	}
}

func (s *screen) violations() []violation {
	s.t.Helper()
	source, err := axe()
	if err != nil {
		missing(s.t, "the accessibility engine is not there; make tools installs it: "+err.Error())
	}
	if !eval[bool](s, `typeof axe === 'object'`) {
		eval[any](s, source+";0")
	}
	return eval[[]violation](s, `axe.run({resultTypes: ['violations'], elementRef: false})
  .then((r) => r.violations.map((v) => ({ID: v.id, Help: v.help, Nodes: v.nodes.map((n) => ({HTML: n.html, FailureSummary: n.failureSummary}))})))`)
}

// inBothLanguages runs a check in Vietnamese and in English.
func inBothLanguages(t *testing.T, check func(t *testing.T, lang string)) {
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) { check(t, lang) })
	}
}

// wear puts a display option of the kiosk on, as the button in the bottom row does.
func (s *screen) wear(mode string) {
	s.t.Helper()
	if mode != "" {
		s.press("[data-mode="+mode+"]", "")
	}
}

// TestAxeDesk looks at the desk in its states and at its questions.
func TestAxeDesk(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, lang string) {
		h := startHall(t)
		h.take("ho-tich", "NCT")
		for range 3 {
			h.take("ho-tich")
		}
		choosing := h.open(t, "/desk/", deskSize)
		choosing.until("the counters", `document.querySelector('.choose button')`, patience)
		inEnglish(choosing, lang, ".top .lang")
		choosing.clean("choosing a counter")
		choosing.shot("desk-choosing")
		d := h.desk(t, "1")
		inEnglish(d, lang, ".top .lang")
		d.clean("closed")
		d.press("#big", "")
		d.until("open", `document.querySelector('#big').dataset.act === 'call'`, patience)
		d.clean("idle")
		d.shot("desk-idle")
		d.press("#big", "")
		d.until("calling", `document.querySelector('#big').dataset.act === 'serve'`, patience)
		d.clean("calling")
		d.press("#big", "")
		d.until("serving", `document.querySelector('#big').dataset.act === 'next'`, patience)
		d.clean("serving")
		d.shot("desk-serving")
		for _, control := range []string{"transfer", "priority"} {
			d.question(control)
		}
		d.press("[data-verb=end]", "")
		d.until("the offer to undo", `document.querySelector('.undo').checkVisibility()`, patience)
		d.clean("undo offered")
		for _, control := range []string{"number", "walkin", "pause", "close"} {
			d.question(control)
		}
		h.verb("1", "call", nil)
		h.verb("1", "no-show", nil)
		d.press(".tabs button:nth-child(3)", "")
		d.until("the absent", `document.querySelector('.row .back')`, patience)
		d.clean("the absent")
	})
}

// question looks at the dialog of a control and goes back.
func (s *screen) question(control string) {
	s.t.Helper()
	s.press("[data-verb="+control+"]", "")
	s.until("the question", `document.querySelector('dialog[open]')`, patience)
	s.clean("question of " + control)
	s.shot("desk-ask-" + control)
	s.press("dialog .acts button[type=button]", "")
	s.until("the question to go", `!document.querySelector('dialog[open]')`, patience)
}

// inEnglish switches a page to English when that is the language to check.
func inEnglish(s *screen, lang, button string) {
	if lang != "en" {
		return
	}
	s.press(button, "")
	s.until("English", `document.documentElement.lang === 'en'`, patience)
}

// TestAxeHall looks at the board, the counter's display, the tablet and the phone.
func TestAxeHall(t *testing.T) {
	t.Parallel()
	inBothLanguages(t, func(t *testing.T, lang string) {
		h := startHall(t)
		query := "?lang=" + lang
		x := h.take("ho-tich")
		for range 3 {
			h.take("ho-tich")
		}
		last := h.take("ho-tich")
		board, display := h.open(t, "/board/"+query, boardSize), h.open(t, "/counter/1/"+query, counterSize)
		tablet, phone := h.open(t, "/rate/1/"+query, rateSize), h.open(t, "/t/"+x.Token, phoneSize)
		waiting := h.open(t, "/t/"+last.Token, phoneSize)
		for s, ready := range map[*screen]string{board: ".idle", display: ".words:not(:empty)", tablet: ".words h1", phone: ".card h1", waiting: ".facts"} {
			s.until("its first words", fmt.Sprintf(`document.querySelector(%q)`, ready), patience)
			if s == phone || s == waiting {
				inEnglish(s, lang, ".hall button")
			}
			if got := eval[string](s, `document.documentElement.lang`); got != lang {
				t.Errorf("%s is in %q, want %q", s.name, got, lang)
			}
			s.clean("at rest")
		}
		waiting.shot("phone-waiting")
		phone.press("[data-act=quit]", "")
		phone.clean("cancel question")
		phone.press("dialog .act.go", "")

		h.verb("1", "open", nil)
		h.verb("1", "call", nil)
		h.verb("1", "recall", nil)
		board.until("the call", boardShows("A001", "01"), patience)
		display.until("the call", `document.querySelector('.n').textContent === 'A001'`, patience)
		phone.until("the call", `document.querySelector('.card.call')`, patience)
		for s, name := range map[*screen]string{board: "board", display: "counter", phone: "phone"} {
			s.clean("calling")
			s.shot(name + "-calling")
		}

		h.verb("1", "serve", nil)
		h.verb("1", "end", nil)
		tablet.until("the invitation", `document.body.className === 'ask'`, patience)
		tablet.clean("invited")
		tablet.press("[data-level='4']", "")
		tablet.until("the reasons", `document.body.className === 'why'`, patience)
		tablet.clean("reasons")
		tablet.shot("rate-why")
		phone.until("the rating", `document.querySelector('.level')`, patience)
		phone.clean("done")
		tablet.press(".send", "")
		tablet.until("the thanks", `document.body.className === 'thanks'`, patience)
		tablet.clean("thanks")
	})
}

// TestAxePlainPages looks at the pages without a script.
func TestAxePlainPages(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	inBothLanguages(t, func(t *testing.T, lang string) {
		for _, path := range []string{"/", "/login"} {
			s := h.openIn(t, lang, path, deskSize)
			if got := eval[string](s, `document.documentElement.lang`); got != lang {
				t.Errorf("%s is in %q, want %q", path, got, lang)
			}
			s.clean("plain")
			s.shot("plain" + strings.ReplaceAll(path, "/", "-"))
		}
	})
}
