package storetest

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"motcua/server/queue"
)

// BenchmarkTake measures a take through the Redis engine by many callers.
func BenchmarkTake(b *testing.B) {
	h := NewHall(b, NewStore(b, StartRedis(b).Engine(b)), Branch)
	for _, callers := range []int{1, 64} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) {
			var n atomic.Int64
			b.SetParallelism((callers + 1) / 2)
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					id := fmt.Sprintf("b%d-%d", b.N, n.Add(1))
					_, err := h.Store.Do(context.Background(), queue.Command{Verb: queue.Take, Service: "A", Prefix: "A",
						Branch: h.Branch, Now: queue.MillisOf(h.Time), Day: queue.DayOf(h.Time), Policy: &h.Policy,
						Token: id, Code: id, Request: id, Print: "p", Queues: []queue.QueueRef{{ID: "A"}}})
					if err != nil {
						b.Fatal(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "takes/s")
		})
	}
}
