package queue

import (
	"testing"
	"time"
)

// A missed number can be called again while its service works that day.
func TestServedUntil(t *testing.T) {
	s := ProductionSettings("hall")
	id := s.Services[0].ID
	s.Services[1].Halves = []string{s.Calendar.Halves[0].ID} // mornings only
	for _, c := range []struct{ id, at, want string }{
		{id, "2026-11-23T06:30", "11:30"}, // before work
		{id, "2026-11-23T09:00", "11:30"},
		{id, "2026-11-23T11:30", "17:00"}, // noon: the afternoon still comes
		{id, "2026-11-23T16:59", "17:00"},
		{id, "2026-11-23T17:00", ""},
		{id, "2026-11-22T09:00", ""}, // a Sunday
		{s.Services[1].ID, "2026-11-23T09:00", "11:30"},
		{s.Services[1].ID, "2026-11-23T12:00", ""},
		{"nobody", "2026-11-23T09:00", ""},
	} {
		at, err := time.ParseInLocation("2006-01-02T15:04", c.at, Zone)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if end := s.ServedUntil(c.id, at); !end.IsZero() {
			got = end.In(Zone).Format("15:04")
		}
		if got != c.want {
			t.Errorf("%s at %s: %q, want %q", c.id, c.at, got, c.want)
		}
	}
	demo := DemoSettings()
	if end := demo.ServedUntil(demo.Services[0].ID, time.Now()); !end.IsZero() {
		t.Errorf("a hall that never closes ends at %v", end)
	}
}

// Only those of one's own class can be let pass.
func TestBehind(t *testing.T) {
	l := &Line{}
	first := &Visit{ID: "1", Order: "1795000000000.000001"}
	l.insert(first)
	for i, priority := range []string{"", "NCT", "", ""} {
		l.insert(&Visit{ID: string(rune('2' + i)), Order: "1795000000000.00000" + string(rune('2'+i)), Priority: priority})
	}
	if n := l.Behind(first); n != 3 {
		t.Errorf("%d behind the first, want 3", n)
	}
	if n := l.Behind(l.Others[3]); n != 0 {
		t.Errorf("%d behind the last", n)
	}
	if n := l.Behind(&Visit{ID: "9", Order: "1795000000000.000009"}); n != 0 {
		t.Errorf("%d behind somebody who is not there", n)
	}
}

// A token is found whole or not at all.
func TestFindByToken(t *testing.T) {
	s := NewState("e")
	v := &Visit{ID: "1", Number: "A001", State: Called, Token: "hbAAAAAAAAAAAAAAAAAAAAAA", Code: "ABC234"}
	if err := s.Apply(Event{Seq: 1, Kind: TicketTaken, Visit: v}); err != nil {
		t.Fatal(err)
	}
	if s.Find(ByToken, v.Token) != v {
		t.Error("the token does not find its visit")
	}
	for _, wrong := range []string{"", v.Token[:23], v.Token + "A", "hbAAAAAAAAAAAAAAAAAAAAAB", "HBAAAAAAAAAAAAAAAAAAAAAA"} {
		if s.Find(ByToken, wrong) != nil {
			t.Errorf("%q finds a visit", wrong)
		}
	}
}
