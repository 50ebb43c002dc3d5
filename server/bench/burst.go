package main

import (
	"encoding/json"
	"fmt"
	"time"

	"motcua/server/queue"
)

const (
	aimBurst     = 250 * time.Millisecond // 95 of 100 of the burst
	burstSize    = 200
	drainSize    = 2000
	drainers     = 20
	aimOpenP50   = 2.0 // ms
	aimOpenP99   = 5.0
	openRateGoal = 200 // takes a second
)

// engine is one of the two, for yardsticks that measure both.
type engine struct {
	name  string
	start func(*bench) (*hall, error)
}

var engines = []engine{{"Redis", (*bench).onRedis}, {"embedded", (*bench).embedded}}

func burst(b *bench) error {
	for _, e := range engines {
		if err := b.burstOn(e); err != nil {
			return err
		}
		if err := b.drainOn(e); err != nil {
			return err
		}
		b.endProcesses()
	}
	return nil
}

// burstOn lets 200 kiosks ask at the same moment.
func (b *bench) burstOn(e engine) error {
	h, err := e.start(b)
	if err != nil {
		return err
	}
	load, err := b.role("load")
	if err != nil {
		return err
	}
	var p95, noise []float64
	wrong := 0
	for range b.rounds(6) {
		var r loadResult
		watch := b.family.watch()
		if err := load.ask(loadJob{Addr: h.addr, Path: takePath, Key: kioskKey, Body: takeBody, Clients: burstSize, Each: 1}, &r); err != nil {
			return err
		}
		noise = append(noise, watch())
		p95 = append(p95, millis(r.P95))
		wrong += r.Duplicates + burstSize - r.Done
	}
	b.table.add(row{what: "200 takes at once, p95, " + e.name, ours: fmt.Sprintf("%.0f ms", median(p95)),
		aim: "< 250 ms", ok: median(p95) < millis(aimBurst), noise: noise})
	b.table.add(row{what: "  duplicates and refusals", ours: fmt.Sprint(wrong), aim: "0", ok: wrong == 0, strict: true})
	return nil
}

// drainOn lets 20 counters call the same queue empty.
func (b *bench) drainOn(e engine) error {
	h, err := e.start(b)
	if err != nil {
		return err
	}
	counters, err := h.manyCounters(drainers)
	if err != nil {
		return err
	}
	load, err := b.role("load")
	if err != nil {
		return err
	}
	if err := take(load, h, drainSize); err != nil {
		return err
	}
	noise := b.family.watch()
	var r loadResult
	if err := load.ask(loadJob{Addr: h.addr, Key: deskKey, Drain: counters, Verbs: []string{"call", "serve", "end"}}, &r); err != nil {
		return err
	}
	wrong := r.Duplicates + r.refusals() + abs(drainSize-r.Done)
	b.table.add(row{what: fmt.Sprintf("20 counters, 2,000 visits: wrong calls, %s", e.name), ours: fmt.Sprint(wrong),
		limit: fmt.Sprintf("%.0f commands/s, call p99 %.1f ms", float64(r.Commands)/r.Took.Seconds(), millis(r.P99)),
		aim:   "0", ok: wrong == 0, strict: true, noise: []float64{noise()}})
	return nil
}

func abs(n int) int { return max(n, -n) }

// take takes so many tickets (a multiple of 16).
func take(load *process, h *hall, n int) error {
	const clients = 16
	var r loadResult
	err := load.ask(loadJob{Addr: h.addr, Path: takePath, Key: kioskKey, Body: takeBody, Clients: clients, Each: n / clients}, &r)
	if err == nil && r.Done != n/clients*clients {
		err = fmt.Errorf("%d tickets taken of %d, refused: %v", r.Done, n, r.Refused)
	}
	return err
}

// manyCounters gives the branch so many counters for the first service, opens
// them and gives their ids.
func (h *hall) manyCounters(n int) ([]string, error) {
	set := queue.DemoSettings()
	for len(set.Counters) < n {
		id := fmt.Sprint(len(set.Counters) + 1)
		set.Counters = append(set.Counters, queue.CounterSetting{ID: id, Label: id, Services: []string{"ho-tich"}})
	}
	set.Version = 1
	document, err := json.Marshal(map[string]any{"version": 1, "settings": set})
	if err != nil {
		return nil, err
	}
	c, err := dialHTTP(h.addr)
	if err != nil {
		return nil, err
	}
	defer c.close()
	status, answer, err := c.post(put(request(branchPath+"/settings", adminKey, string(document))), newKey())
	if err != nil || status >= 300 {
		return nil, fmt.Errorf("settings: %d %s %w", status, answer, err)
	}
	ids := make([]string, n)
	for i := range ids {
		ids[i] = set.Counters[i].ID
	}
	return ids, h.openCounters(ids)
}

// openLoop sends takes at a constant rate.
func openLoop(b *bench) error {
	for _, e := range engines {
		h, err := e.start(b)
		if err != nil {
			return err
		}
		load, err := b.role("load")
		if err != nil {
			return err
		}
		var p50, p99, noise []float64
		wrong := 0
		for range b.rounds(6) {
			var r loadResult
			watch := b.family.watch()
			job := loadJob{Addr: h.addr, Path: takePath, Key: kioskKey, Body: takeBody, Clients: 64, Rate: openRateGoal, For: 4 * time.Second}
			if err := load.ask(job, &r); err != nil {
				return err
			}
			noise = append(noise, watch())
			p50, p99 = append(p50, millis(r.P50)), append(p99, millis(r.P99))
			wrong += r.Duplicates + r.refusals()
		}
		which := calm(noise)
		p50, p99 = pick(p50, which), pick(p99, which)
		ok := median(p50) <= aimOpenP50 && median(p99) <= aimOpenP99
		b.table.add(row{what: "200 takes/s, p50 / p99, " + e.name, ours: two(median(p50), median(p99)),
			aim: "<= 2 / 5 ms", ok: ok, noise: noise})
		b.table.add(row{what: "  duplicates and refusals", ours: fmt.Sprint(wrong), aim: "0", ok: wrong == 0, strict: true})
		b.endProcesses()
	}
	return nil
}
