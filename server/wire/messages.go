// Package wire is what goes over websockets: the messages of /live, and what
// each view may see of a visit, a counter and a branch. The device agent uses
// the same types; golden JSON in the tests keeps both sides honest.
package wire

import (
	"time"

	"motcua/server/queue"
)

// View names what a client of /live looks at. It decides what it may see.
type View string

// The views of /live.
const (
	Board   View = "board"
	Kiosk   View = "kiosk"
	Lookup  View = "lookup"
	Desk    View = "desk"
	Counter View = "counter"
	Rate    View = "rate"
	Ticket  View = "ticket"
	Floor   View = "floor"
	Device  View = "device"
)

// Staff tells whether the view is for staff: it sees the waiting list with
// priority groups. All others see what hangs on the hall's wall.
func (v View) Staff() bool { return v == Desk || v == Floor }

// Snapshot is the first message: the whole state as this view may see it.
type Snapshot struct {
	Type  string `json:"type"` // "snapshot"
	Epoch string `json:"epoch"`
	Seq   int64  `json:"seq"`
	Now   Time   `json:"now"`
	State State  `json:"state"`
}

// State is the hall as a view sees it. A screen applies events to it by id:
// event.visit replaces visits[id], event.counter replaces counters[id].
type State struct {
	Branch   BranchInfo    `json:"branch"`
	Day      queue.Day     `json:"day"`
	Open     bool          `json:"open"`
	Visits   []VisitInfo   `json:"visits"`   // public views: called, serving, no_show and today's last 30 calls; staff: all live ones and today's ended
	Counters []CounterInfo `json:"counters"` // every counter of the settings
	Figures  Figures       `json:"figures"`

	Devices []queue.Device `json:"devices,omitempty"` // staff, kiosk and device views: what hangs in the hall
	Notices []queue.Notice `json:"notices,omitempty"` // what stands now, as the view may see it
	Booked  bool           `json:"booked,omitempty"`  // kiosk view: somebody has booked and not yet come
	Trouble queue.Code     `json:"trouble,omitempty"` // why no commands are taken now: store_full, store_unavailable
}

// EventMessage is one numbered change.
type EventMessage struct {
	Type  string `json:"type"` // "event"
	Seq   int64  `json:"seq"`
	Event Event  `json:"event"`
}

// Event is a change as a view may see it; what it may not see has the kind "other".
type Event struct {
	Kind      string       `json:"kind"`
	At        Time         `json:"at"`
	By        string       `json:"by,omitempty"` // staff views only
	Verb      queue.Verb   `json:"verb,omitempty"`
	Undoes    queue.Verb   `json:"undoes,omitempty"`
	Visit     *VisitInfo   `json:"visit,omitempty"`
	Counter   *CounterInfo `json:"counter,omitempty"`
	From      string       `json:"from,omitempty"`
	Place     string       `json:"place,omitempty"`
	Reason    string       `json:"reason,omitempty"` // staff views only
	OutOfTurn bool         `json:"out_of_turn,omitempty"`
	Day       queue.Day    `json:"day,omitempty"`
	Version   int          `json:"version,omitempty"`
	Note      string       `json:"note,omitempty"`

	Notice  *queue.Notice `json:"notice,omitempty"` // notice.changed; with note "ended" it stands no longer
	Device  *queue.Device `json:"device,omitempty"`
	Copy    int           `json:"copy,omitempty"`
	Machine string        `json:"machine,omitempty"` // device view, ticket.taken and booking.arrived: name of the key it was taken with
}

// Figures are derived, unnumbered, sent at most once a second.
type Figures struct {
	Type     string          `json:"type"` // "figures"
	Now      Time            `json:"now"`
	Services []ServiceFigure `json:"services"`
}

// ServiceFigure is one service's queue now.
type ServiceFigure struct {
	ID       string    `json:"id"`
	Open     bool      `json:"open"`
	Waiting  int       `json:"waiting"`
	Estimate *Interval `json:"estimate"`         // for a ticket taken now; null when nothing honest can be said
	Next     string    `json:"next,omitempty"`   // number called first of those who wait, when that is sure
	Reason   string    `json:"reason,omitempty"` // why it is closed: before_opening, lunch, cut_off, holiday, weekend, not_today, closed, quota_full, emergency
	Opens    Time      `json:"opens,omitzero"`   // when numbers begin again

	Holiday queue.Text `json:"holiday,omitzero"` // its name, when that is the reason
}

// Interval is an 80 % interval in whole minutes.
type Interval struct {
	Low  int `json:"low"`
	High int `json:"high"`
}

// Tick tells the time, at least every ten seconds.
type Tick struct {
	Type    string     `json:"type"` // "tick"
	Now     Time       `json:"now"`
	Trouble queue.Code `json:"trouble,omitempty"` // as in State; a tick comes at once when it changes
}

// TicketMessage is the whole ticket for its holder's phone; it has no number.
type TicketMessage struct {
	Type   string     `json:"type"` // "ticket"
	Now    Time       `json:"now"`
	Ticket TicketInfo `json:"ticket"`
}

// Request is what a client may send: {"type":"resume","epoch":…,"seq":…}.
type Request struct {
	Type  string `json:"type"`
	Epoch string `json:"epoch"`
	Seq   int64  `json:"seq"`
}

// Time is a moment as RFC 3339 with the hall's offset, milliseconds kept.
type Time string

// TimeOf writes a moment; empty for the zero time.
func TimeOf(t time.Time) Time {
	if t.IsZero() {
		return ""
	}
	return Time(t.In(queue.Zone).Format("2006-01-02T15:04:05.000Z07:00"))
}
