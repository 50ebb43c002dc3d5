package estimate

import (
	"fmt"
	"testing"
	"time"

	"motcua/server/queue"
)

// noon is any moment; the forecast only knows differences from it.
const noon = int64(1_795_400_000_000)

var twoServices = []queue.ServiceSetting{{ID: "a", Typical: 5}, {ID: "b", Typical: 20}}

func settled() *Times {
	t := NewTimes(twoServices)
	for range 60 {
		t.Add("a", 5)
		t.Add("b", 20)
	}
	return t
}

// hall has open counters that serve the given services, and a line of waiters.
func hall(waiting string, counters ...[]string) Hall {
	h := Hall{Now: noon, Times: settled(), Services: []string{"a", "b"},
		Policy: queue.Policy{Mode: queue.Interleave, N: 2}}
	for i, s := range counters {
		h.Counters = append(h.Counters, Counter{ID: fmt.Sprint(i + 1), State: queue.CounterOpen, Services: s})
	}
	for i, c := range waiting {
		w := Waiter{Order: noon - int64(len(waiting)-i)*1000}
		if w.Priority = c == 'A' || c == 'B'; w.Priority {
			c += 'a' - 'A'
		}
		w.Service, w.Queue = string(c), string(c)
		h.Waiting = append(h.Waiting, w)
	}
	return h
}

func middle(t *testing.T, p Params, ahead int, priority bool) float64 {
	t.Helper()
	low, high, ok := p.Interval(ahead, priority)
	if !ok || low < 0 || high < low {
		t.Fatalf("interval %d-%d %v", low, high, ok)
	}
	return float64(low+high) / 2
}

func within(t *testing.T, what string, got, low, high float64) {
	t.Helper()
	if got < low || got > high {
		t.Errorf("%s: %.1f min, expected %.1f to %.1f", what, got, low, high)
	}
}

func TestOneCounterOneQueue(t *testing.T) {
	p := Model(hall("aaaaaaaa", []string{"a"}))["a"]
	within(t, "next one", middle(t, p, 0, false), 0, 2)
	within(t, "eight ahead at 5 min", middle(t, p, 8, false), 38, 58)
}

func TestMoreCountersMeanLessWaiting(t *testing.T) {
	one := Model(hall("aaaaaaaa", []string{"a"}))["a"]
	four := Model(hall("aaaaaaaa", []string{"a"}, []string{"a"}, []string{"a"}, []string{"a"}))["a"]
	within(t, "four counters", middle(t, four, 8, false)/middle(t, one, 8, false), 0.15, 0.35)
}

// Who waits for another service of the same counter stands before, too.
func TestSharedCounterCountsTheOtherQueue(t *testing.T) {
	p := Model(hall("bbba", []string{"a", "b"}))["a"]
	within(t, "one ahead, three long ones before", middle(t, p, 1, false), 55, 90)
	alone := Model(hall("bbba", []string{"a"}, []string{"b"}))["a"]
	within(t, "one ahead, own counter", middle(t, alone, 1, false), 3, 9)
}

func TestServingUnderWay(t *testing.T) {
	h := hall("", []string{"b"})
	h.Counters[0].State, h.Counters[0].Serving, h.Counters[0].Since = queue.CounterServing, "b", noon
	fresh := middle(t, Model(h)["b"], 0, false)
	h.Counters[0].Since = noon - 15*60_000
	late := middle(t, Model(h)["b"], 0, false)
	within(t, "just begun", fresh, 15, 26)
	within(t, "15 of 20 min done", late, 3, 13)
}

func TestPriorityWaitsLess(t *testing.T) {
	p := Model(hall("aaaaaaaaaaaa", []string{"a"}))["a"]
	within(t, "priority", middle(t, p, 0, true), 0, 8)
	within(t, "others", middle(t, p, 12, false), 55, 90)
}

func TestInterleaveLetsOthersBetween(t *testing.T) {
	h := hall("AAAAAAaaaaaa", []string{"a"})
	p := Model(h)["a"]
	// The last of six with priority: 5 before it, and two others after each.
	within(t, "sixth with priority", middle(t, p, queue.AheadOf(h.Policy, true, 5, 6, 0), true), 45, 80)
}

func TestNothingHonestToSay(t *testing.T) {
	closed := hall("aa", []string{"a"})
	closed.Counters[0].State = queue.CounterClosed
	left := hall("aa", []string{"a"})
	left.Counters[0].State, left.Counters[0].Since = queue.CounterPaused, noon-longestPause
	for name, h := range map[string]Hall{"no counter": hall("aa"), "other service": hall("aa", []string{"b"}),
		"closed for good": closed} {
		if _, _, ok := Model(h)["a"].Interval(2, false); ok {
			t.Errorf("%s: a forecast without a counter", name)
		}
	}
	if left.Counters[0].counts(noon) {
		t.Error("a counter paused for 45 min still counts")
	}
}

func TestOpeningExpected(t *testing.T) {
	h := hall("aa", []string{"a"})
	h.Counters[0].State, h.Counters[0].Opens = queue.CounterClosed, noon+20*60_000
	within(t, "opens in 20 min, two ahead", middle(t, Model(h)["a"], 2, false), 28, 50)
}

