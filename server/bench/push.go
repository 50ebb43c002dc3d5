package main

import (
	"fmt"
	"slices"
	"time"
)

const (
	aimOfHub    = 1.2 // times a bare hub that writes the same bytes
	aimPress50  = 5.0 // ms, from the press to the last of a hall's 150 sockets
	aimPress99  = 12.0
	pressGap    = 15 * time.Millisecond
	boardPath   = "/live?branch=" + branchID + "&view=board&key=" + displayKey
	pressed     = "1" // the counter that is pressed
	demoCounter = 10
)

// calling is the measured press and what makes the next one possible.
var (
	callPress  = &pressing{counterPath(pressed, "call"), deskKey, "{}"}
	resetPress = &pressing{counterPath(pressed, "no-show"), deskKey, "{}"}
)

// pushed is one server with its screens.
type pushed struct {
	server  *process
	screens *process
	addr    string
	rounds  []presses
}

// presses is one round of them.
type presses struct {
	took  []float64 // ms
	cpu   float64   // µs of the server's CPU for a delivery
	noise float64
}

func noiseIn(rounds []presses) []float64 {
	return column(rounds, func(p presses) float64 { return p.noise })
}

func p50s(rounds []presses) []float64 {
	return column(rounds, func(p presses) float64 { return median(p.took) })
}

func cpus(rounds []presses) []float64 {
	return column(rounds, func(p presses) float64 { return p.cpu })
}

// p99 is of the presses of all rounds.
func p99(rounds []presses) float64 {
	var all []float64
	for _, p := range rounds {
		all = append(all, p.took...)
	}
	return quantile(all, .99)
}

func both(rounds []presses) string { return two(median(p50s(rounds)), p99(rounds)) }

// connect gives a server so many screens.
func (b *bench) connect(server *process, addr string, n int) (*pushed, error) {
	p := &pushed{server: server, addr: addr}
	var err error
	if p.screens, err = b.role("sockets"); err != nil {
		return nil, err
	}
	var r socketsResult
	err = p.screens.ask(socketsJob{Op: "open", Addr: addr, Path: boardPath, N: n}, &r)
	if err == nil && r.Open != n {
		err = fmt.Errorf("%d sockets of %d", r.Open, n)
	}
	return p, err
}

// press measures so many presses, and gives what the screens say.
func (p *pushed) press(n int) (socketsResult, error) {
	noise, cpu := p.server.b.family.watch(), cpuOf(p.server.pid())
	var r socketsResult
	err := p.screens.ask(socketsJob{Op: "press", Addr: p.addr, N: n, Press: callPress, Reset: resetPress, Gap: pressGap}, &r)
	if err != nil {
		return r, err
	}
	p.rounds = append(p.rounds, presses{took: millisOf(r.Took), noise: noise(),
		cpu: micros(cpuOf(p.server.pid())-cpu) / float64(2*n*r.Open)})
	return r, nil
}

// hallFor starts a hall with enough people waiting, one counter open and so many boards.
func (b *bench) hallFor(e engine, boards, waiting int) (*hall, *pushed, error) {
	h, err := e.start(b)
	if err != nil {
		return nil, nil, err
	}
	load, err := b.role("load")
	if err != nil {
		return nil, nil, err
	}
	if err := take(load, h, waiting); err != nil {
		return nil, nil, err
	}
	if err := h.openCounters([]string{pressed}); err != nil {
		return nil, nil, err
	}
	p, err := b.connect(h.process, h.addr, boards)
	if err != nil {
		return nil, nil, err
	}
	_, err = p.press(2) // the first ones are not counted
	p.rounds = nil
	return h, p, err
}

func push(b *bench) error {
	if err := b.pushLimits(1000, b.rounds(6), 40); err != nil {
		return err
	}
	for _, e := range engines {
		if err := b.pushHall(e, 150); err != nil {
			return err
		}
	}
	return nil
}

// pushLimits measures ours on Redis beside a bare hub and the floor, in turns.
func (b *bench) pushLimits(boards, rounds, each int) error {
	_, ours, err := b.hallFor(engines[0], boards, 16*((rounds*each+20)/16+1))
	if err != nil {
		return err
	}
	r, err := ours.press(1)
	if err != nil {
		return err
	}
	ours.rounds = nil
	list := []*pushed{ours}
	for _, role := range []string{"bare-hub", "floor"} {
		server, addr, err := b.bare(role, fmt.Sprint(r.Size))
		if err != nil {
			return err
		}
		p, err := b.connect(server, addr, boards)
		if err != nil {
			return err
		}
		list = append(list, p)
	}
	for range rounds {
		for _, p := range list {
			if _, err := p.press(each); err != nil {
				return err
			}
		}
	}
	which := calm(noiseIn(list[0].rounds), noiseIn(list[1].rounds), noiseIn(list[2].rounds))
	b.reportPush(boards, r.Size, noiseIn(slices.Concat(list[0].rounds, list[1].rounds, list[2].rounds)),
		pick(list[0].rounds, which), pick(list[1].rounds, which), pick(list[2].rounds, which))
	b.endProcesses()
	return nil
}

func (b *bench) reportPush(boards, size int, noise []float64, ours, hub, floor []presses) {
	share := median(ratios(p50s(ours), p50s(hub)))
	b.table.add(row{what: fmt.Sprintf("press to the last of %d boards, Redis, p50", boards), ours: fmt.Sprintf("%.2f ms", median(p50s(ours))),
		limit: fmt.Sprintf("%.2f ms bare Fiber hub, same %d bytes", median(p50s(hub)), size),
		ratio: times(share), aim: fmt.Sprintf("<= %.1f", aimOfHub), ok: share <= aimOfHub, noise: noise})
	tail := p99(ours) / p99(hub)
	b.table.add(row{what: "  p99", ours: fmt.Sprintf("%.2f ms", p99(ours)), limit: fmt.Sprintf("%.2f ms", p99(hub)),
		ratio: times(tail), aim: fmt.Sprintf("<= %.1f", aimOfHub), ok: tail <= aimOfHub})
	b.table.add(row{what: "  beside the floor", ours: both(ours), limit: both(floor) + ", one write(2) a socket",
		ratio: times(median(ratios(p50s(ours), p50s(floor))))})
	b.table.add(row{what: "  server CPU a delivery", ours: fmt.Sprintf("%.1f µs", median(cpus(ours))),
		limit: fmt.Sprintf("%.1f µs bare hub, %.1f floor", median(cpus(hub)), median(cpus(floor))), ratio: times(median(cpus(ours)) / median(cpus(hub)))})
}

// pushHall measures the whole way for a hall's screens: press, durable, feed,
// hub, the last screen.
func (b *bench) pushHall(e engine, boards int) error {
	rounds, each := b.rounds(6), 60
	h, p, err := b.hallFor(e, boards, 16*((rounds*each+20)/16+1))
	if err != nil {
		return err
	}
	for range rounds {
		if _, err := p.press(each); err != nil {
			return err
		}
	}
	quiet := pick(p.rounds, calm(noiseIn(p.rounds)))
	b.table.add(row{what: fmt.Sprintf("press to the last of %d boards, %s", boards, e.name), ours: both(quiet),
		aim: "<= 5 / 12 ms", ok: median(p50s(quiet)) <= aimPress50 && p99(quiet) <= aimPress99, noise: noiseIn(p.rounds)})
	p.screens.kill()
	h.end()
	return nil
}
