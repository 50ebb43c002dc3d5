package chain

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"motcua/drivers/sim"
	"motcua/server/queue"
	"motcua/server/wire"
)

// What is left of one day's work, and how much of it there is.
const (
	dayTickets = 36 // beside those that are under way at a fault
	dayPresses = 60
	eachFault  = 2

	mostWaiting = 15 // tickets without paper, those that broke off among them
)

// storm is a day on which every cable is pulled and every program killed, at
// moments that chance chooses, while numbers are taken and keys pressed.
type storm struct {
	t       *testing.T
	h       *hall
	b       *table
	rand    *rand.Rand // of the keys
	faults  *rand.Rand
	done    atomic.Int64 // tickets taken and presses made
	mu      sync.Mutex
	tickets []wire.TicketInfo
	pressed map[int][]press // by address
}

type press struct {
	name string
	verb queue.Verb
}

// TestEveryCablePulled: every ticket comes out once or is told failed or unknown,
// printed means paper, and every press that a keypad accepted arrives once and in order.
func TestEveryCablePulled(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	if s, err := strconv.ParseUint(os.Getenv("MOTCUA_SEED"), 10, 64); err == nil {
		seed = s
	}
	defer func() {
		if t.Failed() {
			t.Logf("again with MOTCUA_SEED=%d", seed)
		}
	}()
	h := newHall(t)
	h.callTwo("1") // its keys can now recall the second and invite the first to rate
	h.callTwo("2")
	s := &storm{t: t, h: h, b: newTable(t, h, 10, wholeSite), rand: rand.New(rand.NewPCG(seed, 1)),
		faults: rand.New(rand.NewPCG(seed, 2)), pressed: map[int][]press{}}
	s.b.pair(h)
	h.ready(queue.DeviceReady, "printer", "keypads:11", "keypads:12")
	s.b.roll.collect(t)
	s.quiet()
	s.rage()
	s.settle()
	day := h.events()
	s.checkPaper(day)
	s.checkPresses(day)
}

// quiet is the day before the faults: a few tickets come out as they are told.
func (s *storm) quiet() {
	desk := s.h.desk()
	for range 3 {
		ticket := s.h.take()
		desk.hearsOf(queue.TicketPrinted, ticket.ID)
		if n, heads := s.b.roll.count(ticket.URL), s.b.roll.heads(ticket.Number); n != 1 || heads != 1 {
			s.t.Errorf("%s is on paper %d times, its code %d times", ticket.Number, heads, n)
		}
		s.keep(ticket)
	}
}

// rage does the day's work, with the faults between.
func (s *storm) rage() {
	var working sync.WaitGroup
	stop := make(chan struct{})
	work := func(n int, do func(i int)) {
		working.Go(func() {
			for i := range n {
				select {
				case <-stop:
					return
				default:
				}
				do(i)
				s.done.Add(1)
			}
		})
	}
	defer working.Wait()
	defer close(stop)
	work(dayTickets, func(int) { s.takeOne() })
	work(dayPresses, func(int) { s.pressOne() })
	list := []func(){s.printerCable, s.keypadCable, s.server, s.agent}
	for range eachFault {
		s.faults.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for _, fault := range list {
			from, step := s.done.Load(), 2+s.faults.Int64N(8)
			until(s.t, "work to go on", func() bool { return s.done.Load() >= min(from+step, dayTickets+dayPresses) })
			<-time.After(time.Duration(s.faults.IntN(200)) * time.Millisecond) // at any byte of what is under way
			fault()
		}
	}
	until(s.t, "the day's work", func() bool { return s.done.Load() == dayTickets+dayPresses })
}

// takeOne takes a ticket and gives its paper a moment. A printer that has too many
// to print gets none, so the queue is kept shorter than that.
func (s *storm) takeOne() {
	until(s.t, "a shorter queue", func() bool { return s.taken()-len(s.b.roll.all()) < mostWaiting })
	ticket := s.h.take()
	s.keep(ticket)
	deadline := time.Now().Add(400 * time.Millisecond)
	until(s.t, "paper or its failing", func() bool { return s.b.roll.count(ticket.URL) > 0 || time.Now().After(deadline) })
}

// pressOne presses a key of one of two call keypads, when it has room.
func (s *storm) pressOne() {
	address := 11 + s.rand.IntN(2)
	until(s.t, "room in the keypad", func() bool { return s.b.queued(address) < 4 })
	key, verb := "7", queue.Recall
	if s.rand.IntN(2) == 0 {
		key, verb = "10", queue.InviteRating
	}
	name := s.b.press(address, key, len(s.pressed[address]))
	s.pressed[address] = append(s.pressed[address], press{name, verb})
	gap := time.Now().Add(time.Duration(s.rand.IntN(300)) * time.Millisecond)
	until(s.t, "the next press", func() bool { return time.Now().After(gap) })
}

