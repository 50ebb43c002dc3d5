package queue

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// serviceHall is a hall with one service of each kind.
func serviceHall() Settings {
	return Settings{
		ID: "hall",
		Services: []ServiceSetting{
			{ID: "plain", Prefix: "A", Promise: Promise{Unit: WorkingDays, Amount: 3}},
			{ID: "late", Prefix: "B", CutOff: map[string]HM{"pm": "16:30"}, Quota: map[string]int{"am": 40}},
			{ID: "afternoon", Prefix: "C", Halves: []string{"pm"}},
			{ID: "tuesday", Prefix: "D", Weekdays: []int{2}},
			{ID: "shut", Prefix: "E", Closed: true},
		},
		Counters: []CounterSetting{
			{ID: "1", Services: []string{"plain", "late"}},
			{ID: "2", Services: []string{"afternoon", "tuesday", "plain"}},
			{ID: "3", Services: []string{"tuesday"}},
		},
		Calendar: workedRule(),
	}
}

func TestServiceAt(t *testing.T) {
	s := serviceHall()
	s.Calendar.Holidays = []Holiday{{From: "2026-11-24", Name: Text{VI: "Ngày Văn hóa Việt Nam"}}}
	for _, test := range []struct {
		service, moment string
		reason          ClosedReason
		half, opens     string
	}{
		{"plain", "2026-11-16 06:59", ReasonBeforeOpening, "", "16/11 07:00"},
		{"plain", "2026-11-16 07:00", "", "am", ""},
		{"plain", "2026-11-16 10:30", "", "am", ""},
		{"plain", "2026-11-16 10:31", ReasonCutOff, "", "16/11 13:30"},
		{"plain", "2026-11-16 11:30", ReasonLunch, "", "16/11 13:30"},
		{"plain", "2026-11-16 13:30", "", "pm", ""},
		{"plain", "2026-11-16 15:01", ReasonCutOff, "", "17/11 07:00"},
		{"plain", "2026-11-16 20:00", ReasonCutOff, "", "17/11 07:00"},
		{"plain", "2026-11-20 15:30", ReasonCutOff, "", "23/11 07:00"},
		{"plain", "2026-11-21 09:00", ReasonWeekend, "", "23/11 07:00"},
		{"plain", "2026-11-24 09:00", ReasonHoliday, "", "25/11 07:00"},
		{"late", "2026-11-16 15:01", "", "pm", ""},
		{"late", "2026-11-16 16:31", ReasonCutOff, "", "17/11 07:00"},
		{"late", "2026-11-16 10:31", ReasonCutOff, "", "16/11 13:30"},
		{"afternoon", "2026-11-16 09:00", ReasonBeforeOpening, "", "16/11 13:30"},
		{"afternoon", "2026-11-16 14:00", "", "pm", ""},
		{"tuesday", "2026-11-16 09:00", ReasonNotToday, "", "17/11 07:00"},
		{"tuesday", "2026-11-17 09:00", "", "am", ""},
		{"tuesday", "2026-11-18 09:00", ReasonNotToday, "", "01/12 07:00"}, // the 24th is a holiday
		{"shut", "2026-11-16 09:00", ReasonClosed, "", ""},
		{"nothing", "2026-11-16 09:00", ReasonClosed, "", ""},
	} {
		a := s.ServiceAt(test.service, at(t, test.moment))
		opens := ""
		if !a.Opens.IsZero() {
			opens = a.Opens.Format("02/01 15:04")
		}
		if a.Open != (test.reason == "") || a.Reason != test.reason || a.Half != test.half || opens != test.opens {
			t.Errorf("%s at %s: %+v opens %q", test.service, test.moment, a, opens)
		}
	}
	a := s.ServiceAt("late", at(t, "2026-11-16 09:00"))
	if a.Quota != 40 || !a.CutOff.Equal(at(t, "2026-11-16 10:30")) {
		t.Errorf("quota and cut-off: %+v", a)
	}
}

