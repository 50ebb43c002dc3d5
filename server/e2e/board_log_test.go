package e2e

import (
	"fmt"
	"testing"
	"time"
)

// callEntry is a line of the board's own log.
type callEntry struct {
	Call          string
	Times         int
	Listed, Large float64
}

// TestBoardCalls makes calls in a row on one page: none is lost or doubled, and
// nothing stays behind.
func TestBoardCalls(t *testing.T) {
	t.Parallel()
	boardCalls(t, 30, 120)
}

// TestBoardCallsSoak is a morning of a large hall.
func TestBoardCallsSoak(t *testing.T) {
	boardCalls(t, 200, 1000)
}

func boardCalls(t *testing.T, early, all int) {
	h := startHall(t)
	for i := 1; i <= 10; i++ {
		h.verb(fmt.Sprint(i), "open", nil)
	}
	s := h.open(t, "/board/", boardSize)
	s.sees(".idle", vi("t.idle"))
	start := time.Now()
	want := h.callInARow(0, early)
	s.heardAll(want)
	before := s.remains()
	for call, n := range h.callInARow(early, all) {
		want[call] += n
	}
	s.heardAll(want)
	after := s.remains()
	t.Logf("after %d calls %s; after %d %s; %v a call", early, before, all, after, (time.Since(start) / time.Duration(all)).Round(time.Millisecond))
	if after.heap-before.heap > heapGrowth {
		t.Errorf("the heap grew by %d bytes, at most %d", after.heap-before.heap, heapGrowth)
	}
	slack := int64(all-early) / 4
	if after.nodes-before.nodes > slack || after.listeners-before.listeners > slack {
		t.Errorf("nodes and listeners stay behind: %s, then %s", before, after)
	}
	log := eval[[]callEntry](s, `import('/board/log.js').then((m) => m.callLog().map((e) => ({Call: e.call, Times: e.times, Listed: e.listed, Large: e.large})))`)
	for _, e := range log {
		if e.Times != want[e.Call] {
			t.Errorf("%s was heard %d times, want %d", e.Call, e.Times, want[e.Call])
		}
		if e.Listed == 0 && e.Large == 0 {
			t.Errorf("%s was never shown", e.Call)
		}
		delete(want, e.Call)
	}
	for call := range want {
		t.Errorf("%s is not in the board's log", call)
	}
}

// callInARow calls visitor after visitor at ten counters, every tenth twice, and
// gives the calls as the board names them.
func (h *hall) callInARow(from, to int) map[string]int {
	h.t.Helper()
	calls := map[string]int{}
	for i := from; i < to; i++ {
		counter := fmt.Sprint(i%10 + 1)
		h.take("ho-tich")
		x := h.verb(counter, "call", nil)
		calls[fmt.Sprintf("%s %s 1", x.ID, counter)]++
		if i%10 == 9 {
			h.verb(counter, "recall", nil)
			calls[fmt.Sprintf("%s %s 2", x.ID, counter)]++
		}
		h.verb(counter, "serve", nil)
		h.verb(counter, "end", nil)
	}
	return calls
}

// heardAll waits until the board has heard so many calls.
func (s *screen) heardAll(calls map[string]int) {
	s.t.Helper()
	for end := time.Now().Add(patience); eval[int](s, `import('/board/log.js').then((m) => m.callLog().length)`) < len(calls); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("the board has not heard %d calls", len(calls))
		}
	}
}
