package history

import (
	"fmt"
	"strings"
	"testing"

	"motcua/server/queue"
)

// script plays one visit: a word an event, a minute apart from 08:00 on.
//
//	take, call@3, call!@3 (out of turn), recall, serve, end:done, no-show, reinstate,
//	park, resume@3, to=land, to=@5, undo:end, rate=4, walk@3, close:land
type script struct {
	t      *testing.T
	v      visitBody
	past   []visitBody // before each event, for undo
	list   []entry
	minute int64
}

func play(t *testing.T, words string) folded {
	t.Helper()
	s := &script{t: t}
	for word := range strings.FieldsSeq(words) {
		s.word(word)
	}
	f, ok := fold("261123-A001", s.list)
	if !ok {
		t.Fatal("no rows")
	}
	return f
}

const eight = int64(1795395600000) // 2026-11-23 08:00

func (s *script) word(word string) {
	at := eight + s.minute*60_000
	s.minute++
	s.past = append(s.past, s.v)
	e := entry{seq: int64(len(s.list) + 1), at: at, day: "2026-11-23", visit: "261123-A001", first: len(s.list) == 0, by: "lan"}
	v := &s.v
	name, counter, _ := strings.Cut(word, "@")
	if strings.HasPrefix(word, "to=") {
		name, counter = word, v.Counter
	}
	name, arg, _ := strings.Cut(name, ":")
	e.counter = counter
	learned := func() {
		e.body.Known = &known{Half: "am", Field: "f-" + v.Service, Target: 600_000, Clerk: "clerk " + counter, Due: at + 30*60_000, DueUnit: "half_days"}
	}
	switch {
	case name == "take":
		*v = visitBody{Service: "civil", State: queue.Waiting, Taken: at, Origin: "kiosk"}
		e.kind, e.body.Verb = queue.TicketTaken, queue.Take
		learned()
	case name == "walk":
		*v = visitBody{Service: "civil", State: queue.Serving, Taken: at, Served: at, Counter: counter, Tx: 1, Origin: "desk"}
		e.kind, e.body.Verb = queue.TicketServing, queue.WalkIn
		learned()
	case name == "call", name == "call!":
		v.State, v.Called, v.Counter = queue.Called, at, counter
		e.kind, e.body.Verb, e.body.OutOfTurn = queue.TicketCalled, queue.Call, name == "call!"
	case name == "recall":
		v.Called = at
		e.kind, e.body.Verb = queue.TicketRecalled, queue.Recall
	case name == "resume":
		v.State, v.Called, v.Counter = queue.Called, at, counter
		e.kind, e.body.Verb = queue.TicketResumed, queue.Resume
	case name == "serve":
		v.State, v.Served, v.Tx = queue.Serving, at, v.Tx+1
		e.kind, e.body.Verb, e.counter, counter = queue.TicketServing, queue.Serve, v.Counter, v.Counter
		learned()
	case name == "end":
		v.State, v.Ended, v.Outcome = queue.Ended, at, arg
		e.kind, e.body.Verb, e.counter = queue.TicketEnded, queue.End, v.Counter
	case name == "closed-day":
		v.State, v.Ended, v.Reason = queue.Ended, at, "day_closed"
		e.kind, e.body.Verb = queue.TicketEnded, queue.DayClose
	case name == "no-show":
		v.State = queue.NoShow
		e.kind, e.body.Verb = queue.TicketNoShow, queue.MarkNoShow
	case name == "reinstate":
		v.State = queue.Waiting
		e.kind, e.body.Verb = queue.TicketReinstated, queue.Reinstate
	case name == "park":
		v.State = queue.Parked
		e.kind, e.body.Verb = queue.TicketParked, queue.Park
	case strings.HasPrefix(name, "to="), name == "close":
		e.kind, e.body.Verb, e.body.From = queue.TicketTransferred, queue.Transfer, v.Counter
		to := strings.TrimPrefix(word, "to=")
		v.State, v.Counter, v.To = queue.Waiting, "", ""
		if name == "close" {
			e.body.Verb = queue.Close
		} else if strings.HasPrefix(to, "@") {
			v.To = to
		} else {
			v.Service = to
		}
	case name == "undo":
		e.kind, e.body.Verb, e.body.Undoes = queue.TicketUndone, queue.Undo, queue.Verb(arg)
		*v = s.past[len(s.past)-2]
	case strings.HasPrefix(name, "rate="):
		e.kind, e.body.Verb = queue.RatingGiven, queue.Rate
		level := int(name[5] - '0')
		points := 4 - level
		e.body.Rating = &ratingBody{ID: fmt.Sprintf("261123-A001.%d", v.Tx), Level: level, Source: "keypad"}
		e.body.Reasons, e.body.Known = []string{"slow", "other"}, &known{Points: &points}
	default:
		s.t.Fatal("unknown word", word)
	}
	if e.kind != queue.RatingGiven {
		copied := *v
		e.body.Visit = &copied
	}
	s.list = append(s.list, e)
}

