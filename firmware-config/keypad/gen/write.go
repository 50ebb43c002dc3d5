package main

import (
	"bytes"
	"fmt"
	"go/format"
	"strings"
)

const generated = "Code generated from registers.yaml by go generate; DO NOT EDIT."

// c is the header of the firmware.
func (m *Map) c() []byte {
	var b bytes.Buffer
	define := func(name string, value any, text string) {
		fmt.Fprintf(&b, "%-40s /* %s */\n", fmt.Sprintf("#define %s %v", name, value), text)
	}
	fmt.Fprintf(&b, "/* %s */\n#ifndef REGISTERS_H\n#define REGISTERS_H\n\n", generated)
	define("DEVICE_TYPE", fmt.Sprintf("0x%04X", m.Device.Type), "input 0")
	define("FIRMWARE_VERSION", fmt.Sprintf("0x%04X", m.Device.Version), "binary coded decimal")
	define("FIRMWARE_VERSION_TEXT", fmt.Sprintf("\"%X.%02X\"", m.Device.Version>>8, m.Device.Version&0xFF), "the same, FC 2B/0E")
	define("DEVICE_VENDOR", fmt.Sprintf("%q", m.Device.Vendor), "FC 2B/0E")
	define("DEVICE_PRODUCT", fmt.Sprintf("%q", m.Device.Product), "FC 2B/0E")
	b.WriteString("\n")
	define("EVENT_RING", m.Events.Ring, "presses kept")
	define("EVENT_SEQ_STEP", fmt.Sprintf("%dUL", m.Events.SeqStep), "first seq = 1 + boot * step mod 65535")
	define("EVENT_AGE_UNIT_MS", m.Events.AgeUnit, "unit of age")
	define("HOST_LOST_MS", m.Events.HostLost, "without a request")
	m.cKeys(&b)
	for _, kind := range []string{"input", "holding"} {
		b.WriteString("\n")
		end := 0
		for _, r := range m.Registers {
			if r.Kind == kind {
				m.cRegister(&b, r, define)
				end = r.Address + r.Count
			}
		}
		define(strings.ToUpper(kind)+"_END", end, "one more than the last address")
	}
	b.WriteString("\n#endif\n")
	return b.Bytes()
}

func (m *Map) cKeys(b *bytes.Buffer) {
	fmt.Fprintf(b, "\n#define KEY_COUNT %d\n/* port, bit, of key 1, 2, ... */\n#define KEY_PINS", len(m.Keys))
	for _, k := range m.Keys {
		fmt.Fprintf(b, " \\\n    {'%c', %c}, /* %d: %s */", k.Pin[0], k.Pin[1], k.Number, k.Text)
	}
	b.WriteString("\n")
}

func (m *Map) cRegister(b *bytes.Buffer, r Register, define func(string, any, string)) {
	name := strings.ToUpper(r.Kind + "_" + r.Name)
	define(name, r.Address, strings.TrimPrefix(r.Unit+": "+r.Text, ": "))
	if r.Count > 1 {
		define(name+"_COUNT", r.Count, "registers in a row")
	}
	if r.Kind == "holding" && strings.Contains(r.Access, "w") && (r.Min != 0 || r.Max != 0xFFFF) {
		define(name+"_MIN", r.Min, "smallest value")
		define(name+"_MAX", r.Max, "greatest value")
	}
	if r.Kind == "holding" && (r.Config || r.Default != 0) {
		define(name+"_DEFAULT", r.Default, "until it is set")
	}
	if len(r.Values) > 0 {
		list := strings.Trim(fmt.Sprint(r.Values), "[]")
		fmt.Fprintf(b, "#define %s_VALUES %s\n", name, strings.ReplaceAll(list, " ", ", "))
	}
}

