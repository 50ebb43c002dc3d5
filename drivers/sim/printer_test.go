package sim

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/firmware-config"
)

// model is a printer that can do everything, at 19200 baud and 150 mm/s.
func model() *firmware.Printer {
	p := &firmware.Printer{Dots: 576, DPI: 203, Buffer: 4096, Speed: 150, NearEnd: true, DLEEOT: true, ASB: true, GSR: true, ProcessID: true}
	p.Name, p.Serial = "Test", firmware.Serial{Baud: []int{19200}, Flow: "none"}
	return p
}

// desk is a printer, its line and the computer's end of it.
type desk struct {
	t *testing.T
	p *Printer
	f *os.File

	mu  sync.Mutex
	got []byte
}

// hurry is how much faster than life the printers of the tests are.
const hurry = 20

func newDesk(t *testing.T, pr *firmware.Printer) *desk {
	t.Helper()
	c := newCable(t)
	p, err := NewPrinter(c, PrinterOptions{ID: "printer", Profile: pr, Clock: Faster(hurry)})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, p: p, f: open(t, c)}
	var done sync.WaitGroup
	done.Go(func() {
		var buf [64]byte
		for {
			n, err := d.f.Read(buf[:])
			d.mu.Lock()
			d.got = append(d.got, buf[:n]...)
			d.mu.Unlock()
			if err != nil {
				return
			}
		}
	})
	t.Cleanup(func() { _ = p.Close(); done.Wait() })
	return d
}

func (d *desk) send(parts ...string) {
	d.t.Helper()
	if _, err := d.f.WriteString(strings.Join(parts, "")); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) act(action, arg string) {
	d.t.Helper()
	if err := d.p.Act(action, arg); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) heard() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return string(d.got)
}

// hears waits for an answer; the limit is far above anything a loaded machine needs.
func (d *desk) hears(want string) {
	d.t.Helper()
	d.until("answer "+dump(want)+", heard "+dump(d.heard()), func() bool { return strings.Contains(d.heard(), want) })
}

func (d *desk) until(what string, is func() bool) {
	d.t.Helper()
	for end := time.Now().Add(30 * time.Second); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			d.t.Fatalf("waited in vain for %s: %+v", what, d.p.Look())
		}
	}
}

// settled waits until the printer has read everything and stands still.
func (d *desk) settled() {
	d.t.Helper()
	d.until("quiet", func() bool { s := d.p.Look(); return !s.Printing && s.Buffered == 0 })
}

func dump(s string) string { return fmt.Sprintf("% x", s) }

const (
	cutAll  = "\x1dVB\x00"
	allSaid = "\x1da\x0e"
)

func id(n string) string     { return "\x1d(H\x06\x0000" + n }
func idDone(n string) string { return "\x37\x22" + n + "\x00" }

// picture is a raster of full width.
func picture(rows int) string {
	return "\x1dv0\x00\x48\x00" + string([]byte{byte(rows), byte(rows >> 8)}) + strings.Repeat("\xaa", 72*rows)
}

func TestPrinterConfirmsAfterTheTimeItTakes(t *testing.T) {
	d := newDesk(t, model())
	start := time.Now()
	d.send("\x1b@", picture(400), "\x1b!\x00So A012\n", cutAll, id("0042"))
	d.hears(idDone("0042"))
	took := time.Since(start) * hurry
	// 28,8 kB at 19200 baud are 15 s of the line's time.
	if took < 14*time.Second || took > 150*time.Second {
		t.Errorf("28.8 kB took %v of the printer's time", took)
	}
	list := d.p.Tickets()
	if len(list) != 1 || len(list[0].Errors) > 0 || strings.Join(list[0].Texts, "|") != "So A012" {
		t.Fatalf("tickets %+v", list)
	}
	g, err := png.Decode(bytes.NewReader(list[0].PNG))
	if err != nil || g.Bounds().Dx() != 576 || g.Bounds().Dy() != list[0].Rows {
		t.Errorf("picture: %v, %v", err, g.Bounds())
	}
	if lost := d.p.Look().Lost; lost > 0 {
		t.Errorf("%d bytes lost", lost)
	}
}

