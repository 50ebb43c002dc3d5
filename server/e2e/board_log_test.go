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

// TestBoardCallsSoak is a day of a large hall. The board's own logs are full before
// the thousand calls that are compared.
func TestBoardCallsSoak(t *testing.T) {
	boardCalls(t, 1600, 2600)
}

func boardCalls(t *testing.T, early, all int) {
	h := startHall(t)
	h.quickVoice()
	for i := 1; i <= 10; i++ {
		h.verb(fmt.Sprint(i), "open", nil)
	}
	s := h.open(t, "/board/?sound=1", boardSize)
	s.sees(".idle", vi("t.idle"))
	start := time.Now()
	log, said := map[string]callEntry{}, map[string]int{}
	want := h.callsSeen(s, log, said, 0, early)
	before := s.remains()
	for call, n := range h.callsSeen(s, log, said, early, all) {
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
	if len(said) != len(want) {
		t.Errorf("the voice took up %d of %d calls", len(said), len(want))
	}
	for call, n := range said {
		if n != 1 || want[call] == 0 {
			t.Errorf("%s stands %d times in the voice's log", call, n)
		}
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

// callsSeen calls visitors and reads the board's logs before they forget: what was
// shown, and how often the voice spoke each call or left it out.
func (h *hall) callsSeen(s *screen, log map[string]callEntry, said map[string]int, from, to int) map[string]int {
	h.t.Helper()
	want := map[string]int{}
	for ; from < to; from += 200 {
		part := h.callInARow(from, min(from+200, to))
		s.heardAll(part)
		for _, e := range eval[[]callEntry](s, `import('/board/log.js').then((m) => m.callLog().map((e) => ({Call: e.call, Times: e.times, Listed: e.listed, Large: e.large})))`) {
			log[e.Call] = e
		}
		// One that waits is named when the sentence before it is over.
		counts := map[string]int{}
		h.wait("the voice to be done with all of them", 4*patience, func() bool {
			counts = eval[map[string]int](s, voiceCounts)
			for call := range part {
				if counts[call] == 0 {
					return false
				}
			}
			return true
		})
		maps.Copy(said, counts)
		for call, n := range part {
			want[call] += n
		}
	}
	return want
}

// voiceCounts is how often each call stands in the voice's log.
const voiceCounts = `import('/board/voice.js').then((v) => {
  const count = {};
  for (const e of v.log) {
    const call = e.id.split(' ').slice(0, 3).join(' ');
    if (e.kind === 'call' || e.kind === 'recall') count[call] = (count[call] ?? 0) + 1;
  }
  return count;
})`

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
