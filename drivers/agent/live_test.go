package agent

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
)

// A ticket of our own machine is printed, another machine's is not.
func TestPrints(t *testing.T) {
	b := newBench(t)
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	other := taken("o1")
	other.Machine = "Máy 2"
	arrived := taken("v2")
	arrived.Kind = string(queue.BookingArrived)
	b.f.happen(taken("v1"), other, arrived, wire.Event{Kind: wire.Other})
	until(t, "two prints", func() bool { return slices.Equal(b.printer.printed(), []string{"v1", "v2"}) })
	until(t, "their results", func() bool {
		return b.f.gotAll(kindPrint, []string{"print.v1.printed", "print.v2.printed"})
	})
	b.f.happen(wire.Event{Kind: string(queue.DeviceChanged), Note: queue.NotePrint, Copy: 2,
		Device: &queue.Device{ID: "Máy 1/printer"}, Visit: &wire.VisitInfo{ID: "v1"}},
		wire.Event{Kind: string(queue.DeviceChanged), Note: queue.NotePrint, Copy: 3,
			Device: &queue.Device{ID: "Máy 2/printer"}, Visit: &wire.VisitInfo{ID: "v1"}})
	until(t, "the copy", func() bool { return slices.Equal(b.printer.printed(), []string{"v1", "v2", "v1.2"}) })
	// What to bring for a procedure: a job without a visit, for one printer alone.
	b.f.mu.Lock()
	b.f.prints["list-1"] = wire.PrintJob{Job: "list-1", Visit: "list-1", Checklist: &wire.Checklist{Procedure: "1.001193"}}
	b.f.mu.Unlock()
	b.f.happen(wire.Event{Kind: string(queue.DeviceChanged), Note: queue.NoteList + "list-2", Device: &queue.Device{ID: "Máy 2/printer"}},
		wire.Event{Kind: string(queue.DeviceChanged), Note: queue.NoteList + "list-1", Device: &queue.Device{ID: "Máy 1/printer"}})
	until(t, "the list", func() bool { return slices.Equal(b.printer.printed(), []string{"v1", "v2", "v1.2", "list-1"}) })
	until(t, "its result", func() bool {
		return b.f.gotAll(kindPrint, []string{"print.v1.printed", "print.v2.printed", "print.v1.2.printed", "print.list-1.printed"})
	})
}

// The ticket of a number that was cancelled at the kiosk shall not come out later.
func TestCancelledIsWithdrawn(t *testing.T) {
	b := newBench(t)
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	gone := taken("v1")
	gone.Kind = string(queue.TicketCancelled)
	b.f.happen(taken("v1"), gone)
	until(t, "the withdrawal", func() bool {
		b.printer.mu.Lock()
		defer b.printer.mu.Unlock()
		return slices.Equal(b.printer.withdrawn, []string{"v1"})
	})
}

// The list of the site file decides whose tickets come out.
func TestPrintsForOthers(t *testing.T) {
	b := newBench(t)
	b.o.Site.Devices[0].Prints = []string{"demo-kiosk"}
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	kiosk := taken("v2")
	kiosk.Machine = "demo-kiosk"
	b.f.happen(taken("v1"), kiosk)
	until(t, "a print", func() bool { return len(b.printer.printed()) > 0 })
	if got := b.printer.printed(); !slices.Equal(got, []string{"v2"}) {
		t.Errorf("printed %v", got)
	}
}

// What was taken while the agent was away is printed once; what it had is not
// printed again.
func TestMissedTicket(t *testing.T) {
	b := newBench(t)
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	b.f.happen(taken("v1"))
	until(t, "v1", func() bool { return len(b.printer.printed()) == 1 })
	until(t, "its position", func() bool { return b.a.place.get().Seq == 1 })
	b.stop()
	b.f.happen(taken("v2"))
	b.start()
	until(t, "v2", func() bool { return len(b.printer.printed()) == 2 })
	b.stop()
	b.start()
	b.f.happen(taken("v3"))
	until(t, "v3", func() bool { return len(b.printer.printed()) == 3 })
	if got := b.printer.printed(); !slices.Equal(got, []string{"v1", "v2", "v3"}) {
		t.Errorf("printed %v", got)
	}
	if b.f.jobs != 3 {
		t.Errorf("%d jobs were asked for", b.f.jobs)
	}
}

