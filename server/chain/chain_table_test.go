package chain

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/drivers/sim"
	firmware "motcua/firmware-config"
	"motcua/firmware-config/keypad/registers"
)

// table is the devices of a site file, simulated in this process, and the agent
// that drives them from its own.
type table struct {
	*program // the agent
	t        *testing.T
	file     string
	data     string
	devices  map[string]sim.Device
	roll     *roll
}

// newTable puts on the table what the site file names with ports sim/ID, and
// makes an agent for it. Printers run so many times faster than real ones.
func newTable(t *testing.T, h *hall, speed float64, site string, args ...string) *table {
	t.Helper()
	dir := t.TempDir()
	b := &table{t: t, file: filepath.Join(dir, "site.yaml"), data: filepath.Join(dir, "agent"), devices: map[string]sim.Device{}}
	b.write("profiles/plain.yaml", plainPrinter)
	b.write("profiles/lettered.yaml", letteredPrinter)
	b.write("site.yaml", site)
	known, err := firmware.ReadSite(b.file)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range known.Devices {
		if !strings.HasPrefix(d.Port, "sim/") {
			continue
		}
		is := b.put(dir, known, d, speed)
		b.devices[d.ID] = is
		t.Cleanup(func() { is.Close() })
		site = strings.ReplaceAll(site, "port: sim/"+d.ID+"\n", "port: "+is.Cable().Path()+"\n")
	}
	b.write("site.yaml", site)
	b.program = newProgram(t, "motcua-agent", append([]string{"run", "--server", "http://" + h.road.addr, "--config", b.file, "--data", b.data}, args...)...)
	return b
}

func (b *table) write(name, content string) {
	b.t.Helper()
	path := filepath.Join(filepath.Dir(b.file), name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// plainPrinter writes letters instead of drawing them, so that a test can read them.
const plainPrinter = `id: plain
kind: printer
inherits: epson-tm-t82
name: Plain
verified: {how: guess}
text: ascii
number: font
`

// letteredPrinter draws all but the number.
const letteredPrinter = `id: lettered
kind: printer
inherits: epson-tm-t82
name: Lettered
verified: {how: guess}
number: font
`

// put makes one device.
func (b *table) put(dir string, site *firmware.Site, d firmware.Device, speed float64) sim.Device {
	b.t.Helper()
	check := func(err error) {
		b.t.Helper()
		if err != nil {
			b.t.Fatalf("%s: %v", d.ID, err)
		}
	}
	profiles, err := site.Library()
	check(err)
	head, err := profiles.Head(d.Profile)
	check(err)
	cable, err := sim.NewCable(dir, d.ID)
	check(err)
	switch head.Kind {
	case "printer":
		p, err := profiles.LoadPrinter(d.Profile)
		check(err)
		is, err := sim.NewPrinter(cable, sim.PrinterOptions{ID: d.ID, Profile: p, Baud: d.Baud, Clock: sim.Faster(speed)})
		check(err)
		b.roll = watchPaper(is)
		return is
	case "keypad":
		p, err := profiles.LoadKeypad(d.Profile)
		check(err)
		is, err := sim.NewKeypads(sim.KeypadOptions{ID: d.ID, Cable: cable, Profile: p, Units: d.Units, Baud: d.Baud})
		check(err)
		return is
	case "scanner":
		p, err := profiles.LoadScanner(d.Profile)
		check(err)
		is, err := sim.NewScanner(cable, d.ID, p)
		check(err)
		return is
	}
	b.t.Fatalf("%s: nothing simulates %s", d.ID, head.Kind)
	return nil
}

func (b *table) keypads() *sim.Keypads { return b.devices["keypads"].(*sim.Keypads) }

// act does something to a device with one's hands.
func (b *table) act(device, action, arg string) {
	b.t.Helper()
	if err := b.devices[device].Act(action, arg); err != nil {
		b.t.Fatal(err)
	}
}

// queued is how many presses a keypad still holds.
func (b *table) queued(address int) int {
	for _, u := range b.keypads().Bus().Units {
		if u.Address == address {
			return u.Queued
		}
	}
	return 0
}

// press pushes a key and gives the name the press must arrive under.
func (b *table) press(address int, key string, n int) string {
	b.t.Helper()
	took, err := b.keypads().Press(address, key)
	if err != nil || !took {
		b.t.Fatalf("the keypad %d does not take a press: %v", address, err)
	}
	return pressName("keypads", address, n)
}

// pressName is the name of a unit's nth press, from 0 on, since its first start.
func pressName(device string, address, n int) string {
	return fmt.Sprintf("press.%s:%d.1.%d", device, address, (registers.FirstSeq(1)+n-1)%0xFFFF+1)
}

var codeShown = regexp.MustCompile(`Pairing code: (\S+)\. `)

// pair starts the agent without a key, and approves the code it shows with the
// command beside the running server, as a technician does.
func (b *table) pair(h *hall) {
	b.t.Helper()
	b.start()
	var code []string
	until(b.t, "a pairing code", func() bool {
		code = codeShown.FindStringSubmatch(b.said())
		return code != nil
	})
	h.motcua("device", "approve", code[1], "--data", h.data)
}

// roll collects the paper that comes out of a printer.
type roll struct {
	printer *sim.Printer
	mu      sync.Mutex
	papers  map[int]sim.Ticket
}

func watchPaper(p *sim.Printer) *roll {
	r := &roll{printer: p, papers: map[int]sim.Ticket{}}
	return r
}

// all gives every paper so far. It must be called often enough: the printer
// remembers twenty.
func (r *roll) all() (list []sim.Ticket) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, t := range r.printer.Tickets() {
		t.PNG = nil
		r.papers[t.N] = t
	}
	for n := 1; n <= len(r.papers); n++ {
		list = append(list, r.papers[n])
	}
	return list
}

// count tells how often a code is on paper.
func (r *roll) count(url string) (n int) {
	for _, paper := range r.all() {
		for _, code := range paper.QR {
			if code == url {
				n++
			}
		}
	}
	return n
}

// heads tells how often a number is on paper, be it on the first half of a ticket.
func (r *roll) heads(number string) (n int) {
	for _, paper := range r.all() {
		for _, text := range paper.Texts {
			if strings.TrimSpace(text) == number {
				n++
			}
		}
	}
	return n
}

// collect keeps looking at the paper until the test ends.
func (r *roll) collect(t *testing.T) {
	done := make(chan struct{})
	t.Cleanup(func() { close(done) })
	go func() {
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				r.all()
			}
		}
	}()
}
