package queue

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// slotText writes slots in short: "Mon 23/11 am 08:00-10:30 6 left".
func slotText(days []SlotDay) string {
	var b strings.Builder
	for _, d := range days {
		for _, h := range d.Halves {
			fmt.Fprintf(&b, "%s %s", d.Day.Start().Format("Mon 02/01"), h.ID)
			if len(h.At) > 0 {
				fmt.Fprintf(&b, " %s-%s", h.At[0].Format("15:04"), h.At[len(h.At)-1].Format("15:04"))
			}
			if h.Quota > 0 {
				fmt.Fprintf(&b, " %d left", h.Left)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func nothingGiven(Day, string) int { return 0 }

func TestSlots(t *testing.T) {
	s := serviceHall()
	s.Booking.DaysAhead = 4
	s.Calendar.Holidays = []Holiday{{From: "2026-11-18"}}
	for _, test := range []struct{ service, now, want string }{
		// The cut-off of both half-days is early, and Wednesday is a holiday.
		{"plain", "2026-11-16 08:10", "Mon 16/11 am 08:30-10:00\nMon 16/11 pm 13:30-14:30\nTue 17/11 am 07:30-10:00\nTue 17/11 pm 13:30-14:30\n" +
			"Thu 19/11 am 07:30-10:00\nThu 19/11 pm 13:30-14:30\nFri 20/11 am 07:30-10:00\nFri 20/11 pm 13:30-14:30\n"},
		// Friday evening: the weekend is not worked.
		{"afternoon", "2026-11-20 18:00", "Mon 23/11 pm 13:30-14:30\nTue 24/11 pm 13:30-14:30\n"},
		{"tuesday", "2026-11-16 08:00", "Tue 17/11 am 07:30-10:00\nTue 17/11 pm 13:30-14:30\n"},
		{"shut", "2026-11-16 08:00", ""},
		{"nothing", "2026-11-16 08:00", ""},
	} {
		if got := slotText(s.Slots(test.service, at(t, test.now), nothingGiven)); got != test.want {
			t.Errorf("%s at %s:\n%swant:\n%s", test.service, test.now, got, test.want)
		}
	}
}

// A half-day whose quota is used up is still told of, without a moment to book.
func TestSlotsCountTheQuota(t *testing.T) {
	s := serviceHall()
	s.Booking.DaysAhead = 2
	given := func(day Day, half string) int {
		return map[string]int{"2026-11-16 am": 38, "2026-11-17 am": 40, "2026-11-18 am": 55}[string(day)+" "+half]
	}
	want := "Mon 16/11 am 07:30-10:00 2 left\nMon 16/11 pm 13:30-16:00\nTue 17/11 am 0 left\nTue 17/11 pm 13:30-16:00\n" +
		"Wed 18/11 am 0 left\nWed 18/11 pm 13:30-16:00\n"
	if got := slotText(s.Slots("late", at(t, "2026-11-16 07:00"), given)); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

// A hall that never closes is shown by parts of the day; they count as one.
func TestSlotsAlwaysOpen(t *testing.T) {
	s := serviceHall()
	s.Booking.DaysAhead = 1
	s.Calendar = Calendar{Always: true}
	s.Services[0].Quota = map[string]int{AllDay: 5}
	given := func(day Day, half string) int {
		if half != AllDay {
			t.Errorf("asked for the half-day %q", half)
		}
		return 2
	}
	want := "Sat 21/11 pm 13:30-17:30 3 left\nSat 21/11 evening 18:00-23:30 3 left\nSun 22/11 night 00:00-05:30 3 left\n" +
		"Sun 22/11 am 06:00-11:30 3 left\nSun 22/11 pm 12:00-17:30 3 left\nSun 22/11 evening 18:00-23:30 3 left\n"
	if got := slotText(s.Slots("plain", at(t, "2026-11-21 13:01"), given)); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

// touching is a calendar whose half-days touch, the second giving numbers while
// the first still works.
func touching() Calendar {
	c := workedRule()
	c.Halves = []Half{
		{ID: "am", From: "07:10", To: "12:00"},
		{ID: "pm", From: "12:00", To: "17:00", CutOff: "16:40", Take: "11:00"},
	}
	return c
}

// Whatever the calendar: a moment that is offered is accepted at once and counts
// in the half-day it stands under, and every half hour of a half-day that would
// be accepted is offered, unless nothing is left.
func TestSlotsAreHonest(t *testing.T) {
	calendars := []Calendar{workedRule(), fullCalendar(), touching(), {Always: true}}
	start := at(t, "2026-08-25 00:00")
	rapid.Check(t, func(r *rapid.T) {
		s := serviceHall()
		s.Calendar = rapid.SampledFrom(calendars).Draw(r, "calendar")
		s.Booking.DaysAhead = rapid.IntRange(0, 9).Draw(r, "ahead")
		service := rapid.SampledFrom([]string{"plain", "late", "afternoon", "tuesday", "shut"}).Draw(r, "service")
		now := start.Add(time.Duration(rapid.IntRange(0, 200*24*60*60).Draw(r, "second")) * time.Second)
		used := rapid.IntRange(0, 60).Draw(r, "used")
		given := func(day Day, half string) int { return used }

		offered := map[time.Time]bool{}
		full := map[string]bool{}
		for _, d := range s.Slots(service, now, given) {
			for _, h := range d.Halves {
				for _, moment := range h.At {
					c, err := booked(s, service, moment, now)
					if err != nil || c.AtDay != d.Day || c.Quota != h.Quota || (c.Half != h.ID && !s.Calendar.Always) {
						r.Fatalf("%s is offered in %s %s: %+v %v", moment, d.Day, h.ID, c, err)
					}
					offered[moment.UTC()] = true
				}
				if h.Quota > 0 && used >= h.Quota {
					full[string(d.Day)+h.ID] = true
				} else if len(h.At) == 0 {
					r.Fatalf("%s %s has no moment and is not full", d.Day, h.ID)
				}
			}
		}
		// Every half-day here begins at whole ten minutes; a moment that is offered
		// between them stays in the list.
		for tens := range (s.Booking.DaysAhead + 2) * 24 * 6 {
			moment := DayOf(now).Start().Add(time.Duration(tens) * 10 * time.Minute)
			c, err := booked(s, service, moment, now)
			if err != nil || full[string(c.AtDay)+c.Half] {
				continue
			}
			if onTheHalfHour(s, service, c, moment) != offered[moment.UTC()] {
				r.Fatalf("%s now, %s for %s: offered %v", now, service, moment, offered[moment.UTC()])
			}
			delete(offered, moment.UTC())
		}
		if len(offered) > 0 {
			r.Fatalf("offered in no half-day: %v", offered)
		}
	})
}

func booked(s Settings, service string, moment, now time.Time) (Command, error) {
	c := Command{Verb: Book, Service: service, At: MillisOf(moment)}
	err := s.Prepare(&c, now)
	return c, err
}

// onTheHalfHour tells whether a moment is a whole number of half hours after the
// beginning of the half-day it counts in, and before that one's last number.
func onTheHalfHour(s Settings, service string, c Command, moment time.Time) bool {
	set, _ := s.Service(service)
	for _, h := range s.halvesOf(set, c.AtDay) {
		if h.ID == c.Half {
			return !moment.Before(h.Starts()) && moment.Sub(h.Starts())%(30*time.Minute) == 0 && moment.Before(h.LastNumber())
		}
	}
	return false
}
