package wire

import (
	"encoding/json"
	"strings"
	"testing"

	"motcua/server/queue"
)

// Who sits at a counter is for staff; a counter's display shows it where the hall
// allows, and nobody else hears a name.
func TestSeatsAreShownWhereTheHallAllows(t *testing.T) {
	set := queue.DemoSettings()
	set.Counters[0].Shown = true
	s := queue.NewState("e")
	for i, name := range []string{"Đỗ Ngồi Đây", "Phí Kín Đáo"} {
		k := queue.Counter{ID: set.Counters[i].ID, State: queue.CounterClosed, Seat: queue.Sitting{Account: "a-SECRET", Name: name, Photo: "anh.png"}}
		e := queue.Event{Seq: int64(i + 1), Kind: queue.CounterSeated, Counter: &k}
		if err := s.Apply(e); err != nil {
			t.Fatal(err)
		}
		for _, view := range []View{Board, Kiosk, Lookup, Desk, Counter, Rate, Floor, Device} {
			raw, _ := json.Marshal(EventFor(view, &e))
			if strings.Contains(string(raw), name) != view.Staff() || strings.Contains(string(raw), "SECRET") {
				t.Errorf("%s hears %s", view, raw)
			}
		}
	}
	for _, view := range []View{Board, Kiosk, Lookup, Desk, Counter, Rate, Floor, Device} {
		raw, _ := json.Marshal(StateFor(view, s, &set, Figures{}, Extras{}))
		shown, hidden := strings.Contains(string(raw), "Đỗ Ngồi Đây"), strings.Contains(string(raw), "Phí Kín Đáo")
		if shown != (view.Staff() || view == Counter) || hidden != view.Staff() || strings.Contains(string(raw), "SECRET") {
			t.Errorf("%s: shown %v, hidden %v", view, shown, hidden)
		}
		if view.Staff() && strings.Contains(string(raw), set.Counters[0].Clerk) {
			t.Errorf("%s still names whom the settings name", view)
		}
	}
}
