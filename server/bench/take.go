package main

import (
	"fmt"
	"os"
	"time"
)

// aims of the throughput.
const (
	aimOfBare     = 0.75 // of a bare handler with the minimal script, on Redis
	aimOfMini     = 0.70 // of the same on bare miniredis
	aimP99        = 1.5  // times the bare handler's
	aimEmbedded16 = 3000 // durable tickets a second at 16 clients
)

var clientCounts = []int{1, 16, 64}

// taken is one sample of taking tickets.
type taken struct {
	rate      float64
	p99       float64 // ms
	serverCPU float64 // µs an answer
	redisCPU  float64 // µs an answer
	noise     float64 // of this sample
	wrong     int     // duplicates and refusals
}

// takeSample loads one server. store may be nil.
func (b *bench) takeSample(load *process, addr string, server, store *process, clients int) (taken, error) {
	job := loadJob{Addr: addr, Path: takePath, Key: kioskKey, Body: takeBody, Clients: clients, For: b.sample()}
	warm := job
	warm.For = 200 * time.Millisecond
	var r loadResult
	if err := load.ask(warm, &r); err != nil {
		return taken{}, err
	}
	cpu, storeCPU := cpuOf(server.pid()), time.Duration(0)
	if store != nil {
		storeCPU = cpuOf(store.pid())
	}
	noise := b.family.watch()
	if err := load.ask(job, &r); err != nil {
		return taken{}, err
	}
	t := taken{rate: r.rate(), p99: millis(r.P99), noise: noise(), wrong: r.Duplicates + r.refusals()}
	if r.Done > 0 {
		t.serverCPU = micros(cpuOf(server.pid())-cpu) / float64(r.Done)
		if store != nil {
			t.redisCPU = micros(cpuOf(store.pid())-storeCPU) / float64(r.Done)
		}
	}
	return t, nil
}

// takes are the samples at one number of clients.
type takes struct{ ours, bare, raw []taken }

func takeRedis(b *bench) error {
	all := map[int]*takes{1: {}, 16: {}, 64: {}}
	for range b.rounds(4) {
		if err := b.takeRedisRound(all); err != nil {
			return err
		}
	}
	for _, clients := range clientCounts {
		b.reportTakes(all[clients], clients, beside{"bare Fiber, minimal script", aimOfBare, aimP99})
		b.reportBoth(all[clients])
		b.reportRaw(all[clients], clients)
	}
	return nil
}

// takeRedisRound measures ours, the bare handler and the bare script, each on a
// fresh Redis, in turns.
func (b *bench) takeRedisRound(all map[int]*takes) error {
	load, err := b.role("load")
	if err != nil {
		return err
	}
	h, err := b.onRedis()
	if err != nil {
		return err
	}
	store, addr, err := b.redis()
	if err != nil {
		return err
	}
	bare, bareAddr, err := b.bare("bare-take", "redis", addr)
	if err != nil {
		return err
	}
	for _, clients := range clientCounts {
		ours, err := b.takeSample(load, h.addr, h.process, h.redis, clients)
		if err != nil {
			return err
		}
		other, err := b.takeSample(load, bareAddr, bare, store, clients)
		if err != nil {
			return err
		}
		raw, err := b.rawSample(addr, store, clients)
		if err != nil {
			return err
		}
		t := all[clients]
		t.ours, t.bare, t.raw = append(t.ours, ours), append(t.bare, other), append(t.raw, raw)
	}
	b.endProcesses()
	return nil
}

func (b *bench) rawSample(addr string, store *process, clients int) (taken, error) {
	calls := map[int]int{1: 3000, 16: 20000, 64: 30000}[clients]
	if b.quick {
		calls /= 3
	}
	noise, cpu := b.family.watch(), cpuOf(store.pid())
	rate, err := b.redisBenchmark(addr, clients, calls)
	return taken{rate: rate, redisCPU: micros(cpuOf(store.pid())-cpu) / float64(calls), noise: noise()}, err
}