func TestBreakIsWaitedOut(t *testing.T) {
	h := hall("aaaaaaaa", []string{"a"})
	h.Breaks = []Break{{From: noon + 10*60_000, To: noon + 130*60_000}}
	p := Model(h)["a"]
	within(t, "before the break", middle(t, p, 0, false), 0, 2)
	within(t, "after it", middle(t, p, 8, false), 150, 180)
}

func TestSentToOneCounter(t *testing.T) {
	h := hall("aaa", []string{"a"}, []string{"a"})
	h.Waiting = append(h.Waiting, Waiter{Queue: "@2", Service: "b", Front: true, Order: noon})
	p, ok := Model(h)["@2"]
	if !ok {
		t.Fatal("no forecast for a visit sent to a counter")
	}
	within(t, "front of counter 2", middle(t, p, 0, false), 0, 2)
}

func TestPolicies(t *testing.T) {
	for name, c := range map[string]struct {
		policy    queue.Policy
		low, high float64 // the next visit with priority, ten others waiting, an hour or less
	}{
		"strict":             {queue.Policy{Mode: queue.Strict, MaxWait: 60 * 60_000}, 0, 4},
		"strict, all late":   {queue.Policy{Mode: queue.Strict, MaxWait: 1}, 40, 75},
		"headstart of none":  {queue.Policy{Mode: queue.HeadStart}, 40, 75},
		"headstart of 1 min": {queue.Policy{Mode: queue.HeadStart, HeadStart: 60_000}, 0, 4},
	} {
		h := hall("aaaaaaaaaa", []string{"a"})
		h.Policy = c.policy
		p := Model(h)["a"]
		within(t, name, float64(p.priority[0].low+p.priority[0].high)/20, c.low, c.high)
	}
}

func TestMerges(t *testing.T) {
	h := hall("bbba", []string{"a", "b"})
	h.Policy.MaxWait = 3_600_000
	h.Counters[0].Merge = queue.ByList
	within(t, "listed: a comes first", middle(t, Model(h)["a"], 0, false), 0, 2)
	h.Counters[0].Merge, h.Counters[0].Weights = queue.ByWeight, []int{9, 1}
	within(t, "weighted: a counts nine times", middle(t, Model(h)["a"], 0, false), 0, 26)
}

func TestSameHallSameWords(t *testing.T) {
	h := hall("abAbaBabbaab", []string{"a", "b"}, []string{"b"}, []string{"a"})
	first := Model(h)
	for range 3 {
		for id, p := range Model(h) {
			if p.String() != first[id].String() {
				t.Fatalf("%s: %s, then %s", id, first[id], p)
			}
		}
	}
}

func TestHours(t *testing.T) {
	c := queue.Calendar{Halves: []queue.Half{{ID: "am", From: "07:30", To: "11:30"}, {ID: "pm", From: "13:30", To: "17:00"}},
		Week: []queue.WeekDay{{Day: 1}}}
	monday := queue.Day("2026-11-23").Start()
	at := func(hm string) time.Time { return queue.HM(hm).On(queue.DayOf(monday)) }
	for _, x := range []struct {
		now, opens string
		breaks     int
	}{{"07:00", "07:30", 1}, {"09:00", "07:30", 1}, {"12:00", "13:30", 1}, {"14:00", "13:30", 0}, {"18:00", "13:30", 0}} {
		opens, breaks := hoursAt(c, at(x.now))
		if opens != at(x.opens).UnixMilli() || len(breaks) != x.breaks {
			t.Errorf("%s: opens %v, breaks %v", x.now, time.UnixMilli(opens).In(queue.Zone), breaks)
		}
	}
	if opens, breaks := hoursAt(c, monday.AddDate(0, 0, 1)); opens != 0 || breaks != nil {
		t.Error("a day off has hours")
	}
	if opens, _ := hoursAt(queue.Calendar{Always: true}, monday); opens != 0 {
		t.Error("a hall that is always open expects closed counters")
	}
}

// bigHall is the largest the forecast is made for: 40 counters, 300 waiting.
func bigHall() Hall {
	h := Hall{Now: noon, Policy: queue.Policy{Mode: queue.Interleave, N: 2}}
	var set []queue.ServiceSetting
	for i := range 14 {
		set = append(set, queue.ServiceSetting{ID: fmt.Sprint("s", i), Typical: 3 + float64(i)})
		h.Services = append(h.Services, set[i].ID)
	}
	h.Times = NewTimes(set)
	for i := range 40 {
		h.Counters = append(h.Counters, Counter{ID: fmt.Sprint(i), State: queue.CounterServing, Serving: h.Services[i%14],
			Since: noon - int64(i)*20_000, Services: []string{h.Services[i%14], h.Services[(i+1)%14], h.Services[(i+5)%14]}})
	}
	for i := range 300 {
		s := h.Services[i*5%14]
		h.Waiting = append(h.Waiting, Waiter{Queue: s, Service: s, Priority: i%8 == 0, Order: noon - int64(300-i)*10_000})
	}
	return h
}

func BenchmarkModelLargest(b *testing.B) {
	h := bigHall()
	for b.Loop() {
		Model(h)
	}
}

func BenchmarkModelWard(b *testing.B) {
	h := bigHall()
	h.Counters, h.Waiting = h.Counters[:10], h.Waiting[:60]
	for b.Loop() {
		Model(h)
	}
}
