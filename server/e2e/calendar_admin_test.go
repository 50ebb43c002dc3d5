package e2e

import (
	"net/http"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"motcua/server/queue"
)

// usualHours gives the demo, which is open at any hour, a calendar as halls have them.
func usualHours(s *queue.Settings) {
	s.Calendar = queue.ProductionSettings("x").Calendar
	s.Calendar.Always = true // open while it lasts, so that nothing else of the hall changes
	s.Calendar.Golden = []queue.Special{{Weekdays: []int{2}, Services: []string{s.Services[2].ID}, Promise: &queue.Promise{Unit: queue.CalendarDays}}}
	s.Services[0].Quota = map[string]int{"am": 40}
}

// showDay looks at a day in the calendar's preview.
func (s *screen) showDay(day, title string) {
	s.t.Helper()
	s.until("the month", `document.querySelector('.calendar-view td button')`, patience)
	eval[any](s, `(() => { const p = document.querySelector('.calendar-view .pick input'); p.value = '`+day+`'; p.dispatchEvent(new Event('change')); return 0 })()`)
	s.sees(".calendar-view .day h3", title)
}

// TestCalendarPage: what is written is seen on any day before it is saved, in the
// kiosk's own words; the year's holidays are taken from a suggestion.
func TestCalendarPage(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(usualHours)
	a := h.open(t, "/admin/#/calendar", adminSize)
	a.pardon("422")
	a.showDay("9/2/2027", "Thứ Ba, 09/02/2027")
	a.sees(".spells", "00:00 – 24:00")
	a.press(".tick", vi("cal.always")) // off
	a.sees(".served", "07:00 – 10:30, nhiều nhất 40 số")
	a.sees(".served", "Trả kết quả trong ngày")
	a.sees(".served small", vi("cal.mark.golden"))
	a.sees(".spells q", vi("k.lunch.h"))
	a.shot("day")

	a.press(".more", vi("cal.suggest"))
	a.until("the year's holidays", `document.querySelectorAll('.suggested li').length > 5`, patience)
	eval[any](a, `(() => { const y = document.querySelector('dialog .year select'); y.value = '2027'; y.dispatchEvent(new Event('change')); return 0 })()`)
	a.sees(".suggested li", "05/02/2027 – 09/02/2027")
	a.shot("suggested")
	a.press(".suggested .tick", vi("cal.suggest.open", "basis", "Bộ luật Lao động 2019, Điều 112"))
	a.press("dialog .go", vi("cal.suggest.take"))
	a.sees(".calendar-view .facts", vi("cal.is.holiday", "name", "Tết Nguyên đán"))
	a.sees(".spells q", vi("k.holiday.of", "name", "Tết Nguyên đán"))
	a.clean("draft")
	a.shot("holiday")

	a.review()
	var now struct{ Settings queue.Settings }
	h.ask(http.MethodGet, "demo-admin", branchPath+"/settings", nil, &now)
	if name, off := now.Settings.Calendar.HolidayOn("2027-02-09"); !off || name.VI != "Tết Nguyên đán" || now.Settings.Calendar.Always {
		t.Errorf("saved: %v %+v", now.Settings.Calendar.Always, now.Settings.Calendar.Holidays)
	}

	// What cannot be is said at its field, and the last good picture stays.
	a.press("[data-place='calendar.halves[0].to'] input", "")
	a.key(kb.End)
	a.key(kb.Backspace)
	a.sees(".calendar-view .fault", vi("cal.view.invalid"))
	a.press(".save .go", vi("q.look"))
	a.until("the fault at the field", `document.querySelector("[data-place='calendar.halves[0].to'] .fault").textContent !== ''`, patience)
}

// TestAxeCalendar looks at the page on a laptop and on a phone.
func TestAxeCalendar(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) {
		usualHours(s)
		s.Calendar.MakeUp = []queue.MakeUp{{Day: "2026-11-28", Like: 2}}
		s.Calendar.Seasons = []queue.Season{{From: "04-16", To: "10-15", Halves: s.Calendar.Halves}}
	})
	for _, as := range []size{adminSize, handSize} {
		inBothLanguages(t, func(t *testing.T, lang string) {
			a := h.open(t, "/admin/#/calendar", as)
			a.sees("header .hall", "Trung tâm")
			inEnglish(a, lang, ".lang")
			a.until("the month", `document.querySelector('.hall-form .save') && document.querySelector('.calendar-view td button')`, patience)
			a.until("folders", `(document.querySelectorAll('.rows details').forEach((d) => { d.open = true }), true)`, patience)
			a.clean("calendar")
			if wide := eval[int](a, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
				t.Errorf("the page is %d px too wide: %s", wide, eval[string](a, `[...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > innerWidth).slice(0, 5).map((e) => e.outerHTML.slice(0, 120)).join('\n')`))
			}
			a.shot("calendar-" + lang)
		})
	}
}
