package storetest

import (
	"testing"
	"time"

	"motcua/server/queue"
)

// workedExample plays what administrators are shown as the effect of their rules: the
// same people, coming at the same moments, must be called in the very same order.
func workedExample(t *testing.T, h *Hall) {
	for _, p := range []queue.PolicySetting{
		{Mode: queue.Interleave, N: 1}, {Mode: queue.Interleave, N: 2}, {Mode: queue.Interleave, N: 5},
		{Mode: queue.Strict, MaxWait: 1}, {Mode: queue.Strict, MaxWait: 60}, {Mode: queue.Strict, MaxWait: 61},
		{Mode: queue.HeadStart, HeadStart: 1}, {Mode: queue.HeadStart, HeadStart: 15}, {Mode: queue.HeadStart, HeadStart: 40},
	} {
		playExample(t, NewHall(t, h.Store, h.Branch+"-"+string(p.Mode)+time.Duration(p.N+p.MaxWait+p.HeadStart).String()), p)
	}
}

func playExample(t *testing.T, h *Hall, p queue.PolicySetting) {
	h.Policy = *queue.Settings{Policy: p}.PolicyOf(queue.CounterSetting{})
	example := p.Worked()
	opens := h.Time.Add(time.Hour * 4)
	come := map[int][]queue.ExampleCall{}
	first, last := 0, 0
	for _, c := range example.Calls {
		come[c.Came] = append(come[c.Came], c)
		first, last = min(first, c.Came), max(last, c.Called)
	}
	numbers := map[string]string{} // of the example, by the store's
	calls := map[int]queue.ExampleCall{}
	for _, c := range example.Calls {
		calls[c.Called] = c
	}
	for m := first; m <= last; m++ {
		h.Time = opens.Add(time.Duration(m) * time.Minute)
		for _, c := range come[m] {
			priority := ""
			if c.Priority {
				priority = "NCT"
			}
			numbers[h.Take("A", priority).Number] = c.Number
		}
		if m == 0 {
			h.Open("1")
		}
		if c, called := calls[m]; called {
			if got := numbers[h.At("1", queue.Next).Visit.Number]; got != c.Number {
				t.Errorf("%+v: minute %d calls %s, the example says %s", p, m, got, c.Number)
			}
			h.At("1", queue.Serve)
		}
	}
}
