package e2e

import (
	_ "embed"
	"fmt"
	"os"
	"strings"
	"testing"
)

// lookupMeasureJS measures the look-up as it stands, in millimetres.
//
//go:embed testdata/lookup_measure.js
var lookupMeasureJS string

// stands measures the screen with each display option and reports what is too small,
// too high, cut off, or on top of something else.
func (s *screen) stands(g glass, state string, options ...string) {
	s.t.Helper()
	if !eval[bool](s, `typeof lookupOffences === 'function'`) {
		eval[any](s, lookupMeasureJS+";0")
	}
	for _, option := range options {
		low := option == "reach"
		for _, offence := range eval[[]string](s, fmt.Sprintf(`lookupOffences(%q, {pixel: %v, line: %v, large: %v})`, option, g.pixel(), g.line(low), option == "text")) {
			s.t.Errorf("%s, %s: %s", state, option, offence)
		}
		if os.Getenv("MOTCUA_SHOTS") != "" {
			s.shot(strings.ReplaceAll(state, " ", "-") + "-" + option)
		}
	}
	eval[any](s, `lookupOffences('normal', null)`)
}

// TestLookupShape measures every screen of the look-up in both shapes, with the
// longest names there are.
func TestLookupShape(t *testing.T) {
	t.Parallel()
	for _, g := range []glass{{inches: 32, w: 1920, h: 1080}, {inches: 32, w: 1080, h: 1920}} {
		t.Run(g.String(), func(t *testing.T) {
			t.Parallel()
			h := startHall(t)
			h.imports("testdata/lookup.jsonl")
			all := []string{"normal", "text", "reach"}
			s := h.lookup(t, "", size{g.w, g.h, true})
			s.until("the new catalogue", `document.querySelector('.lead .count').textContent.includes('83')`, 2*patience)
			s.stands(g, "first", all...)
			s.press(".ask", "")
			s.isOn("search")
			s.stands(g, "nothing typed", all...)
			s.finds("giay chung nhan du dieu kien", "Cấp, cấp lại")
			s.stands(g, "search", all...)
			s.press(".results .row", "Cấp, cấp lại")
			s.isOn("record")
			s.stands(g, "case", all...)
			s.press(".choice", "")
			s.sees(".papers li", "")
			s.stands(g, "record", all...)
			s.press("[data-act=official]", "")
			s.isOn("official")
			s.stands(g, "official", all...)
			s.press("[data-way=home]", "")
			s.isOn("first")
			s.press("[data-event=sinh-con]", "")
			s.isOn("list")
			s.sees(".row", "")
			s.stands(g, "list", all...)
			s.press(".row[data-code='1.001193']", "")
			s.isOn("record")
			s.press(".choice", "")
			s.sees(".papers li", "")
			s.stands(g, "short record", all...)
			if g.w < g.h {
				s.press("[data-way=home]", "")
				s.press("[data-act=byfield]", "")
				s.isOn("fieldsview")
				s.stands(g, "fields", all...)
			}
		})
	}
}

// TestLookupOnSmallGlass: below 28 inches letters and keys keep their millimetres,
// and all else gives way.
func TestLookupOnSmallGlass(t *testing.T) {
	t.Parallel()
	for _, g := range []glass{{inches: 21.5, w: 1080, h: 1920}, {inches: 27, w: 1080, h: 1920}, {inches: 24, w: 1920, h: 1080}} {
		t.Run(g.String(), func(t *testing.T) {
			t.Parallel()
			h := startHall(t)
			options := []string{"normal", "text"}
			s := h.lookup(t, fmt.Sprintf("?diag=%v", g.inches), size{g.w, g.h, true})
			s.stands(g, "first", options...)
			s.press(".ask", "")
			s.finds("khai sinh", "khai sinh")
			s.stands(g, "search", options...)
			s.press(".results .row", "")
			s.isOn("record")
			s.stands(g, "case", options...)
			s.press(".choice", "")
			s.sees(".papers li", "")
			s.stands(g, "record", options...)
		})
	}
}

// TestLookupInAWindow: a developer's window shows the same, smaller.
func TestLookupInAWindow(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.lookup(t, "", deskSize)
	if eval[bool](s, `document.documentElement.scrollWidth > innerWidth || [...document.querySelectorAll('.work > *')].some((e) => e.getBoundingClientRect().bottom > document.querySelector('.bottom').getBoundingClientRect().top + 1)`) {
		t.Error("the screen is larger than its window")
	}
}

// TestAxeLookup looks at the screens of a procedure in the usual styles.
func TestAxeLookup(t *testing.T) {
	t.Parallel()
	axeLookup(t, []size{lookupSize}, []string{"normal", "text", "contrast"}, false)
}

// TestAxeLookupSoak looks at every screen in every style, in both shapes.
func TestAxeLookupSoak(t *testing.T) {
	axeLookup(t, []size{lookupSize, kioskSize}, []string{"normal", "text", "contrast", "reach", "text+contrast", "text+reach", "contrast+reach",
		"text+contrast+reach"}, true)
}

func axeLookup(t *testing.T, shapes []size, options []string, all bool) {
	inBothLanguages(t, func(t *testing.T, lang string) {
		h := startHall(t)
		h.settings(published)
		for _, shape := range shapes {
			s := h.lookup(t, "", shape)
			eval[any](s, lookupMeasureJS+";0")
			look := func(state string) {
				t.Helper()
				for _, option := range options {
					eval[any](s, fmt.Sprintf(`lookupOffences(%q, null, %q)`, option, lang))
					s.clean(state + " " + option)
					if lang == "en" || option == "contrast" {
						s.shot(strings.ReplaceAll(state, " ", "-") + "-" + option)
					}
				}
				eval[any](s, fmt.Sprintf(`lookupOffences('normal', null, %q)`, lang))
			}
			look("first")
			s.finds("khai sinh", "khai sinh")
			look("search")
			s.press(".results .row[data-code='1.001193']", "")
			s.isOn("record")
			look("case")
			s.press(".choice", "")
			s.sees(".papers li", "")
			look("record")
			s.press("[data-act=official]", "")
			s.isOn("official")
			look("official")
			if all {
				s.axeOthers(look)
			}
		}
	})
}

// axeOthers goes through what is no procedure.
func (s *screen) axeOthers(look func(string)) {
	s.t.Helper()
	home := func() {
		s.press("[data-way=home]", "")
		s.isOn("first")
	}
	home()
	s.press("[data-act=dossier]", "")
	s.isOn("dossier")
	look("dossier")
	home()
	s.press("[data-act=hall]", "")
	s.isOn("hall")
	look("hall")
	for _, part := range []string{"complaints", "conduct", "days", "tariff"} {
		s.press("[data-part="+part+"]", "")
		s.isOn(part)
		look(part)
		s.press("[data-way=back]", "")
		s.isOn("hall")
	}
	home()
	s.press("[data-act=tell]", "")
	s.isOn("topics")
	look("topics")
	s.press("[data-topic=time]", "")
	s.isOn("write")
	look("write")
}
