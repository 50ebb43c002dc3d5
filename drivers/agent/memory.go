package agent

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"time"

	"motcua/drivers/box"
	"motcua/drivers/escpos"
	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
	"motcua/server/wire"
)

// memory is the record of what was stored in a printer, one for each device.
type memory struct {
	Profile string         `json:"profile"` // it holds for this model alone
	Stored  *escpos.Stored `json:"stored"`
}

func (a *Agent) memories() (*box.Box, error) { return box.Open(filepath.Join(a.Data, "stored")) }

// memoryOf reads what setup-printer stored in a printer; nil for nothing. A record
// that cannot be read, or is another model's, counts for nothing: the whole ticket
// is sent then, which is slower and never wrong.
func (a *Agent) memoryOf(device, profile string) (*escpos.Stored, error) {
	records, err := a.memories()
	if err != nil {
		return nil, err
	}
	body, err := records.Get(device)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var m memory
	if err := json.Unmarshal(body, &m); err != nil || m.Profile != profile {
		a.Log.Warn("what is stored in the printer is not used: run setup-printer again", "device", device, "for", m.Profile, "error", err)
		return nil, nil
	}
	return m.Stored, nil
}

// Setup says what SetupPrinter does.
type Setup struct {
	Device string        // its id in the site file; "" when there is one printer alone
	Logo   image.Image   // opens every ticket; nil for none
	Settle time.Duration // how long the printer surely writes; 0 is 5 s
}

// SetupDone says what SetupPrinter did.
type SetupDone struct {
	Device          string
	Pieces, Bytes   int // stored, and sent for it
	Ticket, Without int // bytes of the first service's ticket from memory and without
}

// SetupPrinter stores a logo and the parts of the tickets that never change in a
// printer's memory, and notes them for the agent, which may not run meanwhile.
func SetupPrinter(ctx context.Context, o Options, s Setup) (done SetupDone, err error) {
	if err := o.usual(); err != nil {
		return done, err
	}
	if err := os.MkdirAll(o.Data, 0o700); err != nil {
		return done, fmt.Errorf("agent: data folder: %w", err)
	}
	unlock, err := lock(filepath.Join(o.Data, "lock"))
	if errors.Is(err, errInUse) {
		return done, fmt.Errorf("agent: the agent runs and has the printer: stop it first (data folder %s)", o.Data)
	}
	if err != nil {
		return done, err
	}
	defer unlock()
	a := &Agent{Options: o, hall: newHallTime(o.Clock)}
	if a.server, err = serverURL(o.Server); err != nil {
		return done, err
	}
	d, profile, err := a.printerToSetUp(s.Device)
	if err != nil {
		return done, err
	}
	done.Device = d.ID
	jobs, err := a.samples(ctx)
	if err != nil {
		return done, err
	}
	var tickets []escpos.Ticket
	for i := range jobs {
		tickets = append(tickets, escpos.TicketOf(&jobs[i]))
	}
	bytes, stored, err := escpos.Setup(profile, s.Logo, tickets...)
	if err != nil {
		return done, err
	}
	if err := a.fill(ctx, d, profile, bytes, stored, cmp.Or(s.Settle, 5*time.Second)); err != nil {
		return done, err
	}
	done.Bytes, done.Pieces = len(bytes), len(stored.Marks)
	if with, err := escpos.EncodeStored(tickets[0], profile, stored); err == nil {
		done.Ticket = len(with.Bytes)
	}
	if without, err := escpos.Encode(tickets[0], profile); err == nil {
		done.Without = len(without.Bytes)
	}
	return done, nil
}

// printerToSetUp finds the printer and sees that it has a memory.
func (a *Agent) printerToSetUp(id string) (d *device, profile *firmware.Printer, err error) {
	profiles, err := a.Site.Library()
	if err != nil {
		return nil, nil, err
	}
	for _, stands := range a.Site.Devices {
		head, err := profiles.Head(stands.Profile)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case head.Kind != "printer" || id != "" && stands.ID != id:
		case d != nil:
			return nil, nil, fmt.Errorf("agent: the site file has several printers: choose one with --device, %s or %s", d.ID, stands.ID)
		default:
			d = &device{Device: stands, head: head, line: settings(stands, head)}
		}
	}
	if d == nil {
		return nil, nil, fmt.Errorf("agent: the site file has no printer %q", id)
	}
	if profile, err = profiles.LoadPrinter(d.Profile); err != nil {
		return nil, nil, err
	}
	if !profile.NVLogo || !profile.DLEEOT {
		return nil, nil, fmt.Errorf("agent: by its profile (%s, nv_logo and dle_eot) this printer has no memory to be set up, and needs none", d.Profile)
	}
	return d, profile, nil
}

// samples asks the server for a ticket of each service and language. They have no
// address behind the QR code; with any, the sentence about the hall's network is there.
func (a *Agent) samples(ctx context.Context) ([]wire.PrintJob, error) {
	var err error
	if a.keys, err = openKeyring(filepath.Join(a.Data, "key"), a.Key); err != nil {
		return nil, err
	}
	if a.keys.get().Key == "" {
		return nil, errors.New("agent: this machine has no key yet: run motcua-agent enrol first, or give --key")
	}
	if a.branch() == "" {
		var me Me
		if err := a.get(ctx, "/api/v1/me", &me); err != nil {
			return nil, err
		}
		a.keys.adopt(me.Branch)
	}
	var answer struct {
		Jobs []wire.PrintJob `json:"jobs"`
	}
	if err := a.get(ctx, a.branchPath("/prints"), &answer); err != nil {
		return nil, fmt.Errorf("agent: the texts of the tickets: %w", err)
	}
	if len(answer.Jobs) == 0 {
		return nil, errors.New("agent: the hall has no services yet, so there is nothing to store")
	}
	for i := range answer.Jobs {
		answer.Jobs[i].URL = cmp.Or(answer.Jobs[i].URL, a.server.String())
	}
	return answer.Jobs, nil
}

// fill sends the pictures and notes them. Until the printer answers again nobody
// knows what it holds, so the old note goes first.
func (a *Agent) fill(ctx context.Context, d *device, profile *firmware.Printer, bytes []byte, stored *escpos.Stored, settle time.Duration) error {
	records, err := a.memories()
	if err != nil {
		return err
	}
	port, err := serial.Open(d.line)
	if err != nil {
		return err
	}
	defer port.Close()
	w := &memoryWriter{port: port, profile: profile, baud: d.line.Baud}
	if err := w.ready(ctx, 10*time.Second, false); err != nil {
		return fmt.Errorf("agent: nothing was stored: %w", err)
	}
	if err := records.Remove(d.ID); err != nil {
		return err
	}
	if err := w.send(ctx, bytes); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-a.Clock.After(settle):
	}
	if err := w.ready(ctx, time.Minute, profile.GSR); err != nil {
		return fmt.Errorf("agent: after storing: %w", err)
	}
	body, err := json.Marshal(memory{Profile: profile.ID, Stored: stored})
	if err != nil {
		return err
	}
	return records.Put(d.ID, body)
}