func TestPrinterIsAsSlowAsItsPaper(t *testing.T) {
	d := newDesk(t, model())
	start := time.Now()
	d.send(strings.Repeat("\x1bJ\xf0", 40), id("0001")) // 9600 dots, 1.2 m, 8 s
	d.hears(idDone("0001"))
	if took := time.Since(start) * hurry; took < 7*time.Second {
		t.Errorf("1.2 m of paper took %v", took)
	}
}

func TestPaperOutInsideATicket(t *testing.T) {
	d := newDesk(t, model())
	d.act("paper_out", "100")
	d.send(allSaid, picture(30), picture(100), cutAll, id("0007"))
	d.hears("\x10\x00\x00\x00")
	d.hears("\x18\x00\x0c\x00")
	d.until("the rest in the buffer", func() bool { return d.p.Look().Buffered > 1000 })
	d.send("\x10\x04\x04\x10\x04\x02\x10\x04\x01") // answered at once, off-line or not
	d.hears("\x72\x32\x1a")
	if strings.Contains(d.heard(), idDone("0007")) {
		t.Fatal("confirmed without paper")
	}
	d.act("reload", "")
	d.hears(idDone("0007")) // it goes on by itself
	if n := len(d.p.Tickets()); n != 1 || !strings.Contains(d.heard(), "\x72\x32\x1a\x10\x00\x00\x00") {
		t.Errorf("%d tickets, heard %s", n, dump(d.heard()))
	}
}

func TestPaperOutGivenUp(t *testing.T) {
	d := newDesk(t, model())
	d.act("paper_out", "")
	d.send("lost\n", cutAll, id("0001"))
	d.until("bytes", func() bool { return d.p.Look().Buffered > 10 })
	d.send("\x10\x05\x02")
	d.until("an empty buffer", func() bool { return d.p.Look().Buffered <= 3 })
	d.act("reload", "")
	d.send("kept\n", cutAll, id("0002"))
	d.hears(idDone("0002"))
	if list := d.p.Tickets(); len(list) != 1 || list[0].Texts[0] != "kept" || strings.Contains(d.heard(), idDone("0001")) {
		t.Errorf("tickets %+v, heard %s", list, dump(d.heard()))
	}
}

func TestCoverAndNearEnd(t *testing.T) {
	d := newDesk(t, model())
	d.send(allSaid)
	d.hears("\x10\x00\x00\x00")
	d.act("paper_low", "")
	d.hears("\x10\x00\x03\x00")
	d.act("cover", "")
	d.hears("\x38\x00\x03\x00")
	d.send("\x1dr\x01", id("0003"))
	d.send("\x10\x04\x02")
	d.hears("\x16")
	d.act("close", "")
	d.hears("\x03" + idDone("0003")) // GS r in its turn, then the id
}

func TestCutterJam(t *testing.T) {
	d := newDesk(t, model())
	d.act("jam", "")
	d.send(allSaid, "one\n", cutAll, id("0001"), "two\n", cutAll, id("0002"))
	d.hears("\x18\x09\x00\x00")
	d.send("\x10\x04\x03")
	d.hears("\x1a")
	if len(d.p.Tickets()) != 0 {
		t.Error("a ticket came through a jammed cutter")
	}
	d.send("\x10\x05\x01")
	d.hears(idDone("0002"))
	if n := len(d.p.Tickets()); n != 2 {
		t.Errorf("%d tickets", n)
	}
	d.act("jam", "hard")
	d.send("three\n", cutAll, id("0003"))
	d.until("the jam", func() bool { return d.p.Look().Stuck })
	d.send("\x10\x05\x01")
	d.send("\x10\x04\x04")
	d.hears("\x12")
	if !d.p.Look().Stuck {
		t.Error("a hard jam went away by itself")
	}
	d.act("unjam", "")
	d.send("\x10\x05\x02")
	d.until("the jam to go", func() bool { s := d.p.Look(); return !s.Stuck && s.Count == 3 })
}

