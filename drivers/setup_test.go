package main

import (
	"encoding/json"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"motcua/drivers/sim"
	firmware "motcua/firmware-config"
	"motcua/server/queue"
	"motcua/server/wire"
)

// table makes the devices of a site.
func table(t *testing.T, devices ...firmware.Device) *sim.Bench {
	t.Helper()
	b, err := sim.NewBench(t.TempDir(), &firmware.Site{Branch: "b", Name: "Máy 1", Devices: devices}, sim.BenchOptions{Clock: sim.Faster(20)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func TestSetupPrinterCommand(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/v1/branches/b/prints" || r.Header.Get("Authorization") != "Bearer k1" {
			t.Errorf("asked for %s as %q", r.URL, r.Header.Get("Authorization"))
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]any{"jobs": []wire.PrintJob{{Lang: "vi", Hall: queue.Text{VI: "Hội trường"}, Service: queue.Text{VI: "Hộ tịch"}}}})
	}))
	defer s.Close()
	b := table(t, firmware.Device{ID: "printer", Profile: "epson-tm-t82", Port: "x"})
	site := file(t, "site.yaml", "branch: b\nname: Máy 1\ndevices:\n  - {id: printer, profile: epson-tm-t82, port: "+b.Site().Devices[0].Port+"}\n")
	logo := filepath.Join(t.TempDir(), "logo.png")
	f, err := os.Create(logo)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, image.NewGray(image.Rect(0, 0, 64, 64))); err != nil {
		t.Fatal(err)
	}
	f.Close()
	data := t.TempDir()
	words := []string{"setup-printer", "--config", site, "--server", s.URL, "--key", "k1", "--data", data}
	if status, _, errs := do(t, "", append(words, "--logo", site)...); status != 1 || !strings.Contains(errs, "no PNG") {
		t.Errorf("a text as logo: %d %s", status, errs)
	}
	status, out, errs := do(t, "", append(words, "--logo", logo)...)
	if status != 0 || !strings.Contains(out, "printer: 3 texts are stored") {
		t.Fatalf("%d %s%s", status, out, errs)
	}
	note, err := os.ReadFile(filepath.Join(data, "stored", "printer.json"))
	if err != nil || !strings.Contains(string(note), `"profile":"epson-tm-t82"`) || !strings.Contains(string(note), `"logo":72`) {
		t.Errorf("%s, %v", note, err)
	}
}

func TestKeypadAddressCommand(t *testing.T) {
	b := table(t, firmware.Device{ID: "keypads", Profile: "motcua-kp5", Port: "x", Units: []firmware.Unit{{Address: 1, Counter: "1", Role: "rate"}}})
	port := b.Site().Devices[0].Port
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"--port", port}, 2, "--from"},
		{[]string{"--port", port, "--from", "1", "--to", "300"}, 1, "1..247"},
		{[]string{"--port", port, "--profile", "ff68", "--from", "1", "--to", "4"}, 1, "at the unit itself"},
		{[]string{"--port", port + "x", "--from", "1", "--to", "4"}, 1, ""},
		{[]string{"--port", port, "--profile", "motcua-kp5", "--from", "1", "--to", "4"}, 0, "answers at 4 now"},
		{[]string{"--port", port, "--from", "1", "--to", "4"}, 1, "at address 4 already"},
	} {
		status, out, errs := do(t, "", append([]string{"keypad-address"}, c.args...)...)
		if status != c.status || !strings.Contains(out+errs, c.says) {
			t.Errorf("%q: %d\n%s%s", c.args, status, out, errs)
		}
	}
	d, err := b.Device("keypads")
	if err != nil {
		t.Fatal(err)
	}
	if is, _ := d.(*sim.Keypads).Config(1); is.Address != 4 {
		t.Errorf("%+v", is)
	}
}