func minutes(ms *int64) string {
	if ms == nil {
		return "-"
	}
	if *ms > eight-1 {
		return fmt.Sprint((*ms - eight) / 60_000)
	}
	return fmt.Sprint(*ms / 60_000)
}

// summary is a visit in one line, its transactions behind it.
func summary(f folded) string {
	v := f.visit
	s := fmt.Sprintf("%s %s called=%s served=%s ended=%s wait=%s calls=%d", v.state, v.counter, minutes(v.called), minutes(v.served), minutes(v.ended), minutes(v.wait), v.calls)
	for _, n := range []struct {
		name string
		n    int
	}{{"no_shows", v.noShows}, {"reinstated", v.reinstated}, {"parked", v.parked}, {"transfers", v.transfers}, {"ping_pong", v.pingPong}, {"out_of_turn", v.outOfTurn}} {
		if n.n > 0 {
			s += fmt.Sprintf(" %s=%d", n.name, n.n)
		}
	}
	if v.again {
		s += " again"
	}
	for i := range f.transactions {
		t := &f.transactions[i]
		s += fmt.Sprintf(" | %d @%s %s %s-%s %s", t.n, t.counter, t.service, minutes(&t.started), minutes(t.ended), t.how)
		if t.outcome != "" {
			s += " " + t.outcome
		}
		if t.kept != nil {
			s += fmt.Sprintf(" kept=%v", *t.kept)
		}
		if t.due != nil && t.ended != nil && !t.promised() {
			s += " no-promise"
		}
		if t.level != nil {
			s += fmt.Sprintf(" level=%d points=%d %s", *t.level, *t.points, t.reasons)
		}
	}
	return s
}

