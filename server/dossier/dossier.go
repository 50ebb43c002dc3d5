package dossier

import (
	"time"

	"motcua/server/queue"
)

// Stage is how far a dossier is.
type Stage string

// The stages.
const (
	Received   Stage = "received"   // tiếp nhận
	Processing Stage = "processing" // đang giải quyết
	Supplement Stage = "supplement" // chờ bổ sung
	Ready      Stage = "ready"      // có kết quả, chờ trả
	Returned   Stage = "returned"   // đã trả kết quả
)

// Stages in the order a dossier passes them.
var Stages = []Stage{Received, Processing, Supplement, Ready, Returned}

// resolved tells whether the hall has done its part.
func (s Stage) resolved() bool { return s == Ready || s == Returned }

// rank orders stages a dossier does not come back from by itself; to supplement
// and back to processing it may go several times.
func (s Stage) rank() int {
	switch s {
	case Processing, Supplement:
		return 1
	case Ready:
		return 2
	case Returned:
		return 3
	}
	return 0
}

// Dossier is all that is known of one.
type Dossier struct {
	Code      string
	Branch    string
	Procedure string // code in the catalogue; empty when not told
	Stage     Stage
	Received  When
	Due       When
	// Reappointed is the new day told once the first could not be kept; the law
	// allows one (NĐ 118/2025).
	Reappointed When
	// At is when each stage was reached, as far as told.
	At      map[Stage]When
	Collect string // counter or place where the result is handed out
	Note    string // what the hall says about the delay
	Updated time.Time
	digits  string // keyed hash; empty when none was told
}

// HasDigits tells whether there is something to verify by.
func (d *Dossier) HasDigits() bool { return d.digits != "" }

// Deadline is the day that counts now: the new one after a re-appointment.
func (d *Dossier) Deadline() When {
	if d.Reappointed != "" {
		return d.Reappointed
	}
	return d.Due
}

// Pending tells whether the hall still has work with it.
func (d *Dossier) Pending() bool { return !d.Stage.resolved() }

// Late tells whether the day has passed without a result. While the citizen has
// something to add the time stands still.
func (d *Dossier) Late(now time.Time) bool {
	return d.Pending() && d.Stage != Supplement && d.Deadline().Passed(now)
}

// Step is one point of the line of stages.
type Step struct {
	ID Stage `json:"id"`
	At When  `json:"at,omitempty"`
}

// Steps is the line of stages: supplement stands in it only when it happened.
func (d *Dossier) Steps() []Step {
	var line []Step
	for _, stage := range Stages {
		if stage == Supplement && d.Stage != Supplement && d.At[Supplement] == "" {
			continue
		}
		step := Step{ID: stage}
		if stage.rank() <= d.Stage.rank() {
			step.At = d.At[stage]
		}
		line = append(line, step)
	}
	return line
}

// Verdict says whether a promise was kept.
type Verdict string

// The verdicts. Unknown is never counted as kept.
const (
	Kept    Verdict = "kept"
	TooLate Verdict = "late"
	Unknown Verdict = "unknown"
)

// Judge holds the result against the first day promised: a re-appointment is no
// promise kept.
func (d *Dossier) Judge(now time.Time) Verdict {
	if d.Due == "" {
		return Unknown
	}
	if d.Pending() {
		if d.Stage != Supplement && d.Due.Passed(now) {
			return TooLate
		}
		return Unknown
	}
	done := d.At[Ready]
	if done == "" {
		done = d.At[Returned]
	}
	switch {
	case done == "":
		return Unknown
	case done.DayOnly() && done.Day() <= d.Due.Day(), !done.DayOnly() && !d.Due.Passed(done.Start()):
		return Kept
	}
	return TooLate
}

// When is a day ("2026-11-24") or a moment (RFC 3339), as precise as it was told;
// empty when it was not.
type When string

// OnDay and AtMoment make a When.
func OnDay(day queue.Day) When { return When(day) }

// AtMoment keeps a moment to the second.
func AtMoment(t time.Time) When { return When(t.In(queue.Zone).Format(time.RFC3339)) }

// DayOnly tells that no hour was told.
func (w When) DayOnly() bool { return len(w) == len(time.DateOnly) }

// Start is the moment, or the beginning of the day; zero when there is none.
func (w When) Start() time.Time {
	if w.DayOnly() {
		return queue.Day(w).Start()
	}
	t, err := time.Parse(time.RFC3339, string(w))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Day is the day it is on; empty when there is none.
func (w When) Day() queue.Day {
	if w == "" {
		return ""
	}
	return queue.DayOf(w.Start())
}

// Passed tells whether it is over: a day when the next has begun.
func (w When) Passed(now time.Time) bool {
	switch {
	case w == "":
		return false
	case w.DayOnly():
		return queue.DayOf(now) > w.Day()
	}
	return now.After(w.Start())
}
