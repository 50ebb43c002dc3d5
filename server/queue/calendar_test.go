package queue

import (
	"testing"
	"time"
)

// at reads a moment in the hall's zone.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", s, Zone)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

// workedRule is the hall of the worked half-day rule: November 2026, in which
// Monday is the 16th.
func workedRule() Calendar {
	return Calendar{
		Halves: []Half{
			{ID: "am", Name: Text{VI: "Buổi sáng"}, From: "07:30", To: "11:30", CutOff: "10:30", Take: "07:00"},
			{ID: "pm", Name: Text{VI: "Buổi chiều"}, From: "13:30", To: "17:00", CutOff: "15:00"},
		},
		Week: mondayToFriday(),
	}
}

// fullCalendar has everything a calendar may have.
func fullCalendar() Calendar {
	c := workedRule()
	c.Week = append(c.Week, WeekDay{Day: 6, Halves: []string{"am"}})
	c.Seasons = []Season{{From: "10-16", To: "04-15", Halves: []Half{
		{ID: "am", Name: Text{VI: "Buổi sáng"}, From: "08:00", To: "12:00", CutOff: "11:00"},
		{ID: "pm", Name: Text{VI: "Buổi chiều"}, From: "13:00", To: "16:30", CutOff: "15:00"},
	}}}
	c.Holidays = []Holiday{
		{From: "2026-09-02", Name: Text{VI: "Quốc khánh"}},
		{From: "2027-02-04", To: "2027-02-10", Name: Text{VI: "Tết Nguyên đán"}},
	}
	c.MakeUp = []MakeUp{{Day: "2027-02-14", Like: 5, Name: Text{VI: "Làm bù"}}}
	return c
}

func hoursOf(c Calendar, day Day) string {
	var s string
	for _, h := range c.HalvesOn(day) {
		s += h.ID + " " + string(h.From) + "-" + string(h.To) + " "
	}
	return s
}

func TestHoursOfADay(t *testing.T) {
	c := fullCalendar()
	for _, test := range []struct {
		day  Day
		want string
	}{
		{"2026-08-14", "am 07:30-11:30 pm 13:30-17:00 "}, // Friday in summer
		{"2026-08-15", "am 07:30-11:30 "},                // Saturday: mornings only
		{"2026-08-16", ""},                               // Sunday
		{"2026-09-02", ""},                               // a holiday of one day
		{"2026-10-15", "am 07:30-11:30 pm 13:30-17:00 "}, // the last day of summer hours
		{"2026-10-16", "am 08:00-12:00 pm 13:00-16:30 "}, // winter, both ends included
		{"2026-12-31", "am 08:00-12:00 pm 13:00-16:30 "}, // over New Year
		{"2027-01-04", "am 08:00-12:00 pm 13:00-16:30 "},
		{"2027-02-03", "am 08:00-12:00 pm 13:00-16:30 "},
		{"2027-02-04", ""}, {"2027-02-10", ""}, // Tết, both ends
		{"2027-02-13", "am 08:00-12:00 "},
		{"2027-02-14", "am 08:00-12:00 pm 13:00-16:30 "}, // a Sunday worked like a Friday
		{"2027-04-15", "am 08:00-12:00 pm 13:00-16:30 "},
		{"2027-04-16", "am 07:30-11:30 pm 13:30-17:00 "},
	} {
		if got := hoursOf(c, test.day); got != test.want {
			t.Errorf("%s: %q, want %q", test.day, got, test.want)
		}
	}
}

func TestMakeUpDayWinsOverHoliday(t *testing.T) {
	c := workedRule()
	c.Holidays = []Holiday{{From: "2026-11-16", To: "2026-11-20", Name: Text{VI: "Nghỉ"}}}
	c.MakeUp = []MakeUp{{Day: "2026-11-18", Like: 1}}
	if !c.IsWorkingDay("2026-11-18") || c.IsWorkingDay("2026-11-17") {
		t.Error("only the day made up is worked")
	}
}

