package main

import (
	"fmt"
	"os"
	"time"

	"motcua/server/estimate/simday"
)

const (
	aimStart    = 3 * time.Second
	dayCommands = 20_000
)

// startup makes a day of 20,000 commands, kills the server and starts it again
// on the same folder.
func startup(b *bench) error {
	dir, err := os.MkdirTemp(b.dir, "day-")
	if err != nil {
		return err
	}
	h, err := b.demoIn(dir, "--store", "embedded")
	if err != nil {
		return err
	}
	commands, err := b.busyDay(h)
	if err != nil {
		return err
	}
	h.end()
	var took, noise []float64
	for range max(2, b.rounds(5)) {
		watch, start := b.family.watch(), time.Now()
		if h, err = b.demoIn(dir, "--store", "embedded"); err != nil {
			return err
		}
		took, noise = append(took, time.Since(start).Seconds()), append(noise, watch())
		h.end()
	}
	b.table.add(row{what: fmt.Sprintf("start after %d commands and kill -9", commands), ours: fmt.Sprintf("%.2f s", median(took)),
		limit: fmt.Sprintf("%.1f MB on the disk", float64(sizeOf(dir))/1e6), aim: "< 3 s", ok: median(took) < aimStart.Seconds(), noise: noise})
	return nil
}

// busyDay takes a quarter of the commands as tickets and serves them all.
func (b *bench) busyDay(h *hall) (int, error) {
	load, err := b.role("load")
	if err != nil {
		return 0, err
	}
	counters := make([]string, demoCounter)
	for i := range counters {
		counters[i] = fmt.Sprint(i + 1)
	}
	if err := h.openCounters(counters); err != nil {
		return 0, err
	}
	visits := dayCommands / 4 / 16 * 16
	if err := take(load, h, visits); err != nil {
		return 0, err
	}
	var r loadResult
	err = load.ask(loadJob{Addr: h.addr, Key: deskKey, Drain: counters, Verbs: []string{"call", "serve", "end"}}, &r)
	return visits + r.Commands, err
}

// forecast prints what the waiting-time forecast is worth on days nothing was tuned on.
func forecast(b *bench) error {
	report := simday.Evaluate(b.rounds(60))
	b.table.text(report.String())
	coverage, ratio := report.All.Coverage*100, report.All.Ratio()
	b.table.add(row{what: "coverage of the 80 % interval", ours: fmt.Sprintf("%.1f %%", coverage), aim: "75-85 %", ok: coverage >= 75 && coverage <= 85})
	b.table.add(row{what: "median error", ours: fmt.Sprintf("%.2f min", report.All.Ours), limit: fmt.Sprintf("%.2f min people ahead x mean", report.All.Naive),
		ratio: times(ratio), aim: "<= 0.5", ok: ratio <= 0.5})
	return nil
}
