package queue

import (
	"reflect"
	"slices"
	"testing"
)

// The promises of the outer contract about the demo hall.
func TestDemoHall(t *testing.T) {
	s := DemoSettings()
	if s.ID != "hoabinh" || len(s.Counters) != 10 || !s.Calendar.Always {
		t.Fatalf("%s with %d counters", s.ID, len(s.Counters))
	}
	var prefixes, groups []string
	for _, service := range s.Services {
		prefixes = append(prefixes, service.Prefix)
		if len(service.Quota) > 0 || service.PerPerson > 0 || service.Closed {
			t.Errorf("%s has a quota, a limit or is closed", service.ID)
		}
		if n := len(s.CountersOf(service.ID, "2026-11-21")); n < 2 {
			t.Errorf("%s is served by %d counters", service.ID, n)
		}
		if service.Name.EN == "" || service.Short.EN == "" {
			t.Errorf("%s has no English name", service.ID)
		}
	}
	if !slices.Equal(prefixes, []string{"A", "B", "C", "D", "E", "F", "T"}) {
		t.Errorf("prefixes %v", prefixes)
	}
	if n := len(s.CountersOf(s.Services[0].ID, "2026-11-21")); n != 10 {
		t.Errorf("the first service is served by %d counters", n)
	}
	for _, p := range s.Priorities {
		groups = append(groups, p.ID)
		if p.Basis == "" {
			t.Errorf("%s has no legal basis", p.ID)
		}
	}
	if !slices.Equal(groups, []string{"NCT", "NKT", "PNMT", "NCC", "TE"}) {
		t.Errorf("priorities %v", groups)
	}
	if s.Pace.PerService != 0 || s.Pace.PerDay != 0 {
		t.Error("the demo refuses people who take many numbers")
	}
}

// Which counter serves what never depends on the weekday in the demo.
func TestDemoHallIsTheSameEveryDay(t *testing.T) {
	s := DemoSettings()
	for day := Day("2026-11-16"); day <= "2026-11-22"; day = day.Add(1) {
		for _, counter := range s.Counters {
			if got := s.ServicesOf(counter, day); !slices.Equal(got, counter.Services) {
				t.Errorf("%s: counter %s serves %v", day, counter.ID, got)
			}
		}
		for _, service := range s.Services {
			a := s.ServiceAt(service.ID, day.Start())
			if !a.Open || a.Quota != 0 {
				t.Errorf("%s: %s %+v", day, service.ID, a)
			}
		}
	}
}

func TestReadyMadeSettingsAreFresh(t *testing.T) {
	first := DemoSettings()
	first.Services[0].Fields[0], first.Counters[0].Services[0], first.Calendar.Golden[0].Weekdays[0] = "x", "x", 6
	if second := DemoSettings(); second.Services[0].Fields[0] == "x" || second.Counters[0].Services[0] == "x" ||
		second.Calendar.Golden[0].Weekdays[0] == 6 {
		t.Error("two demo halls share their lists")
	}
	if !reflect.DeepEqual(ProductionSettings("a").Services, ProductionSettings("b").Services) {
		t.Error("two new halls differ")
	}
}

func TestProductionHall(t *testing.T) {
	s := ProductionSettings("hall")
	for day, want := range map[Day]bool{
		"2026-11-20": true, "2026-11-21": false, "2026-11-22": false,
		"2026-09-01": false, "2026-09-02": false, "2026-09-03": true,
		"2027-01-01": false, "2027-04-30": false, "2027-05-03": false, "2027-05-04": true,
	} {
		if got := s.Calendar.IsWorkingDay(day); got != want {
			t.Errorf("%s: %v", day, got)
		}
	}
	for moment, want := range map[string]bool{"2026-11-20 10:59": true, "2026-11-20 11:01": false, "2026-11-20 16:30": true, "2026-11-20 16:31": false} {
		if got := s.ServiceAt(civil, at(t, moment)).Open; got != want {
			t.Errorf("%s: %v", moment, got)
		}
	}
}
