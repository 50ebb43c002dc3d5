package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/drivers/sim"
	firmware "motcua/firmware-config"
	"motcua/server/store/storetest"
)

// agentProgram is the program beside the devices, built once.
var agentProgram = sync.OnceValues(func() (string, error) {
	path, err := program() // in the same folder
	if err != nil {
		return "", err
	}
	path = filepath.Join(filepath.Dir(path), "motcua-agent")
	if out, err := exec.Command("go", "build", "-o", path, "motcua/drivers").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

const kioskSite = `branch: hoabinh
name: %[1]s
listen: %[2]s
devices:
  - id: printer
    profile: epson-tm-t82
    port: sim/printer
    baud: 38400
`

// kioskPC is a kiosk's computer: the agent as a process of its own, with a printer
// on a line of this process.
type kioskPC struct {
	*hall   // opens pages at the agent's own address
	printer *sim.Printer
	scanner *sim.Scanner // nil when its site has none
	home    string       // of the agent's data
}

// startKioskPC sets one up beside a hall and waits until the kiosk's page is kept.
func startKioskPC(t *testing.T, h *hall, name string) *kioskPC {
	t.Helper()
	return startPC(t, h, name, kioskSite)
}

// startPC starts an agent with the devices of a site, whose text has places for
// the agent's name and its address.
func startPC(t *testing.T, h *hall, name, site string) *kioskPC {
	t.Helper()
	path, err := agentProgram()
	if err != nil {
		t.Fatal(err)
	}
	dir, address := t.TempDir(), storetest.FreeAddr(t)
	pc := &kioskPC{hall: &hall{t: t, addr: address, url: "http://" + address}, home: filepath.Join(dir, "data")}
	file := pc.plug(dir, fmt.Sprintf(site, name, address))
	pc.cmd = exec.Command(path, "run", "--server", h.url, "--config", file, "--data", pc.home, "--key", h.pairAgent(t, name))
	pc.cmd.Stderr = &pc.logs
	pc.cmd.SysProcAttr = diesWithUs
	if err := pc.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		pc.kill()
		if t.Failed() {
			t.Logf("the agent said:\n%s", pc.logs.String())
		}
	})
	pc.wait("the agent to be ready", slow, func() bool {
		s := pc.status()
		return s.Server && s.Build != "" && s.Printer.State == "ready"
	})
	return pc
}

// plug simulates the devices of a site and writes its file with the names of their lines.
func (pc *kioskPC) plug(dir, text string) (file string) {
	pc.t.Helper()
	file = filepath.Join(dir, "site.yaml")
	write := func() {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			pc.t.Fatal(err)
		}
	}
	write()
	site, err := firmware.ReadSite(file)
	if err != nil {
		pc.t.Fatal(err)
	}
	bench, err := sim.NewBench(filepath.Join(dir, "ports"), site, sim.BenchOptions{})
	if err != nil {
		pc.t.Fatal(err)
	}
	pc.t.Cleanup(func() { bench.Close() })
	for _, d := range site.Devices {
		device, err := bench.Device(d.ID)
		if err != nil {
			pc.t.Fatal(err)
		}
		text = strings.Replace(text, "sim/"+d.ID, device.Cable().Path(), 1)
		switch device := device.(type) {
		case *sim.Printer:
			pc.printer = device
		case *sim.Scanner:
			pc.scanner = device
		}
	}
	write()
	return file
}

type agentStatus struct {
	Server  bool
	Build   string
	Printer struct{ State string }
}

// status is what the agent tells of itself.
func (pc *kioskPC) status() (s agentStatus) {
	answer, err := http.Get(pc.url + "/agent/status")
	if err != nil {
		return s
	}
	defer answer.Body.Close()
	_ = json.NewDecoder(answer.Body).Decode(&s) // not ready yet, then
	return s
}

// TestDevicesThroughTheAgent: the kiosk behind its agent works as one that is joined
// to the server itself, comes up while the server is away, and is right again soon
// after its return.
func TestDevicesThroughTheAgent(t *testing.T) {
	h := startHall(t)
	pc := startKioskPC(t, h, "Máy lấy số 1")
	k := pc.kiosk(t, "")
	k.pardon(cutOff + `|status of 503`)
	k.remember("h1")
	number, token := k.takeByTouch("Hộ tịch")
	if number != "A001" {
		t.Errorf("the first number is %s", number)
	}
	k.said(vi("k.print.h"))
	k.until("the code", `document.querySelector('img.qr').complete && document.querySelector('img.qr').naturalWidth > 0`, patience)
	k.until("the paper", found("h1", vi("k.done.h")), slow)
	if came := pc.printer.Tickets(); len(came) != 1 || !slices.Contains(came[0].QR, h.url+"/t/"+token) {
		t.Errorf("out of the printer came %d papers, want one that leads to %s", len(came), h.url+"/t/"+token)
	}
	k.press(".acts button", vi("k.done.ok"))
	k.isOn("home")

	h.kill()
	k.sees("#strip", vi("k.off.strip"))
	k.moveClock(10 * time.Second)
	k.sees("h1", vi("k.off.h"))
	// The kiosk's PC is started while the server is away.
	fresh := pc.open(t, "/kiosk/", kioskSize)
	fresh.pardon(cutOff + `|status of 503`)
	fresh.isOn("paused") // at once: the agent knows that the server is away
	fresh.sees("h1", vi("k.off.h"))
	fresh.shot("away")

	h.start()
	h.ready()
	back := time.Now()
	h.take("ho-tich")
	for _, s := range []*screen{k, fresh} {
		s.until("the first screen with two waiting", `document.getElementById('stage').dataset.screen === 'home' && document.getElementById('strip').hidden && document.querySelector('.tile small').textContent.startsWith('2 ')`, 10*backWithin)
	}
	t.Logf("the kiosks behind the agent were right %v after the server was back", time.Since(back).Round(time.Millisecond))
	if number, _ := fresh.takeByTouch("Hộ tịch"); number != "A003" {
		t.Errorf("the third number is %s", number)
	}
	fresh.until("the paper", found("h1", vi("k.done.h")), slow)
	if n := len(pc.printer.Tickets()); n != 2 {
		t.Errorf("%d papers came out, want 2: those of this kiosk, each once", n)
	}
	// A press that comes from another page of the machine is refused.
	r, err := http.NewRequest(http.MethodPost, pc.url+"/api/v1/branches/hoabinh/tickets", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "http://elsewhere.example")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusForbidden {
		t.Errorf("another page gets %d, want 403", answer.StatusCode)
	}
}
