package history

import (
	"iter"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/sample"
)

func BenchmarkLoad(b *testing.B) {
	path := b.TempDir() + "/" + File
	h, err := Open(b.Context(), Options{Path: path})
	if err != nil {
		b.Fatal(err)
	}
	defer h.Close()
	set, n := hallOf("b"), 0
	days := func(yield func(queue.Day, []queue.Event) bool) {
		for day, events := range sample.Days(*set, "2026-05-20", "2026-11-20", sample.Options{Seed: 1}) {
			n += len(events)
			if !yield(day, events) {
				return
			}
		}
	}
	start := time.Now()
	for range days {
	}
	made := time.Since(start)
	n = 0
	start = time.Now()
	if err := h.Load(b.Context(), "b", set, iter.Seq2[queue.Day, []queue.Event](days)); err != nil {
		b.Fatal(err)
	}
	took := time.Since(start) - made
	b.ReportMetric(float64(n)/took.Seconds(), "events/s")
	b.ReportMetric(float64(n), "events")
	b.ReportMetric(made.Seconds(), "s_generating")
	var size int
	if err := h.db.QueryRow("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").Scan(&size); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(size)/float64(n), "B/event")
}
