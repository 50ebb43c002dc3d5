package printer

import (
	"context"
	"errors"
	"time"

	"motcua/drivers/serial"
	"motcua/server/queue"
)

// How long things take.
const (
	slice      = 20 * time.Millisecond  // one look at an idle line; a job starts within it
	glance     = time.Millisecond       // one look between two pieces of a ticket
	gap        = 50 * time.Millisecond  // longer than any gap inside an answer
	writeTime  = 250 * time.Millisecond // for one piece
	heldAfter  = 3 * time.Second        // a line that takes nothing for this long is held by the printer
	piece      = 256                    // bytes written at once
	onceMore   = time.Second            // after the box refused a record
	cutterWait = 15 * time.Second       // between two attempts to free a cutter
)

// session is one opening of the line. One goroutine owns it.
type session struct {
	*Printer
	port   serial.Port
	parser Parser
	heard  time.Time // last byte
	last   time.Time // last account of time
	poll   poll
	said   condition // what the printer last said

	out     []byte        // to be written, all of one job or of a preparation
	moved   time.Time     // when the line last took something of it
	job     *flight       // the job on its way
	settle  time.Duration // until a preparation has surely arrived
	owed    time.Duration // for so long the answer to an earlier GS r may come
	ready   bool          // prepared since it was last lost
	filled  bool          // the head of a command that was broken off has got its bytes
	rinsed  bool          // the rest of a broken-off ticket is being ended
	plain   int           // answers to GS r in this burst
	storing time.Time     // not before then: the box refused a record
	stuck   time.Time     // since when it cannot print
	freed   time.Time     // last attempt to free the cutter
	covered bool          // the cover was opened since the cutter jammed
	model   model
}

// Run prints over an open line until ctx ends or the line is lost, and gives the
// reason: serial.ErrGone when it is unplugged. It can be called again with the next
// opening, but not twice at a time.
func (p *Printer) Run(ctx context.Context, port serial.Port) error {
	s := &session{Printer: p, port: port, last: p.Clock.Now()}
	p.setRunning(true)
	defer p.setRunning(false)
	err := s.work(ctx)
	s.lost()
	p.be(queue.DeviceOffline, "")
	p.Keep()
	return err
}

func (p *Printer) setRunning(is bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running = is
}

func (s *session) work(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := s.listen(); err != nil {
			return err
		}
		s.account()
		if err := s.act(); err != nil {
			return err
		}
		s.Keep()
	}
	return ctx.Err()
}

// listen takes what the printer says.
func (s *session) listen() error {
	wait := slice
	if len(s.out) > 0 && s.prints() {
		wait = glance
	}
	var buf [256]byte
	n, err := s.port.Read(buf[:], s.Clock.Now().Add(wait))
	now := s.Clock.Now()
	if n > 0 {
		s.heard = now
		for _, a := range s.parser.Feed(buf[:n]) {
			s.hear(a)
		}
	} else if now.Sub(s.heard) > gap {
		s.parser.Silence()
		s.silence()
	}
	if err != nil && !errors.Is(err, serial.ErrTimeout) {
		return err
	}
	return nil
}

// hear takes one answer.
func (s *session) hear(a Answer) {
	switch a.Kind {
	case RealTime:
		s.polled(a.Data[0])
	case AutoBack:
		s.learn(autoBackCondition(a.Data))
	case Plain:
		s.plain++
	case Process:
		s.processed(string(a.Data))
	case Name:
		s.model.name, s.model.asked = string(a.Data), time.Time{}
	}
}

// silence ends a burst. An answer to GS r stands alone; several such bytes together
// are the rest of something damaged.
func (s *session) silence() {
	if s.plain == 1 {
		s.taken()
	}
	s.plain = 0
}

// learn takes a whole status.
func (s *session) learn(c condition) {
	s.said = c
	s.poll.answered(s.Clock.Now())
	s.covered = c.cutter && (s.covered || c.cover)
	s.show()
}

// show works out the state of the machine.
func (s *session) show() {
	s.be(s.judge())
}

func (s *session) judge() (queue.DeviceState, string) {
	said, detail := s.said.state(s.Profile)
	switch {
	case !s.talks():
		said, detail = queue.DeviceUnknown, "one-way"
	case !s.poll.over:
		return queue.DeviceOffline, ""
	case !s.poll.told:
		said, detail = queue.DeviceUnknown, "does not answer"
	case s.poll.silent(said):
		said, detail = queue.DeviceUnknown, "does not answer"
	}
	if said.Prints() && s.held() {
		return queue.DeviceError, "takes no data: held by its flow control"
	}
	if detail == "" {
		detail = s.model.name
	}
	return said, detail
}

// talks tells whether the model says how it is.
func (s *session) talks() bool { return s.Profile.DLEEOT || s.Profile.ASB }

func (s *session) held() bool {
	return len(s.out) > 0 && !s.moved.IsZero() && s.Clock.Now().Sub(s.moved) > heldAfter
}

// prints tells whether bytes may go out now.
func (s *session) prints() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.Prints()
}

// account counts the time that went by, for whoever waits for the printer.
func (s *session) account() {
	now := s.Clock.Now()
	passed := now.Sub(s.last)
	s.last = now
	if s.prints() {
		s.stuck = time.Time{}
		if len(s.out) == 0 {
			s.settle, s.owed = max(0, s.settle-passed), max(0, s.owed-passed)
		}
		if s.job != nil && s.job.began {
			s.job.spent += passed
		}
	} else if s.stuck.IsZero() {
		s.stuck = now
	}
}

// act does what is next.
func (s *session) act() error {
	steps := []func() error{s.fill, s.ask, s.free, s.pump, s.await, s.prepare, s.inquire, s.start}
	for _, do := range steps {
		if err := do(); err != nil {
			return err
		}
	}
	s.show()
	return nil
}

// pump writes a piece of what is to go out. What a printer cannot print is kept
// here: beyond its buffer bytes are lost on a line without flow control. A cutter jams
// at a ticket's end, so little is left then, and it must be out before "go on" is said.
func (s *session) pump() error {
	now := s.Clock.Now()
	if len(s.out) == 0 || (!s.prints() && !s.held() && !s.said.cutter) {
		if len(s.out) > 0 {
			s.moved = now // our own waiting is not the line's
		}
		return nil
	}
	n, err := s.write(s.out[:min(piece, len(s.out))])
	if n > 0 {
		s.out = s.out[n:]
		s.moved = s.Clock.Now()
		if s.job != nil {
			s.left(n)
		}
	}
	return err
}

// write gives the line bytes; that it does not take them all now is no error.
func (s *session) write(b []byte) (int, error) {
	n, err := s.port.Write(b, s.Clock.Now().Add(writeTime))
	if errors.Is(err, serial.ErrTimeout) {
		err = nil
	}
	return n, err
}

// command sends a few bytes that go past the queue.
func (s *session) command(b ...byte) error {
	_, err := s.write(b)
	return err
}
