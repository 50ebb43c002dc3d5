package sim

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"

	"motcua/firmware-config"
)

// ErrNoDevice says that there is no such device on the bench.
var ErrNoDevice = errors.New("sim: no such device")

// Bench is a table full of simulated devices: what a hall's site file names,
// for the demo and for people without hardware.
type Bench struct {
	site    *firmware.Site
	devices []Device
	heads   map[string]firmware.Head

	mu      sync.Mutex
	version uint64
	changed chan struct{}
}

// BenchOptions of a bench; the zero value is good.
type BenchOptions struct {
	Library *firmware.Library // nil is the site's own
	Clock   Clock             // nil is Faster(1)
}

// NewBench makes a device for each that the site names and puts their cables into
// dir, which it makes. Site then tells the ports.
func NewBench(dir string, site *firmware.Site, o BenchOptions) (*Bench, error) {
	if o.Clock == nil {
		o.Clock = Faster(1)
	}
	if o.Library == nil {
		library, err := site.Library()
		if err != nil {
			return nil, err
		}
		o.Library = library
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	b := &Bench{heads: map[string]firmware.Head{}, changed: make(chan struct{})}
	wired := *site
	wired.Devices = slices.Clone(site.Devices)
	for i := range wired.Devices {
		d, err := b.put(dir, &wired.Devices[i], o)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", wired.Devices[i].ID, err), b.Close())
		}
		wired.Devices[i].Port = d.Cable().Path()
	}
	b.site = &wired
	return b, nil
}

// put makes one device.
func (b *Bench) put(dir string, site *firmware.Device, o BenchOptions) (Device, error) {
	head, err := o.Library.Head(site.Profile)
	if err != nil {
		return nil, err
	}
	cable, err := NewCable(dir, site.ID)
	if err != nil {
		return nil, err
	}
	d, err := build(cable, head.Kind, site, o)
	if err != nil {
		return nil, errors.Join(err, cable.Close())
	}
	if w, ok := d.(Watched); ok {
		w.Watch(b.notify)
	}
	b.devices = append(b.devices, d)
	b.heads[site.ID] = head
	return d, nil
}

func build(cable *Cable, kind string, site *firmware.Device, o BenchOptions) (Device, error) {
	switch kind {
	case "printer":
		p, err := o.Library.LoadPrinter(site.Profile)
		if err != nil {
			return nil, err
		}
		return NewPrinter(cable, PrinterOptions{ID: site.ID, Profile: p, Baud: site.Baud, Flow: site.Flow, Clock: o.Clock})
	case "keypad":
		p, err := o.Library.LoadKeypad(site.Profile)
		if err != nil {
			return nil, err
		}
		return NewKeypads(KeypadOptions{ID: site.ID, Cable: cable, Profile: p, Units: site.Units, Baud: site.Baud, Clock: o.Clock})
	case "panel":
		p, err := o.Library.LoadPanel(site.Profile)
		if err != nil {
			return nil, err
		}
		return NewPanels(PanelOptions{ID: site.ID, Cable: cable, Profile: p, Units: site.Units, Baud: site.Baud, Clock: o.Clock})
	case "scanner":
		p, err := o.Library.LoadScanner(site.Profile)
		if err != nil {
			return nil, err
		}
		return NewScanner(cable, site.ID, p)
	}
	return nil, fmt.Errorf("sim: no devices of kind %q", kind)
}

// Site is the site with the ports of the simulated devices, for an agent.
func (b *Bench) Site() *firmware.Site {
	site := *b.site
	site.Devices = slices.Clone(site.Devices)
	return &site
}

// Device gives one by its id, for tests.
func (b *Bench) Device(id string) (Device, error) {
	for _, d := range b.devices {
		if d.ID() == id {
			return d, nil
		}
	}
	return nil, fmt.Errorf("%w: %q", ErrNoDevice, id)
}

// Shown is a device as a page draws it.
type Shown struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Profile  string `json:"profile"`
	Name     string `json:"name"` // maker and model
	Verified string `json:"verified"`
	Plugged  bool   `json:"plugged"`
	State    any    `json:"state"`
}

// Table is the whole bench.
type Table struct {
	Version uint64  `json:"version"` // another number, another state
	Devices []Shown `json:"devices"`
}

// State is a Table, for JSON.
func (b *Bench) State() any { return b.Table() }

// Table gives all devices in the order of the site.
func (b *Bench) Table() Table {
	b.mu.Lock()
	t := Table{Version: b.version, Devices: []Shown{}}
	b.mu.Unlock()
	for _, d := range b.devices {
		head := b.heads[d.ID()]
		t.Devices = append(t.Devices, Shown{
			ID: d.ID(), Kind: d.Kind(), Profile: head.ID, Name: head.Name, Verified: head.Verified.How,
			Plugged: d.Cable().Plugged(), State: d.State(),
		})
	}
	return t
}

// Act does something to a device: see the Act of each kind. ErrNoDevice and
// ErrAction tell a wrong request from a fault.
func (b *Bench) Act(device, action, arg string) error {
	d, err := b.Device(device)
	if err != nil {
		return err
	}
	return d.Act(action, arg)
}

// Picture gives a PNG of ticket n of a printer; 0 is what is coming out now, nil
// if nothing is.
func (b *Bench) Picture(device string, n int) ([]byte, error) {
	d, err := b.Device(device)
	if err != nil {
		return nil, err
	}
	p, ok := d.(Pictured)
	if !ok {
		return nil, fmt.Errorf("%w: %s has no paper", ErrNoDevice, device)
	}
	return p.Picture(n)
}

func (b *Bench) notify() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.version++
	close(b.changed)
	b.changed = make(chan struct{})
}

// Await returns when the version is another than the one seen, or when ctx ends.
func (b *Bench) Await(ctx context.Context, seen uint64) error {
	b.mu.Lock()
	version, changed := b.version, b.changed
	b.mu.Unlock()
	if version != seen {
		return nil
	}
	select {
	case <-changed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Fault tells what kind of error Act or Picture gave: "unknown" device or ticket,
// "action" it cannot do, or "" for a fault of the machine. Who serves the bench
// over HTTP need not know this package's errors.
func Fault(err error) string {
	switch {
	case errors.Is(err, ErrNoDevice):
		return "unknown"
	case errors.Is(err, ErrAction):
		return "action"
	}
	return ""
}

// Close ends all devices.
func (b *Bench) Close() error {
	var errs []error
	for _, d := range b.devices {
		errs = append(errs, d.Close())
	}
	return errors.Join(errs...)
}
