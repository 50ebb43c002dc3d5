package crash

import (
	"net/http"
	"sync"
	"testing"
)

// entry is one acknowledged press.
type entry struct {
	press
	answer
	reply
}

// ledger keeps what the server promised.
type ledger struct {
	t       *testing.T
	mu      sync.Mutex
	entries []entry
	numbers map[string]string // key of the press by visit id: who holds a number
	calls   map[string]string // counter by visit id
}

func newLedger(t *testing.T) *ledger {
	return &ledger{t: t, numbers: map[string]string{}, calls: map[string]string{}}
}

// acknowledge notes an answer and finds at once a number that two presses got
// and a visit that was called twice.
func (b *ledger) acknowledge(p press, a answer) {
	e := entry{p, a, a.read(b.t)}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.entries = append(b.entries, e)
	switch p.kind {
	case "take":
		b.holds(e.reply.ID, p.key)
	case "walk-in":
		b.holds(e.reply.Ticket.ID, p.key)
	case "next":
		visit := e.reply.Ticket.ID
		if other, twice := b.calls[visit]; twice {
			b.t.Errorf("visit %s was called to counter %s and to counter %s", visit, other, p.counter)
		}
		b.calls[visit] = p.counter
	}
}

func (b *ledger) holds(visit, key string) {
	if other, twice := b.numbers[visit]; twice {
		b.t.Errorf("number %s was given to %s and to %s", visit, other, key)
	}
	b.numbers[visit] = key
}

func (b *ledger) all() []entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]entry{}, b.entries...)
}

// last gives the newest entries, those a crash would take first.
func (b *ledger) last(n int) []entry {
	all := b.all()
	return all[max(0, len(all)-n):]
}

// again sends acknowledged presses once more, with their keys: each must get
// its answer word for word, and change nothing. Nobody else may press meanwhile.
func (l *load) again(entries []entry) {
	l.t.Helper()
	for _, e := range entries {
		a, err := l.try(e.press)
		if err != nil {
			l.t.Errorf("%s %s again: %v", e.kind, e.key, err)
			return
		}
		if a.status != http.StatusOK || a.body != e.answer.body {
			l.t.Errorf("%s %s again: %d %s\nwas acknowledged as %s", e.kind, e.key, a.status, a.body, e.answer.body)
			return
		}
	}
}