func TestServiceAlwaysOpen(t *testing.T) {
	s := serviceHall()
	s.Calendar = Calendar{Always: true}
	for _, service := range []string{"plain", "late", "afternoon", "tuesday"} {
		for _, moment := range []string{"2026-11-21 00:00", "2026-11-22 03:00", "2026-11-22 23:59"} {
			a := s.ServiceAt(service, at(t, moment))
			if !a.Open || a.Half != AllDay || a.Quota != 0 || !a.CutOff.IsZero() {
				t.Errorf("%s at %s: %+v", service, moment, a)
			}
		}
	}
	if s.ServiceAt("shut", at(t, "2026-11-21 09:00")).Open {
		t.Error("a closed service is open")
	}
}

// A season that ends the half-day early takes a later cut-off along.
func TestCutOffEndsWithTheSeason(t *testing.T) {
	s := serviceHall()
	s.Calendar.Seasons = []Season{{From: "11-01", To: "11-30", Halves: []Half{
		{ID: "am", From: "08:00", To: "11:00"}, {ID: "pm", From: "13:00", To: "16:00"}}}}
	a := s.ServiceAt("late", at(t, "2026-11-16 15:00"))
	if !a.CutOff.Equal(at(t, "2026-11-16 16:00")) {
		t.Errorf("cut-off %s", a.CutOff)
	}
}

// When a service is closed and says when it opens, then it opens at that very
// moment and not before.
func TestOpensIsTheNextMoment(t *testing.T) {
	s := serviceHall()
	s.Calendar = fullCalendar()
	start := at(t, "2026-01-01 00:00")
	rapid.Check(t, func(r *rapid.T) {
		id := rapid.SampledFrom([]string{"plain", "late", "afternoon", "tuesday"}).Draw(r, "service")
		moment := start.Add(time.Duration(rapid.IntRange(0, 500*24*60).Draw(r, "minute")) * time.Minute)
		a := s.ServiceAt(id, moment)
		if a.Open {
			if a.Reason != "" || moment.After(a.CutOff) {
				r.Fatalf("%s: %+v", moment, a)
			}
			return
		}
		if a.Reason == "" || !a.Opens.After(moment) {
			r.Fatalf("%s: %+v", moment, a)
		}
		if !s.ServiceAt(id, a.Opens).Open {
			r.Fatalf("%s: says %s, but is closed then", moment, a.Opens)
		}
		between := moment.Add(time.Duration(rapid.Float64Range(0, 0.999).Draw(r, "part") * float64(a.Opens.Sub(moment))))
		if s.ServiceAt(id, between).Open {
			r.Fatalf("%s: says %s, but is open at %s", moment, a.Opens, between)
		}
	})
}

// The next opening comes after the moment, also when numbers are being given.
func TestNextOpening(t *testing.T) {
	s := serviceHall()
	plain, _ := s.Service("plain")
	shut, _ := s.Service("shut")
	for moment, want := range map[string]string{
		"2026-11-16 06:59": "2026-11-16 07:00", "2026-11-16 07:00": "2026-11-16 13:30", "2026-11-16 14:00": "2026-11-17 07:00",
	} {
		if got := s.NextOpening(plain, at(t, moment)); !got.Equal(at(t, want)) {
			t.Errorf("after %s: %s, want %s", moment, got, want)
		}
	}
	if !s.NextOpening(shut, at(t, monday)).IsZero() {
		t.Error("a closed service opens")
	}
	s.Calendar.Week = nil
	if !s.NextOpening(plain, at(t, monday)).IsZero() || s.Calendar.NextGolden("plain", "2026-11-16") != "" {
		t.Error("a hall that never works opens")
	}
	if a := s.ServiceAt("plain", at(t, monday)); a.Reason != ReasonWeekend {
		t.Errorf("a hall that never works: %+v", a)
	}
}