func (s *storm) pull(device string) {
	s.b.act(device, "unplug", "")
	<-time.After(100 * time.Millisecond) // a hand is no quicker
	s.b.act(device, "plug", "")
}

func (s *storm) printerCable() { s.middle(); s.pull("printer") }
func (s *storm) keypadCable()  { s.pull("keypads") }
func (s *storm) server()       { s.h.kill(); s.h.open() }
func (s *storm) agent()        { s.middle(); s.b.kill(); s.b.start() }

// middle takes a ticket and waits until some rows of it, or of the one before, are out.
func (s *storm) middle() {
	s.keep(s.h.take())
	late, rows := time.Now().Add(2*time.Second), s.faults.IntN(500)
	until(s.t, "a ticket", func() bool {
		look := s.b.devices["printer"].(*sim.Printer).Look()
		return look.Rows > look.Gap+rows || time.Now().After(late)
	})
}

func (s *storm) keep(ticket wire.TicketInfo) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tickets = append(s.tickets, ticket)
}

func (s *storm) taken() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.tickets)
}

// settle waits until everything has an outcome.
func (s *storm) settle() {
	s.t.Helper()
	until(s.t, "the outcome of every ticket", func() bool {
		now, _ := s.h.look()
		told := 0
		for _, v := range now.State.Visits {
			if v.Print != "" {
				told++
			}
		}
		return told >= len(s.tickets)
	})
	for _, list := range s.pressed {
		for _, p := range list {
			until(s.t, p.name, func() bool { _, ok := s.h.road.said(p.name); return ok })
		}
	}
}

// checkPaper compares what was told of each ticket with the paper there is.
func (s *storm) checkPaper(day []queue.Event) {
	told := map[string][]string{}
	for _, e := range of(day, queue.TicketPrinted, queue.TicketPrintFailed) {
		state := queue.PrintDone
		if e.Kind == queue.TicketPrintFailed {
			state = e.Note
		}
		told[e.Visit.ID] = append(told[e.Visit.ID], state)
	}
	sums := map[string]int{}
	for _, ticket := range s.tickets {
		n, is := s.b.roll.count(ticket.URL), told[ticket.ID]
		if heads := s.b.roll.heads(ticket.Number); heads > 1 {
			s.t.Errorf("%s was begun %d times", ticket.Number, heads)
		}
		if len(is) != 1 {
			s.t.Errorf("%s was told %v", ticket.Number, is)
			continue
		}
		sums[is[0]]++
		switch state := is[0]; {
		case n > 1, state == queue.PrintDone && n != 1, state != queue.PrintDone && state != queue.PrintUnknown && n != 0:
			s.t.Errorf("%s is on paper %d times, and told %s", ticket.Number, n, state)
		}
	}
	for _, paper := range s.b.roll.all() {
		if len(paper.Errors) > 0 {
			s.t.Logf("paper %d has what the printer did not understand: %v", paper.N, paper.Errors)
		}
	}
	s.t.Logf("%d tickets: %v", len(s.tickets), sums)
	if sums[queue.PrintDone] < dayTickets/2 {
		s.t.Errorf("only %d of %d tickets were printed", sums[queue.PrintDone], len(s.tickets))
	}
}

// checkPresses compares what the server accepted with the events and with the order
// of the presses.
func (s *storm) checkPresses(day []queue.Event) {
	counted := 0
	for address, list := range s.pressed {
		var names []string
		var want []queue.Kind
		for _, p := range list {
			names = append(names, p.name)
			switch said, _ := s.h.road.said(p.name); {
			case said.status == 200 && p.verb == queue.Recall:
				want = append(want, queue.TicketRecalled)
			case said.status == 200:
				want = append(want, queue.RatingInvited)
			case said.code != "too_late": // the server was away for too long
				s.t.Errorf("%s was answered %+v", p.name, said)
			}
		}
		device := strings.Join(strings.Split(names[0], ".")[:2], ".") + "."
		if arrived := s.h.road.reports(device); !slices.Equal(arrived, names) {
			s.t.Errorf("pressed %v\narrived %v", names, arrived)
		}
		var got []queue.Kind
		for _, e := range of(day, queue.TicketRecalled, queue.RatingInvited) {
			if e.Counter != nil && e.Counter.ID == strconv.Itoa(address-10) {
				got = append(got, e.Kind)
			}
		}
		if !slices.Equal(got, want) {
			s.t.Errorf("keypad %d: the day has %v\nwant %v", address, got, want)
		}
		counted += len(got)
	}
	s.t.Logf("%d presses, %d counted", dayPresses, counted)
	if counted < dayPresses/2 {
		s.t.Errorf("only %d of %d presses counted: this test proves little", counted, dayPresses)
	}
}
