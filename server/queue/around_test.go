package queue

import (
	"slices"
	"testing"
	"time"
)

// strange is a calendar with everything in it: a season, a holiday, a day made up,
// golden and no-slip days, a quota, services with hours of their own.
func strange() Settings {
	s := ProductionSettings("x")
	c := &s.Calendar
	c.Seasons = []Season{{From: "10-16", To: "04-15", Halves: []Half{
		{ID: "am", Name: Text{VI: "Buổi sáng"}, From: "08:00", To: "12:00", CutOff: "11:00"},
		{ID: "pm", Name: Text{VI: "Buổi chiều"}, From: "13:00", To: "16:30"}}}}
	c.Holidays = append(c.Holidays, Holiday{From: "2026-11-24", Name: Text{VI: "Ngày Văn hóa Việt Nam"}})
	c.MakeUp = []MakeUp{{Day: "2026-11-28", Like: 2, Name: Text{VI: "Làm bù ngày 24/11"}}}
	c.Golden, c.NoSlip = goldenDays(), noSlipDays()
	c.Golden[0].Quota, c.Golden[0].Counters = map[string]int{"am": 40}, []string{"5"}
	s.Services[0].Quota, s.Services[1].Weekdays = map[string]int{"am": 30}, []int{1, 3, 5}
	s.Services[2].Halves, s.Services[3].Closed = []string{"pm"}, true
	return s
}

// TestSpellsSayWhatTheDoorSays walks every minute of a week: the preview and the rule
// that gives numbers agree on each.
func TestSpellsSayWhatTheDoorSays(t *testing.T) {
	s := strange()
	for day := Day("2026-11-22"); day <= "2026-11-29"; day = day.Add(1) {
		spells := s.On(day).Spells
		if spells[0].From != "00:00" || spells[len(spells)-1].Until != EndOfDay {
			t.Errorf("%s: from %s until %s", day, spells[0].From, spells[len(spells)-1].Until)
		}
		at := 0
		for minute := range 24 * 60 {
			now := day.Start().Add(time.Duration(minute) * time.Minute)
			for HM(now.Format("15:04")) >= spells[at].Until {
				at++
			}
			for i, service := range s.Services {
				want := s.ServiceAt(service.ID, now)
				if got := spells[at].Services[i]; got != want {
					t.Fatalf("%s %s %s: %+v, want %+v", day, now.Format("15:04"), service.ID, got, want)
				}
			}
		}
	}
}

func TestOn(t *testing.T) {
	s := strange()
	if f := s.On("2026-11-24"); !f.Holiday || f.Name.VI != "Ngày Văn hóa Việt Nam" || len(f.Halves) != 0 || f.Next != "2026-11-25" || f.Services[0].Reason != ReasonHoliday {
		t.Errorf("a holiday: %+v", f)
	}
	f := s.On("2026-11-28") // a Saturday worked like a Tuesday, in the season
	if !f.MadeUp || f.Like != time.Tuesday || f.Season != 0 || len(f.Halves) != 2 || f.Halves[0].From != "08:00" {
		t.Errorf("a day made up: %+v", f)
	}
	land := f.Services[2]
	if !land.Golden || land.Promise.Unit != CalendarDays || len(land.Halves) != 1 || land.Halves[0].ID != "pm" || !slices.Contains(land.Counters, "5") {
		t.Errorf("a golden day: %+v", land)
	}
	if want := HM("16:30").On("2026-11-28"); !land.Due.Equal(want) {
		t.Errorf("due %s, want %s", land.Due, want)
	}
	if got := f.Services[0].Halves[0]; got.Quota != 30 || got.CutOff != "11:00" {
		t.Errorf("a quota and a cut-off: %+v", got)
	}
	if f.Services[1].Reason != ReasonNotToday || f.Services[3].Reason != ReasonClosed {
		t.Errorf("not on this weekday: %q; closed: %q", f.Services[1].Reason, f.Services[3].Reason)
	}
}

func TestMonthOf(t *testing.T) {
	month := strange().MonthOf("2026-11-15")
	if len(month) != 30 || month[0].Day != "2026-11-01" || len(month[0].Halves) != 0 || len(month[1].Halves) != 2 {
		t.Fatalf("%+v", month)
	}
	if d := month[23]; !d.Holiday || len(d.Golden) != 0 {
		t.Errorf("a holiday on a Tuesday: %+v", d)
	}
	if d := month[27]; !d.MadeUp || !slices.Equal(d.Golden, []string{land}) {
		t.Errorf("a Saturday worked like a Tuesday: %+v", d)
	}
	if d := month[26]; !slices.Contains(d.NoSlip, civil) {
		t.Errorf("a Friday without slips: %+v", d)
	}
}

// TestPreviewOfALargeHall: the largest document there can be, with every half-day of
// every service ending at a minute of its own and nothing ever opening again, is
// looked through in a moment.
func TestPreviewOfALargeHall(t *testing.T) {
	s := ProductionSettings("x")
	c := &s.Calendar
	for i := range 300 {
		c.Holidays = append(c.Holidays, Holiday{From: Day("2027-01-01").Add(i * 61), To: Day("2027-01-01").Add(i*61 + 60)})
	}
	c.Golden, c.NoSlip = slices.Repeat(goldenDays(), 30), slices.Repeat(noSlipDays(), 30)
	first := s.Services[0]
	for i := len(s.Services); i < 64; i++ {
		first.ID = "s" + string(rune('a'+i%26)) + string(rune('a'+i/26))
		first.CutOff = map[string]HM{"am": HM("10:" + string(rune('0'+i/10)) + string(rune('0'+i%10))), "pm": "15:30"}
		s.Services = append(s.Services, first)
	}
	began := time.Now()
	if f := s.On("2026-12-30"); len(f.Spells) < 50 {
		t.Fatalf("%d spells", len(f.Spells))
	}
	s.MonthOf("2026-12-30")
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
	t.Logf("took %s", time.Since(began))
}
