package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"

	"motcua/drivers/agent"
	"motcua/drivers/sim"
	firmware "motcua/firmware-config"
	"motcua/server/queue"
	"motcua/server/staff"
)

// virtual is the demo's table of devices, and the agent that serves them as it
// would real ones: over serial lines on one side and HTTP on the other.
type virtual struct {
	bench   *sim.Bench
	site    *firmware.Site
	data    string
	running sync.WaitGroup
}

// openVirtual puts the devices of the demo's site file on the table.
func openVirtual(data string) (*virtual, error) {
	site, err := firmware.DemoSite()
	if err != nil {
		return nil, err
	}
	bench, err := sim.NewBench(filepath.Join(data, "ports"), site, sim.BenchOptions{})
	if err != nil {
		return nil, fmt.Errorf("virtual devices: %w", err)
	}
	return &virtual{bench: bench, site: bench.Site(), data: filepath.Join(data, "agent")}, nil
}

// start runs the agent beside the server that answers at url, until ctx ends.
func (v *virtual) start(ctx context.Context, h *hall, url string) error {
	key, err := h.staff.Lend(staff.Key{Name: v.site.Name, Role: staff.Agent, Branch: v.site.Branch})
	if err != nil {
		return err
	}
	a, err := agent.New(agent.Options{Server: url, Key: key, Site: v.site, Data: v.data, Clock: agent.SystemClock,
		Rand: rand.Reader, Log: h.log, Version: Version})
	if err != nil {
		return err
	}
	v.running.Go(func() {
		if err := a.Run(ctx); err != nil && ctx.Err() == nil {
			h.log.Error("the virtual devices' agent stopped", "error", err)
		}
	})
	return nil
}

func (v *virtual) close() error {
	v.running.Wait()
	return v.bench.Close()
}

// State, Act and Picture are what the page of the virtual devices asks for.
func (v *virtual) State() any { return v.bench.State() }

// Await waits for something to happen on the table.
func (v *virtual) Await(ctx context.Context, seen uint64) error { return v.bench.Await(ctx, seen) }

// Act does something to a device.
func (v *virtual) Act(device, action, arg string) error {
	return refusal(v.bench.Act(device, action, arg))
}

// Picture is the paper of a printer, nil for none.
func (v *virtual) Picture(device string, n int) ([]byte, error) {
	picture, err := v.bench.Picture(device, n)
	return picture, refusal(err)
}

// refusal makes a refusal of what somebody asked for in vain.
func refusal(err error) error {
	switch sim.Fault(err) {
	case "unknown":
		return queue.Refuse("unknown_device", err.Error())
	case "action":
		return queue.Refuse(queue.BadParameter, err.Error())
	}
	return err
}

func simPage() fs.FS { return sim.Page }