func TestWorkingDays(t *testing.T) {
	c := fullCalendar()
	for day, want := range map[Day]Day{
		"2026-08-14": "2026-08-15",
		"2026-08-15": "2026-08-17",
		"2026-09-01": "2026-09-03",
		"2027-02-03": "2027-02-11", // over Tết
		"2027-02-13": "2027-02-14", // made up
	} {
		if got := c.NextWorkingDay(day); got != want {
			t.Errorf("after %s: %s, want %s", day, got, want)
		}
	}
	if got := (Calendar{}).NextWorkingDay("2026-11-21"); got != "" {
		t.Errorf("a calendar without work has a working day %s", got)
	}
	if name, ok := c.HolidayOn("2027-02-07"); !ok || name.VI != "Tết Nguyên đán" {
		t.Errorf("holiday name %q %v", name.VI, ok)
	}
	if _, ok := c.HolidayOn("2027-02-11"); ok {
		t.Error("the day after Tết is a holiday")
	}
}

func TestHalfAt(t *testing.T) {
	c := workedRule()
	for moment, want := range map[string]string{
		"2026-11-16 07:29": "", "2026-11-16 07:30": "am", "2026-11-16 11:29": "am",
		"2026-11-16 11:30": "", "2026-11-16 13:29": "", "2026-11-16 13:30": "pm",
		"2026-11-16 16:59": "pm", "2026-11-16 17:00": "", "2026-11-21 09:00": "",
	} {
		h, ok := c.HalfAt(at(t, moment))
		if h.ID != want || ok != (want != "") {
			t.Errorf("%s: %q %v, want %q", moment, h.ID, ok, want)
		}
	}
}

// A moment given in another zone is the same moment.
func TestZoneOfTheMomentDoesNotMatter(t *testing.T) {
	moment := time.Date(2026, 11, 16, 1, 0, 0, 0, time.UTC) // 08:00 in the hall
	if h, ok := workedRule().HalfAt(moment); !ok || h.ID != "am" || h.Day != "2026-11-16" {
		t.Errorf("got %+v %v", h, ok)
	}
	late := time.Date(2026, 11, 15, 18, 0, 0, 0, time.UTC) // 01:00 on Monday in the hall
	if got := workedRule().Due(Promise{Unit: HalfDays, Amount: 1}, late); !got.Equal(at(t, "2026-11-16 11:30")) {
		t.Errorf("due %s", got)
	}
}

func TestAlwaysOpen(t *testing.T) {
	c := Calendar{Always: true}
	for _, day := range []Day{"2026-11-21", "2026-11-22", "2027-02-06"} {
		if got := hoursOf(c, day); got != "day 00:00-24:00 " {
			t.Errorf("%s: %q", day, got)
		}
	}
	for _, moment := range []string{"2026-11-21 00:00", "2026-11-21 23:59"} {
		if h, ok := c.HalfAt(at(t, moment)); !ok || h.Day != "2026-11-21" {
			t.Errorf("%s: %+v %v", moment, h, ok)
		}
	}
}

func TestTimesOfDay(t *testing.T) {
	for text, want := range map[HM]int{"00:00": 0, "07:30": 450, "23:59": 1439, "24:00": 1440} {
		if got, ok := text.Minutes(); !ok || got != want {
			t.Errorf("%q: %d %v", text, got, ok)
		}
	}
	for _, text := range []HM{"", "7:30", "07:60", "24:01", "99:00", "07-30", "0730", "07:3x", "+7:30", " 7:30", "07:30 "} {
		if got, ok := text.Minutes(); ok {
			t.Errorf("%q is read as %d", text, got)
		}
		if !text.On("2026-11-21").IsZero() {
			t.Errorf("%q is a moment", text)
		}
	}
	if got := EndOfDay.On("2026-11-21"); !got.Equal(at(t, "2026-11-22 00:00")) {
		t.Errorf("the end of the day is %s", got)
	}
}
