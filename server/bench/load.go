package main

import (
	"fmt"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// loadJob is what a load generator does next.
type loadJob struct {
	Addr, Path, Key, Body string

	Clients int           // connections
	Warm    time.Duration // before anything counts
	For     time.Duration // each client sends again as soon as it was answered
	Each    int           // instead of For: requests of each client, all beginning at once
	Rate    int           // with For: requests a second in all, whether answered or not
	Drain   []string      // instead: the counters that call until nobody waits, one client each
	Verbs   []string      // what a counter does with each visit, the call first
}

// loadResult is what came of it. Times are nanoseconds, of accepted requests.
type loadResult struct {
	Done       int
	Commands   int // of a drain: all its requests
	Took       time.Duration
	Refused    map[int]int
	Duplicates int
	P50, P95   time.Duration
	P99, Max   time.Duration
}

func loadRole([]string) error { return jobs(runLoad) }

func runLoad(job loadJob) (loadResult, error) {
	switch {
	case len(job.Drain) > 0:
		return drainQueue(job)
	case job.Rate > 0:
		return openRate(job)
	}
	return closedLoop(job)
}

// lane is one client's own results.
type lane struct {
	took     []time.Duration
	numbers  []string
	refused  map[int]int
	commands int
	err      error
}

func (l *lane) note(status int, answer []byte, took time.Duration) {
	if status >= 300 {
		l.refused[status]++
		return
	}
	l.took = append(l.took, took)
	l.numbers = append(l.numbers, numberOf(answer))
}

// lanes runs so many clients, each with a connection, from the same moment on.
func lanes(addr string, clients int, client func(i int, c *httpConn, l *lane)) ([]lane, time.Duration, error) {
	list, conns := make([]lane, clients), make([]*httpConn, clients)
	for i := range conns {
		var err error
		if conns[i], err = dialHTTP(addr); err != nil {
			return nil, 0, err
		}
		defer conns[i].close()
	}
	var wg sync.WaitGroup
	gate := make(chan struct{})
	for i := range list {
		list[i].refused = map[int]int{}
		wg.Go(func() {
			<-gate
			client(i, conns[i], &list[i])
		})
	}
	start := time.Now()
	close(gate)
	wg.Wait()
	return list, time.Since(start), nil
}

func closedLoop(job loadJob) (loadResult, error) {
	start := time.Now()
	begin := start.Add(job.Warm)
	list, took, err := lanes(job.Addr, job.Clients, func(_ int, c *httpConn, l *lane) {
		r := request(job.Path, job.Key, job.Body)
		for n := 0; job.Each == 0 || n < job.Each; n++ {
			sent := time.Now()
			if job.Each == 0 && sent.Sub(start) > job.Warm+job.For {
				return
			}
			status, answer, err := c.post(r, newKey())
			if l.err = err; err != nil {
				return
			}
			if job.Each > 0 || sent.After(begin) {
				l.note(status, answer, time.Since(sent))
			}
		}
	})
	if err != nil {
		return loadResult{}, err
	}
	if job.Each == 0 {
		took -= job.Warm
	}
	return sum(list, took)
}

// openRate sends at a constant rate; what counts is the time since the moment a
// request should have been sent, so that waiting in line is seen.
func openRate(job loadJob) (loadResult, error) {
	due := make(chan time.Time, job.Rate*int(job.For/time.Second+1))
	go func() {
		defer close(due)
		gap := time.Second / time.Duration(job.Rate)
		for next := time.Now(); job.For > 0; job.For -= gap {
			next = next.Add(gap)
			pause := unix.NsecToTimespec(int64(time.Until(next)))
			_ = unix.Nanosleep(&pause, nil) // the runtime's own timers are a millisecond coarse when idle
			due <- next
		}
	}()
	list, took, err := lanes(job.Addr, job.Clients, func(_ int, c *httpConn, l *lane) {
		r := request(job.Path, job.Key, job.Body)
		for at := range due {
			status, answer, err := c.post(r, newKey())
			if l.err = err; err != nil {
				return
			}
			l.note(status, answer, time.Since(at))
		}
	})
	if err != nil {
		return loadResult{}, err
	}
	return sum(list, took)
}

// drainQueue lets counters call and serve until nobody waits.
func drainQueue(job loadJob) (loadResult, error) {
	list, took, err := lanes(job.Addr, len(job.Drain), func(i int, c *httpConn, l *lane) {
		paths := make([][]byte, len(job.Verbs))
		for v, verb := range job.Verbs {
			paths[v] = request(counterPath(job.Drain[i], verb), job.Key, "{}")
		}
		for {
			for v := range paths {
				sent := time.Now()
				status, answer, err := c.post(paths[v], newKey())
				if l.err = err; err != nil {
					return
				}
				l.commands++
				switch {
				case v == 0 && status == 409: // nobody waits
					return
				case v == 0 || status >= 300:
					l.note(status, answer, time.Since(sent))
				}
			}
		}
	})
	if err != nil {
		return loadResult{}, err
	}
	return sum(list, took)
}

func sum(list []lane, took time.Duration) (loadResult, error) {
	r := loadResult{Took: took, Refused: map[int]int{}}
	seen := map[string]bool{}
	var all []float64
	for _, l := range list {
		if l.err != nil {
			return r, fmt.Errorf("connection: %w", l.err)
		}
		r.Commands += l.commands
		for status, n := range l.refused {
			r.Refused[status] += n
		}
		for _, n := range l.numbers {
			if n == "" || seen[n] {
				r.Duplicates++
			}
			seen[n] = true
		}
		for _, t := range l.took {
			all = append(all, float64(t))
		}
	}
	r.Done = len(all)
	q := func(share float64) time.Duration { return time.Duration(quantile(all, share)) }
	r.P50, r.P95, r.P99, r.Max = q(.5), q(.95), q(.99), q(1)
	return r, nil
}

func (r loadResult) rate() float64 { return float64(r.Done) / r.Took.Seconds() }

func (r loadResult) refusals() (n int) {
	for _, k := range r.Refused {
		n += k
	}
	return n
}
