package agent

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"motcua/drivers/panel"
	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
	"motcua/server/queue"
	"motcua/server/wire"
)

// device is one port of the site file with its driver.
type device struct {
	firmware.Device
	head    firmware.Head
	line    serial.Settings
	run     func(context.Context, serial.Port) error
	tend    func(context.Context) // what must be done without a port too; may be nil
	printer printing              // of printers
	mu      sync.Mutex
	states  map[int]state // by address; 0 is the device itself

	busySkipped int // tickets a full printer did not get since it became full
}

type state struct {
	is     queue.DeviceState
	detail string
}

// What the drivers look like from here; tests bring their own.
type (
	printing interface {
		Submit(wire.PrintJob) error
		Full() bool
		Withdraw(visit string)
	}
	showing interface {
		Show(address int, s panel.Sign)
	}
	inviting interface{ Invite(address int) }
	makers   struct {
		// driver fills in run and printer, and gives what shows signs, or nil.
		driver func(a *Agent, d *device) (showing, error)
		// keep holds a port open for as long as ctx lasts.
		keep func(ctx context.Context, s serial.Settings, changed func(up bool, err error), use func(context.Context, serial.Port) error)
	}
)

// agentID is the agent's own place among its devices; no device may have it.
const agentID = "agent"

func (a *Agent) makeDevices() error {
	seen := map[string]bool{agentID: true}
	for _, stands := range a.Site.Devices {
		if seen[stands.ID] {
			return fmt.Errorf("agent: site file: there are two devices %q, or its id is not free", stands.ID)
		}
		seen[stands.ID] = true
		d := &device{Device: stands, states: map[int]state{}}
		shows, err := a.makers.driver(a, d)
		if err != nil {
			return fmt.Errorf("agent: device %s: %w", stands.ID, err)
		}
		if shows != nil {
			a.addSigns(d, shows)
		}
		a.devices = append(a.devices, d)
	}
	return nil
}

func (a *Agent) addSigns(d *device, shows showing) {
	for _, u := range d.Units {
		unit := signUnit{counter: u.Counter, rates: u.Role == "rate",
			show: func(s panel.Sign) { shows.Show(u.Address, s) }, invite: func() {}}
		if i, ok := shows.(inviting); ok {
			unit.invite = func() { i.Invite(u.Address) }
		}
		a.signs.units = append(a.signs.units, unit)
	}
}

// runDevice drives one device until ctx ends, through every unplugging.
func (a *Agent) runDevice(ctx context.Context, d *device) {
	changed := func(up bool, err error) {
		switch {
		case !up:
			a.Log.Warn("device is away", "device", d.ID, "error", err)
			for _, address := range d.addresses() {
				a.changed(d, address, queue.DeviceOffline, err.Error())
			}
		default:
			a.Log.Info("port is open", "device", d.ID, "port", d.Port)
			if d.head.Kind == "scanner" { // it says nothing until something is scanned
				a.changed(d, 0, queue.DeviceReady, "")
			}
		}
	}
	var beside sync.WaitGroup
	defer beside.Wait()
	if d.tend != nil {
		beside.Go(func() { d.tend(ctx) })
	}
	a.makers.keep(ctx, d.line, changed, d.run)
}

// addresses lists what of the device is told of: its units, or itself.
func (d *device) addresses() []int {
	if len(d.Units) == 0 {
		return []int{0}
	}
	list := make([]int, len(d.Units))
	for i, u := range d.Units {
		list[i] = u.Address
	}
	return list
}

// settings is how the port is opened: the site file's word, else the profile's first.
func settings(d firmware.Device, h firmware.Head) serial.Settings {
	s := serial.Settings{Name: d.Port, Baud: d.Baud, Parity: h.Serial.Parity, Stop: h.Serial.Stop, Flow: serial.Flow(h.Serial.Flow)}
	if s.Baud == 0 && len(h.Serial.Baud) > 0 {
		s.Baud = h.Serial.Baud[0]
	}
	if d.Flow != "" {
		s.Flow = serial.Flow(d.Flow)
	}
	return s
}

// changed takes what a driver says of a device or one of its units.
func (a *Agent) changed(d *device, address int, is queue.DeviceState, detail string) {
	now := state{is, detail}
	d.mu.Lock()
	same := d.states[address] == now
	d.states[address] = now
	d.mu.Unlock()
	if !same && a.name() != "" {
		a.reportDevice(a.health(d, address, now))
	}
}

// health is what the server hears of a device or unit; it puts the agent's name
// before the id.
func (a *Agent) health(d *device, address int, s state) queue.Device {
	is := queue.Device{ID: unitID(d.ID, address), Kind: d.head.Kind, State: s.is, Detail: clipped(s.detail),
		Profile: d.head.ID, Verified: d.head.Verified.How}
	for _, u := range d.Units {
		if u.Address == address {
			is.Counter = u.Counter
			if u.Role == "panel" {
				is.Kind = "panel"
			}
		}
	}
	if d.head.Kind == "printer" {
		is.Prints = d.Prints
	}
	return is
}

// mostDetail bounds the words for technicians, in bytes.
const mostDetail = 200

func clipped(s string) string {
	if len(s) <= mostDetail {
		return s
	}
	s = s[:mostDetail]
	for len(s) > 0 && s[len(s)-1]&0xC0 == 0x80 { // not in the middle of a letter
		s = s[:len(s)-1]
	}
	if len(s) > 0 && s[len(s)-1] >= 0xC0 {
		s = s[:len(s)-1]
	}
	return s
}

// fullID is a device's id for the whole hall: the agent's name before its own.
func (a *Agent) fullID(id string) string { return a.name() + "/" + id }

func unitID(device string, address int) string {
	if address == 0 {
		return device
	}
	return device + ":" + strconv.Itoa(address)
}

// reportAll tells of the agent and of everything on it, as at each new line: the
// server may have missed what happened meanwhile.
func (a *Agent) reportAll() {
	a.reportDevice(queue.Device{ID: agentID, Kind: "agent", State: queue.DeviceReady, Detail: clipped(a.Version)})
	for _, d := range a.devices {
		for _, address := range d.addresses() {
			d.mu.Lock()
			s, known := d.states[address]
			d.mu.Unlock()
			if !known {
				s.is = queue.DeviceUnknown
			}
			a.reportDevice(a.health(d, address, s))
		}
	}
}
