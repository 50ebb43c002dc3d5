package main

import (
	"errors"
	"strconv"

	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
	"motcua/server/queue"
)

// devices looks at every port and asks what hangs on it. A running agent owns the
// ports: then its own word is taken, by way of the server.
func (d *doctor) devices(states map[string]queue.Device) {
	profiles, err := d.site.Library()
	if err != nil {
		d.say(bad, "correct the folder of profiles in the site file", "profiles: %v", err)
		return
	}
	for _, dev := range d.site.Devices {
		head, err := profiles.Head(dev.Profile)
		if err != nil {
			d.say(bad, "correct the profile's name, or its file", "%s: %v", dev.ID, err)
			continue
		}
		port, err := d.open(portSettings(dev, head))
		switch {
		case err == nil:
			d.answers(dev, head, port, profiles)
			port.Close()
		case errors.Is(err, serial.ErrInUse) && d.running:
			d.reported(dev, states)
		default:
			d.portFault(dev, err)
		}
	}
}

func (d *doctor) portFault(dev firmware.Device, err error) {
	var fault *serial.OpenError
	if errors.As(err, &fault) {
		d.say(bad, fault.Advice, "%s: port %s: %s", dev.ID, dev.Port, fault.Why)
		return
	}
	d.say(bad, "look at the cable and the name of the port", "%s: port %s: %v", dev.ID, dev.Port, err)
}

func portSettings(dev firmware.Device, head firmware.Head) serial.Settings {
	s := serial.Settings{Name: dev.Port, Baud: dev.Baud, Parity: head.Serial.Parity, Stop: head.Serial.Stop, Flow: serial.Flow(head.Serial.Flow)}
	if s.Baud == 0 && len(head.Serial.Baud) > 0 {
		s.Baud = head.Serial.Baud[0]
	}
	if dev.Flow != "" {
		s.Flow = serial.Flow(dev.Flow)
	}
	return s
}

// reported repeats what the running agent last told the server.
func (d *doctor) reported(dev firmware.Device, states map[string]queue.Device) {
	ids := []string{dev.ID}
	if len(dev.Units) > 0 {
		ids = nil
		for _, u := range dev.Units {
			ids = append(ids, dev.ID+":"+strconv.Itoa(u.Address))
		}
	}
	for _, id := range ids {
		is, known := states[id]
		switch {
		case !known:
			d.say(note, "", "%s: the running agent uses it; the server has not heard of it yet", id)
		case is.State == queue.DeviceReady || is.State == queue.DeviceUnknown:
			d.say(good, "", "%s: the running agent uses it: %s", id, is.State)
		default:
			d.say(bad, "look at the device", "%s: the running agent uses it: %s %s", id, is.State, is.Detail)
		}
	}
}

// answers asks a device over its open port.
func (d *doctor) answers(dev firmware.Device, head firmware.Head, port serial.Port, profiles *firmware.Library) {
	speed := portSettings(dev, head).Baud
	const wiring = "look at power and cable; then compare the speed with the device's own (self-test print, DIP switches); motcua-agent detect tries all speeds"
	switch head.Kind {
	case "printer":
		profile, err := profiles.LoadPrinter(dev.Profile)
		if err != nil || !profile.DLEEOT {
			d.say(note, "", "%s: port %s opens; by its profile this printer never answers", dev.ID, dev.Port)
			return
		}
		says, ok := askPrinter(port)
		switch {
		case !ok:
			d.say(bad, wiring, "%s: the printer does not answer at %d baud", dev.ID, speed)
		case says.trouble != "":
			d.say(bad, "see to it at the machine", "%s: the printer answers: %s", dev.ID, says.trouble)
		default:
			d.say(good, "", "%s: the printer answers %s", dev.ID, says.model)
		}
	case "keypad", "panel":
		if !speaksModbus(dev, head, profiles) {
			d.say(note, "", "%s: port %s opens; devices of this family speak only when they are used", dev.ID, dev.Port)
			return
		}
		for _, u := range dev.Units {
			if says, ok := askKeypad(port, u.Address); ok {
				d.say(good, "", "%s: unit %d answers: %s %s", dev.ID, u.Address, says.product, says.version)
			} else {
				d.say(bad, wiring, "%s: unit %d does not answer at %d baud", dev.ID, u.Address, speed)
			}
		}
	default:
		d.say(good, "", "%s: port %s opens", dev.ID, dev.Port)
	}
}

func speaksModbus(dev firmware.Device, head firmware.Head, profiles *firmware.Library) bool {
	if head.Kind == "panel" {
		p, err := profiles.LoadPanel(dev.Profile)
		return err == nil && p.Protocol == "modbus"
	}
	k, err := profiles.LoadKeypad(dev.Profile)
	return err == nil && k.Protocol == "modbus"
}
