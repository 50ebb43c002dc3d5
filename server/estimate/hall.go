// Package estimate forecasts waiting times. It plays the hall of the moment
// forward a few dozen times, with servings as long as the recent ones were, and
// says between which two minutes four visitors out of five will be called.
//
// Everything here is pure: no clock, no randomness but a fixed sequence, so
// that the same hall always gives the same words.
package estimate

import "motcua/server/queue"

// Hall is what the forecast needs to know of the present. Moments are
// milliseconds since 1970.
type Hall struct {
	Now      int64
	Policy   queue.Policy // mode, N, MaxWait, HeadStart; the merge is the counter's
	Services []string     // the services a forecast is wanted for
	Counters []Counter
	Waiting  []Waiter
	Breaks   []Break // when counters will not call, e.g. between the half-days
	Times    *Times
}

// Counter is one counter of the hall. A closed one that nobody expects to open
// may be left out.
type Counter struct {
	ID       string
	State    queue.CounterState
	Services []string // in the counter's own order
	Merge    queue.Merge
	Weights  []int  // beside Services, for queue.ByWeight
	Serving  string // service of the visit called or served here
	Since    int64  // the call of that visit; for a paused counter, the start of the pause
	Opens    int64  // a closed counter: when its half-day begins or began, 0 if it is not expected
	Turn     int    // interleave: visits without priority still due before the next with
}

// Waiter is one waiting visit.
type Waiter struct {
	Queue    string // service id, or "@" + counter id
	Service  string
	Priority bool
	Front    bool
	Order    int64 // its place: the moment it counts as having come
}

// Break is a time in which no counter calls.
type Break struct{ From, To int64 }

// after gives the first moment from t on at which a counter may call.
func after(breaks []Break, t int64) int64 {
	for _, b := range breaks {
		if t >= b.From && t < b.To {
			t = b.To
		}
	}
	return t
}

// counts tells whether a counter may yet call anybody.
func (c Counter) counts(now int64) bool {
	switch c.State {
	case queue.CounterOpen, queue.CounterCalling, queue.CounterServing:
		return true
	case queue.CounterPaused:
		// Who paused an hour ago has left, whatever the screen says.
		return now-c.Since < longestPause
	}
	return c.Opens > 0 && now-c.Opens < grace
}

// sure tells whether a forecast may rest on this counter alone.
func (c Counter) sure(now int64) bool {
	return c.State != queue.CounterClosed || now-c.Opens < punctual
}
