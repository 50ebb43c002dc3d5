package chain

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"motcua/server/queue"
	"motcua/server/wire"
)

const printerSite = `branch: hoabinh
name: Máy 1
profiles: profiles
devices:
  - id: printer
    profile: plain
    port: sim/printer
    prints: [demo-kiosk]
`

// newPrinterBench is a hall with one printer that prints in letters.
func newPrinterBench(t *testing.T) (*hall, *table, *desk) {
	t.Helper()
	h := newHall(t)
	b := newTable(t, h, 4, printerSite)
	b.pair(h)
	h.ready(queue.DeviceReady, "printer")
	return h, b, h.desk()
}

// Paper that ends in the middle of a ticket: the ticket waits, and comes out once
// when there is paper again.
func TestPaperOutInTheMiddle(t *testing.T) {
	h, b, desk := newPrinterBench(t)
	b.act("printer", "paper_out", "150")
	ticket := h.take()
	h.ready(queue.DevicePaperOut, "printer")
	if n := len(b.roll.all()); n != 0 {
		t.Fatalf("%d papers came out without paper", n)
	}
	b.act("printer", "reload", "")
	desk.hearsOf(queue.TicketPrinted, ticket.ID)
	next := h.take()
	desk.hearsOf(queue.TicketPrinted, next.ID)
	for _, one := range []wire.TicketInfo{ticket, next} {
		if n := b.roll.count(one.URL); n != 1 {
			t.Errorf("%s is on paper %d times", one.Number, n)
		}
	}
	for _, e := range of(h.events(), queue.TicketPrintFailed) {
		t.Errorf("%s: %s", e.Visit.Number, e.Note)
	}
}

// copyMark is how a printer that only knows plain letters writes BẢN IN LẠI.
const copyMark = "BAN IN LAI"

func marked(texts []string) bool {
	return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, copyMark) })
}

// The desk has a ticket printed again: the copy says that it is one.
func TestCopyIsMarked(t *testing.T) {
	h, b, desk := newPrinterBench(t)
	ticket := h.take()
	desk.hearsOf(queue.TicketPrinted, ticket.ID)
	var asked struct {
		Job  string
		Copy int
	}
	h.do("demo-desk", branchPath+"/prints", map[string]string{"number": ticket.Number}, &asked)
	if asked.Copy != 1 || asked.Job != ticket.ID+".1" {
		t.Errorf("asked for %+v", asked)
	}
	e := desk.hearsOf(queue.TicketPrinted, ticket.ID)
	if e.Copy != 1 {
		t.Errorf("the desk hears of copy %d", e.Copy)
	}
	papers := b.roll.all()
	if len(papers) != 2 || b.roll.count(ticket.URL) != 2 {
		t.Fatalf("%d papers, %d with the code", len(papers), b.roll.count(ticket.URL))
	}
	if marked(papers[0].Texts) || !marked(papers[1].Texts) {
		t.Errorf("first paper %q\ncopy %q", papers[0].Texts, papers[1].Texts)
	}
}

// A ticket that the agent was printing when it was killed is unknown, and stays so
// through more kills and starts. Who wants the paper asks for a copy.
func TestUnknownIsNotPrintedAgain(t *testing.T) {
	h, b, desk := newPrinterBench(t)
	b.act("printer", "paper_out", "150")
	ticket := h.take()
	h.ready(queue.DevicePaperOut, "printer")
	b.kill()
	b.act("printer", "power", "") // what was in its buffer is gone
	b.act("printer", "reload", "")
	b.start()
	if e := desk.hearsOf(queue.TicketPrintFailed, ticket.ID); e.Note != queue.PrintUnknown {
		t.Fatalf("told as %s", e.Note)
	}
	b.kill()
	for range 2 {
		b.start()
		next := h.take()
		desk.hearsOf(queue.TicketPrinted, next.ID)
		if n := b.roll.count(next.URL); n != 1 {
			t.Errorf("%s is on paper %d times", next.Number, n)
		}
		if n := b.roll.count(ticket.URL); n != 0 {
			t.Fatalf("%s, whose fate nobody knew, was printed again by itself", ticket.Number)
		}
		b.kill()
	}
	b.start()
	h.ready(queue.DeviceReady, "printer")
	h.do("demo-desk", branchPath+"/prints", map[string]string{"number": ticket.Number}, nil)
	desk.hears("the copy", func(e *wire.Event) bool {
		return e.Kind == string(queue.TicketPrinted) && e.Visit.ID == ticket.ID && e.Copy == 1
	})
	papers := b.roll.all()
	if n := b.roll.count(ticket.URL); n != 1 || !marked(papers[len(papers)-1].Texts) {
		t.Errorf("the copy is on paper %d times: %q", n, papers[len(papers)-1].Texts)
	}
	var info wire.TicketInfo
	if status, err := h.ask(http.MethodGet, "", "/api/v1/tickets/"+ticket.Token, "", nil, &info); err != nil || status != http.StatusOK || info.State != queue.Waiting {
		t.Errorf("the ticket itself: %d %v %s", status, err, info.State)
	}
}
