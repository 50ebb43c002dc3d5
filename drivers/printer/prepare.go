package printer

import (
	"time"

	"motcua/server/queue"
)

// prepare sets the printer up after the line was opened or the printer was away, and
// ends what a broken-off ticket left in it.
func (s *session) prepare() error {
	if s.ready || s.job != nil || !s.idle() {
		return nil
	}
	s.mu.Lock()
	unclean, waits := s.journal.unclean(), len(s.journal.open) > 0
	s.mu.Unlock()
	switch {
	case s.rinsed:
		s.mu.Lock()
		s.rinsed = false
		s.ready = s.journal.clean() == nil
		s.mu.Unlock()
	case s.poll.missed > 0 && (unclean == 0 || !waits):
		// Nobody may be there. A ticket brings its own preparation.
	case unclean == 0:
		s.out, s.moved, s.ready = setup(s.Profile), s.Clock.Now(), true
	default:
		s.out, s.moved, s.rinsed = rinse(s.Profile, unclean), s.Clock.Now(), true
		// Forgotten only when it must have arrived.
		s.settle = lineTime(len(s.out), s.Baud) + settled
		if s.Profile.Confirms() == "gs_r" {
			s.owed = lineTime(unclean, s.Baud) + 2*spare
		}
	}
	return nil
}

// free asks a printer with a jammed cutter to go on: once when its cover was opened
// and shut, which is how a technician clears it, and now and then for models that
// have no sensor there.
func (s *session) free() error {
	now := s.Clock.Now()
	if jammed := s.said.cutter || s.said.waits; !jammed || s.said.cover || s.said.paperEnd || s.poll.missed > 0 || len(s.out) > 0 {
		if !jammed {
			s.freed = now
		}
		return nil
	}
	if !s.covered && now.Sub(s.freed) < cutterWait {
		return nil
	}
	s.covered, s.freed = false, now
	s.poll.next = now.Add(pollSoon)
	return s.command(retry...)
}

// inquire asks an idle printer for its model's name, once an opening. Only models
// that surely know the question are asked: others might print it.
func (s *session) inquire() error {
	m, now := &s.model, s.Clock.Now()
	if !m.asked.IsZero() && now.Sub(m.asked) > nameFor {
		m.asked = time.Time{}
	}
	if m.tried || !s.Profile.ProcessID || !s.ready || s.job != nil || s.poll.n > 0 || s.poll.missed > 0 || !s.idle() || s.Waiting() > 0 {
		return nil
	}
	if state, _ := s.judge(); state == queue.DeviceUnknown {
		return nil
	}
	m.asked, m.tried = now, true
	return s.command(whoAreYou...)
}
