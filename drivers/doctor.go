package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"motcua/drivers/serial"
)

// finding is one line of the doctor: what is, and what to do when it is wrong.
type finding struct {
	grade grade
	what  string
	help  string
}

type grade int

const (
	good grade = iota
	note       // worth knowing, no fault
	bad
)

// doctor looks at everything an agent stands on. It works beside a running agent
// and changes nothing; devices are asked questions that print nothing.
type doctor struct {
	config
	running bool // an agent uses the data folder, and with it the ports
	open    opener
	found   []finding
}

func (d *doctor) say(g grade, help, format string, args ...any) {
	d.found = append(d.found, finding{g, fmt.Sprintf(format, args...), help})
}

func runDoctor(ctx context.Context, args []string, std streams) error {
	d := doctor{open: serial.Open}
	set := flag.NewFlagSet("doctor", flag.ContinueOnError)
	d.flags(set)
	if err := parse(set, args, std); err != nil {
		return err
	}
	if err := d.read(); err != nil {
		return err
	}
	d.look(ctx)
	faults := 0
	for _, f := range d.found {
		fmt.Fprintln(std.out, []string{"ok  ", "note", "BAD "}[f.grade], f.what)
		if f.grade == bad {
			faults++
		}
		if f.grade == bad && f.help != "" {
			fmt.Fprintln(std.out, "     ->", f.help)
		}
	}
	if faults > 0 {
		return fmt.Errorf("%d of %d checks failed", faults, len(d.found))
	}
	return nil
}

func (d *doctor) look(ctx context.Context) {
	d.say(good, "", "site file %s is good; devices: %d", d.file, len(d.site.Devices))
	for _, advice := range d.site.Advice() {
		d.say(note, "", "%s", advice)
	}
	d.disk()
	d.running = locked(filepath.Join(d.data, "lock"))
	if d.running {
		d.say(good, "", "an agent is running on this machine")
	}
	d.line(ctx)
	states := d.server(ctx)
	d.devices(states)
}

// Limits of the disk: below the free space presses are soon refused; above the
// sync time a visitor waits for the disk at each press.
const (
	leastFree = 64 << 20
	slowSync  = 200 * time.Millisecond
	manyWait  = 100 // records that wait: more than a short cut of the line
)

func (d *doctor) disk() {
	const owner = "create it, and give it to the agent's user"
	info, err := os.Stat(d.data)
	if errors.Is(err, os.ErrNotExist) {
		d.say(note, "", "data folder %s: not there yet; the agent makes it", d.data)
		return
	}
	var fs syscall.Statfs_t
	if err == nil {
		err = syscall.Statfs(d.data, &fs)
	}
	if err != nil || !info.IsDir() {
		d.say(bad, owner, "data folder %s cannot be used: %v", d.data, err)
		return
	}
	free := int64(fs.Bavail) * fs.Bsize
	d.sayIf(free > leastFree, "make room: presses and print results must be stored", "free space: %d MiB", free>>20)
	took, err := syncTime(d.data)
	if err != nil {
		d.say(bad, owner, "the data folder cannot be written to: %v", err)
	} else {
		d.sayIf(took < slowSync, "the disk is slow or worn: replace it", "the disk syncs a record within %s", took.Round(10*time.Microsecond))
	}
	waiting, _ := filepath.Glob(filepath.Join(d.data, "outbox", "*.json"))
	d.sayIf(len(waiting) < manyWait, "bring the line to the server back; nothing is lost until 10000 wait", "outbox: %d records wait for the server", len(waiting))
}

func (d *doctor) sayIf(ok bool, help, format string, args ...any) {
	g := good
	if !ok {
		g = bad
	}
	d.say(g, help, format, args...)
}

// syncTime is the worst of ten writes.
func syncTime(dir string) (worst time.Duration, err error) {
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	for range 10 {
		began := time.Now()
		if _, err := f.Write(make([]byte, 400)); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
		worst = max(worst, time.Since(began))
	}
	return worst, nil
}

// locked tells whether another process holds the lock of a data folder.
func locked(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	return errors.Is(syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB), syscall.EWOULDBLOCK)
}
