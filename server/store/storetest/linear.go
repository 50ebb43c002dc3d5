package storetest

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"motcua/server/queue"
)

// Operation of the model: a take, or a call at a counter that serves only this service.
type linearOp struct {
	service string
	call    bool
}

// linearState counts what a service gave out and called: with one class of
// visitors its queue is nothing more.
type linearState struct{ taken, called int }

// LinearModel says what takes and calls may answer: numbers without gap or
// repeat, calls in order, each number called once.
var LinearModel = porcupine.Model{
	Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
		parts := map[string][]porcupine.Operation{}
		for _, op := range history {
			s := op.Input.(linearOp).service
			parts[s] = append(parts[s], op)
		}
		var list [][]porcupine.Operation
		for _, p := range parts {
			list = append(list, p)
		}
		return list
	},
	Init: func() any { return linearState{} },
	Step: func(state, input, output any) (bool, any) {
		s, got := state.(linearState), output.(int)
		if !input.(linearOp).call {
			s.taken++
			return got == s.taken, s
		}
		if s.called == s.taken {
			return got == 0, s
		}
		s.called++
		return got == s.called, s
	},
	DescribeOperation: func(input, output any) string { return fmt.Sprint(input, output) },
}

// Linearizable lets kiosks and clerks work at once and checks their history.
// Clerks of service A are counters a1…, of B b1….
func Linearizable(t *testing.T, h *Hall, kiosks, clerks, each int) {
	t.Helper()
	var mu sync.Mutex
	var history []porcupine.Operation
	start := time.Now()
	record := func(client int, op linearOp, run func() int) {
		from := time.Since(start).Nanoseconds()
		out := run()
		to := time.Since(start).Nanoseconds()
		mu.Lock()
		history = append(history, porcupine.Operation{ClientId: client, Input: op, Call: from, Output: out, Return: to})
		mu.Unlock()
	}
	var wg sync.WaitGroup
	for i := range kiosks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			service := []string{"A", "B"}[i%2]
			for n := range each {
				record(i, linearOp{service, false}, func() int { return h.takeNumber(t, service, fmt.Sprintf("k%d-%d", i, n)) })
			}
		}()
	}
	for i := range clerks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			service := []string{"A", "B"}[i%2]
			counter := fmt.Sprintf("%s%d", service, i)
			h.raw(t, queue.Command{Verb: queue.Open, Counter: counter})
			for range each {
				record(1000+i, linearOp{service, true}, func() int { return h.nextNumber(t, service, counter) })
			}
		}()
	}
	wg.Wait()
	if result := porcupine.CheckOperationsTimeout(LinearModel, history, time.Minute); result != porcupine.Ok {
		t.Fatalf("history of %d operations is not linearizable: %v", len(history), result)
	}
	h.State()
}

// raw runs a command that needs nothing of the hall's small settings.
func (h *Hall) raw(t *testing.T, c queue.Command) (queue.Result, error) {
	t.Helper()
	c.Branch, c.Now, c.Day = h.Branch, queue.MillisOf(h.Time), queue.DayOf(h.Time)
	return h.Store.Do(context.Background(), c)
}

func (h *Hall) takeNumber(t *testing.T, service, id string) int {
	r, err := h.raw(t, queue.Command{Verb: queue.Take, Service: service, Prefix: service, Token: id, Code: id,
		Queues: []queue.QueueRef{{ID: service}}, Policy: &h.Policy})
	if err != nil {
		t.Errorf("take: %v", err)
		return -1
	}
	return numberOf(r.Visit.Number)
}

// nextNumber calls the next visit and starts serving it; 0 when nobody waits.
func (h *Hall) nextNumber(t *testing.T, service, counter string) int {
	r, err := h.raw(t, queue.Command{Verb: queue.Next, Counter: counter, Outcome: "done", Policy: &h.Policy,
		Queues: []queue.QueueRef{{ID: "@" + counter}, {ID: service}}})
	if queue.CodeOf(err) == queue.NoOneWaiting {
		return 0
	}
	if err != nil {
		t.Errorf("next: %v", err)
		return -1
	}
	if _, err := h.raw(t, queue.Command{Verb: queue.Serve, Counter: counter}); err != nil {
		t.Errorf("serve: %v", err)
	}
	return numberOf(r.Visit.Number)
}

func numberOf(number string) int {
	n, _ := strconv.Atoi(number[1:])
	return n
}
