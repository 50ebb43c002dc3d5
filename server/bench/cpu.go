package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// tick is the unit of CPU times under /proc.
const tick = 10 * time.Millisecond

// stat gives the fields of /proc/PID/stat from utime on: utime, stime, and the
// same of children that have ended.
func stat(pid int) (own, children time.Duration) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0
	}
	fields := bytes.Fields(raw[bytes.LastIndexByte(raw, ')')+1:])
	if len(fields) < 15 {
		return 0, 0
	}
	at := func(i int) time.Duration {
		n, _ := strconv.ParseInt(string(fields[i]), 10, 64)
		return time.Duration(n) * tick
	}
	return at(11) + at(12), at(13) + at(14)
}

func cpuOf(pid int) time.Duration {
	own, _ := stat(pid)
	return own
}

// machineBusy is the time all CPUs have worked for programs, or for other
// machines on the same hardware (steal), since the start.
func machineBusy() time.Duration {
	raw, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(raw), "\n")
	fields := strings.Fields(line)
	var sum time.Duration
	for _, i := range []int{1, 2, 3, 8} { // user, nice, system, steal
		if i < len(fields) {
			n, _ := strconv.ParseInt(fields[i], 10, 64)
			sum += time.Duration(n) * tick
		}
	}
	return sum
}

// rss is the memory a process has in use, in bytes.
func rss(pid int) (int64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kb << 10, err
		}
	}
	return 0, fmt.Errorf("no VmRSS of process %d", pid)
}

// family is this program and the processes it has started.
type family struct {
	mu   sync.Mutex
	pids map[int]bool
}

func (f *family) add(pid int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pids[pid] = true
}

func (f *family) remove(pid int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.pids, pid)
}

// used is the CPU time of all of them; a child that has ended is counted with us.
func (f *family) used() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	own, ended := stat(os.Getpid())
	sum := own + ended
	for pid := range f.pids {
		sum += cpuOf(pid)
	}
	return sum
}

// watch measures what others take of the machine from now on; the function it
// gives says the share.
func (f *family) watch() func() float64 {
	start, busy, own := time.Now(), machineBusy(), f.used()
	return func() float64 {
		foreign := machineBusy() - busy - (f.used() - own)
		share := float64(foreign) / float64(time.Since(start)) / float64(runtime.NumCPU())
		return min(max(share, 0), 1)
	}
}