// bare starts one of the bare servers and gives its address.
func (b *bench) bare(role string, args ...string) (*process, string, error) {
	p, err := b.role(role, args...)
	if err != nil {
		return nil, "", err
	}
	var where listening
	err = p.hear(&where)
	return p, where.Addr, err
}

func takeEmbedded(b *bench) error {
	all := map[int]*takes{1: {}, 16: {}, 64: {}}
	for range b.rounds(4) {
		if err := b.takeEmbeddedRound(all); err != nil {
			return err
		}
	}
	for _, clients := range clientCounts {
		aim := beside{"bare Fiber, miniredis, not durable", aimOfMini, 0}
		if clients == 1 {
			aim.share = 0
		}
		b.reportTakes(all[clients], clients, aim)
	}
	fsync, err := b.fsync()
	if err != nil {
		return err
	}
	b.reportAlone(all[1], fsync)
	rate := median(column(all[16].calm().ours, func(t taken) float64 { return t.rate }))
	b.table.add(row{what: "durable tickets/s, 16 clients", ours: fmt.Sprintf("%.0f/s", rate),
		aim: fmt.Sprintf(">= %d/s", aimEmbedded16), ok: rate >= aimEmbedded16, noise: noiseOf(all[16].ours)})
	return nil
}

func (b *bench) takeEmbeddedRound(all map[int]*takes) error {
	load, err := b.role("load")
	if err != nil {
		return err
	}
	h, err := b.embedded()
	if err != nil {
		return err
	}
	bare, bareAddr, err := b.bare("bare-take", "miniredis")
	if err != nil {
		return err
	}
	for _, clients := range clientCounts {
		ours, err := b.takeSample(load, h.addr, h.process, nil, clients)
		if err != nil {
			return err
		}
		other, err := b.takeSample(load, bareAddr, bare, nil, clients)
		if err != nil {
			return err
		}
		t := all[clients]
		t.ours, t.bare = append(t.ours, ours), append(t.bare, other)
	}
	b.endProcesses()
	return nil
}

func noiseOf(list []taken) []float64 { return column(list, func(t taken) float64 { return t.noise }) }

// calm keeps the rounds in which nobody disturbed.
func (t *takes) calm() *takes {
	noise := [][]float64{noiseOf(t.ours), noiseOf(t.bare)}
	if len(t.raw) > 0 {
		noise = append(noise, noiseOf(t.raw))
	}
	which := calm(noise...)
	quiet := &takes{ours: pick(t.ours, which), bare: pick(t.bare, which)}
	if len(t.raw) > 0 {
		quiet.raw = pick(t.raw, which)
	}
	return quiet
}

// beside says what a server is compared with and what is aimed at.
type beside struct {
	name  string
	share float64 // of its rate
	p99   float64 // times its p99; 0 for no aim
}

// reportTakes writes the rows of ours beside the bare handler.
func (b *bench) reportTakes(all *takes, clients int, aim beside) {
	t := all.calm()
	rate := func(t taken) float64 { return t.rate }
	p99 := func(t taken) float64 { return t.p99 }
	ours, bare := column(t.ours, rate), column(t.bare, rate)
	share := median(ratios(ours, bare))
	r := row{what: fmt.Sprintf("tickets/s, %d clients", clients), ours: fmt.Sprintf("%.0f/s", median(ours)),
		limit: fmt.Sprintf("%.0f/s %s", median(bare), aim.name), ratio: times(share), noise: append(noiseOf(all.ours), noiseOf(all.bare)...)}
	if aim.share > 0 {
		r.aim, r.ok = fmt.Sprintf(">= %.2f", aim.share), share >= aim.share
	}
	b.table.add(r)
	ours, bare = column(t.ours, p99), column(t.bare, p99)
	share = median(ratios(ours, bare))
	r = row{what: "  p99", ours: fmt.Sprintf("%.2f ms", median(ours)), limit: fmt.Sprintf("%.2f ms", median(bare)), ratio: times(share)}
	if aim.p99 > 0 {
		r.aim, r.ok = fmt.Sprintf("<= %.1f", aim.p99), share <= aim.p99
	}
	b.table.add(r)
	b.reportCPU(t)
	wrong := 0
	for _, s := range all.ours {
		wrong += s.wrong
	}
	b.table.add(row{what: "  duplicates and refusals", ours: fmt.Sprint(wrong), aim: "0", ok: wrong == 0, strict: true})
}

