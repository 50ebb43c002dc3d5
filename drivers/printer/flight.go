package printer

import (
	"time"

	"motcua/server/wire"
)

// Beside the line's and the paper's own time.
const (
	spare   = 5 * time.Second // until an awaited word is given up
	settled = time.Second     // after which a printer that says no more should be done
	nameFor = 2 * time.Second // for the model's name
)

// flight is the job on its way.
type flight struct {
	rec   *record
	id    string
	began bool          // a byte has left
	first time.Time     // when
	whole bool          // every byte has left
	need  time.Duration // of the line and the paper
	spent time.Duration // since the first byte, while the printer could print
	word  string        // the printer's: printed
	due   time.Time     // since when a clean status means that it is done
}

type model struct {
	name  string
	asked time.Time // an answer is awaited since, and nothing else may be sent
	tried bool
}

// start sends the next job on its way.
func (s *session) start() error {
	if s.job != nil || !s.idle() || s.Clock.Now().Before(s.storing) {
		return nil
	}
	s.mu.Lock()
	var rec *record
	if s.journal.unclean() == 0 {
		rec = s.journal.first()
	}
	s.mu.Unlock()
	if rec == nil {
		return nil
	}
	ticket := *rec.Ticket
	bytes, rows, err := s.Encode(&ticket)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.journal.first() != rec {
		return nil // it expired, was withdrawn or overtaken while its picture was drawn
	}
	if err != nil {
		_ = s.finish(rec, wire.PrintFailed, "error")
		return nil
	}
	id := processName(s.journal.upcoming())
	out := whole(s.Profile, bytes, id)
	if s.journal.begin(rec, len(out)) != nil {
		s.storing = s.Clock.Now().Add(onceMore)
		return nil
	}
	s.out, s.moved = out, s.Clock.Now()
	s.job = &flight{rec: rec, id: id, need: lineTime(len(out), s.Baud) + paperTime(rows, s.Profile)}
	return nil
}

// idle tells whether the printer is free for something new.
func (s *session) idle() bool {
	return len(s.out) == 0 && s.settle == 0 && s.owed == 0 && s.poll.over && s.model.asked.IsZero() && s.prints()
}

// left notes that n bytes of the job left.
func (s *session) left(n int) {
	j, now := s.job, s.Clock.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !j.began && n > 0 {
		j.began, j.first = true, now
		s.metrics.FirstByte = now.Sub(j.rec.At)
	}
	if len(s.out) > 0 || j.whole {
		return
	}
	j.whole, j.rec.Step = true, sent
	_ = s.journal.put(j.rec) // for technicians; "sending" says the same after a crash
	if !s.Profile.ASB {
		s.poll.next = now
	}
}

// processed hears that all printing before an id is completed.
func (s *session) processed(id string) {
	if s.job != nil && s.job.id == id && s.Profile.Confirms() == "id" {
		s.job.word = wire.Printed
	}
}

// taken hears the answer to GS r: of this job, or of one that was given up before.
func (s *session) taken() {
	switch {
	case s.job == nil:
		s.owed = 0
	case s.job.whole && s.Profile.Confirms() == "gs_r":
		s.job.word = wire.Printed
	}
}

// await looks whether the outcome of the job is known.
func (s *session) await() error {
	j, now := s.job, s.Clock.Now()
	switch {
	case j == nil:
	case j.word != "":
		s.end(j.word, "")
	case !j.began:
		s.recall(now)
	case !s.stuck.IsZero() && now.Sub(s.stuck) >= s.GiveUp:
		return s.abandon()
	case s.quiet(now):
		s.end(wire.PrintSent, "")
	case j.spent > j.need+spare:
		s.end(wire.PrintUnknown, TimeOut)
	}
	return nil
}

// recall takes a job back of which the line takes no byte, when it has become old.
func (s *session) recall(now time.Time) {
	if s.prints() || now.Sub(s.job.rec.At) <= s.MaxAge {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.journal.back(s.job.rec)
	s.job, s.out = nil, nil
}

// quiet tells whether a printer that gives no word of its own must be done.
func (s *session) quiet(now time.Time) bool {
	j := s.job
	switch s.Profile.Confirms() {
	case "none":
		return j.whole && j.spent >= j.need
	case "status":
		if !j.whole || j.spent < j.need+settled {
			return false
		}
		if j.due.IsZero() {
			j.due = now
		}
		if q := &s.poll; q.n == 0 && q.next.Sub(now) > pollSoon {
			q.next = now
		}
		return !s.poll.clean.Before(j.due) && s.prints() && s.poll.missed == 0
	}
	return false
}

func (s *session) awaitsStatus() bool { return s.job != nil && s.job.whole && !s.Profile.ASB }

// abandon gives a stuck printer up: what it holds is cleared, so that the ticket
// does not come out when nobody stands there any more.
func (s *session) abandon() error {
	s.mu.Lock()
	reason := string(s.state)
	s.mu.Unlock()
	if err := s.port.Flush(); err != nil {
		return err
	}
	err := s.command(discard...)
	s.end(wire.PrintFailed, reason)
	return err
}

// end stores the outcome of the job on its way.
func (s *session) end(state, reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	j := s.job
	known := state == wire.Printed || state == wire.PrintSent
	if known || (j.whole && reason == TimeOut) {
		j.rec.Unclean = 0
	} else {
		s.ready, s.filled = false, false
	}
	if !known && s.Profile.Confirms() == "gs_r" {
		s.owed = j.need + spare // its answer must not be taken for the next job's
	}
	if known {
		s.metrics.Paper = s.Clock.Now().Sub(j.first)
	}
	_ = s.finish(j.rec, state, reason)
	s.job, s.out = nil, nil
}

// lost ends a session: of a job that had begun nobody can know any more.
func (s *session) lost() {
	switch j := s.job; {
	case j == nil:
	case j.word != "":
		s.end(j.word, "")
	case j.began:
		s.end(wire.PrintUnknown, "offline")
	default:
		s.mu.Lock()
		_ = s.journal.back(j.rec)
		s.mu.Unlock()
	}
	s.job, s.out = nil, nil
}
