package history

import (
	"context"

	"motcua/server/queue"
)

// lines plays a day's lines along with the reading: what a visitor was told comes
// of who stood there. It is made anew from the store's day whenever it is not just
// behind the next event, so nothing depends on how the reading was cut.
type lines struct{ state *queue.State }

// at makes the lines stand just before the next event.
func (l *lines) at(ctx context.Context, store queue.Store, branch string, r reading, next int64) error {
	r.seq = next - 1 // also where events are missing
	if l.state != nil && l.state.Seq == r.seq {
		return nil
	}
	l.state = nil
	state := queue.NewState(r.epoch)
	for after := int64(0); after < r.seq; {
		events, err := store.Events(ctx, branch, r.day, after, most)
		if err != nil {
			return err
		}
		for i := range events {
			if after == 0 {
				state.Start(r.epoch, events[i].Seq-1)
			}
			if after = events[i].Seq; after > r.seq {
				break
			}
			if err := state.Apply(events[i]); err != nil {
				return nil // a hole: nothing is known of these lines
			}
		}
		if len(events) < most {
			break
		}
	}
	if state.Seq == 0 {
		state.Start(r.epoch, r.seq)
	}
	if state.Seq == r.seq {
		l.state = state
	}
	return nil
}

// apply goes one event on and gives the line a new visit has just joined.
func (l *lines) apply(e *queue.Event) *queue.Line {
	if l == nil || l.state == nil {
		return nil
	}
	if err := l.state.Apply(*e); err != nil {
		l.state = nil
		return nil
	}
	if v := e.Visit; v != nil && v.State == queue.Waiting {
		return l.state.Line(v.Queue)
	}
	return nil
}
