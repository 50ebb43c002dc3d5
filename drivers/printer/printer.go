// Package printer makes printing a conversation: a job is stored before its first
// byte leaves, the printer is asked whether the paper came out, and what nobody can
// know is called unknown. No ticket is ever printed twice by itself.
package printer

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"motcua/drivers/box"
	"motcua/firmware-config"
	"motcua/server/queue"
	"motcua/server/wire"
)

// ErrBusy refuses a job: so many wait already that the visitor would be gone.
var ErrBusy = errors.New("printer: too many tickets wait")

// Reasons that are no state of the printer.
const (
	TooLate = queue.PrintTooLate
	TimeOut = "time_out"
)

// mostLists is how many lists of what to bring may wait. Each is several times as
// long as a ticket; who asks for one more is told at once.
const mostLists = 3

// Options is what a printer is made of. Profile, Box and Encode must be given.
type Options struct {
	Profile *firmware.Printer
	Baud    int // of its line; 0 is the profile's first
	Box     *box.Box
	Clock   queue.Clock // deadlines of the port are times of this clock; nil is the machine's
	Device  string      // its id in results: "printer"

	// Encode makes a ticket's bytes and the rows of dots it feeds. It begins and ends
	// at the beginning of a line, and ends with the cut.
	Encode func(*wire.PrintJob) (bytes []byte, rows int, err error)
	// Changed hears of each change of state, from the goroutine of Run or Tend.
	Changed func(state queue.DeviceState, detail string)
	// Done takes an outcome. Nil means that it is stored for good; after an error, and
	// after a crash, the same outcome comes again.
	Done func(wire.PrintResult) error

	MaxAge  time.Duration // a job that cannot be printed fails after this long; 0 is 60 s
	GiveUp  time.Duration // a printer stuck in the middle of a ticket is given up after this long; 0 is 10 min
	Backlog int           // most jobs that wait; 0 is 30
}

// Metrics counts since New.
type Metrics struct {
	Submitted, Refused, Printed, Sent, Failed, Unknown int
	FirstByte                                          time.Duration // last job: from Submit to its first byte on the line
	Paper                                              time.Duration // last job: from its first byte to the printer's word
}

// Printer is one ticket printer. Its methods may be called by several goroutines.
type Printer struct {
	Options
	mu        sync.Mutex
	journal   *journal
	state     queue.DeviceState // of the machine, without the backlog
	detail    string
	full      bool // refuses jobs until the backlog has shrunk
	running   bool // Run has the line
	reported  queue.DeviceState
	reportedD string
	telling   sync.Mutex // one at a time calls Done and Changed
	tellAgain time.Time
	metrics   Metrics
}

// New opens the journal. What a former run left queued is printed if it is young
// enough; what it had begun to send becomes unknown.
func New(o Options) (*Printer, error) {
	if o.Profile == nil || o.Box == nil || o.Encode == nil {
		return nil, errors.New("printer: Profile, Box and Encode are needed")
	}
	o.fill()
	if o.Baud <= 0 {
		return nil, fmt.Errorf("printer: profile %s names no speed of the line", o.Profile.ID)
	}
	j, err := openJournal(o.Box, o.Device, o.Clock.Now())
	if err != nil {
		return nil, err
	}
	p := &Printer{Options: o, journal: j, state: queue.DeviceOffline}
	for _, r := range append([]*record(nil), j.open...) {
		if age := o.Clock.Now().Sub(r.At); age > o.MaxAge || age < -o.MaxAge {
			if err := p.finish(r, wire.PrintFailed, TooLate); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}

func (o *Options) fill() {
	if o.Clock == nil {
		o.Clock = queue.SystemClock
	}
	if o.Baud == 0 && len(o.Profile.Serial.Baud) > 0 {
		o.Baud = o.Profile.Serial.Baud[0]
	}
	if o.Changed == nil {
		o.Changed = func(queue.DeviceState, string) {}
	}
	if o.Done == nil {
		o.Done = func(wire.PrintResult) error { return nil }
	}
	if o.MaxAge == 0 {
		o.MaxAge = time.Minute
	}
	if o.GiveUp == 0 {
		o.GiveUp = 10 * time.Minute
	}
	if o.Backlog == 0 {
		o.Backlog = 30
	}
}

// Submit takes a job: when it returns nil, the job is stored, and Done will hear of
// it. A job that is or was known today is taken without doing anything. ErrBusy says
// that too many wait; any other error that it could not be stored.
func (p *Printer) Submit(job wire.PrintJob) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.journal.records[job.Job] != nil {
		return nil
	}
	if p.measure(); p.full || job.Checklist != nil && p.journal.lists() >= mostLists {
		p.metrics.Refused++
		return ErrBusy
	}
	if err := p.journal.submit(job, p.Clock.Now()); err != nil {
		return err
	}
	p.metrics.Submitted++
	p.measure()
	return nil
}

// measure compares the backlog with its limit. Once full, it must shrink by a third.
func (p *Printer) measure() {
	n := len(p.journal.open)
	p.full = n >= p.Backlog || (p.full && n > p.Backlog*2/3)
}

// Full tells whether Submit would refuse a new job. It costs nothing.
func (p *Printer) Full() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.measure()
	return p.full
}

// State tells how the printer is.
func (p *Printer) State() (queue.DeviceState, string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.shown()
}

func (p *Printer) shown() (queue.DeviceState, string) {
	if p.full && p.state.Prints() {
		return queue.DeviceBusy, fmt.Sprintf("%d tickets wait", len(p.journal.open))
	}
	return p.state, p.detail
}

// Metrics gives what was counted.
func (p *Printer) Metrics() Metrics {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.metrics
}

// Waiting is how many jobs have no outcome yet.
func (p *Printer) Waiting() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.journal.open)
}

// Tend looks after what waits while there is no line: jobs fail in time, outcomes
// are told, the state is reported. It runs beside Run, from start to end.
func (p *Printer) Tend(ctx context.Context, after func(time.Duration) <-chan time.Time) error {
	for {
		if !p.isRunning() {
			p.Keep()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-after(time.Second):
		}
	}
}

func (p *Printer) isRunning() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.running
}
