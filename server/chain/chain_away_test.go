package chain

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"motcua/drivers/box"
	"motcua/server/queue"
)

const wholeSite = `branch: hoabinh
name: Máy 1
profiles: profiles
devices:
  - id: printer
    profile: lettered
    port: sim/printer
    baud: 38400
    prints: [demo-kiosk]
  - id: keypads
    profile: motcua-kp5
    port: sim/keypads
    units:
      - {address: 1, counter: "1", role: rate}
      - {address: 11, counter: "1", role: call}
      - {address: 12, counter: "2", role: call}
`

// Without the network presses and prints wait on the agent's disk. Back again they
// arrive once and in order: a rating counts for the moment it was given, a call that
// is no longer wanted moves nothing.
func TestDayWithoutNetwork(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	b := newTable(t, h, 10, wholeSite)
	b.pair(h)
	h.ready(queue.DeviceReady, "printer", "keypads:1", "keypads:11")
	desk := h.desk()
	h.callTwo("1") // the first may be rated for 30 s from now on
	until(t, "the papers before", func() bool { return len(b.roll.all()) == 2 })
	b.act("printer", "paper_out", "200") // the ticket is half out when the network goes
	ticket := h.take()
	h.ready(queue.DevicePaperOut, "printer")
	h.road.cut()
	b.act("printer", "reload", "")

	old := b.press(11, "6", 0) // serve
	rating := b.press(1, "2", 0)
	pressed := time.Now()
	until(t, "the paper", func() bool { return b.roll.count(ticket.URL) == 1 })
	until(t, "the keypads to be asked", func() bool { return b.queued(11)+b.queued(1) == 0 })
	until(t, "the press to be out of date", func() bool { return time.Since(pressed) > pressPatience+500*time.Millisecond })
	b.kill() // and whoever is impatient switches the machine off and on
	b.start()
	fresh := b.press(11, "7", 1) // call again
	until(t, "the keypad to be asked", func() bool { return b.queued(11) == 0 })
	print := "print." + ticket.ID + ".printed"
	waiting := outbox(t, b.data)
	for _, key := range []string{old, rating, fresh, print} {
		if !slices.Contains(waiting, key) {
			t.Errorf("%s is not in the outbox %v", key, waiting)
		}
	}
	h.road.mend()

	until(t, "the fresh press", func() bool { _, ok := h.road.said(fresh); return ok })
	desk.hearsOf(queue.TicketPrinted, ticket.ID)
	arrived := slices.DeleteFunc(h.road.reports(""), func(key string) bool { return !slices.Contains(waiting, key) })
	if !slices.Equal(arrived, waiting) {
		t.Errorf("arrived as\n%v, waited as\n%v", arrived, waiting)
	}
	if a, _ := h.road.said(old); a.code != "too_late" {
		t.Errorf("the old press was answered %+v", a)
	}
	for _, key := range []string{rating, fresh, print} {
		if a, _ := h.road.said(key); a.status != 200 {
			t.Errorf("%s was answered %+v", key, a)
		}
	}
	h.afterTheCut()
}

// afterTheCut looks at the day: one recall, one rating, no serving but the clerk's.
func (h *hall) afterTheCut() {
	h.t.Helper()
	day := h.events()
	for kind, want := range map[queue.Kind]int{queue.TicketRecalled: 1, queue.RatingGiven: 1, queue.TicketServing: 1, queue.TicketPrinted: 3} {
		if n := len(of(day, kind)); n != want {
			h.t.Errorf("%s happened %d times, want %d", kind, n, want)
		}
	}
	for _, e := range of(day, queue.RatingGiven) {
		if e.Rating.Level != 2 {
			h.t.Errorf("level %d", e.Rating.Level)
		}
	}
	printed := map[string]int{}
	for _, e := range of(day, queue.TicketPrinted) {
		if printed[e.Visit.ID]++; printed[e.Visit.ID] > 1 {
			h.t.Errorf("%s was told printed more than once", e.Visit.Number)
		}
	}
	s, _ := h.look()
	for _, c := range s.State.Counters {
		if c.ID == "1" && c.State != queue.CounterCalling {
			h.t.Errorf("the counter is %s: the old press moved it", c.State)
		}
	}
}

// pressPatience is how old a call may be (product: 10 s).
const pressPatience = 10 * time.Second

// outbox gives the keys of the presses and prints that wait in an agent's data
// folder, in order.
func outbox(t *testing.T, data string) (keys []string) {
	t.Helper()
	b, err := box.Open(filepath.Join(data, "outbox"))
	if err != nil {
		t.Fatal(err)
	}
	ids, err := b.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		body, err := b.Get(id)
		var record struct {
			Key    string
			Report struct{ Device *json.RawMessage }
		}
		if err == nil && json.Unmarshal(body, &record) == nil && record.Report.Device == nil {
			keys = append(keys, record.Key)
		}
	}
	return keys
}
