package estimate

import (
	"testing"
	"time"

	"motcua/server/queue"
)

func liveHall() (*Live, *queue.State, func(queue.Event)) {
	set := &queue.Settings{Services: twoServices, Policy: queue.PolicySetting{Mode: queue.Interleave, N: 2, MaxWait: 60},
		Calendar: queue.Calendar{Always: true},
		Counters: []queue.CounterSetting{{ID: "1", Services: []string{"a", "b"}}, {ID: "2", Services: []string{"b"}}}}
	l, s := NewLive(set), queue.NewState("e")
	return l, s, func(e queue.Event) {
		e.Seq, e.Day = s.Seq+1, "2026-11-23"
		if err := s.Apply(e); err != nil {
			panic(err)
		}
		l.Learn(e)
	}
}

func take(id, service string, at float64) queue.Event {
	return queue.Event{Kind: queue.TicketTaken, At: ms(at), Visit: &queue.Visit{ID: id, Number: id, Service: service,
		Queue: service, State: queue.Waiting, Order: string(ms(at)) + ".1", Taken: ms(at)}}
}

func opened(id string, at float64) queue.Event {
	return queue.Event{Kind: queue.CounterOpened, At: ms(at), Counter: &queue.Counter{ID: id, State: queue.CounterOpen, Since: ms(at)}}
}

func at(minutes float64) time.Time { return ms(minutes).Time() }

func TestLiveFollowsTheState(t *testing.T) {
	l, s, emit := liveHall()
	emit(queue.Event{Kind: queue.DayOpened, At: ms(-10)})
	emit(take("1", "a", -5))
	emit(take("2", "b", -4))
	if f := l.Forecast(s, at(0)); len(f) != 0 {
		t.Errorf("a forecast with every counter closed: %v", f)
	}
	emit(opened("1", 0))
	f := l.Forecast(s, at(1))
	within(t, "second of b behind a", middle(t, f["b"], 1, false), 18, 40)
	emit(opened("2", 1))
	f = l.Forecast(s, at(2))
	within(t, "with another counter", middle(t, f["b"], 1, false), 4, 18)
	serving := queue.Visit{ID: "2", Number: "2", Service: "b", State: queue.Serving, Counter: "2", Called: ms(-18)}
	emit(queue.Event{Kind: queue.TicketServing, At: ms(3), Visit: &serving,
		Counter: &queue.Counter{ID: "2", State: queue.CounterServing, Visit: "2", Since: ms(3)}})
	h := l.Hall(s, at(3))
	if c := h.Counters[1]; c.Serving != "b" || c.Since != ms(-18).Int() {
		t.Errorf("serving since the call: %+v", c)
	}
	if len(h.Waiting) != 1 || h.Waiting[0].Service != "a" {
		t.Errorf("waiting: %+v", h.Waiting)
	}
}

func TestForecastOncePerSecond(t *testing.T) {
	l, s, emit := liveHall()
	emit(queue.Event{Kind: queue.DayOpened, At: ms(0)})
	emit(opened("1", 0))
	first := l.Forecast(s, at(1))["a"].String()
	for i := range 30 {
		emit(take(string(rune('A'+i)), "a", 1))
	}
	if got := l.Forecast(s, at(1))["a"].String(); got != first {
		t.Errorf("made anew within the second: %s, then %s", first, got)
	}
	if got := l.Forecast(s, at(1).Add(time.Second))["a"].String(); got == first {
		t.Error("not made anew after a second")
	}
}

func TestSettleKeepsWhatWasLearnt(t *testing.T) {
	l, s, emit := liveHall()
	emit(queue.Event{Kind: queue.DayOpened, At: ms(0)})
	emit(opened("1", 0))
	for range 100 {
		l.Times.Add("a", 8)
	}
	changed := *l.set
	changed.Services = []queue.ServiceSetting{{ID: "a", Typical: 7}, {ID: "c", Typical: 3}}
	changed.Counters = []queue.CounterSetting{{ID: "1", Services: []string{"c"}}}
	l.Settle(&changed)
	near(t, "a", l.Times.Mean("a"), 8, 0.3)
	near(t, "c", l.Times.Mean("c"), 3, 0)
	f := l.Forecast(s, at(0))
	if _, ok := f["c"]; !ok || len(f) != 1 {
		t.Errorf("forecasts after the change: %v", f)
	}
}