// A ticket older than a minute is not printed, and this is said.
func TestTooLate(t *testing.T) {
	b := newBench(t)
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	old, young := taken("old"), taken("young")
	old.At, young.At = wire.TimeOf(time.Now().Add(-61*time.Second)), wire.TimeOf(time.Now().Add(-30*time.Second))
	b.f.happen(old, young)
	until(t, "both results", func() bool {
		return b.f.gotAll(kindPrint, []string{"print.old.failed", "print.young.printed"})
	})
	var all []record
	b.f.set(func() { all = slices.Clone(b.f.reports) })
	if r := all[slices.IndexFunc(all, func(r record) bool { return r.Key == "print.old.failed" })]; r.Report.Print.Reason != queue.PrintTooLate {
		t.Errorf("%+v", r.Report.Print)
	}
}

// A ticket that could not be fetched is fetched again, and those behind it wait.
func TestPrintAgain(t *testing.T) {
	b := newBench(t)
	tries := 0
	b.f.set(func() { b.f.refuses = func() bool { tries++; return tries < 4 } })
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	b.f.happen(taken("v1"), taken("v2"))
	until(t, "both", func() bool { return slices.Equal(b.printer.printed(), []string{"v1", "v2"}) })
}

// A copy somebody asked for that the printer cannot take, and a ticket the server
// does not give, are told.
func TestPrintRefused(t *testing.T) {
	b := newBench(t)
	b.printer.set(true)
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	b.f.happen(taken("v1"))
	b.f.happen(wire.Event{Kind: string(queue.DeviceChanged), Note: queue.NotePrint, Copy: 1, At: wire.TimeOf(time.Now()),
		Device: &queue.Device{ID: "Máy 1/printer"}, Visit: &wire.VisitInfo{ID: "v1"}})
	until(t, "busy", func() bool { return b.f.gotAll(kindPrint, []string{"print.v1.failed", "print.v1.1.failed"}) })
	b.printer.set(false)
	b.f.set(func() {
		b.f.events = append(b.f.events, wire.Event{Kind: string(queue.TicketTaken), Machine: "Máy 1", At: wire.TimeOf(time.Now()), Visit: &wire.VisitInfo{ID: "gone"}})
	})
	b.f.happen(wire.Event{Kind: wire.Other})
	until(t, "unknown", func() bool {
		return b.f.gotAll(kindPrint, []string{"print.v1.failed", "print.v1.1.failed", "print.gone.failed"})
	})
}

// Tickets beyond what a printer can take cost no question, and after the first hundred no report
// either; when it has room again, its state tells how many there were.
func TestRush(t *testing.T) {
	b := newBench(t)
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	b.printer.set(true)
	until(t, "all health", func() bool { return b.f.device("scanner").ID != "" && b.a.outbox.Len() == 0 })
	from := b.a.place.get().Seq
	for i := range 500 {
		b.f.happen(taken(fmt.Sprintf("v%d", i)))
	}
	until(t, "the position", func() bool { return b.a.place.get().Seq == from+500 })
	var named []string
	for i := range namedSkips {
		named = append(named, fmt.Sprintf("print.v%d.failed", i))
	}
	until(t, "the first hundred by name", func() bool { return b.f.gotAll(kindPrint, named) })
	b.f.set(func() {
		if b.f.jobs != 0 {
			t.Errorf("%d questions for tickets that were skipped", b.f.jobs)
		}
	})
	if n := strings.Count(b.log.String(), "too many wait already"); n != 1 {
		t.Errorf("said %d times", n)
	}
	d := b.a.devices[0]
	b.a.printerChanged(d, queue.DeviceBusy, "30 tickets wait")
	b.printer.set(false)
	b.a.printerChanged(d, queue.DeviceReady, "TM-T82")
	told := "500 tickets were not printed: too many at once; TM-T82"
	until(t, "the number", func() bool { return b.f.device("printer").Detail == told })
	b.f.happen(taken("after"))
	until(t, "the next ticket", func() bool { return slices.Equal(b.printer.printed(), []string{"after"}) })
	b.printer.set(true)
	b.a.printerChanged(d, queue.DevicePaperLow, "")
	b.printer.set(false)
	b.a.printerChanged(d, queue.DeviceReady, "TM-T82")
	until(t, "nothing more to tell", func() bool { return b.f.device("printer").Detail == "TM-T82" })
}

// After the server's return the agent is right again soon, and misses nothing.
func TestServerReturns(t *testing.T) {
	b := newBench(t)
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	for i := range 3 {
		b.f.down()
		time.Sleep(time.Duration(i) * 300 * time.Millisecond)
		b.f.happen(taken(fmt.Sprintf("v%d", i)))
		b.f.up(b.f.addr)
		began := time.Now()
		until(t, "the ticket", func() bool { return len(b.printer.printed()) == i+1 })
		t.Logf("right again after %s", time.Since(began).Round(time.Millisecond))
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("right again only after %s", took)
		}
	}
}

