package chain

import (
	"fmt"
	"net/http"
	"testing"

	"motcua/firmware-config/keypad/chip"
	"motcua/server/queue"
	"motcua/server/wire"
)

const chipSite = `branch: hoabinh
name: Quầy 1
devices:
  - id: keys
    profile: motcua-kp5
    port: %s
    units:
      - {address: 1, counter: "1", role: call}
  - id: pad
    profile: motcua-kp5
    port: %s
    units:
      - {address: 1, counter: "1", role: rate}
`

// The real firmware, the real agent and the real server: the call key leads a
// counter from closed to the second visitor, the rating key rates the first one's
// transaction, once.
func TestKeysOfTheChip(t *testing.T) {
	keys, pad := chip.Start(t, t.TempDir()), chip.Start(t, t.TempDir())
	h := newHall(t)
	first, second := h.take(), h.take()
	desk := h.desk()
	b := newTable(t, h, 1, fmt.Sprintf(chipSite, keys.Path, pad.Path))
	b.pair(h)
	h.ready(queue.DeviceReady, "keys:1", "pad:1")

	for _, want := range []struct {
		kind   queue.Kind
		state  queue.CounterState
		number string
	}{
		{queue.CounterOpened, queue.CounterOpen, ""},
		{queue.TicketCalled, queue.CounterCalling, first.Number},
		{queue.TicketServing, queue.CounterServing, first.Number},
		{queue.TicketCalled, queue.CounterCalling, second.Number},
	} {
		keys.Tap(6)
		e := desk.hears(string(want.kind), func(e *wire.Event) bool { return e.Kind == string(want.kind) })
		if c := e.Counter; c == nil || c.ID != "1" || c.State != want.state || c.Number != want.number {
			t.Fatalf("%s: %+v, want %s %q", want.kind, c, want.state, want.number)
		}
	}
	pad.Tap(2)
	e := desk.hears("the rating", func(e *wire.Event) bool { return e.Kind == string(queue.RatingGiven) })
	tx := first.ID + ".1"
	if e.Counter == nil || e.Counter.Rate == nil || e.Counter.Rate.Tx != tx || !e.Counter.Rate.Rated {
		t.Errorf("the desk hears of %+v, want a rating of %s", e.Counter, tx)
	}
	pad.Tap(3) // changing one's mind does not count
	until(t, "the second press", func() bool { return len(h.road.reports("press.pad:1.")) == 2 })
	again := h.road.reports("press.pad:1.")[1]
	if said, _ := h.road.said(again); said.code != queue.AlreadyRated {
		t.Errorf("the second press was answered %+v", said)
	}
	var ticket wire.TicketInfo
	if status, err := h.ask(http.MethodGet, "", "/api/v1/tickets/"+first.Token, "", nil, &ticket); err != nil || status != http.StatusOK {
		t.Fatal(status, err)
	}
	if ticket.Rate == nil || ticket.Rate.Tx != tx || !ticket.Rate.Rated || ticket.State != queue.Ended {
		t.Errorf("the visitor's page says %+v of %s", ticket.Rate, ticket.State)
	}
	given := of(h.events(), queue.RatingGiven)
	if len(given) != 1 || given[0].Rating == nil || given[0].Rating.ID != tx || given[0].Rating.Level != 2 ||
		given[0].Rating.Source != "keypad" || given[0].By == "" {
		t.Errorf("the day has %+v", given)
	}
}
