package queue

// VisitState is where a visit stands between take and end.
type VisitState string

// The states of a visit (product rules: "States of a visit").
const (
	Booked    VisitState = "booked"
	Waiting   VisitState = "waiting"
	Called    VisitState = "called"
	Serving   VisitState = "serving"
	Parked    VisitState = "parked"
	NoShow    VisitState = "no_show"
	Ended     VisitState = "ended"
	Cancelled VisitState = "cancelled"
	Expired   VisitState = "expired"
)

// Live tells whether a visit in this state can still be served today.
func (s VisitState) Live() bool {
	switch s {
	case Booked, Waiting, Called, Serving, Parked, NoShow:
		return true
	}
	return false
}

// Visit is one visitor's stay in the hall, as the store keeps it. Times are
// Millis; empty fields are left out of the stored JSON, because a script may
// neither write nor read a JSON null.
type Visit struct {
	ID       string     `json:"id"`     // <yymmdd>-<number>: the same from take to end, unique over days, no secret
	Number   string     `json:"number"` // A012: unique per branch and day, never the identity
	Service  string     `json:"service"`
	State    VisitState `json:"state"`
	Priority string     `json:"priority,omitempty"` // id of the priority group, empty for none

	Queue string `json:"q,omitempty"`     // service id, or "@" + counter id when sent to one counter
	Front bool   `json:"front,omitempty"` // stands before the policy: reinstated, or transferred to the front
	Order string `json:"ord,omitempty"`   // place in the queue: 13 digits of ms, ".", arrival count; compared as text

	Token     string `json:"token,omitempty"`
	Code      string `json:"code,omitempty"`
	Procedure string `json:"proc,omitempty"`
	Lang      string `json:"lang,omitempty"`
	Origin    string `json:"origin,omitempty"`   // kiosk, desk (walk-in) or booking
	Forecast  string `json:"forecast,omitempty"` // what the estimate knew when the ticket was taken; opaque to the store

	Taken  Millis `json:"taken"`            // when the number was given out
	Booked Millis `json:"booked,omitempty"` // the booked time, for a visit from a booking
	Called Millis `json:"called,omitempty"` // the last call
	Served Millis `json:"served,omitempty"` // start of the present or last transaction
	Ended  Millis `json:"ended,omitempty"`
	Parked Millis `json:"parked,omitempty"`

	Counter  string `json:"counter,omitempty"` // where it is, or was last
	Calls    int    `json:"calls,omitempty"`   // call and recalls at the present counter
	Tx       int    `json:"tx,omitempty"`      // number of its present or last transaction, from 1
	Outcome  string `json:"outcome,omitempty"`
	Reason   string `json:"reason,omitempty"`
	Revision int    `json:"rev"` // goes up with every change; undo compares it
}

// IsPriority tells whether the visit stands in the priority class.
func (v Visit) IsPriority() bool { return v.Priority != "" }

// CounterState is what a counter does at the moment.
type CounterState string

// The states of a counter.
const (
	CounterClosed  CounterState = "closed"
	CounterOpen    CounterState = "open"
	CounterPaused  CounterState = "paused"
	CounterCalling CounterState = "calling"
	CounterServing CounterState = "serving"
)

// Counter is the working state of one counter today. A counter that nobody
// opened yet has no record and counts as closed.
type Counter struct {
	ID     string       `json:"id"`
	State  CounterState `json:"state"`
	Visit  string       `json:"visit,omitempty"`  // the visit called or serving here
	Number string       `json:"number,omitempty"` // its number
	Reason string       `json:"reason,omitempty"` // why it is paused
	Since  Millis       `json:"since,omitempty"`  // start of the present state
	Turn   int          `json:"turn"`             // interleave: visits without priority still due before the next with
	LastTx string       `json:"last_tx,omitempty"`
	LastAt Millis       `json:"last_at,omitempty"` // end of the last transaction: the keypad's window starts here
	Rated  bool         `json:"rated,omitempty"`   // that transaction has its rating
	Seat   Sitting      `json:"seat,omitzero"`     // who sits there; nobody who has an account when zero
}

// Sitting is a person at a counter, as the day's events tell of them: what was so
// then stays so, whatever becomes of the account.
type Sitting struct {
	Account string `json:"account"`
	Name    string `json:"name"`
	Title   Text   `json:"title,omitzero"`
	Photo   string `json:"photo,omitempty"` // of the hall's media
}

// Transaction is one serving of a visit at one counter: what a rating belongs to.
type Transaction struct {
	ID      string `json:"id"` // <visit id>.<n>
	Visit   string `json:"visit"`
	Number  string `json:"number"`
	Counter string `json:"counter"`
	Service string `json:"service"`
	Started Millis `json:"started"`
	Ended   Millis `json:"ended,omitempty"`
	Level   int    `json:"level,omitempty"`  // 1 = best; 0 = not rated
	Source  string `json:"source,omitempty"` // keypad, tablet, phone, paper
}

// Booking is a place kept for a later half-day.
type Booking struct {
	Code     string `json:"code"`
	Service  string `json:"service"`
	At       Millis `json:"at"`
	Day      Day    `json:"day"`
	Half     string `json:"half"`
	State    string `json:"state"` // booked, arrived, expired
	Priority string `json:"priority,omitempty"`
	Visit    string `json:"visit,omitempty"` // once arrived
}
