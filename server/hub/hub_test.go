package hub

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
)

// stage is a hub with one branch whose state the test holds.
type stage struct {
	t     *testing.T
	hub   *Hub
	mu    sync.RWMutex
	now   time.Time
	state *queue.State
	set   queue.Settings
	wait  int // what the figures say
	slow  int
}

func (s *stage) Now() time.Time { return s.now }

func newStage(t *testing.T) *stage {
	s := &stage{t: t, now: time.Date(2026, 11, 23, 9, 0, 0, 0, queue.Zone), state: queue.NewState("e1"), set: queue.DemoSettings()}
	s.hub = New(Options{Clock: s, View: func(branch string, fn func(*queue.State, *queue.Settings)) bool {
		s.mu.RLock()
		defer s.mu.RUnlock()
		if branch != "b" {
			return false
		}
		fn(s.state, &s.set)
		return true
	}, Figures: func(string) []wire.ServiceFigure { return []wire.ServiceFigure{{ID: "a", Waiting: s.wait}} },
		Ticket: func(st *queue.State, set *queue.Settings, v *queue.Visit) wire.TicketInfo {
			ahead := 0
			if line := st.Lines[v.Queue]; line != nil && v.State == queue.Waiting {
				ahead = line.Ahead(v, queue.Policy{})
			}
			return wire.TicketFor(st, set, "", v, ahead, nil)
		},
		Past: func(string, string) (wire.TicketInfo, bool) { return wire.TicketInfo{State: queue.Expired}, true },
		Count: func(what string) {
			if what == "slow" {
				s.slow++
			}
		}})
	s.state.Start("e1", 0)
	s.hub.Reset("b", "e1", 0, nil)
	s.event(queue.Event{Kind: queue.DayOpened})
	return s
}

// event appends one event as the feed does.
func (s *stage) event(e queue.Event) {
	s.t.Helper()
	s.mu.Lock()
	e.Seq, e.Day, e.At = s.state.Seq+1, "2026-11-23", queue.MillisOf(s.now)
	if err := s.state.Apply(e); err != nil {
		s.t.Fatal(err)
	}
	s.hub.Append("b", e)
	s.mu.Unlock()
	s.hub.Flush("b")
}

func (s *stage) visit(n int, state queue.VisitState) {
	s.t.Helper()
	number := fmt.Sprintf("A%03d", n)
	s.event(queue.Event{Kind: queue.TicketTaken, Visit: &queue.Visit{ID: "261123-" + number, Number: number, Service: "a", Queue: "a",
		State: state, Order: fmt.Sprintf("1795000000000.%06d", n), Token: "t" + number, Taken: "1795000000000"}})
}

