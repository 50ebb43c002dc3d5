package hub

import (
	"sync/atomic"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
)

// logSize is how many of a branch's last events can be had again after a cut:
// more than an hour of the busiest hall.
const logSize = 10_000

// views numbers the views that see events, for the frames of an entry.
var views = map[wire.View]int{wire.Board: 0, wire.Kiosk: 1, wire.Lookup: 2, wire.Desk: 3, wire.Counter: 4,
	wire.Rate: 5, wire.Floor: 6, wire.Device: 7}

// entry is one event and its frame for each view, made when first wanted.
type entry struct {
	event  queue.Event
	at     time.Time // when it was published
	frames [8]atomic.Pointer[[]byte]
}

// frame gives the entry's bytes for a view. Two callers may both make them;
// they make the same.
func (e *entry) frame(view wire.View) []byte {
	slot := &e.frames[views[view]]
	if made := slot.Load(); made != nil {
		return *made
	}
	made := message(wire.EventMessage{Type: "event", Seq: e.event.Seq, Event: wire.EventFor(view, &e.event)})
	slot.Store(&made)
	return made
}

// log is a branch's last events, without a gap. The branch's lock guards it.
type log struct {
	head    int64 // seq of the last event, known even when the log is empty
	entries []*entry
}

func (l *log) append(e *entry) {
	if len(l.entries) >= logSize+logSize/8 {
		kept := make([]*entry, logSize, logSize+logSize/8)
		copy(kept, l.entries[len(l.entries)-logSize:])
		l.entries = kept
	}
	l.entries = append(l.entries, e)
	l.head = e.event.Seq
}

// has tells whether everything after seq can be had.
func (l *log) has(seq int64) bool {
	return seq <= l.head && seq >= l.head-int64(len(l.entries))
}

// after gives up to max entries after seq, appended to buf; has(seq) holds.
func (l *log) after(seq int64, max int, buf []*entry) []*entry {
	missing := l.entries[len(l.entries)-int(l.head-seq):]
	return append(buf, missing[:min(len(missing), max)]...)
}