// golang is the source of package registers.
func (m *Map) golang() ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "// %s\n\n// Package registers is the keypad's register map.\npackage registers\n\n", generated)
	fmt.Fprintf(&b, "// What the device says of itself.\nconst (\nDeviceType = 0x%04X\nFirmwareVersion = 0x%04X // binary coded decimal\nVendor = %q\nProduct = %q\n)\n\n",
		m.Device.Type, m.Device.Version, m.Device.Vendor, m.Device.Product)
	fmt.Fprintf(&b, "// Rules of the events.\nconst (\nEventRing = %d // presses kept\nEventSeqStep = %d // see FirstSeq\nEventAgeUnit = %d // ms\nHostLost = %d // ms without a request\n)\n\n",
		m.Events.Ring, m.Events.SeqStep, m.Events.AgeUnit, m.Events.HostLost)
	for _, kind := range []string{"input", "holding"} {
		m.goAddresses(&b, kind)
	}
	m.goLimits(&b)
	m.goTables(&b)
	return format.Source(b.Bytes())
}

func (m *Map) goAddresses(b *bytes.Buffer, kind string) {
	how := map[string]string{"input": "Input registers: FC 04.", "holding": "Holding registers: FC 03, 06, 10 and 17 hex."}
	fmt.Fprintf(b, "// %s\nconst (\n", how[kind])
	end := 0
	for _, r := range m.Registers {
		if r.Kind == kind {
			fmt.Fprintf(b, "%s = %d // %s\n", camel(kind+"_"+r.Name), r.Address, strings.TrimPrefix(r.Unit+": "+r.Text, ": "))
			end = r.Address + r.Count
		}
	}
	fmt.Fprintf(b, "%s = %d // one more than the last\n)\n\n", camel(kind+"_end"), end)
}

// goLimits writes the lengths of rows, and the ranges and defaults of what is set.
func (m *Map) goLimits(b *bytes.Buffer) {
	b.WriteString("// Lengths, ranges and defaults of what can be set.\nconst (\n")
	for _, r := range m.Registers {
		if r.Kind != "holding" {
			continue
		}
		if r.Count > 1 {
			fmt.Fprintf(b, "%s = %d\n", camel(r.Name+"_count"), r.Count)
		}
		if strings.Contains(r.Access, "w") && r.Max != 0xFFFF {
			fmt.Fprintf(b, "%s = %d\n%s = %d\n", camel(r.Name+"_min"), r.Min, camel(r.Name+"_max"), r.Max)
		}
		if r.Config || r.Default != 0 {
			fmt.Fprintf(b, "%s = %d\n", camel(r.Name+"_default"), r.Default)
		}
	}
	b.WriteString(")\n\n")
}

func (m *Map) goTables(b *bytes.Buffer) {
	b.WriteString(`// Key is one key of the keypad.
type Key struct {
	Number int
	Pin    string // of the chip: port and bit
	Name   string
	Text   string
}

// Register is one register, or Count of them in a row.
type Register struct {
	Kind     string // input | holding
	Address  int
	Count    int
	Name     string
	Access   string // r | w | rw
	Unit     string
	Min, Max int
	Values   []int // when not everything between Min and Max is meant
	Default  int
	Config   bool // pending until committed
	Text     string
}

// Numbers of the keys.
const (
`)
	for _, k := range m.Keys {
		fmt.Fprintf(b, "%s = %d // %s\n", camel("key_"+k.Name), k.Number, k.Text)
	}
	b.WriteString(")\n\n// Keys in the order of their numbers.\nvar Keys = []Key{\n")
	for _, k := range m.Keys {
		fmt.Fprintf(b, "{%d, %q, %q, %q},\n", k.Number, k.Pin, k.Name, k.Text)
	}
	b.WriteString("}\n\n// Table is every register, inputs first.\nvar Table = []Register{\n")
	for _, r := range m.Registers {
		fmt.Fprintf(b, "{Kind: %q, Address: %d, Count: %d, Name: %q, Access: %q, Unit: %q, Min: %d, Max: %d, ",
			r.Kind, r.Address, r.Count, r.Name, r.Access, r.Unit, r.Min, r.Max)
		if len(r.Values) > 0 {
			fmt.Fprintf(b, "Values: %#v, ", r.Values)
		}
		fmt.Fprintf(b, "Default: %d, Config: %v,\nText: %q},\n", r.Default, r.Config, r.Text)
	}
	b.WriteString("}\n")
}

// camel turns config_crc into ConfigCRC.
func camel(name string) string {
	short := map[string]string{"crc": "CRC", "led": "LED"}
	var b strings.Builder
	for part := range strings.SplitSeq(name, "_") {
		if s := short[part]; s != "" {
			b.WriteString(s)
		} else {
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return b.String()
}
