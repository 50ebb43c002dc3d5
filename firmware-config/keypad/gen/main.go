// Command gen writes the register map of registers.yaml as a C header for the
// firmware and as Go for the driver. Run it by `go generate` in firmware-config/keypad.
package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/goccy/go-yaml"
)

// The files, by their path below firmware-config/keypad.
const (
	source = "registers.yaml"
	header = "firmware/registers.h"
	code   = "registers/registers.go"
)

// Map is the whole of registers.yaml.
type Map struct {
	Device struct {
		Type    int    `yaml:"type"`
		Version int    `yaml:"version"`
		Vendor  string `yaml:"vendor"`
		Product string `yaml:"product"`
	} `yaml:"device"`
	Events struct {
		Ring     int `yaml:"ring"`
		SeqStep  int `yaml:"seq_step"`
		AgeUnit  int `yaml:"age_unit_ms"`
		HostLost int `yaml:"host_lost_ms"`
	} `yaml:"events"`
	Keys      []Key      `yaml:"keys"`
	Registers []Register `yaml:"registers"`
}

// Key is one key and the pin it pulls to ground.
type Key struct {
	Number int    `yaml:"number"`
	Pin    string `yaml:"pin"` // port and bit: C0
	Name   string `yaml:"name"`
	Text   string `yaml:"text"`
}

// Register is one register, or Count of them in a row.
type Register struct {
	Kind    string `yaml:"kind"` // input | holding
	Address int    `yaml:"address"`
	Count   int    `yaml:"count"`
	Name    string `yaml:"name"`
	Access  string `yaml:"access"` // r | w | rw
	Unit    string `yaml:"unit"`
	Min     int    `yaml:"min"`
	Max     int    `yaml:"max"`
	Values  []int  `yaml:"values"` // instead of min and max
	Default int    `yaml:"default"`
	Config  bool   `yaml:"config"`
	Text    string `yaml:"text"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run() error {
	m, err := load(source)
	if err != nil {
		return err
	}
	goText, err := m.golang()
	if err != nil {
		return err
	}
	if err := os.WriteFile(header, m.c(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(code, goText, 0o644)
}

func load(path string) (*Map, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parse(b)
}

// parse reads the map strictly and fills in what a line may leave out.
func parse(b []byte) (*Map, error) {
	m := new(Map)
	if err := yaml.NewDecoder(bytes.NewReader(b), yaml.Strict()).Decode(m); err != nil {
		return nil, err
	}
	for i := range m.Registers {
		m.Registers[i].fill()
	}
	return m, m.check()
}

func (r *Register) fill() {
	if r.Count == 0 {
		r.Count = 1
	}
	if r.Access == "" {
		r.Access = map[string]string{"input": "r", "holding": "rw"}[r.Kind]
	}
	if len(r.Values) > 0 {
		r.Min, r.Max = r.Values[0], r.Values[len(r.Values)-1]
	}
	if r.Max == 0 {
		r.Max = 0xFFFF
	}
}

// check finds what would make two registers one, or a default that is refused.
func (m *Map) check() error {
	if len(m.Keys) == 0 || len(m.Keys) > 16 {
		return fmt.Errorf("%d keys: raw_keys has room for 1 to 16", len(m.Keys))
	}
	for i, k := range m.Keys {
		if k.Number != i+1 {
			return fmt.Errorf("key %s: numbers must run from 1, without a gap", k.Name)
		}
		if len(k.Pin) != 2 || !strings.ContainsAny(k.Pin[:1], "BCD") || !strings.ContainsAny(k.Pin[1:], "01234567") {
			return fmt.Errorf("key %s: no pin %q", k.Name, k.Pin)
		}
	}
	taken := map[string]string{}
	for _, r := range m.Registers {
		if r.Access == "" {
			return fmt.Errorf("%s: kind %q, want input or holding", r.Name, r.Kind)
		}
		if r.Default != 0 && (r.Default < r.Min || r.Default > r.Max) {
			return fmt.Errorf("%s: default %d is out of range", r.Name, r.Default)
		}
		for a := r.Address; a < r.Address+r.Count; a++ {
			at := fmt.Sprint(r.Kind, " ", a)
			if other := taken[at]; other != "" {
				return fmt.Errorf("%s and %s are both at %s", other, r.Name, at)
			}
			taken[at] = r.Name
		}
	}
	return nil
}
