package crash

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"motcua/server/queue"
	"motcua/server/store"
	"motcua/server/store/storetest"
)

// hallThroughProxy is a hall whose store reaches its Redis through a proxy.
func hallThroughProxy(t *testing.T) (*storetest.Hall, *proxy) {
	t.Helper()
	p := newProxy(t, storetest.StartRedis(t).Addr)
	e, err := store.OpenRedis(context.Background(), "redis://"+p.addr+"/0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return storetest.NewHall(t, storetest.NewStore(t, e), storetest.Branch), p
}

// TestLostReply breaks the connection at each byte of a reply. The same request
// sent again gives the same ticket, and the client repeats nothing by itself.
func TestLostReply(t *testing.T) {
	h, p := hallThroughProxy(t)
	h.Take("A", "") // the script is known from here on
	h.Do(queue.Command{Verb: queue.Take, Service: "A", Request: "r", Print: "p"})
	replies := p.length.Load() // and later ones are not shorter
	asked := p.asked.Load()
	for n := range replies {
		request := queue.Command{Verb: queue.Take, Service: "A", Request: fmt.Sprint("r", n), Print: "p"}
		p.cutNext(int(n))
		_, err := h.Try(request)
		if queue.CodeOf(err) != queue.StoreDown {
			t.Fatalf("reply cut behind %d bytes: %v, want %s", n, err, queue.StoreDown)
		}
		again := h.Do(request)
		if want := fmt.Sprintf("A%03d", n+3); again.Visit.Number != want || !again.Again {
			t.Fatalf("reply cut behind %d bytes: sent again it is %s (again: %v), want %s", n, again.Visit.Number, again.Again, want)
		}
	}
	if got := p.asked.Load() - asked; got != 2*replies {
		t.Errorf("%d calls reached the server for %d sent: the client repeats by itself", got, 2*replies)
	}
	if n := len(h.State().Visits); n != int(replies)+2 {
		t.Errorf("%d tickets for %d presses", n, replies+2)
	}
	t.Logf("%d replies lost, %d tickets", p.cuts.Load(), replies+2)
}

// TestLostReplies loses replies at any moment while many press at once: whole
// pipelines break with them.
func TestLostReplies(t *testing.T) {
	h, p := hallThroughProxy(t)
	const kiosks, each = 16, 60
	numbers := make(chan string, kiosks*each)
	day := queue.DayOf(h.Time)
	var clients sync.WaitGroup
	everyThird := func(n int64) int {
		if n%3 == 0 {
			return int(n * 7 % 900)
		}
		return -1
	}
	p.choose.Store(&everyThird)
	for k := range kiosks {
		clients.Go(func() {
			for n := range each {
				id := fmt.Sprintf("k%d-%d", k, n)
				c := queue.Command{Verb: queue.Take, Branch: h.Branch, Day: day, Now: queue.MillisOf(h.Time), Service: "A", Prefix: "A",
					Token: id, Code: id, Request: id, Print: "p", Policy: &h.Policy, Queues: []queue.QueueRef{{ID: "A"}}}
				for range 100 {
					r, err := h.Store.Do(context.Background(), c)
					if err == nil {
						numbers <- r.Visit.Number
						break
					}
					if queue.CodeOf(err) != queue.StoreDown {
						t.Errorf("%s: %v", id, err)
						return
					}
				}
			}
		})
	}
	clients.Wait()
	p.choose.Store(nil)
	close(numbers)
	seen := map[string]bool{}
	for n := range numbers {
		if seen[n] {
			t.Errorf("number %s was given out twice", n)
		}
		seen[n] = true
	}
	if tickets := len(h.State().Visits); len(seen) != kiosks*each || tickets != kiosks*each {
		t.Errorf("%d numbers answered, %d tickets, %d presses", len(seen), tickets, kiosks*each)
	}
	if p.cuts.Load() < 20 {
		t.Errorf("only %d replies were lost: the test proved little", p.cuts.Load())
	}
	t.Logf("%d replies lost, %d presses, %d tickets", p.cuts.Load(), kiosks*each, len(seen))
}
