package storetest

import (
	"math/rand"
	"testing"
	"time"

	"motcua/server/queue"
)

// randomCommands throws commands at a hall with fixed seeds; after them the
// events must rebuild exactly what the store keeps.
func randomCommands(t *testing.T, h *Hall, steps int) {
	r := rand.New(rand.NewSource(7))
	for i := range steps {
		_, err := h.Try(RandomCommand(r, h.n))
		if err != nil && queue.CodeOf(err) == "" {
			t.Fatalf("step %d: %v", i, err)
		}
		h.Step(time.Duration(r.Intn(4000)) * time.Millisecond)
		if i%50 == 49 {
			h.State()
		}
	}
	h.CloseDay()
	for _, v := range h.State().Visits {
		if v.State.Live() {
			t.Errorf("%s is %s after the close", v.Number, v.State)
		}
	}
}

// RandomCommand makes one command of any verb; most make sense.
func RandomCommand(r *rand.Rand, n int) queue.Command {
	verbs := []queue.Verb{queue.Take, queue.Take, queue.Take, queue.Take, queue.Open, queue.Open, queue.Call,
		queue.Next, queue.Next, queue.Serve, queue.Serve, queue.Recall, queue.MarkNoShow, queue.Reinstate, queue.Park,
		queue.Resume, queue.Transfer, queue.End, queue.WalkIn, queue.Undo, queue.SetPriority, queue.InviteRating,
		queue.Rate, queue.Cancel, queue.Delay, queue.Pause, queue.Close, queue.Note, queue.Seat}
	services, counters := []string{"A", "B", "C"}, []string{"1", "2", "3"}
	c := queue.Command{Verb: verbs[r.Intn(len(verbs))], Counter: counters[r.Intn(3)]}
	number := services[r.Intn(3)] + []string{"001", "002", "003", "004", "005", "006"}[r.Intn(6)]
	switch c.Verb {
	case queue.Take:
		c.Counter, c.Service = "", services[r.Intn(3)]
		c.Priority = []string{"", "", "", "NCT"}[r.Intn(4)]
	case queue.WalkIn:
		c.Service = services[r.Intn(3)]
	case queue.Call, queue.Resume:
		if r.Intn(4) == 0 {
			c.Number = number
		}
	case queue.Reinstate:
		c.Number = number
	case queue.SetPriority:
		c.Number, c.Priority = number, []string{"", "NKT"}[r.Intn(2)]
	case queue.Transfer:
		c.Place = []string{"arrival", "front", "back"}[r.Intn(3)]
		if r.Intn(2) == 0 {
			c.Service = services[r.Intn(3)]
		} else {
			c.ToCounter = counters[r.Intn(3)]
		}
	case queue.Rate:
		c.Source, c.Level, c.Window = "keypad", 1+r.Intn(4), 30000
	case queue.Cancel, queue.Delay:
		c.Counter, c.People = "", 1+r.Intn(3)
		c.Visit = "261123-" + number
	case queue.Seat:
		if r.Intn(3) > 0 {
			c.Seat = &queue.Sitting{Account: "a-" + counters[r.Intn(3)], Name: "Lan"}
		}
	case queue.Pause:
		c.Reason = "nghỉ"
	case queue.Note:
		c.Counter, c.Kind = "", queue.NoticeChanged
		c.Notice = randomNotice(r)
		if r.Intn(2) == 0 {
			c.Note = queue.NoteEnded
		}
	}
	if r.Intn(10) == 0 { // a request that may come twice
		c.Request, c.Print = "r"+string(rune('a'+n%26)), "p"
	}
	return c
}

// randomNotice has one of few ids, so that it is often there to be ended; an
// emergency is rare, since nothing is given out while it stands.
func randomNotice(r *rand.Rand) *queue.Notice {
	n := &queue.Notice{ID: "n" + string(rune('a'+r.Intn(4))), Kind: queue.NoticeKinds[1+r.Intn(5)], By: "Máy 1"}
	if r.Intn(8) == 0 {
		n.Kind, n.Text = queue.NoticeEmergency, queue.Text{VI: "Cháy", EN: "Fire"}
	}
	if n.Kind == queue.NoticeMaintenance {
		n.Machines = []string{"Máy 1", "Máy 2"}
	}
	return n
}
