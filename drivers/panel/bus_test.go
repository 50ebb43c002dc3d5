package panel_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"motcua/drivers/panel"
	"motcua/drivers/serial"
	"motcua/drivers/sim"
	firmware "motcua/firmware-config"
	"motcua/server/queue"
)

// line is simulated panels on a pseudo-terminal and the driver on the other end.
type line struct {
	device sim.Device
	bus    *panel.Bus
	mu     sync.Mutex
	states map[int]queue.DeviceState
}

func newLine(t *testing.T, profile string) *line {
	t.Helper()
	p, err := firmware.LoadPanel(profile)
	if err != nil {
		t.Fatal(err)
	}
	cable, err := sim.NewCable(t.TempDir(), "ttyPanels")
	if err != nil {
		t.Fatal(err)
	}
	l := &line{states: map[int]queue.DeviceState{}}
	there := []firmware.Unit{{Address: 1, Counter: "quay-1", Role: "panel"}, {Address: 2, Counter: "quay-2", Role: "panel"}}
	l.device, err = sim.NewPanels(sim.PanelOptions{ID: "panels", Cable: cable, Profile: p, Units: there, Clock: sim.Faster(5)})
	if err != nil {
		t.Fatal(err)
	}
	l.bus, err = panel.NewBus(panel.Options{Profile: p, Units: there, Changed: l.changed})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = serial.Keep(ctx, serial.Settings{Name: cable.Path(), Baud: p.Serial.Baud[0]}, serial.KeepOptions{},
			func(ctx context.Context, port serial.Port) error { return l.bus.Run(ctx, port) })
	})
	t.Cleanup(func() {
		cancel()
		wg.Wait()
		_ = l.device.Close()
	})
	return l
}

func (l *line) changed(u firmware.Unit, s queue.DeviceState, _ string) {
	l.mu.Lock()
	l.states[u.Address] = s
	l.mu.Unlock()
}

func (l *line) is(address int, s queue.DeviceState) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.states[address] == s
}

func (l *line) shows(address int) sim.PadState {
	return l.device.State().(sim.BusState).Units[address-1]
}

func (l *line) act(t *testing.T, action, arg string) {
	t.Helper()
	if err := l.device.Act(action, arg); err != nil {
		t.Fatal(err)
	}
}

func wait(t *testing.T, what string, true func() bool) {
	t.Helper()
	for end := time.Now().Add(60 * time.Second); !true(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func TestModbusPanels(t *testing.T) {
	l := newLine(t, "kp5-panel")
	l.bus.Show(1, panel.Sign{Number: "A012", State: queue.CounterCalling})
	l.bus.Show(2, panel.Sign{State: queue.CounterPaused})
	wait(t, "both panels", func() bool {
		one, two := l.shows(1), l.shows(2)
		return one.Display == "A012    " && one.Blink && two.Display == "----    " && !two.Blink
	})
	wait(t, "ready", func() bool { return l.is(1, queue.DeviceReady) && l.is(2, queue.DeviceReady) })
	l.act(t, "power", "1") // it comes back dark
	wait(t, "the number after the restart", func() bool { return l.shows(1).Display == "A012    " })
	l.act(t, "mute", "2")
	wait(t, "off-line", func() bool { return l.is(2, queue.DeviceOffline) && l.is(1, queue.DeviceReady) })
	l.act(t, "unmute", "2")
	l.bus.Show(2, panel.Sign{Number: "B001", State: queue.CounterServing})
	wait(t, "ready again", func() bool { return l.is(2, queue.DeviceReady) && l.shows(2).Display == "B001    " })
}

// Panels that cannot answer are unknown, not ready; blinking is done for those
// that cannot do it by themselves.
func TestPanelsWithoutAnswers(t *testing.T) {
	for profile, want := range map[string]string{"ff68-panel": "   012", "generic-ascii-led": "A012"} {
		l := newLine(t, profile)
		dark := "      "[:len(want)]
		l.bus.Show(1, panel.Sign{Number: "A012", State: queue.CounterCalling})
		l.bus.Show(2, panel.Sign{Number: "A012", State: queue.CounterServing})
		for range 2 {
			wait(t, profile+": the number", func() bool { return l.shows(1).Display == want && l.shows(2).Display == want })
			wait(t, profile+": the dark between", func() bool { return l.shows(1).Display == dark && l.shows(2).Display == want })
		}
		if !l.is(1, queue.DeviceUnknown) {
			t.Errorf("%s: state %v", profile, l.states)
		}
		l.act(t, "unplug", "")
		wait(t, profile+": off-line", func() bool { return l.is(1, queue.DeviceOffline) })
		l.bus.Show(2, panel.Sign{Number: "A345", State: queue.CounterServing})
		l.act(t, "plug", "")
		wait(t, profile+": the next number", func() bool { return l.shows(2).Display == want[:len(want)-3]+"345" })
	}
}

func TestPanelOptionsAreChecked(t *testing.T) {
	p, err := firmware.LoadPanel("generic-ascii-led")
	if err != nil {
		t.Fatal(err)
	}
	wrong := *p
	wrong.Protocol = "smoke"
	for name, o := range map[string]panel.Options{
		"no profile":       {},
		"unknown protocol": {Profile: &wrong},
		"address 100":      {Profile: p, Units: []firmware.Unit{{Address: 100}}},
		"address twice":    {Profile: p, Units: []firmware.Unit{{Address: 1}, {Address: 1}}},
	} {
		if _, err := panel.NewBus(o); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
