package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What lies in the tree is what registers.yaml says today.
func TestNoDrift(t *testing.T) {
	m, err := load(filepath.Join("..", source))
	if err != nil {
		t.Fatal(err)
	}
	text, err := m.golang()
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string][]byte{header: m.c(), code: text} {
		got, err := os.ReadFile(filepath.Join("..", file))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s is not what %s says: run go generate in firmware-config/keypad", file, source)
		}
	}
}

const small = `
device: {type: 1, version: 0x0100, vendor: V, product: P}
events: {ring: 16, seq_step: 7, age_unit_ms: 10, host_lost_ms: 5000}
keys: [{number: 1, pin: C0, name: one, text: one}]
registers:
  - {kind: holding, address: 0, name: ack, text: "a"}
`

func TestMapRefusesMistakes(t *testing.T) {
	if _, err := parse([]byte(small)); err != nil {
		t.Fatal(err)
	}
	cases := map[string]string{
		small + `  - {kind: holding, address: 0, name: other, text: "b"}`:                     "both at holding 0",
		small + `  - {kind: coil, address: 3, name: other, text: "b"}`:                        "kind",
		small + `  - {kind: holding, address: 3, name: other, max: 5, default: 6, text: "b"}`: "out of range",
		small + `  - {kind: holding, address: 3, name: other, colour: red, text: "b"}`:        "colour",
		strings.Replace(small, "pin: C0", "pin: C8", 1):                                       "pin",
		strings.Replace(small, "number: 1", "number: 2", 1):                                   "without a gap",
		small + `  - {kind: holding, address: 3, name: w, count: 4, text: "b"}
  - {kind: holding, address: 6, name: v, text: "c"}`: "both at holding 6",
	}
	for text, want := range cases {
		if _, err := parse([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngives %v, want %q in it", text, err, want)
		}
	}
}

func TestDriftIsSeen(t *testing.T) {
	m, err := parse([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	before := string(m.c())
	m.Registers[0].Address = 9
	if string(m.c()) == before {
		t.Error("a moved register leaves the header as it was")
	}
}
