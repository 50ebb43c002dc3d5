package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"motcua/drivers/sim"
	firmware "motcua/firmware-config"
)

const (
	aimIdleAgent = 2.0 // per cent of one processor
	idlePads     = 32
)

// idleAgent measures what an agent with a full line of keypads that nobody
// presses costs. The keypads are simulated in this process, not in its.
func (b *bench) idleAgent() error {
	program := filepath.Join(b.dir, "motcua-agent")
	build := exec.CommandContext(b.ctx, "go", "build", "-o", program, "./drivers")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("the agent does not build: %w\n%s", err, out)
	}
	site, err := firmware.ParseSite([]byte(padSite()))
	if err != nil {
		return err
	}
	table, err := sim.NewBench(filepath.Join(b.dir, "ports"), site, sim.BenchOptions{})
	if err != nil {
		return err
	}
	defer table.Close()
	file := filepath.Join(b.dir, "site.yaml")
	wired := strings.Replace(padSite(), "sim/line", table.Site().Devices[0].Port, 1)
	if err := os.WriteFile(file, []byte(wired), 0o600); err != nil {
		return err
	}
	h, err := b.embedded()
	if err != nil {
		return err
	}
	raw, err := h.call("demo-admin", "/api/v1/keys", `{"name":"Máy đo","role":"agent","branch":"`+branchID+`"}`)
	if err != nil {
		return err
	}
	var made struct{ Key string }
	if err := json.Unmarshal(raw, &made); err != nil {
		return err
	}
	a, err := b.start("agent", program, "--server", "http://"+h.addr, "--config", file, "--key", made.Key, "--data", filepath.Join(b.dir, "agent"))
	if err != nil {
		return err
	}
	d := &deviceBench{bench: b, hall: h}
	if err := until(60*time.Second, func() bool { return d.padsReady() == idlePads }); err != nil {
		return fmt.Errorf("%d of %d keypads: %w\n%s", d.padsReady(), idlePads, err, a.said())
	}
	return b.watchIdle(a)
}

func (b *bench) watchIdle(a *process) error {
	var shares, noise []float64
	for range b.rounds(5) {
		watch := b.family.watch()
		before, start := cpuOf(a.pid()), time.Now()
		time.Sleep(3 * time.Second)
		shares = append(shares, 100*float64(cpuOf(a.pid())-before)/float64(time.Since(start)))
		noise = append(noise, watch())
	}
	v := median(shares)
	b.table.add(row{what: fmt.Sprintf("CPU of an idle agent with %d keypads", idlePads), ours: fmt.Sprintf("%.1f %% of one", v),
		limit: "the line is never asked faster than it carries", aim: fmt.Sprintf("< %.0f %%", aimIdleAgent), ok: v < aimIdleAgent, noise: noise})
	n, err := rss(a.pid())
	if err != nil {
		return err
	}
	b.table.add(row{what: "memory of the same agent", ours: megabytes(float64(n)), aim: "< 30 MB", ok: float64(n) < aimAgent})
	return nil
}

func (d *deviceBench) padsReady() int {
	raw, err := d.get("/api/v1/branches/" + branchID + "/devices")
	if err != nil {
		return 0
	}
	return strings.Count(string(raw), `"kind":"keypad","state":"ready"`)
}

// padSite names a line with as many keypads as it may have.
func padSite() string {
	var s strings.Builder
	fmt.Fprintf(&s, "branch: %s\nname: Máy đo\ndevices:\n  - id: line\n    profile: motcua-kp5\n    port: sim/line\n    units:\n", branchID)
	for i := range idlePads {
		fmt.Fprintf(&s, "      - {address: %d, counter: %q, role: rate}\n", i+1, fmt.Sprint(1+i%demoCounter))
	}
	return s.String()
}
