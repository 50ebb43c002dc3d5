package crash

import (
	"fmt"
	"math"
	"math/rand"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"motcua/server/queue"
	"motcua/server/store/storetest"
)

// What an operation of the history answered beside a number.
const (
	nobody  = 0  // a call: nobody waits
	unknown = -1 // the answer was lost and not asked for again
)

// oneQueue is a queue with one class of visitors, as those see it who press: it
// gives out 1, 2, 3… and calls them in that order, each once. An operation
// whose outcome is unknown may have happened at any time after it was sent, or
// not at all, which is the same as at the very end.
var oneQueue = porcupine.Model{
	Init: func() any { return [2]int{} }, // given out, called
	Step: func(state, input, output any) (bool, any) {
		s, got := state.([2]int), output.(int)
		if input == "take" {
			s[0]++
			return got == unknown || got == s[0], s
		}
		if s[1] == s[0] {
			return got == unknown || got == nobody, s
		}
		s[1]++
		return got == unknown || got == s[1], s
	},
	DescribeOperation: func(input, output any) string { return fmt.Sprint(input, " ", output) },
}

// mostUnknown bounds the operations that stay unknown: the checker tries every
// subset of them. The others are asked for again when all is over, so that they
// are very long operations with an outcome.
const mostUnknown = 2

// history is what happened, by one clock.
type history struct {
	mu    sync.Mutex
	start time.Time
	ops   []porcupine.Operation
	lost  []lost
}

func (h *history) len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.ops)
}

// lost is an operation whose answer did not come.
type lost struct {
	op int // its place in the history
	press
}

// record notes an operation; known is false when its answer was lost.
func (h *history) record(client int, what string, run func() (out int, p press, known bool)) int {
	from := time.Since(h.start).Nanoseconds()
	out, p, known := run()
	to := time.Since(h.start).Nanoseconds()
	h.mu.Lock()
	defer h.mu.Unlock()
	if !known {
		out, to = unknown, math.MaxInt64
		h.lost = append(h.lost, lost{len(h.ops), p})
	}
	h.ops = append(h.ops, porcupine.Operation{ClientId: client, Input: what, Call: from, Output: out, Return: to})
	return out
}

// settle asks for the answers that were lost, all but a few.
func (h *history) settle(l *load) {
	for i, p := range h.lost {
		if i%8 == 0 && i/8 < mostUnknown {
			continue
		}
		if p.kind == "next" { // it ends the present visit, which must be served first
			l.at(p.counter, "serve", "{}")
		}
		h.ops[p.op].Output = l.outcome(p.press, l.send(p.press))
		h.ops[p.op].Return = time.Since(h.start).Nanoseconds()
	}
}

func TestLinearizableWithKillsSoak(t *testing.T) {
	days(12, func() { TestLinearizableWithKills(t) })
}

func TestLinearizableWithKills(t *testing.T) {
	t.Run("embedded", func(t *testing.T) {
		p := newProgram(t, t.TempDir())
		p.start()
		linearizable(t, p, 8, func(int) { p.kill(); p.start() })
	})
	t.Run("redis", func(t *testing.T) {
		redis := storetest.StartRedis(t)
		p := newProgram(t, t.TempDir(), "--store", redis.URL())
		p.patient = true
		p.start()
		linearizable(t, p, 6, func(n int) {
			if n%2 == 0 {
				p.kill()
				p.start()
				return
			}
			redis.Kill()
			if err := redis.Start(); err != nil {
				t.Fatal(err)
			}
		})
	})
}

// enoughOps is how long a history must be to prove something.
const enoughOps = 300

// linearizable lets kiosks and clerks work on one queue while something is
// killed. Half of the presses whose answer is lost are given up.
func linearizable(t *testing.T, p *program, kills int, kill func(n int)) {
	l := newLoad(t, p)
	h := &history{start: time.Now()}
	for i := range 6 {
		l.clients.Go(func() {
			r := rand.New(rand.NewSource(int64(i)))
			for !l.over() {
				l.takeOnce(h, i, r)
				rest(r, 8*time.Millisecond)
			}
		})
	}
	for i := range 5 {
		l.clients.Go(func() { l.callOn(h, 100+i, demo.Counters[i].ID, rand.New(rand.NewSource(int64(100+i)))) })
	}
	r := rand.New(rand.NewSource(4))
	for n := range kills {
		time.Sleep(time.Duration(150+r.Intn(300)) * time.Millisecond)
		for end := time.Now().Add(20 * time.Second); h.len() < enoughOps*(n+1)/kills && time.Now().Before(end); {
			time.Sleep(20 * time.Millisecond) // a busy machine needs longer for as much
		}
		kill(n)
	}
	l.end()
	h.settle(l)
	result := porcupine.CheckOperationsTimeout(oneQueue, h.ops, time.Minute)
	if result != porcupine.Ok {
		t.Errorf("history of %d operations is not linearizable: %v", len(h.ops), result)
	}
	t.Logf("%d kills, %d operations, %d answers lost", kills, len(h.ops), len(h.lost))
	if len(h.ops) < enoughOps {
		t.Error("too few operations: the test proved little")
	}
}

// attempt sends a press; one in two of those whose answer is lost is given up.
func (l *load) attempt(r *rand.Rand, p press) (int, press, bool) {
	p.key = fmt.Sprintf("%s-%d", p.kind, l.n.Add(1))
	a, err := l.try(p)
	if err != nil || a.status == http.StatusServiceUnavailable {
		if r.Intn(2) == 0 {
			return unknown, p, false
		}
		a = l.send(p)
	}
	return l.outcome(p, a), p, true
}

// outcome reads the number that was given out or called.
func (l *load) outcome(p press, a answer) int {
	switch {
	case strings.Contains(a.body, string(queue.NoOneWaiting)):
		return nobody
	case a.status >= 300:
		l.unexpected(p.kind, a)
		return nobody
	}
	answered := a.read(l.t)
	if answered.Ticket != nil {
		return numberOf(answered.Ticket.Number)
	}
	return numberOf(answered.Number)
}

func (l *load) takeOnce(h *history, client int, r *rand.Rand) {
	h.record(client, "take", func() (int, press, bool) {
		return l.attempt(r, press{kind: "take", caller: "demo-kiosk", path: "/branches/" + demo.ID + "/tickets",
			body: fmt.Sprintf(`{"service":%q}`, demo.Services[0].ID)})
	})
}

// callOn calls and serves one visit after the other. A call of unknown outcome
// may have left a visit at the counter: the next one ends it.
func (l *load) callOn(h *history, client int, counter string, r *rand.Rand) {
	l.at(counter, "open", "{}")
	for !l.over() {
		rest(r, 8*time.Millisecond)
		got := h.record(client, "call", func() (int, press, bool) {
			return l.attempt(r, press{kind: "next", caller: "demo-desk", counter: counter, body: "{}",
				path: "/branches/" + demo.ID + "/counters/" + counter + "/next"})
		})
		if got == nobody {
			continue
		}
		if a := l.at(counter, "serve", "{}"); a.status != http.StatusOK && got != unknown {
			l.unexpected("serve", a)
		}
	}
}

func numberOf(number string) int {
	n, _ := strconv.Atoi(strings.TrimLeft(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return n
}