func (s *stage) attach(at *Place) *Client {
	s.t.Helper()
	c, err := s.hub.Attach("b", wire.Board, at)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// got is what a writer would have written now, frame by frame.
func got(c *Client) (texts []string, last bool) {
	var buf []byte
	for {
		out, last := c.Take(&buf)
		c.Idle()
		for len(out) > 0 {
			n := FrameEnd(out, 1)
			texts = append(texts, text(out[:n]))
			out = out[n:]
		}
		if last || len(c.ready) == 0 {
			return texts, last
		}
		<-c.ready
	}
}

// text gives a frame's payload; control frames by name.
func text(frame []byte) string {
	switch frame[0] {
	case opPing:
		return "ping"
	case opPong:
		return "pong " + string(frame[2:])
	case opClose:
		return fmt.Sprint("close ", binary.BigEndian.Uint16(frame[2:]))
	}
	return string(frame[bytes.IndexByte(frame, '{'):])
}

// seqs lists the seq of each event, and the type of whatever else there is.
func seqs(texts []string) string {
	var list []string
	for _, raw := range texts {
		var m struct {
			Type string
			Seq  int64
		}
		if json.Unmarshal([]byte(raw), &m) != nil {
			m.Type = raw
		}
		if m.Type == "event" {
			list = append(list, fmt.Sprint(m.Seq))
		} else {
			list = append(list, m.Type)
		}
	}
	return strings.Join(list, " ")
}

func (s *stage) want(c *Client, want string) {
	s.t.Helper()
	texts, _ := got(c)
	if have := seqs(texts); have != want {
		s.t.Errorf("got %q, want %q", have, want)
	}
}

func TestSnapshotAndResume(t *testing.T) {
	s := newStage(t)
	c := s.attach(nil)
	s.want(c, "snapshot")
	for n := range 4 {
		s.visit(n+1, queue.Waiting)
	}
	s.want(c, "2 3 4 5")
	s.want(c, "")
	c.Resume(Place{"e1", 3})
	s.visit(5, queue.Waiting)
	s.want(c, "4 5 6")
	c.Resume(Place{"e1", 6})
	s.want(c, "tick")
	c.Resume(Place{"e1", 7})
	s.want(c, "snapshot")
	c.Resume(Place{"e0", 6})
	s.want(c, "snapshot")
	s.want(s.attach(&Place{"e1", 4}), "5 6")
	s.want(s.attach(&Place{"e1", 6}), "tick")
	s.want(s.attach(&Place{"other", 6}), "snapshot")
}

// What still waited to be sent is not sent twice after a resume.
func TestResumeForgetsTheQueue(t *testing.T) {
	s := newStage(t)
	c := s.attach(nil)
	s.want(c, "snapshot")
	for n := range 5 {
		s.visit(n+1, queue.Waiting)
	}
	c.Resume(Place{"e1", 2})
	s.want(c, "3 4 5 6")
	s.visit(6, queue.Waiting)
	s.want(c, "7")
}

func TestNewEpochIsASnapshot(t *testing.T) {
	s := newStage(t)
	c := s.attach(nil)
	s.want(c, "snapshot")
	s.mu.Lock()
	s.state = queue.NewState("e2")
	s.state.Start("e2", 0)
	s.hub.Reset("b", "e2", 0, nil)
	s.mu.Unlock()
	texts, _ := got(c)
	if seqs(texts) != "snapshot" || !strings.Contains(texts[0], `"epoch":"e2"`) {
		t.Errorf("%.200s", texts)
	}
	s.event(queue.Event{Kind: queue.DayOpened})
	s.want(c, "1")
}

func TestLongResume(t *testing.T) {
	s := newStage(t)
	for n := range 3000 {
		s.event(queue.Event{Kind: queue.CounterOpened, Counter: &queue.Counter{ID: fmt.Sprint(n)}})
	}
	c := s.attach(&Place{"e1", 1})
	texts, last := got(c)
	if len(texts) != 3000 || last {
		t.Fatalf("%d messages, ended %v", len(texts), last)
	}
	for n := range logSize * 2 {
		s.event(queue.Event{Kind: queue.CounterOpened, Counter: &queue.Counter{ID: fmt.Sprint(n % 7)}})
	}
	s.want(s.attach(&Place{"e1", 1}), "snapshot")
}

func TestTicksPingsAndFigures(t *testing.T) {
	s := newStage(t)
	c := s.attach(nil)
	s.want(c, "snapshot")
	s.hub.Step(s.now)
	s.want(c, "figures")
	count := map[string]int{}
	for range 60 {
		s.now = s.now.Add(time.Second)
		s.hub.Step(s.now)
		texts, _ := got(c)
		for _, name := range strings.Fields(seqs(texts)) {
			count[name]++
		}
	}
	if count["tick"] < 6 || count["ping"] != 3 || count["figures"] != 0 {
		t.Errorf("in a quiet minute: %v", count)
	}
	for i := range 5 {
		s.wait = i + 1
		s.visit(i+1, queue.Waiting)
	}
	s.hub.Step(s.now)
	s.want(c, "2 3 4 5 6 figures")
	s.visit(6, queue.Waiting)
	s.hub.Step(s.now)
	s.want(c, "7") // the figures did not change
}

// The backlog and its age close a client that does not take what it is sent.
func TestSlowClientIsClosed(t *testing.T) {
	s := newStage(t)
	full, old, well := s.attach(nil), s.attach(nil), s.attach(nil)
	for _, c := range []*Client{full, old, well} {
		s.want(c, "snapshot")
	}
	for n := range backlog {
		s.event(queue.Event{Kind: queue.CounterOpened, Counter: &queue.Counter{ID: fmt.Sprint(n)}})
	}
	s.hub.Step(s.now)
	if s.slow != 0 {
		t.Fatal("closed with a backlog that is just full")
	}
	got(old)
	got(well)
	s.event(queue.Event{Kind: queue.CounterOpened, Counter: &queue.Counter{ID: "x"}})
	s.hub.Step(s.now)
	if texts, last := got(full); !last || texts[0] != "close 4008" {
		t.Errorf("with a full backlog: %v %.80s", last, texts)
	}
	got(well)
	s.now = s.now.Add(patience + time.Second)
	s.hub.Step(s.now)
	if texts, last := got(old); !last || texts[0] != "close 4008" {
		t.Errorf("with an old backlog: %v %.80s", last, texts)
	}
	if _, last := got(well); last || s.slow != 2 {
		t.Errorf("a healthy client was closed; %d slow", s.slow)
	}
	// A writer that is stuck in a write.
	s.visit(1, queue.Waiting)
	var buf []byte
	well.Take(&buf)
	s.now = s.now.Add(patience + time.Second)
	s.hub.Step(s.now)
	if texts, last := got(well); !last || texts[0] != "close 4008" {
		t.Errorf("stuck: %v %.80s", last, texts)
	}
}

func TestPhones(t *testing.T) {
	s := newStage(t)
	for n := range 4 {
		s.visit(n+1, queue.Waiting)
	}
	v := s.state.Find(queue.ByToken, "tA004")
	c, err := s.hub.AttachPhone("b", "tA004", s.hub.o.Ticket(s.state, &s.set, v), s.set.Version, true)
	if err != nil {
		t.Fatal(err)
	}
	look := func(after time.Duration, want string) {
		t.Helper()
		s.now = s.now.Add(after)
		s.hub.Step(s.now)
		var have []string
		texts, _ := got(c)
		for _, raw := range texts {
			var m wire.TicketMessage
			if json.Unmarshal([]byte(raw), &m) == nil && m.Type == "ticket" {
				have = append(have, fmt.Sprint(m.Ticket.State, m.Ticket.Ahead))
			}
		}
		if strings.Join(have, " ") != want {
			t.Errorf("got %v, want %q", have, want)
		}
	}
	look(0, "waiting3")
	s.visit(1, queue.Called)
	look(time.Second, "")
	look(2*time.Second, "waiting2")
	s.visit(2, queue.Called)
	s.visit(3, queue.Called)
	look(0, "waiting0") // next: at once
	s.visit(4, queue.Called)
	look(0, "called0") // called: at once
	s.visit(4, queue.Serving)
	look(0, "serving0") // it was called a moment ago: at once
	look(time.Minute, "")
	s.event(queue.Event{Kind: queue.DayOpened})
	look(0, "expired0")
	look(time.Minute, "")
}

func TestFrames(t *testing.T) {
	for _, n := range []int{0, 1, 125, 126, 65535, 65536, 70000} {
		two := append(frame(opText, make([]byte, n)), frame(opText, []byte("x"))...)
		first := len(two) - 3
		for _, at := range []int{1, first} {
			if end := FrameEnd(two, at); end != first {
				t.Errorf("%d bytes: byte %d ends at %d, want %d", n, at, end, first)
			}
		}
		if FrameEnd(two, 0) != 0 || FrameEnd(two, first+1) != len(two) {
			t.Errorf("%d bytes: wrong ends", n)
		}
	}
}

func TestCloseEndsEverybody(t *testing.T) {
	s := newStage(t)
	c := s.attach(nil)
	go func() {
		for {
			<-c.Ready()
			if _, last := got(c); last {
				c.Detach()
				return
			}
		}
	}()
	s.hub.Close(t.Context())
	if _, err := s.hub.Attach("b", wire.Board, nil); err == nil {
		t.Error("a closed hub takes clients")
	}
}
