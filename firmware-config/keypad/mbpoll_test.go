package keypad_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"motcua/firmware-config/keypad/chip"
	"motcua/firmware-config/keypad/registers"
)

// mbpoll, which is not ours, is the judge of the wire format. It has no FC 17 hex;
// that one is judged by our own master and by the driver's tests.
type mbpoll struct {
	t    *testing.T
	path string
}

func (m mbpoll) run(args ...string) (string, error) {
	m.t.Helper()
	ctx, cancel := context.WithTimeout(m.t.Context(), 30*time.Second)
	defer cancel()
	all := append([]string{"-0", "-m", "rtu", "-b", "19200", "-P", "none", "-1", "-q", "-o", "2"}, args...)
	out, err := exec.CommandContext(ctx, "mbpoll", all...).CombinedOutput()
	return string(out), err
}

func (m mbpoll) read(table string, at, count int) map[int]string {
	m.t.Helper()
	out, err := m.run("-a", "1", "-t", table, "-r", fmt.Sprint(at), "-c", fmt.Sprint(count), m.path)
	if err != nil {
		m.t.Errorf("mbpoll -t %s -r %d -c %d: %v\n%s", table, at, count, err, out)
	}
	values := map[int]string{}
	for line := range strings.Lines(out) {
		var address int
		if head, value, ok := strings.Cut(line, ":"); ok {
			if _, err := fmt.Sscanf(head, "[%d]", &address); err == nil {
				values[address] = strings.TrimSpace(value)
			}
		}
	}
	return values
}

func TestMbpollIsContent(t *testing.T) {
	if _, err := exec.LookPath("mbpoll"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("mbpoll is not installed (package mbpoll): the wire format has no referee here")
	}
	t.Parallel()
	k := chip.Start(t, t.TempDir())
	m := mbpoll{t, k.Path}
	k.Tap(4)
	in := m.read("3:hex", 0, registers.InputEnd)
	want := map[int]string{0: "0x5151", 1: "0x0100", 2: "0x0001", 4: "0x0001", 5: fmt.Sprintf("0x%04X", registers.FirstSeq(1)), 6: "0x0004"}
	for address, value := range want {
		if in[address] != value {
			t.Errorf("input %d is %q, want %q", address, in[address], value)
		}
	}
	if len(in) != registers.InputEnd {
		t.Errorf("mbpoll reads %d inputs: %v", len(in), in)
	}
	mirror := m.read("4:hex", registers.HoldingMirror, registers.MirrorCount)
	if mirror[registers.HoldingMirror+registers.InputKey] != "0x0004" {
		t.Errorf("the mirror is %v", mirror)
	}
	m.writes(k)
	m.refusals()
}

// writes: one register by FC 06, several by FC 10 hex.
func (m mbpoll) writes(k *chip.Chip) {
	m.t.Helper()
	if out, err := m.run("-a", "1", "-t", "4", "-r", fmt.Sprint(registers.HoldingLED), m.path, "3"); err != nil {
		m.t.Errorf("writing the lamps: %v\n%s", err, out)
	}
	k.Wait(50 * time.Millisecond)
	if s := k.State(); !s.LampA || !s.LampB {
		m.t.Errorf("the lamps are %+v", s)
	}
	if out, err := m.run("-a", "1", "-t", "4", "-r", fmt.Sprint(registers.HoldingDigits), m.path, "66", "55"); err != nil {
		m.t.Errorf("writing two digits: %v\n%s", err, out)
	}
	if got := m.read("4:hex", registers.HoldingDigits, 2); got[registers.HoldingDigits] != "0x0042" || got[registers.HoldingDigits+1] != "0x0037" {
		m.t.Errorf("two digits written, read %v", got)
	}
}

func (m mbpoll) refusals() {
	m.t.Helper()
	cases := []struct {
		want string
		args []string
	}{
		{"Illegal data address", []string{"-a", "1", "-t", "3", "-r", "11", "-c", "1", m.path}},
		{"Illegal data value", []string{"-a", "1", "-t", "4", "-r", fmt.Sprint(registers.HoldingDebounce), m.path, "0"}},
		{"Illegal function", []string{"-a", "1", "-t", "0", "-r", "0", "-c", "1", m.path}},
		{"timed out", []string{"-a", "9", "-t", "3", "-r", "0", "-c", "1", m.path}},
	}
	for _, c := range cases {
		if out, err := m.run(c.args...); err == nil || !strings.Contains(out, c.want) {
			m.t.Errorf("mbpoll %v: %v, want %q in\n%s", c.args, err, c.want, out)
		}
	}
}
