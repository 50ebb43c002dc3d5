package wire

import (
	"encoding/json"
	"strings"
	"testing"

	"motcua/server/queue"
)

var visit = queue.Visit{ID: "261123-A001", Number: "A001", Service: "a", State: queue.Called, Priority: "NCT", Queue: "a",
	Order: "1795000000000.000001", Token: "hbTOKEN", Code: "ABC234", Taken: "1795000000000", Called: "1795000060000",
	Counter: "1", Calls: 1}

func golden(t *testing.T, v any, want string) {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if string(raw) != want {
		t.Errorf("got\n%s\nwant\n%s", raw, want)
	}
}

// The messages word for word: screens and agents of other versions read them.
func TestGoldenMessages(t *testing.T) {
	e := queue.Event{Seq: 7, Kind: queue.TicketCalled, At: "1795000060000", Day: "2026-11-23", By: "quầy 1", Verb: queue.Next,
		Visit: &visit, Counter: &queue.Counter{ID: "1", State: queue.CounterCalling, Visit: visit.ID, Number: "A001",
			Since: "1795000060000", LastTx: "261123-A000.1", LastAt: "1795000059000"}}
	golden(t, EventMessage{Type: "event", Seq: 7, Event: EventFor(Board, &e)},
		`{"type":"event","seq":7,"event":{"kind":"ticket.called","at":"2026-11-18T18:07:40.000+07:00","verb":"next",`+
			`"visit":{"id":"261123-A001","number":"A001","service":"a","state":"called","counter":"1","calls":1,"called":"2026-11-18T18:07:40.000+07:00"},`+
			`"counter":{"id":"1","state":"calling","visit":"261123-A001","number":"A001","since":"2026-11-18T18:07:40.000+07:00",`+
			`"rate":{"tx":"261123-A000.1","from":"2026-11-18T18:07:39.000+07:00","rated":false}}}}`)
	hidden := queue.Event{Kind: queue.TicketPriorityChanged, At: "1795000060000", Visit: &visit, Was: "NCT", Reason: "x"}
	golden(t, EventFor(Board, &hidden), `{"kind":"other","at":"2026-11-18T18:07:40.000+07:00"}`)
	golden(t, Tick{Type: "tick", Now: TimeOf(visit.Taken.Time())}, `{"type":"tick","now":"2026-11-18T18:06:40.000+07:00"}`)
	golden(t, TicketOf("b", "http://h", &visit, 2, &Interval{3, 9}),
		`{"id":"261123-A001","number":"A001","service":"a","state":"called","ahead":2,"estimate":{"low":3,"high":9},"token":"hbTOKEN",`+
			`"code":"ABC234","url":"http://h/t/hbTOKEN","issued_at":"2026-11-18T18:06:40.000+07:00","priority":"NCT","counter":"1","calls":1,"branch":"b"}`)
}

// A snapshot for the wall holds who is called, and the last calls; one for staff everybody.
func TestSnapshotsByView(t *testing.T) {
	set := queue.DemoSettings()
	set.Counters[0].Clerk = "Nguyễn Văn A"
	s := queue.NewState("e")
	put := func(n int64, state queue.VisitState) {
		v := visit
		v.ID, v.State = "261123-A"+string(rune('0'+n)), state
		v.Number = v.ID[7:]
		if state == queue.Waiting {
			v.Called = ""
		}
		if err := s.Apply(queue.Event{Seq: n, Kind: queue.TicketTaken, Visit: &v}); err != nil {
			t.Fatal(err)
		}
	}
	for i, state := range []queue.VisitState{queue.Waiting, queue.Called, queue.NoShow, queue.Ended} {
		put(int64(i+1), state)
	}
	for view, want := range map[View]int{Board: 3, Kiosk: 3, Desk: 4, Floor: 4} {
		state := StateFor(view, s, &set, Figures{}, Extras{Engine: "embedded"})
		raw, _ := json.Marshal(state)
		if len(state.Visits) != want || len(state.Counters) != len(set.Counters) {
			t.Errorf("%s: %d visits, %d counters", view, len(state.Visits), len(state.Counters))
		}
		for _, secret := range []string{"hbTOKEN", "ABC234"} {
			if strings.Contains(string(raw), secret) {
				t.Errorf("%s holds %s", view, secret)
			}
		}
		for _, inner := range []string{"Nguyễn", "embedded", `"priority":"NCT"`} {
			if strings.Contains(string(raw), inner) != view.Staff() {
				t.Errorf("%s and %s", view, inner)
			}
		}
	}
}

// What a holder may rate: the transaction that ended, not the evening's.
func TestTicketToRate(t *testing.T) {
	set, s := queue.DemoSettings(), queue.NewState("e")
	v := visit
	v.State, v.Tx, v.Ended = queue.Ended, 1, "1795000120000"
	if info := TicketFor(s, &set, "", &v, 0, nil); info.Rate == nil || info.Rate.Rated || len(info.Levels) != len(set.Rating.Levels) {
		t.Errorf("%+v", info.Rate)
	}
	s.Ratings = append(s.Ratings, queue.Transaction{ID: v.ID + ".1"})
	if info := TicketFor(s, &set, "", &v, 0, nil); info.Rate == nil || !info.Rate.Rated {
		t.Errorf("%+v", info.Rate)
	}
	v.Reason = "day_closed"
	if info := TicketFor(s, &set, "", &v, 0, nil); info.Rate != nil {
		t.Errorf("%+v", info.Rate)
	}
	v = visit
	v.State, v.Tx = queue.Serving, 1
	if info := TicketFor(s, &set, "", &v, 0, nil); info.Rate != nil {
		t.Errorf("%+v", info.Rate)
	}
}