func TestSilentClone(t *testing.T) {
	pr := model()
	pr.DLEEOT, pr.ASB, pr.GSR, pr.ProcessID = false, false, false, false
	for name, d := range map[string]*desk{"by nature": newDesk(t, pr), "by fault": newDesk(t, model())} {
		d.act("silent", "")
		d.send(allSaid, "\x10\x04\x01\x1dr\x01\x1dI\x43text\n", cutAll, id("0001"))
		d.until("the ticket", func() bool { return len(d.p.Tickets()) == 1 })
		d.settled()
		if got := d.heard(); got != "" {
			t.Errorf("%s: it said %s", name, dump(got))
		}
	}
}

func TestBusyLosesNothing(t *testing.T) {
	for _, flow := range []string{"rtscts", "xonxoff"} {
		pr := model()
		pr.Serial.Flow, pr.Speed, pr.Serial.Baud = flow, 5, []int{115200} // the line is faster than the paper
		d := newDesk(t, pr)
		d.send(picture(150), cutAll, id("0009"))
		d.hears(idDone("0009"))
		if s := d.p.Look(); s.Lost > 0 || s.Count != 1 || len(s.Tickets[0].Errors) > 0 {
			t.Errorf("%s: %d bytes lost, tickets %+v", flow, s.Lost, s.Tickets)
		}
		if got := d.heard(); flow == "xonxoff" && !(strings.Contains(got, "\x13") && strings.Contains(got, "\x11")) {
			t.Errorf("no XOFF and XON: %s", dump(got))
		}
	}
}

func TestWithoutFlowControlBytesAreLost(t *testing.T) {
	pr := model()
	pr.Buffer = 256
	d := newDesk(t, pr)
	d.act("cover", "")
	d.send(strings.Repeat("x", 600))
	d.until("losses", func() bool { return d.p.Look().Lost == 600-256 })
}

func TestPowerCycleLosesTheBuffer(t *testing.T) {
	d := newDesk(t, model())
	d.send(allSaid)
	d.hears("\x10\x00\x00\x00")
	d.act("paper_out", "")
	d.hears("\x18\x00\x0c\x00")
	d.send("lost\n", cutAll, id("0001"))
	d.until("bytes", func() bool { return d.p.Look().Buffered == 5+4+11 })
	d.act("power", "")
	d.act("reload", "")
	d.send("kept\n", cutAll, id("0002"))
	d.hears(idDone("0002"))
	if got := d.heard(); strings.Contains(got, idDone("0001")) || strings.Count(got, "\x10\x00\x00\x00") != 1 {
		t.Errorf("after the power cut it still knew: %s", dump(got))
	}
}

func TestDeafAndUnplugged(t *testing.T) {
	d := newDesk(t, model())
	d.act("deaf", "20")
	d.send("\x10\x04\x01")
	d.until("hearing again", func() bool { return !d.p.Look().Deaf })
	d.send("\x10\x04\x01")
	d.hears("\x12")
	if got := d.heard(); got != "\x12" {
		t.Errorf("heard %s", dump(got))
	}
	d.act("unplug", "")
	if _, err := os.Stat(d.p.Cable().Path()); !errors.Is(err, os.ErrNotExist) || d.p.Look().Plugged {
		t.Errorf("still plugged: %v", err)
	}
	d.act("plug", "")
	if !d.p.Look().Plugged {
		t.Error("not plugged")
	}
}

func TestTicketsAreKeptAndTorn(t *testing.T) {
	d := newDesk(t, model())
	for range keep + 2 {
		d.send("x\n", cutAll)
	}
	d.until("the tickets", func() bool { return d.p.Look().Count == keep+2 })
	list := d.p.Tickets()
	if len(list) != keep || list[0].N != 3 || list[0].Taken {
		t.Errorf("%d tickets from %d on", len(list), list[0].N)
	}
	d.act("tear", "")
	if list := d.p.Tickets(); !list[keep-1].Taken {
		t.Error("the ticket still hangs there")
	}
	if b, err := d.p.Picture(3); err != nil || len(b) == 0 {
		t.Errorf("picture: %d bytes, %v", len(b), err)
	}
	if _, err := d.p.Picture(1); err == nil {
		t.Error("a picture of a ticket long gone")
	}
	if err := d.p.Act("dance", ""); !errors.Is(err, ErrAction) {
		t.Errorf("dance: %v", err)
	}
}
