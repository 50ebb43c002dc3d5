package main

import (
	"fmt"
	"time"
)

const (
	aimStuck  = 1.2 // times the p99 with nobody stuck
	stuckOf   = 300
	stuckMany = 10 // of 300: a little over 3 %
	crowdSize = 10_000
)

// slow measures what screens that do not read cost the others.
func slow(b *bench) error {
	h, p, err := b.hallFor(engines[0], stuckOf, 960)
	if err != nil {
		return err
	}
	load, err := b.role("load")
	if err != nil {
		return err
	}
	if err := b.takesBeforeBoards(h, p, load); err != nil {
		return err
	}
	var free, stuck []presses
	for range b.rounds(6) {
		for _, with := range []int{0, stuckMany} {
			if err := p.withStuck(load, h, with); err != nil {
				return err
			}
			if last := p.rounds[len(p.rounds)-1]; with == 0 {
				free = append(free, last)
			} else {
				stuck = append(stuck, last)
			}
		}
	}
	which := calm(noiseIn(free), noiseIn(stuck))
	free, stuck = pick(free, which), pick(stuck, which)
	share := p99(stuck) / p99(free)
	b.table.add(row{what: fmt.Sprintf("press to the last of %d, %d more never read", stuckOf, stuckMany), ours: both(stuck),
		limit: both(free) + " with none stuck", ratio: times(share), aim: fmt.Sprintf("p99 <= %.1f", aimStuck), ok: share <= aimStuck, noise: noiseIn(p.rounds)})
	var r socketsResult
	if err := p.screens.ask(socketsJob{Op: "status"}, &r); err != nil {
		return err
	}
	b.table.add(row{what: "  healthy boards closed", ours: fmt.Sprint(r.Closed), aim: "0", ok: r.Closed == 0, strict: true})
	return nil
}

// takesBeforeBoards takes 200 tickets at once in front of all boards.
func (b *bench) takesBeforeBoards(h *hall, p *pushed, load *process) error {
	watch := b.family.watch()
	if err := p.screens.enc.Encode(socketsJob{Op: "await", More: burstSize, Wait: 10 * time.Second}); err != nil {
		return err
	}
	time.Sleep(20 * time.Millisecond) // so that they await it before it begins
	var taken loadResult
	if err := load.ask(loadJob{Addr: h.addr, Path: takePath, Key: kioskKey, Body: takeBody, Clients: burstSize, Each: 1}, &taken); err != nil {
		return err
	}
	var r socketsResult
	if err := p.screens.hear(&r); err != nil {
		return err
	}
	lost := r.Closed + r.Behind + burstSize - taken.Done
	b.table.add(row{what: fmt.Sprintf("200 takes at once, %d boards: closed or behind", stuckOf), ours: fmt.Sprint(lost),
		limit: fmt.Sprintf("p95 %.0f ms", millis(taken.P95)), aim: "0", ok: lost == 0, strict: true, noise: []float64{watch()}})
	return nil
}

// withStuck fills the buffers of so many sockets that never read, and presses
// while the server still holds them.
func (p *pushed) withStuck(load *process, h *hall, stuck int) error {
	var r socketsResult
	if stuck > 0 {
		if err := p.screens.ask(socketsJob{Op: "stuck", Addr: p.addr, Path: boardPath, N: stuck}, &r); err != nil {
			return err
		}
	}
	if err := take(load, h, 320); err != nil {
		return err
	}
	time.Sleep(100 * time.Millisecond)
	if _, err := p.press(40); err != nil {
		return err
	}
	return p.screens.ask(socketsJob{Op: "unstick"}, &r)
}

// manySockets connects 10,000 boards to ours and to a bare hub, one after the
// other, and weighs them.
func manySockets(b *bench) error {
	h, err := b.onRedis()
	if err != nil {
		return err
	}
	load, err := b.role("load")
	if err != nil {
		return err
	}
	if err := take(load, h, 64); err != nil {
		return err
	}
	if err := h.openCounters([]string{pressed}); err != nil {
		return err
	}
	ours, weight, err := b.weigh(h.process, h.addr)
	if err != nil {
		return err
	}
	h.end()
	bare, bareAddr, err := b.bare("bare-hub", "400")
	if err != nil {
		return err
	}
	hub, bareWeight, err := b.weigh(bare, bareAddr)
	if err != nil {
		return err
	}
	b.table.add(row{what: "press to the last of 10,000 boards, p50", ours: fmt.Sprintf("%.0f ms, all got it", median(p50s(ours.rounds))),
		limit: fmt.Sprintf("%.0f ms bare Fiber hub", median(p50s(hub.rounds))), ratio: times(median(p50s(ours.rounds)) / median(p50s(hub.rounds))),
		noise: noiseIn(append(ours.rounds, hub.rounds...))})
	b.table.add(row{what: "  memory of the server for a socket", ours: fmt.Sprintf("%.1f KB", weight/1000),
		limit: fmt.Sprintf("%.1f KB bare Fiber hub", bareWeight/1000), ratio: times(weight / bareWeight)})
	return nil
}

// weigh gives what one of 10,000 sockets costs the server, in bytes, after a few presses.
func (b *bench) weigh(server *process, addr string) (*pushed, float64, error) {
	before, err := rss(server.pid())
	if err != nil {
		return nil, 0, err
	}
	p, err := b.connect(server, addr, crowdSize)
	if err != nil {
		return nil, 0, err
	}
	if _, err := p.press(8); err != nil {
		return nil, 0, err
	}
	after, err := rss(server.pid())
	p.screens.kill()
	return p, float64(after-before) / crowdSize, err
}
