package keypad_test

import (
	"context"
	"slices"
	"testing"

	"motcua/drivers/keypad"
	"motcua/drivers/serial"
	"motcua/drivers/sim"
	firmware "motcua/firmware-config"
	"motcua/server/queue"
)

func TestDetect(t *testing.T) {
	p, err := firmware.LoadKeypad("motcua-kp5")
	if err != nil {
		t.Fatal(err)
	}
	cable, err := sim.NewCable(t.TempDir(), "ttyPads")
	if err != nil {
		t.Fatal(err)
	}
	pads, err := sim.NewKeypads(sim.KeypadOptions{Cable: cable, Profile: p, Units: units("rate", 2, 5), Clock: sim.Faster(5)})
	if err != nil {
		t.Fatal(err)
	}
	defer pads.Close()
	port, err := serial.Open(serial.Settings{Name: cable.Path(), Baud: 19200})
	if err != nil {
		t.Fatal(err)
	}
	defer port.Close()
	got, err := keypad.Detect(context.Background(), port, queue.SystemClock, 19200, 1, 6)
	want := []keypad.Found{{Address: 2, Ours: true, Name: "Mot Cua MOTCUA-KP 1.00"}, {Address: 5, Ours: true, Name: "Mot Cua MOTCUA-KP 1.00"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}
