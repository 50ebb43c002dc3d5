package estimate

import (
	"time"

	"motcua/server/queue"
)

// Live keeps a branch's forecasts up to date beside its queue.State. It is not
// safe for concurrent use: it belongs to whoever owns the State.
type Live struct {
	Times *Times

	set      *queue.Settings
	day      queue.Day
	services [][]string // what each counter serves that day
	second   int64
	last     map[string]Params
}

// NewLive starts without any knowledge but the settings.
func NewLive(set *queue.Settings) *Live {
	return &Live{set: set, Times: NewTimes(set.Services)}
}

// Settle takes a new version of the settings; what was learnt stays.
func (l *Live) Settle(set *queue.Settings) {
	l.set, l.services, l.last = set, nil, nil
	l.Times.settle(set.Services)
}

// Learn takes every event of the branch, once and in order.
func (l *Live) Learn(e queue.Event) { l.Times.Learn(e) }

// Forecast gives the Params of every queue, by queue id. They are made anew at
// most once a second; callers must not change the map.
func (l *Live) Forecast(s *queue.State, now time.Time) map[string]Params {
	if second := now.Unix(); l.last == nil || second != l.second {
		l.last, l.second = Model(l.Hall(s, now)), second
	}
	return l.last
}

// Hall takes a picture of the running day.
func (l *Live) Hall(s *queue.State, at time.Time) Hall {
	now := at.UnixMilli()
	opens, breaks := hoursAt(l.set.Calendar, at)
	h := Hall{Now: now, Times: l.Times, Breaks: breaks, Policy: policyOf(l.set.Policy)}
	l.plan(s.Day)
	// In the order of the settings: the same hall must give the same forecast,
	// and a map has no order.
	for i := range l.set.Services {
		id := l.set.Services[i].ID
		h.Services = append(h.Services, id)
		h.addLine(s.Lines[id])
	}
	for i := range l.set.Counters {
		if c := l.counter(s, i, opens); c.counts(now) {
			h.Counters = append(h.Counters, c)
		}
		h.addLine(s.Lines["@"+l.set.Counters[i].ID])
	}
	return h
}

// plan finds what each counter serves on the day; golden days add services.
func (l *Live) plan(day queue.Day) {
	if l.day == day && l.services != nil {
		return
	}
	l.day, l.services = day, nil
	for _, c := range l.set.Counters {
		l.services = append(l.services, l.set.ServicesOf(c, day))
	}
}

func (l *Live) counter(s *queue.State, i int, opens int64) Counter {
	set := &l.set.Counters[i]
	now := s.CounterOf(set.ID)
	c := Counter{ID: set.ID, State: now.State, Services: l.services[i], Merge: set.Merge,
		Weights: set.Weights, Since: now.Since.Int(), Turn: now.Turn}
	if now.State == queue.CounterClosed {
		c.Opens = opens
	}
	if v := s.Visits[now.Visit]; v != nil {
		c.Serving = v.Service
		if called := v.Called.Int(); called > 0 {
			c.Since = called
		}
	}
	return c
}

func (h *Hall) addLine(l *queue.Line) {
	if l == nil {
		return
	}
	for _, part := range [][]*queue.Visit{l.Front, l.Priority, l.Others} {
		for _, v := range part[:min(len(part), mostWaiting)] {
			h.Waiting = append(h.Waiting, Waiter{Queue: v.Queue, Service: v.Service,
				Priority: v.IsPriority(), Front: v.Front, Order: orderTime(v.Order)})
		}
	}
}

// policyOf turns the settings' minutes into the policy's milliseconds.
func policyOf(p queue.PolicySetting) queue.Policy {
	return queue.Policy{Mode: p.Mode, N: p.N, MaxWait: int64(p.MaxWait) * minute,
		HeadStart: int64(p.HeadStart) * minute}
}
