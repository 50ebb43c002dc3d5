package agent

import (
	"context"
	"fmt"
	"path/filepath"

	"motcua/drivers/box"
	"motcua/drivers/escpos"
	"motcua/drivers/keypad"
	"motcua/drivers/panel"
	"motcua/drivers/printer"
	"motcua/drivers/scanner"
	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
	"motcua/server/queue"
	"motcua/server/wire"
)

// realMakers drive real devices on real ports.
func realMakers() makers {
	return makers{
		driver: (*Agent).driver,
		keep: func(ctx context.Context, s serial.Settings, changed func(bool, error), use func(context.Context, serial.Port) error) {
			_ = serial.Keep(ctx, s, serial.KeepOptions{Changed: changed}, use) // ends with ctx alone
		},
	}
}

// driver makes what drives a device, by its profile.
func (a *Agent) driver(d *device) (showing, error) {
	profiles, err := a.Site.Library()
	if err != nil {
		return nil, err
	}
	if d.head, err = profiles.Head(d.Profile); err != nil {
		return nil, err
	}
	d.line = settings(d.Device, d.head)
	switch d.head.Kind {
	case "printer":
		p, err := profiles.LoadPrinter(d.Profile)
		if err != nil {
			return nil, err
		}
		return nil, a.printerDriver(d, p)
	case "keypad":
		k, err := profiles.LoadKeypad(d.Profile)
		if err != nil {
			return nil, err
		}
		return a.keypadDriver(d, k)
	case "panel":
		p, err := profiles.LoadPanel(d.Profile)
		if err != nil {
			return nil, err
		}
		return a.panelDriver(d, p)
	case "scanner":
		s, err := profiles.LoadScanner(d.Profile)
		if err != nil {
			return nil, err
		}
		return nil, a.scannerDriver(d, s)
	}
	return nil, fmt.Errorf("profile %s is of no kind that can be driven: %s", d.Profile, d.head.Kind)
}

func (a *Agent) printerDriver(d *device, profile *firmware.Printer) error {
	spool, err := box.Open(filepath.Join(a.Data, "spool", d.ID))
	if err != nil {
		return err
	}
	memory, err := a.memoryOf(d.ID, profile.ID)
	if err != nil {
		return err
	}
	p, err := printer.New(printer.Options{Profile: profile, Baud: d.line.Baud, Box: spool, Clock: queue.ClockFunc(a.Clock.Now), Device: d.ID,
		Encode: func(job *wire.PrintJob) ([]byte, int, error) {
			made, err := escpos.EncodeJob(job, profile, memory)
			return made.Bytes, made.Rows, err
		},
		Changed: func(s queue.DeviceState, detail string) { a.printerChanged(d, s, detail) },
		Done:    a.acceptPrint,
	})
	if err != nil {
		return err
	}
	d.printer, d.run = p, p.Run
	d.tend = func(ctx context.Context) { _ = p.Tend(ctx, a.Clock.After) } // ends with ctx alone
	return nil
}

func (a *Agent) keypadDriver(d *device, profile *firmware.Keypad) (showing, error) {
	boot, err := a.randomNumber()
	if err != nil {
		return nil, err
	}
	if d.Debounce > 0 { // the site file's word goes before the profile's
		own := *profile
		own.Debounce = d.Debounce
		profile = &own
	}
	bus, err := keypad.NewBus(keypad.Options{Profile: profile, Units: d.Units, Clock: queue.ClockFunc(a.Clock.Now), Boot: boot, Baud: d.line.Baud,
		Accept: func(_ context.Context, p keypad.Press) error { return a.pressed(d, p) },
		Changed: func(u firmware.Unit, s queue.DeviceState, detail string) {
			a.changed(d, u.Address, s, detail)
		},
		Lost: func(u firmware.Unit, n int) {
			a.Log.Warn("a keypad had to drop presses", "device", unitID(d.ID, u.Address), "presses", n)
		},
	})
	if err != nil {
		return nil, err
	}
	d.run = bus.Run
	return bus, nil
}

// pressed keeps a press for good before the keypad may forget it.
func (a *Agent) pressed(d *device, p keypad.Press) error {
	at := a.hall.now().Add(-max(p.Age, 0))
	return a.acceptPress(wire.Press{Device: unitID(d.ID, p.Unit.Address), Counter: p.Unit.Counter, Do: p.Action.Do,
		Level: p.Action.Level, Boot: p.Boot, Seq: p.Seq}, at)
}

func (a *Agent) panelDriver(d *device, profile *firmware.Panel) (showing, error) {
	bus, err := panel.NewBus(panel.Options{Profile: profile, Units: d.Units, Clock: queue.ClockFunc(a.Clock.Now),
		Changed: func(u firmware.Unit, s queue.DeviceState, detail string) {
			a.changed(d, u.Address, s, detail)
		},
	})
	if err != nil {
		return nil, err
	}
	d.run = bus.Run
	return bus, nil
}

func (a *Agent) scannerDriver(d *device, profile *firmware.Scanner) error {
	s, err := scanner.New(scanner.Options{Profile: profile, Clock: a.Clock,
		Scanned: func(s scanner.Scan) { a.scans.send(a.readScan(s.Text)) },
	})
	if err != nil {
		return err
	}
	d.run = s.Run
	return nil
}
