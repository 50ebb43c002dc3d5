package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"
)

// callEntry is a line of the board's own log.
type callEntry struct {
	Call          string
	Times         int
	Listed, Large float64
}

// boardGrowth is what the memory of a board's page may grow by in a thousand calls,
// bytes: far below one thing kept for each.
const boardGrowth = 400_000

// TestBoardCalls makes calls in a row on one page: none is lost or doubled, and
// nothing stays behind.
func TestBoardCalls(t *testing.T) {
	t.Parallel()
	boardCalls(t, 30, 120)
}

// TestBoardCallsSoak is a day of a large hall. The board's own log is full before
// the thousand calls that are compared.
func TestBoardCallsSoak(t *testing.T) {
	boardCalls(t, 600, 1600)
}

func boardCalls(t *testing.T, early, all int) {
	h := startHall(t)
	for i := 1; i <= 10; i++ {
		h.verb(fmt.Sprint(i), "open", nil)
	}
	s := h.open(t, "/board/", boardSize)
	s.sees(".idle", vi("t.idle"))
	start := time.Now()
	log := map[string]callEntry{}
	want := h.callsSeen(s, log, 0, early)
	before := s.remains()
	for call, n := range h.callsSeen(s, log, early, all) {
		want[call] += n
	}
	after := s.remains()
	t.Logf("after %d calls %s; after %d %s; %v a call", early, before, all, after, (time.Since(start) / time.Duration(all)).Round(time.Millisecond))
	if after.heap-before.heap > boardGrowth {
		t.Errorf("the heap grew by %d bytes, at most %d", after.heap-before.heap, boardGrowth)
	}
	slack := int64(all-early) / 4
	if after.nodes-before.nodes > slack || after.listeners-before.listeners > slack {
		t.Errorf("nodes and listeners stay behind: %s, then %s", before, after)
	}
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

// callsSeen calls visitors and reads the board's log before it forgets.
func (h *hall) callsSeen(s *screen, log map[string]callEntry, from, to int) map[string]int {
	h.t.Helper()
	want := map[string]int{}
	for ; from < to; from += 200 {
		part := h.callInARow(from, min(from+200, to))
		s.heardAll(part)
		for _, e := range eval[[]callEntry](s, `import('/board/log.js').then((m) => m.callLog().map((e) => ({Call: e.call, Times: e.times, Listed: e.listed, Large: e.large})))`) {
			log[e.Call] = e
		}
		for call, n := range part {
			want[call] += n
		}
	}
	return want
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

// heardAll waits until the board has heard the calls.
func (s *screen) heardAll(calls map[string]int) {
	s.t.Helper()
	names, err := json.Marshal(slices.Collect(maps.Keys(calls)))
	if err != nil {
		s.t.Fatal(err)
	}
	left := fmt.Sprintf(`import('/board/log.js').then((m) => { const heard = new Set(m.callLog().map((e) => e.call)); return %s.filter((call) => !heard.has(call)).length })`, names)
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		n := eval[int](s, left)
		if n == 0 {
			return
		}
		if time.Now().After(end) {
			s.t.Fatalf("the board has not heard %d of %d calls", n, len(calls))
		}
	}
}
