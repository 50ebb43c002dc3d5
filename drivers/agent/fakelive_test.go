package agent

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/fasthttp/websocket"

	"motcua/server/queue"
	"motcua/server/wire"
)

// live speaks as the server does: a snapshot, or the events that are missing, then
// every event.
func (f *fakeServer) live(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{CheckOrigin: func(r *http.Request) bool { return r.Header.Get("Origin") == "" }}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	s := &fakeSocket{conn: conn}
	q := r.URL.Query()
	f.mu.Lock()
	if f.silentWS {
		f.mu.Unlock()
		conn.ReadMessage()
		return
	}
	if n, err := strconv.ParseInt(q.Get("seq"), 10, 64); err == nil && q.Get("epoch") == f.epoch {
		s.sent = n
		s.write(wire.Tick{Type: "tick", Now: wire.TimeOf(f.now())})
		f.catchUp(s)
	} else {
		s.sent = int64(len(f.events))
		s.write(f.snapshot())
	}
	f.sockets[s] = true
	f.mu.Unlock()
	for {
		if _, _, err := conn.ReadMessage(); err != nil {
			break
		}
	}
	f.mu.Lock()
	delete(f.sockets, s)
	f.mu.Unlock()
}

func (f *fakeServer) snapshot() wire.Snapshot {
	counters := map[string]wire.CounterInfo{"1": {ID: "1", State: queue.CounterOpen}}
	for _, e := range f.events {
		if e.Counter != nil {
			counters[e.Counter.ID] = *e.Counter
		}
	}
	s := wire.Snapshot{Type: "snapshot", Epoch: f.epoch, Seq: int64(len(f.events)), Now: wire.TimeOf(f.now())}
	s.State.Counters = []wire.CounterInfo{counters["1"]}
	s.State.Branch.Counters = []wire.CounterName{{ID: "1", Services: []string{"a"}}}
	s.State.Figures.Services = []wire.ServiceFigure{{ID: "a", Waiting: 3}}
	return s
}

func (s *fakeSocket) write(v any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conn.WriteJSON(v)
}

// catchUp sends what a socket has not had; the caller holds the lock.
func (f *fakeServer) catchUp(s *fakeSocket) {
	for ; s.sent < int64(len(f.events)); s.sent++ {
		s.write(wire.EventMessage{Type: "event", Seq: s.sent + 1, Event: f.events[s.sent]})
	}
}

// happen makes events, with a print job for each ticket.
func (f *fakeServer) happen(list ...wire.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range list {
		if e.At == "" {
			e.At = wire.TimeOf(f.now())
		}
		if e.Visit != nil {
			f.prints[e.Visit.ID] = wire.PrintJob{Job: e.Visit.ID, Visit: e.Visit.ID, Number: e.Visit.Number}
		}
		f.events = append(f.events, e)
	}
	for s := range f.sockets {
		f.catchUp(s)
	}
}

func taken(visit string) wire.Event {
	return wire.Event{Kind: string(queue.TicketTaken), Machine: "Máy 1", Visit: &wire.VisitInfo{ID: visit, Number: visit}}
}

// got gives what arrived of a kind, by idempotency key, in order.
func (f *fakeServer) got(kind string) (keys []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.reports {
		if kindOfReport(r.Report) == kind {
			keys = append(keys, r.Key)
		}
	}
	return keys
}

func (f *fakeServer) gotAll(kind string, want []string) bool { return slices.Equal(f.got(kind), want) }

// device is how a device was last reported.
func (f *fakeServer) device(id string) (last queue.Device) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.reports {
		if d := r.Report.Device; d != nil && d.ID == id {
			last = *d
		}
	}
	return last
}

func (f *fakeServer) online() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.sockets)
}

func (f *fakeServer) set(do func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	do()
}
