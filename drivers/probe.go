package main

import (
	"errors"
	"time"

	"motcua/drivers/keypad/modbus"
	"motcua/drivers/serial"
	"motcua/firmware-config/keypad/registers"
)

// How long a device may take for an answer: printers think, keypads do not.
const (
	printerPatience = 400 * time.Millisecond
	keypadPatience  = 80 * time.Millisecond
	lineGap         = 5 * time.Millisecond
)

// opener opens a port; tests bring their own.
type opener func(serial.Settings) (serial.Port, error)

// printerSays is what a printer answered.
type printerSays struct {
	model   string
	trouble string // what it says is wrong, "" for nothing
}

// askPrinter asks for the status, which every printer that talks back knows, and
// then for the model. Nothing is printed. Sources: Bixolon SRP-350 (DLE EOT),
// TM-T81 p. 110 (GS I: nothing more may be sent before its answer).
func askPrinter(p serial.Port) (printerSays, bool) {
	var says printerSays
	for _, q := range []struct {
		n, bit  byte
		trouble string
	}{{1, 0, ""}, {2, 0x04, "its cover is open"}, {4, 0x60, "it has no paper"}, {3, 0x08, "its cutter is stuck"}} {
		b, ok := askByte(p, []byte{0x10, 0x04, q.n})
		if !ok || b&0x93 != 0x12 { // the fixed bits of an answer to DLE EOT
			if q.n == 1 {
				return says, false
			}
			continue
		}
		if b&q.bit != 0 && says.trouble == "" {
			says.trouble = q.trouble
		}
	}
	says.model = askModel(p)
	return says, true
}

func askByte(p serial.Port, question []byte) (byte, bool) {
	if p.Flush() != nil {
		return 0, false
	}
	until := time.Now().Add(printerPatience)
	if _, err := p.Write(question, until); err != nil {
		return 0, false
	}
	var b [1]byte
	n, err := p.Read(b[:], until)
	return b[0], err == nil && n == 1
}

// askModel reads "_TM-T82 NUL"; clones that do not know the question stay silent.
func askModel(p serial.Port) string {
	until := time.Now().Add(printerPatience)
	if _, err := p.Write([]byte{0x1D, 0x49, 0x43}, until); err != nil {
		return ""
	}
	var name []byte
	b := make([]byte, 64)
	for len(name) < 64 {
		n, err := p.Read(b, until)
		if err != nil {
			return ""
		}
		name = append(name, b[:n]...)
		if name[0] != '_' {
			return ""
		}
		if name[len(name)-1] == 0 {
			return printable(name[1 : len(name)-1])
		}
	}
	return ""
}

func printable(b []byte) string {
	for i := range b {
		if b[i] < 0x20 || b[i] > 0x7E {
			b[i] = '?'
		}
	}
	return string(b)
}

// keypadSays is what a unit on a Modbus line answered.
type keypadSays struct {
	product, version string
	ours             bool
}

// askKeypad asks one address who it is.
func askKeypad(p serial.Port, address int) (keypadSays, bool) {
	line := &modbus.Line{Port: p, Now: time.Now, Timeout: keypadPatience, Gap: lineGap}
	answer, err := line.Ask(modbus.Request{Unit: byte(address), Function: modbus.Identify, Code: 1})
	if err == nil {
		product := printable([]byte(answer.Objects[1]))
		return keypadSays{product, printable([]byte(answer.Objects[2])), product == registers.Product}, true
	}
	var refused modbus.Exception // it speaks Modbus and does not know the question
	return keypadSays{product: "a Modbus device"}, errors.As(err, &refused)
}