func specialHall() Settings {
	s := serviceHall()
	s.Calendar.MakeUp = []MakeUp{{Day: "2026-11-21", Like: 2}}
	s.Calendar.Holidays = []Holiday{{From: "2026-11-24", Name: Text{VI: "Nghỉ"}}}
	s.Calendar.Golden = []Special{{
		Weekdays: []int{2, 4}, Services: []string{"plain", "late"},
		Quota: map[string]int{"am": 90}, Promise: &Promise{Unit: CalendarDays}, Counters: []string{"3"},
	}}
	s.Calendar.NoSlip = []Special{{Weekdays: []int{4}, Services: []string{"late"}}}
	return s
}

func TestGoldenDays(t *testing.T) {
	s := specialHall()
	plain, _ := s.Service("plain")
	late, _ := s.Service("late")
	if got := s.PromiseOn(plain, "2026-11-16"); got != plain.Promise {
		t.Errorf("Monday: %v", got)
	}
	if got := s.PromiseOn(plain, "2026-11-17"); got != (Promise{Unit: CalendarDays}) {
		t.Errorf("golden Tuesday: %v", got)
	}
	if got := s.PromiseOn(late, "2026-11-19"); got != (Promise{HalfDays, 1}) {
		t.Errorf("no-slip Thursday, golden too: %v", got)
	}
	if s.QuotaOn(late, "2026-11-16", "am") != 40 || s.QuotaOn(late, "2026-11-17", "am") != 90 || s.QuotaOn(late, "2026-11-17", "pm") != 0 {
		t.Error("quota of a golden day")
	}
	if got := s.ServiceAt("late", at(t, "2026-11-17 09:00")); got.Quota != 90 {
		t.Errorf("golden morning: %+v", got)
	}
}

func TestNextGoldenDay(t *testing.T) {
	c := specialHall().Calendar
	for after, want := range map[Day]Day{
		"2026-11-16": "2026-11-17", "2026-11-17": "2026-11-19",
		"2026-11-19": "2026-11-21", // a Saturday made up for a Tuesday
		"2026-11-21": "2026-11-26", // the Tuesday is a holiday
	} {
		if got := c.NextGolden("plain", after); got != want {
			t.Errorf("after %s: %s, want %s", after, got, want)
		}
	}
	if got := c.NextGolden("afternoon", "2026-11-16"); got != "" {
		t.Errorf("a service without golden days has %s", got)
	}
	if _, golden := c.GoldenOn("plain", "2026-11-24"); golden {
		t.Error("a holiday is golden")
	}
}

func TestCountersOfAGoldenDay(t *testing.T) {
	s := specialHall()
	third := s.Counters[2]
	if got := s.ServicesOf(third, "2026-11-16"); !slices.Equal(got, []string{"tuesday"}) {
		t.Errorf("Monday: %v", got)
	}
	if got := s.ServicesOf(third, "2026-11-17"); !slices.Equal(got, []string{"tuesday", "plain", "late"}) {
		t.Errorf("Tuesday: %v", got)
	}
	if got := s.CountersOf("plain", "2026-11-17"); !slices.Equal(got, []string{"1", "2", "3"}) {
		t.Errorf("counters on Tuesday: %v", got)
	}
	if !slices.Equal(s.Counters[2].Services, []string{"tuesday"}) {
		t.Error("the settings were changed")
	}
}

func TestCovers(t *testing.T) {
	s := ServiceSetting{Field: "Hộ tịch", Fields: []string{"Nuôi con nuôi"}, Procedures: []string{"1.001193"}}
	for _, test := range []struct {
		procedure, field string
		want             bool
	}{
		{"", "Hộ tịch", true}, {"9.000000", "Nuôi con nuôi", true}, {"1.001193", "Đất đai", true},
		{"9.000000", "Đất đai", false}, {"", "", false},
	} {
		if got := s.Covers(test.procedure, test.field); got != test.want {
			t.Errorf("%+v: %v", test, got)
		}
	}
	if (ServiceSetting{}).Covers("", "") {
		t.Error("a service without a field covers what has none")
	}
}
