package embedded

import (
	"bufio"
	"context"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/alicebob/miniredis/v2"
)

// benchmark runs b.N calls from so many goroutines.
func benchmark(b *testing.B, clients int, newCall func() func(n int64) error) {
	var next atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for range clients {
		wg.Add(1)
		go func() {
			defer wg.Done()
			call := newCall()
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				if err := call(n); err != nil {
					b.Error(err)
					return
				}
			}
		}()
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}

// BenchmarkRun: every answer durable.
func BenchmarkRun(b *testing.B) {
	for _, clients := range []int{1, 16, 64} {
		b.Run(strconv.Itoa(clients), func(b *testing.B) {
			e := mustOpen(b, b.TempDir(), testOptions(b))
			benchmark(b, clients, func() func(int64) error {
				return func(n int64) error {
					_, err := e.Run(context.Background(), take, takeKeys, strconv.FormatInt(n, 10))
					return err
				}
			})
		})
	}
}

// BenchmarkMiniredis is the same script by miniredis' own EVALSHA over an
// in-process connection: durable against nothing.
func BenchmarkMiniredis(b *testing.B) {
	for _, clients := range []int{1, 16, 64} {
		b.Run(strconv.Itoa(clients), func(b *testing.B) {
			m := miniredis.NewMiniRedis()
			defer m.Close()
			dial := func() *redisConn {
				c, err := m.Dial()
				if err != nil {
					b.Fatal(err)
				}
				return &redisConn{c, bufio.NewReader(c)}
			}
			if _, err := dial().ask("SCRIPT", "LOAD", take.Source); err != nil {
				b.Fatal(err)
			}
			head := append([]string{"EVALSHA", take.SHA, strconv.Itoa(len(takeKeys))}, takeKeys...)
			benchmark(b, clients, func() func(int64) error {
				r := dial()
				return func(n int64) error {
					_, err := r.ask(append(head[:len(head):len(head)], strconv.FormatInt(n, 10))...)
					return err
				}
			})
		})
	}
}

// BenchmarkScript is the script alone, without journal and queue.
func BenchmarkScript(b *testing.B) {
	m, err := newMemory()
	if err != nil {
		b.Fatal(err)
	}
	defer m.close()
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		if _, err, _ := m.run(take, &record{keys: takeKeys, arg: strconv.Itoa(n)}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReadTail reads the last 5 events of a day of 20,000.
func BenchmarkReadTail(b *testing.B) {
	m, err := newMemory()
	if err != nil {
		b.Fatal(err)
	}
	e := &Engine{}
	e.mem.Store(m)
	defer m.close()
	for n := range 20000 {
		m.dispatch([]string{"XADD", "s", strconv.Itoa(n+1) + "-0", "e", "{}"})
	}
	for b.Loop() {
		if v, err := e.Read(context.Background(), "XREAD", "COUNT", "100", "STREAMS", "s", "19995-0"); err != nil || v == nil {
			b.Fatal(v, err)
		}
	}
}
