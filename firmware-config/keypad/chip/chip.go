// Package chip runs the keypad's firmware on a simulated ATmega328P, for tests.
//
// The simulator is linked with libsimavr, which is under the GPL (version 3 or
// later). Tests compile it on the spot into a temporary folder; no program of the
// project contains it.
package chip

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long the simulator may take for one command, however busy the
// machine is.
const patience = 60 * time.Second

// boot is how long the firmware takes, with some to spare, to see its keys.
const boot = 150 * time.Millisecond

// Chip is a running keypad. Its methods return when the simulated time they speak
// of is over; they may be called from several goroutines.
type Chip struct {
	Path string // of the line: a link to a pty, 19200 Bd as delivered

	t       testing.TB
	symbols map[string]uint64
	mu      sync.Mutex
	in      io.WriteCloser
	out     chan string
}

// Start builds firmware and simulator, the first time only, and switches a new
// keypad on. It stops with the test. Without the tools the test is skipped, and
// fails where CI=true. dir is a folder for its files, mostly t.TempDir().
func Start(t testing.TB, dir string) *Chip {
	t.Helper()
	p := build(t)
	elfPath, hostPath := filepath.Join(dir, "firmware.elf"), filepath.Join(dir, "host")
	c := &Chip{Path: filepath.Join(dir, "keypad"), t: t, symbols: p.symbols, out: make(chan string, 16)}
	for path, content := range map[string][]byte{elfPath: p.elf, hostPath: p.host} {
		if err := writeProgram(path, content); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(hostPath, elfPath, c.Path)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c.in = in
	read := make(chan struct{})
	go func() {
		defer close(read)
		c.listen(out)
	}()
	t.Cleanup(func() { c.stop(cmd, read) })
	if line := c.answer("start"); !strings.HasPrefix(line, "READY ") {
		t.Fatalf("the simulated chip says %q, want READY", line)
	}
	c.Wait(boot)
	return c
}

// writeProgram lets no other goroutine start a program meanwhile: its child would
// inherit the open file for a moment, and a file open for writing cannot be run.
func writeProgram(path string, content []byte) error {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	return os.WriteFile(path, content, 0o755)
}

func (c *Chip) listen(out io.Reader) {
	defer close(c.out)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		c.out <- lines.Text()
	}
}

func (c *Chip) stop(cmd *exec.Cmd, read <-chan struct{}) {
	_ = c.in.Close() // the end of its input is its order to stop
	late := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	go func() {
		for range c.out { // what nobody asked for any more
		}
	}()
	<-read
	if err := cmd.Wait(); err != nil {
		c.t.Errorf("the simulated chip ended with %v", err)
	}
}

func (c *Chip) answer(command string) string {
	c.t.Helper()
	select {
	case line, ok := <-c.out:
		if !ok {
			c.t.Fatalf("%s: the simulated chip is gone", command)
		}
		return line
	case <-time.After(patience):
		c.t.Fatalf("%s: no answer from the simulated chip", command)
	}
	return ""
}

// Do gives the simulator a command of sim/host.c and returns its answer.
func (c *Chip) Do(format string, args ...any) string {
	c.t.Helper()
	command := fmt.Sprintf(format, args...)
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := fmt.Fprintln(c.in, command); err != nil {
		c.t.Fatalf("%s: %v", command, err)
	}
	line := c.answer(command)
	if strings.HasPrefix(line, "error") || line == "CRASHED" {
		c.t.Fatalf("%s: %s", command, line)
	}
	return line
}

// Tap presses a key for 60 ms and waits 60 ms.
func (c *Chip) Tap(key int) { c.t.Helper(); c.Do("tap %d", key) }

// TapFor presses a key for the one time and waits the other.
func (c *Chip) TapFor(key int, hold, gap time.Duration) {
	c.t.Helper()
	c.Do("tap %d %d %d", key, hold.Milliseconds(), gap.Milliseconds())
}

// Bounce is a Tap whose contact bounces: 12 edges 0.7 ms apart at both ends.
func (c *Chip) Bounce(key int) { c.t.Helper(); c.Do("bounce %d", key) }

// Glitch is 12 edges 0.7 ms apart and no press.
func (c *Chip) Glitch(key int) { c.t.Helper(); c.Do("glitch %d", key) }

// Press closes the key's contact.
func (c *Chip) Press(key int) { c.t.Helper(); c.Do("press %d", key) }

// Release opens it.
func (c *Chip) Release(key int) { c.t.Helper(); c.Do("release %d", key) }

// Wait lets simulated time pass.
func (c *Chip) Wait(d time.Duration) { c.t.Helper(); c.Do("wait %d", d.Milliseconds()) }

// Power takes the power away for 100 ms: memory is lost, the EEPROM stays. It
// returns when the chip is up again.
func (c *Chip) Power() { c.t.Helper(); c.Do("power"); c.Wait(boot) }

// Tear arranges for the power to fail in the middle of the nth byte that is
// written to the EEPROM from now on; that byte is left erased.
func (c *Chip) Tear(n int) { c.t.Helper(); c.Do("tear %d", n) }

// Hang stops the firmware's main loop for good.
func (c *Chip) Hang() { c.t.Helper(); c.Do("hang") }

// Pause stops the chip's time, Resume lets it go on; so does any command that
// takes time.
func (c *Chip) Pause() { c.t.Helper(); c.Do("pause") }

// Resume ends a Pause.
func (c *Chip) Resume() { c.t.Helper(); c.Do("resume") }
