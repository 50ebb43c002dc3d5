package e2e

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/memory"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// heapGrowth is what the memory of a kiosk's page may grow by between its early
// visitors and the last, bytes. A kiosk stands all day and is seldom reloaded.
const heapGrowth = 1_000_000

// remains is what a page holds when everything that may go is gone.
type remains struct{ heap, nodes, listeners int64 }

func (r remains) String() string {
	return fmt.Sprintf("%d KB, %d nodes, %d listeners", r.heap/1000, r.nodes, r.listeners)
}

// TestKioskHeap sends visitors through the kiosk, each with a number of their own,
// and compares what the page holds.
func TestKioskHeap(t *testing.T) {
	t.Parallel()
	kioskHeap(t, 40, 120)
}

// TestKioskHeapSoak is a hall's day of visitors at one kiosk.
func TestKioskHeapSoak(t *testing.T) {
	kioskHeap(t, 200, 2000)
}

func kioskHeap(t *testing.T, early, all int) {
	h := startHall(t)
	s := h.measured(t)
	s.do(chromedp.Navigate(h.url + "/kiosk/"))
	s.isOn("home")
	start := time.Now()
	s.visitors(0, early)
	before := s.remains()
	s.visitors(early, all)
	after := s.remains()
	t.Logf("after %d visitors %s; after %d %s; %v a visitor", early, before, all, after,
		(time.Since(start) / time.Duration(all)).Round(time.Millisecond))
	// A timer or a request may just be on its way: some slack, far below one thing for each visitor.
	slack := int64(all-early) / 4
	if after.heap-before.heap > heapGrowth {
		t.Errorf("the heap grew by %d bytes, at most %d", after.heap-before.heap, heapGrowth)
	}
	if after.nodes-before.nodes > slack || after.listeners-before.listeners > slack {
		t.Errorf("nodes and listeners stay behind: %s, then %s", before, after)
	}
}

// visitors lets each of them choose a service, take a number and say that they are done.
func (s *screen) visitors(from, to int) {
	s.t.Helper()
	for n := from; n < to; n += 20 {
		eval[any](s, fmt.Sprintf(`visit.many(%d, %d, ['chung-thuc', 'ho-tich', 'dat-dai']).then(() => 0)`, n, min(n+20, to)))
	}
}

// remains collects the garbage and counts.
func (s *screen) remains() remains {
	s.t.Helper()
	eval[any](s, `new Promise((done) => setTimeout(done, 300))`) // what was pressed looks pressed for a moment
	for range 3 {
		call(s, heapprofiler.CollectGarbage, cdp.Empty{})
	}
	heap := ask(s, runtime.GetHeapUsage)
	counters := ask(s, memory.GetDOMCounters)
	return remains{int64(heap.UsedSize), counters.Nodes, counters.JsEventListeners}
}

// ask sends the browser a command without parameters and gives its answer.
func ask[R any](s *screen, command cdp.Command[cdp.Empty, R]) R {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, 20*time.Second)
	defer cancel()
	answer, err := chromedp.Call(ctx, command, cdp.Empty{})
	if err != nil {
		s.t.Fatalf("%s: %v", s.name, err)
	}
	return answer
}