func (b *bench) reportCPU(t *takes) {
	server := func(t taken) float64 { return t.serverCPU }
	store := func(t taken) float64 { return t.redisCPU }
	ours, bare := column(t.ours, server), column(t.bare, server)
	b.table.add(row{what: "  server CPU a ticket", ours: fmt.Sprintf("%.0f µs", median(ours)),
		limit: fmt.Sprintf("%.0f µs", median(bare)), ratio: times(median(ratios(ours, bare)))})
	if ours, bare = column(t.ours, store), column(t.bare, store); median(ours) > 0 {
		b.table.add(row{what: "  Redis CPU a ticket", ours: fmt.Sprintf("%.0f µs", median(ours)),
			limit: fmt.Sprintf("%.0f µs", median(bare)), ratio: times(median(ratios(ours, bare)))})
	}
}

// reportBoth writes the row that others on the machine disturb least: the work of
// server and Redis together.
func (b *bench) reportBoth(all *takes) {
	t := all.calm()
	work := func(t taken) float64 { return t.serverCPU + t.redisCPU }
	ours, bare := column(t.ours, work), column(t.bare, work)
	b.table.add(row{what: "  CPU of both, bare by ours", ours: fmt.Sprintf("%.0f µs", median(ours)), limit: fmt.Sprintf("%.0f µs", median(bare)),
		ratio: times(median(ratios(bare, ours)))})
}

// reportRaw writes the row beside the bare script.
func (b *bench) reportRaw(all *takes, clients int) {
	t := all.calm()
	rate := func(t taken) float64 { return t.rate }
	ours, raw := column(t.ours, rate), column(t.raw, rate)
	b.table.add(row{what: fmt.Sprintf("  of the bare script, %d clients", clients), ours: fmt.Sprintf("%.0f/s", median(ours)),
		limit: fmt.Sprintf("%.0f/s redis-benchmark", median(raw)), ratio: times(median(ratios(ours, raw))), noise: noiseOf(all.raw)})
}

// reportAlone writes the row of a single client on the embedded engine: it waits
// for the disk by itself each time, so bare miniredis is given one fsync too.
func (b *bench) reportAlone(all *takes, fsync time.Duration) {
	t := all.calm()
	rate := func(t taken) float64 { return t.rate }
	limit := column(t.bare, func(t taken) float64 { return 1 / (1/t.rate + fsync.Seconds()) })
	share := median(ratios(column(t.ours, rate), limit))
	b.table.add(row{what: "  of bare miniredis and one fsync a ticket", ours: fmt.Sprintf("%.0f/s", median(column(t.ours, rate))),
		limit: fmt.Sprintf("%.0f/s (fsync %.2f ms)", median(limit), millis(fsync)), ratio: times(share),
		aim: fmt.Sprintf(">= %.2f", aimOfMini), ok: share >= aimOfMini})
}

// fsync is how long this disk takes to keep 300 bytes, in the middle of many tries.
func (b *bench) fsync() (time.Duration, error) {
	f, err := os.CreateTemp(b.dir, "fsync-")
	if err != nil {
		return 0, err
	}
	defer f.Close()
	var took []float64
	for range 200 {
		start := time.Now()
		if _, err := f.Write(make([]byte, 300)); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
		took = append(took, float64(time.Since(start)))
	}
	return time.Duration(median(took)), nil
}