// A line on which nothing comes is dead, however open it looks.
func TestSilentLine(t *testing.T) {
	b := newBench(t)
	b.f.silentWS = true
	a, err := newAgent(b.o, b.makers())
	if err != nil {
		t.Fatal(err)
	}
	a.silence = 100 * time.Millisecond
	if err := a.session(t.Context()); err == nil || !strings.Contains(err.Error(), "timeout") {
		t.Error(err)
	}
}

// A gap in the numbers is asked for again, not jumped over.
func TestGap(t *testing.T) {
	b := newBench(t)
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	b.f.set(func() {
		for s := range b.f.sockets {
			s.write(wire.EventMessage{Type: "event", Seq: 2, Event: taken("far")})
		}
	})
	until(t, "a new line", func() bool { return strings.Contains(b.log.String(), "event 1 is missing") })
	b.f.happen(taken("v1"), taken("v2"))
	until(t, "both", func() bool { return slices.Equal(b.printer.printed(), []string{"v1", "v2"}) })
}

// Another epoch begins with a snapshot; nothing old is printed.
func TestNewEpoch(t *testing.T) {
	b := newBench(t)
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	b.f.happen(taken("v1"), taken("v2"))
	until(t, "two", func() bool { return len(b.printer.printed()) == 2 })
	b.f.down()
	b.f.set(func() { b.f.epoch, b.f.events = "e2", b.f.events[:1] })
	b.f.up(b.f.addr)
	until(t, "the line", func() bool { return b.f.online() == 1 })
	b.f.happen(taken("v3"))
	until(t, "v3", func() bool { return slices.Equal(b.printer.printed(), []string{"v1", "v2", "v3"}) })
	until(t, "the position", func() bool { return b.a.place.get() == position{"e2", 2} })
}

// Panels show their counter from the first moment on, also when the line resumes.
func TestSigns(t *testing.T) {
	b := newBench(t)
	shown := func(number string, waiting int) func() bool {
		return func() bool {
			b.bus.mu.Lock()
			defer b.bus.mu.Unlock()
			return b.bus.shown[2].Number == number && b.bus.shown[2].Waiting == waiting
		}
	}
	b.start()
	until(t, "the first sign", shown("", 3))
	b.f.happen(wire.Event{Kind: string(queue.TicketCalled), Counter: &wire.CounterInfo{ID: "1", State: queue.CounterCalling, Number: "A001"}})
	until(t, "the number", shown("A001", 3))
	b.f.set(func() {
		for s := range b.f.sockets {
			s.write(wire.Figures{Type: "figures", Services: []wire.ServiceFigure{{ID: "a", Waiting: 7}}})
		}
	})
	until(t, "who waits", shown("A001", 7))
	b.stop()
	b.bus.mu.Lock()
	clear(b.bus.shown)
	b.bus.mu.Unlock()
	b.start()
	until(t, "the number again", shown("A001", 3))
	ended := wire.CounterInfo{ID: "1", State: queue.CounterOpen, Rate: &wire.RateInfo{Tx: "v1.1", From: wire.TimeOf(time.Now())}}
	b.f.happen(wire.Event{Kind: string(queue.TicketEnded), Counter: &ended},
		wire.Event{Kind: string(queue.CounterPausedKind), Counter: &ended},
		wire.Event{Kind: string(queue.RatingInvited), Counter: &ended})
	until(t, "two invitations", func() bool {
		b.bus.mu.Lock()
		defer b.bus.mu.Unlock()
		return slices.Equal(b.bus.invited, []int{1, 1})
	})
}

// Every device is told at each new line, and whenever it changes.
func TestHealth(t *testing.T) {
	b := newBench(t)
	b.start()
	told := func(id string, s queue.DeviceState) func() bool {
		return func() bool {
			b.f.mu.Lock()
			defer b.f.mu.Unlock()
			return slices.ContainsFunc(b.f.reports, func(r record) bool {
				return r.Report.Device != nil && r.Report.Device.ID == id && r.Report.Device.State == s
			})
		}
	}
	until(t, "the agent", told("agent", queue.DeviceReady))
	until(t, "the scanner", told("scanner", queue.DeviceReady))
	until(t, "a keypad", told("keypads:1", queue.DeviceUnknown))
	b.a.changed(b.a.devices[0], 0, queue.DevicePaperOut, strings.Repeat("giấy ", 100))
	until(t, "no paper", told("printer", queue.DevicePaperOut))
	b.a.changed(b.a.devices[0], 0, queue.DeviceReady, "")
	until(t, "paper", told("printer", queue.DeviceReady))
	b.f.down()
	b.f.set(func() { b.f.reports = nil })
	b.f.up(b.f.addr)
	until(t, "the printer again", told("printer", queue.DeviceReady))
}
