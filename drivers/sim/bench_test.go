package sim

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"motcua/firmware-config"
)

func demoBench(t *testing.T) *Bench {
	t.Helper()
	site, err := firmware.DemoSite()
	if err != nil {
		t.Fatal(err)
	}
	b, err := NewBench(t.TempDir(), site, BenchOptions{Clock: Faster(hurry)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func TestBenchHoldsTheDemoHall(t *testing.T) {
	b := demoBench(t)
	kinds := map[string]bool{}
	for i, d := range b.Table().Devices {
		kinds[d.Kind] = true
		if port := b.Site().Devices[i].Port; !d.Plugged || !strings.HasSuffix(port, "/"+d.ID) || d.Name == "" || d.State == nil {
			t.Errorf("%+v at %s", d, port)
		}
	}
	if !kinds["printer"] || !kinds["keypad"] || !kinds["scanner"] {
		t.Errorf("kinds %v", kinds)
	}
	text, err := json.Marshal(b.State())
	if err != nil || !strings.Contains(string(text), `"devices":[{"id":`) {
		t.Errorf("%v: %s", err, text)
	}
}

func TestBenchActs(t *testing.T) {
	b := demoBench(t)
	seen := b.Table().Version
	if err := b.Act("printer", "cover", ""); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := b.Await(ctx, seen); err != nil {
		t.Errorf("nobody was told: %v", err)
	}
	d, err := b.Device("printer")
	if err != nil || !d.State().(PrinterState).Cover {
		t.Errorf("%v: %+v", err, d.State())
	}
	for _, c := range []struct{ device, action, arg, want string }{
		{"printer", "paper_out", "soon", "action"}, {"printer", "deaf", "x", "action"}, {"nobody", "cover", "", "unknown"},
		{"scanner", "tear", "", "action"}, {"keypads", "press", "99:1", "action"},
	} {
		if got := Fault(b.Act(c.device, c.action, c.arg)); got != c.want {
			t.Errorf("%v: %q", c, got)
		}
	}
	if p, err := b.Picture("printer", 0); err != nil || len(p) == 0 { // the gap behind the head is paper too
		t.Errorf("picture: %d bytes, %v", len(p), err)
	}
	if _, err := b.Picture("scanner", 0); Fault(err) != "unknown" {
		t.Errorf("picture of a scanner: %v", err)
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	if err := b.Await(ended, b.Table().Version); !errors.Is(err, context.Canceled) {
		t.Errorf("Await: %v", err)
	}
}

func TestScannerTypes(t *testing.T) {
	for end, want := range map[string]string{"crlf": "M-12|Ân\r\n", "cr": "M-12|Ân\r", "lf": "M-12|Ân\n", "tab": "M-12|Ân\t", "silence": "M-12|Ân"} {
		c := newCable(t)
		s, err := NewScanner(c, "scanner", &firmware.Scanner{End: end})
		if err != nil {
			t.Fatal(err)
		}
		f := open(t, c)
		if err := s.Act("scan", "M-12|Ân"); err != nil {
			t.Fatal(err)
		}
		buf := make([]byte, 64)
		n, err := f.Read(buf)
		if err != nil || string(buf[:n]) != want {
			t.Errorf("%s: %q, %v", end, buf[:n], err)
		}
		if s.State().(ScannerState).Count != 1 {
			t.Error("not counted")
		}
		if err := errors.Join(s.Act("unplug", ""), s.Act("scan", "x"), s.Act("plug", "")); err != nil {
			t.Error(err)
		}
		if err := s.Act("scan", " "); !errors.Is(err, ErrAction) {
			t.Errorf("an empty scan: %v", err)
		}
		_ = s.Close()
	}
}
