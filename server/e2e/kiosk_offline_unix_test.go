//go:build unix

package e2e

import (
	"syscall"
	"testing"
	"time"
)

// TestKioskSilence: a line that breaks without a word (a pulled cable, a server
// that hangs) is known within ten seconds, long before the network gives it up.
func TestKioskSilence(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	k.pardon(cutOff)
	k.moveClock(20 * time.Second) // a page that stood still is not a dead line
	k.until("the line to hold", `document.getElementById('strip').hidden`, patience)
	h.take("ho-tich") // heard just now: the network's own patience is far away
	k.until("the first screen with one waiting", `document.querySelector('.tile small').textContent.startsWith('1 ')`, patience)
	h.signal(syscall.SIGSTOP)
	t.Cleanup(func() { h.signal(syscall.SIGCONT) })
	k.moveClock(5 * time.Second)
	time.Sleep(1500 * time.Millisecond) // the watch looks once a second
	k.moveClock(4 * time.Second)
	k.sees("#strip", vi("k.off.strip"))
	k.moveClock(10 * time.Second)
	k.isOn("paused")
	h.signal(syscall.SIGCONT)
	back := time.Now()
	k.until("the first screen", `document.getElementById('stage').dataset.screen === 'home' && document.getElementById('strip').hidden`, 10*backWithin)
	t.Logf("right %v after the server spoke again", time.Since(back).Round(time.Millisecond))
}

func (h *hall) signal(s syscall.Signal) {
	if h.cmd != nil && h.cmd.Process != nil {
		_ = h.cmd.Process.Signal(s)
	}
}
