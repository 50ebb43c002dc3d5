package hub

import (
	"sync"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
)

// snapshots keeps the last snapshot of each view, so that three hundred screens
// that come back at once cost one encoding.
type snapshots struct {
	mu   sync.Mutex
	kept map[wire.View]*snapshot
}

type snapshot struct {
	epoch   string
	seq     int64
	version int
	trouble queue.Code
	at      time.Time
	frame   []byte
}

// fresh is how old a kept snapshot may be: its figures and its time are of then.
const fresh = time.Second

// snapshot gives the state as the view sees it now; nil when the branch is not known.
func (b *branch) snapshot(view wire.View) *snapshot {
	b.snaps.mu.Lock()
	defer b.snaps.mu.Unlock()
	now := b.hub.o.Clock.Now()
	kept := b.snaps.kept[view]
	figures := wire.Figures{Type: "figures", Now: wire.TimeOf(now), Services: b.hub.services(b.id)}
	trouble := b.hub.troubled()
	var made *wire.Snapshot
	b.hub.o.View(b.id, func(s *queue.State, set *queue.Settings) {
		if kept != nil && kept.epoch == s.Epoch && kept.seq == s.Seq && kept.version == set.Version && kept.trouble == trouble &&
			now.Sub(kept.at) < fresh && !now.Before(kept.at) {
			return
		}
		kept = &snapshot{epoch: s.Epoch, seq: s.Seq, version: set.Version, trouble: trouble, at: now}
		made = &wire.Snapshot{Type: "snapshot", Epoch: epochOf(s), Seq: s.Seq, Now: wire.TimeOf(now),
			State: wire.StateFor(view, s, set, figures, b.hub.o.Extras)}
	})
	if made != nil {
		made.State.Trouble = trouble
		kept.frame = message(made)
		if b.snaps.kept == nil {
			b.snaps.kept = map[wire.View]*snapshot{}
		}
		b.snaps.kept[view] = kept
		b.hub.o.Count("snapshot")
	}
	return kept
}

// epochOf is replaced by a planted bug, to see that a test finds it.
var epochOf = func(s *queue.State) string { return s.Epoch }

// services gives a branch's figures, never a JSON null.
func (h *Hub) services(id string) []wire.ServiceFigure {
	if h.o.Figures != nil {
		if list := h.o.Figures(id); list != nil {
			return list
		}
	}
	return []wire.ServiceFigure{}
}