func TestFold(t *testing.T) {
	late := strings.Repeat("recall ", 30)
	for _, c := range []struct{ words, want string }{
		{"take", "waiting  called=- served=- ended=- wait=- calls=0"},
		{"take call@3 recall serve end:done", "ended 3 called=1 served=3 ended=4 wait=1 calls=2 | 1 @3 civil 3-4 ended done kept=true"},
		{"take call@3 serve " + late + "end:done", "ended 3 called=1 served=2 ended=33 wait=1 calls=31 | 1 @3 civil 2-33 ended done kept=false"},
		{"take call@3 serve end:received rate=4", "ended 3 called=1 served=2 ended=3 wait=1 calls=1 | 1 @3 civil 2-3 ended received level=4 points=0 slow other"},
		{"take call@3 serve end:supplement", "ended 3 called=1 served=2 ended=3 wait=1 calls=1 again | 1 @3 civil 2-3 ended supplement no-promise"},
		{"take call@3 no-show reinstate call@3 serve closed-day", "ended 3 called=1 served=5 ended=6 wait=1 calls=2 no_shows=1 reinstated=1 | 1 @3 civil 5-6 day_closed"},
		{"take call@3 undo:call call@4", "called 4 called=3 served=- ended=- wait=3 calls=1"},
		{"take call@3 serve end:done undo:end", "serving 3 called=1 served=2 ended=- wait=1 calls=1 | 1 @3 civil 2-- "},
		{"take call@3 serve end:done undo:end end:refused", "ended 3 called=1 served=2 ended=5 wait=1 calls=1 | 1 @3 civil 2-5 ended refused no-promise"},
		{"take call@3 no-show undo:no-show serve", "serving 3 called=1 served=4 ended=- wait=1 calls=1 | 1 @3 civil 4-- "},
		{"take call!@3 serve park resume@3 serve end:done", "ended 3 called=1 served=2 ended=6 wait=1 calls=1 parked=1 out_of_turn=1" +
			" | 1 @3 civil 2-3 parked no-promise | 2 @3 civil 5-6 ended done kept=true"},
		{"take call@3 park resume@3 serve end:done", "ended 3 called=1 served=4 ended=5 wait=1 calls=1 parked=1 | 1 @3 civil 4-5 ended done kept=true"},
		{"take call@3 to=land call@5 serve to=civil call@3 serve end:done", "ended 3 called=1 served=4 ended=8 wait=1 calls=3 transfers=2 ping_pong=1" +
			" | 1 @5 land 4-5 transferred no-promise | 2 @3 civil 7-8 ended done kept=true"},
		{"take call@3 serve to=@5 call@5 serve to=@3 call@3 serve end:done rate=1", "ended 3 called=1 served=2 ended=9 wait=1 calls=3 transfers=2 ping_pong=1 again" +
			" | 1 @3 civil 2-3 transferred no-promise | 2 @5 civil 5-6 transferred no-promise | 3 @3 civil 8-9 ended done kept=true level=1 points=3 slow other"},
		// What was promised when the visit was taken in holds, also after it was kept aside or came back.
		{"take call@3 serve park " + late + "resume@3 serve end:done", "ended 3 called=1 served=2 ended=36 wait=1 calls=31 parked=1" +
			" | 1 @3 civil 2-3 parked no-promise | 2 @3 civil 35-36 ended done kept=false"},
		{"take call@3 serve to=land call@5 serve " + late + "to=civil call@3 serve end:done", "ended 3 called=1 served=2 ended=39 wait=1 calls=33 transfers=2 ping_pong=1 again" +
			" | 1 @3 civil 2-3 transferred no-promise | 2 @5 land 5-36 transferred no-promise | 3 @3 civil 38-39 ended done kept=false"},
		{"take call@3 serve " + late + "to=land call@5 serve end:done", "ended 5 called=1 served=2 ended=36 wait=1 calls=32 transfers=1" +
			" | 1 @3 civil 2-33 transferred no-promise | 2 @5 land 35-36 ended done kept=true"},
		{"take call@3 serve park resume@3 serve park resume@3 serve to=@5 call@5 serve end:done", "ended 5 called=1 served=2 ended=12 wait=1 calls=2 parked=2 transfers=1 again" +
			" | 1 @3 civil 2-3 parked no-promise | 2 @3 civil 5-6 parked no-promise | 3 @3 civil 8-9 transferred no-promise | 4 @5 civil 11-12 ended done kept=true"},
		{"take call@3 serve to=land undo:transfer end:done", "ended 3 called=1 served=2 ended=5 wait=1 calls=1 | 1 @3 civil 2-5 ended done kept=true"},
		{"take call@3 to=@5 close:civil call@3", "called 3 called=1 served=- ended=- wait=1 calls=2 transfers=1"},
		{"walk@3 end:done", "ended 3 called=- served=0 ended=1 wait=- calls=0 | 1 @3 civil 0-1 ended done kept=true"},
	} {
		if got := summary(play(t, c.words)); got != c.want {
			t.Errorf("%.60s\n got %s\nwant %s", c.words, got, c.want)
		}
	}
}

// A walk-in that was taken back was never served, though its number stays used.
func TestFoldUndoneWalkIn(t *testing.T) {
	s := &script{t: t}
	s.word("walk@3")
	s.word("undo:walk-in")
	s.list[1].body.Visit = &visitBody{Service: "civil", State: queue.Cancelled, Taken: eight, Ended: eight + 1000, Tx: 1, Origin: "desk"}
	f, _ := fold("261123-A001", s.list)
	if f.visit.transactions != 0 || f.visit.served != nil || len(f.transactions) != 0 || f.visit.state != queue.Cancelled || f.visit.counter != "" {
		t.Errorf("%+v", f)
	}
}

// A visit waits from its booked time on when it came before that.
func TestFoldBooked(t *testing.T) {
	for booked, want := range map[int64]int64{eight + 10*60_000: 5, eight - 10*60_000: 15} {
		s := &script{t: t}
		s.word("take")
		s.v.Booked, s.list[0].body.Visit.Booked = booked, booked
		s.minute = 15
		s.word("call@3")
		f, _ := fold("261123-A001", s.list)
		if *f.visit.wait != want*60_000 {
			t.Errorf("booked %s: waited %d ms, want %d minutes", timeOf(booked), *f.visit.wait, want)
		}
	}
}
