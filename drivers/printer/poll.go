package printer

import (
	"time"

	"motcua/server/queue"
)

// How often the printer is asked how it is, and for how long an answer is awaited.
const (
	pollIdle   = 5 * time.Second // also with automatic status: this is what finds a dead cable
	pollSoon   = time.Second     // while something is wrong or awaited
	pollAnswer = time.Second
	mute       = 2  // unanswered rounds until nobody knows how it is
	muteStuck  = 12 // the same when it could not print: its flow control may hold our question
)

// longestHead is more than any command of ours has before its data.
const longestHead = 16

// poll is the asking with DLE EOT 1 to 4, one at a time: the answers do not say
// which of the four they belong to.
type poll struct {
	n      int       // asked now, 0 for none
	at     time.Time // when
	began  time.Time // the round
	next   time.Time // the next round
	found  condition // so far in this round
	missed int       // rounds without an answer since the last one with
	over   bool      // the first round is over, or there is none
	told   bool      // it ever said how it is
	clean  time.Time // when the last complete round began
}

// answered notes that the printer told all of its condition by itself. A question
// under way is given up: it was asked before the change.
func (q *poll) answered(now time.Time) {
	q.n, q.missed, q.over, q.told, q.next = 0, 0, true, true, now.Add(pollIdle)
}

// silent tells whether so much was not answered that what was said no longer holds.
func (q *poll) silent(said queue.DeviceState) bool {
	if said.Prints() {
		return q.missed >= mute
	}
	return q.missed >= muteStuck
}

// ask polls when it is time. In the middle of a ticket nothing is asked: the
// question could become a part of a picture.
func (s *session) ask() error {
	now, q := s.Clock.Now(), &s.poll
	if !s.Profile.DLEEOT {
		q.over = true
		return nil
	}
	if q.n > 0 && now.Sub(q.at) > pollAnswer {
		s.missed(now)
	}
	if q.n > 0 || now.Before(q.next) || len(s.out) > 0 || !s.model.asked.IsZero() {
		return nil
	}
	q.began, q.found = now, condition{}
	return s.question(1)
}

// fill ends the head of a command that a former run or opening broke off: else our
// next bytes would become its length, and the printer would swallow that much of a
// ticket. Zeros are nothing to a printer that waits for no more bytes.
func (s *session) fill() error {
	if s.filled || len(s.out) > 0 {
		return nil
	}
	s.filled = true
	return s.command(make([]byte, longestHead)...)
}

func (s *session) question(n int) error {
	s.poll.n, s.poll.at = n, s.Clock.Now()
	return s.command(0x10, 0x04, byte(n))
}

// missed ends a round that was not answered. A printer that comes back may have
// been switched off meanwhile, so it is prepared again.
func (s *session) missed(now time.Time) {
	q := &s.poll
	q.n, q.over = 0, true
	q.missed++
	q.next = now.Add(pollSoon)
	if q.missed > mute {
		q.next = now.Add(pollIdle)
	}
	s.ready = false
	s.show()
}

// polled takes the answer to the question under way; another one is too late.
func (s *session) polled(b byte) {
	q := &s.poll
	if q.n == 0 {
		return
	}
	if len(s.out) > 0 { // a job began meanwhile
		q.n = 0
		return
	}
	q.found.realTime(q.n, b)
	if q.n < 4 {
		if err := s.question(q.n + 1); err != nil {
			q.n = 0 // the next read or write says it again
		}
		return
	}
	began := q.began
	s.learn(q.found)
	if q.clean = began; !s.prints() || s.awaitsStatus() {
		q.next = s.Clock.Now().Add(pollSoon)
	}
}
