package queue

// Command is one request to change the hall, complete and validated: a script
// decides it from this and from what is stored, from nothing else. All fields
// are data; the same command on the same state gives the same answer, which is
// what makes the journal of the embedded engine replayable.
type Command struct {
	Verb   Verb   `json:"verb"`
	Branch string `json:"-"`
	Day    Day    `json:"day"` // the business day it was made for
	Now    Millis `json:"now"`
	By     string `json:"by,omitempty"` // device or account, for the event

	// Request names the request for good: a hash of caller and idempotency
	// key. Print is the fingerprint of its path and body: the same Request
	// with another Print is refused. Both empty for the hall's own commands.
	Request string `json:"rid,omitempty"`
	Print   string `json:"fp,omitempty"`

	Counter   string     `json:"counter,omitempty"`
	Service   string     `json:"service,omitempty"`
	Prefix    string     `json:"prefix,omitempty"` // of the service, for the number
	Number    string     `json:"number,omitempty"`
	Visit     string     `json:"visit,omitempty"`
	Token     string     `json:"token,omitempty"`
	Code      string     `json:"code,omitempty"`
	Priority  string     `json:"priority,omitempty"`
	Procedure string     `json:"proc,omitempty"`
	Lang      string     `json:"lang,omitempty"`
	Origin    string     `json:"origin,omitempty"`
	Forecast  string     `json:"forecast,omitempty"`
	Reason    string     `json:"reason,omitempty"`
	Outcome   string     `json:"outcome,omitempty"`
	Place     string     `json:"place,omitempty"`     // of a transfer: arrival, front, back
	ToCounter string     `json:"to,omitempty"`        // of a transfer
	People    int        `json:"people,omitempty"`    // of a delay
	Level     int        `json:"level,omitempty"`     // of a rating
	Reasons   []string   `json:"reasons,omitempty"`   // of a low rating
	Source    string     `json:"source,omitempty"`    // of a rating
	Window    int64      `json:"window,omitempty"`    // of a rating: milliseconds after the end, 0 for no limit
	RateDay   Day        `json:"rate_day,omitempty"`  // of a paper rating: the day of the visit
	Half      string     `json:"half,omitempty"`      // half-day of a take or booking, for its quota
	Quota     int        `json:"quota,omitempty"`     // numbers this service may give in that half-day, 0 for no limit
	Person    string     `json:"person,omitempty"`    // keyed day hash; counted, never kept with the visit
	Most      int        `json:"most,omitempty"`      // tickets one person may take of this service today, 0 for no limit
	Booking   string     `json:"booking,omitempty"`   // code of the booking that arrives
	MostDay   int        `json:"most_day,omitempty"`  // the same over all services
	At        Millis     `json:"at,omitempty"`        // booked time; of a rating: when the key was pressed, Now when empty
	AtDay     Day        `json:"at_day,omitempty"`    // its business day
	Late      int64      `json:"late,omitempty"`      // ms a booked visitor may be late
	Policy    *Policy    `json:"policy,omitempty"`    // of call and next
	Queues    []QueueRef `json:"queues,omitempty"`    // the queues a script may touch, the counter's own first
	Kind      Kind       `json:"kind,omitempty"`      // of a note
	Note      string     `json:"note,omitempty"`      // of a note
	Device    *Device    `json:"device,omitempty"`    // of a note
	Notice    *Notice    `json:"notice,omitempty"`    // of a note
	Seat      *Sitting   `json:"seat,omitempty"`      // who sits down; nil for nobody
	Copy      int        `json:"copy,omitempty"`      // of a note that asks for a ticket to be printed again
	Document  string     `json:"document,omitempty"`  // of settings: the whole JSON
	Version   int        `json:"version,omitempty"`   // of settings: the version it was made from; of a note on the catalogue: its edition
	Counters  []string   `json:"counters,omitempty"`  // of a day's end: those to close
	DropDays  []Day      `json:"drop_days,omitempty"` // of a day's opening: whose keys nobody needs any more
	Epoch     string     `json:"epoch,omitempty"`     // taken if the store has none yet
	Fence     string     `json:"fence,omitempty"`     // the lease's number; checked by every script
}

// QueueRef names a queue with what the policy knows of it at this counter.
type QueueRef struct {
	ID     string `json:"id"`
	Weight int    `json:"w,omitempty"` // weighted order: how much faster a minute counts here
}

// Mode says how priority and other visits take turns.
type Mode string

// The modes of calling (product rules: "Calling order per counter").
const (
	Interleave Mode = "interleave" // a priority visit first, then up to N others
	Strict     Mode = "strict"     // priority first; who waited longer than MaxWait counts as priority
	HeadStart  Mode = "headstart"  // priority counts as having come some minutes earlier
)

// Merge says how a counter that serves several services picks among them.
type Merge string

// The ways to merge several services.
const (
	ByArrival Merge = "arrival"  // one queue by arrival
	ByList    Merge = "listed"   // the counter's own order; who waited longer than MaxWait comes first
	ByWeight  Merge = "weighted" // waiting time times the service's weight
)

// Policy is the calling order of one counter.
type Policy struct {
	Mode      Mode  `json:"mode"`
	N         int   `json:"n"`          // interleave: others after each priority visit
	MaxWait   int64 `json:"max_wait"`   // ms; strict, and ByList
	HeadStart int64 `json:"head_start"` // ms
	Merge     Merge `json:"merge"`
}

// Result is what an accepted command answers. It is stored with the request's
// name and given again, word for word, when the request is repeated.
type Result struct {
	Again   bool         `json:"-"` // this is the stored answer of an earlier request
	Seq     int64        `json:"seq"`
	Visit   *Visit       `json:"visit,omitempty"`
	Counter *Counter     `json:"counter,omitempty"`
	Rating  *Transaction `json:"rating,omitempty"`
	Booking *Booking     `json:"booking,omitempty"`
	// Where a taken ticket stood in its queue: visits of its own class before
	// it, visits of the other class there, visits before the policy.
	Rank   int `json:"rank,omitempty"`
	Others int `json:"others,omitempty"`
	Fronts int `json:"fronts,omitempty"`
	// PersonCount is how many tickets this person took today, this one included.
	PersonCount int `json:"person_count,omitempty"`
	Version     int `json:"version,omitempty"`
	// Device and Copy are of a ticket asked to be printed again.
	Device *Device `json:"device,omitempty"`
	Copy   int     `json:"copy,omitempty"`
	Notice *Notice `json:"notice,omitempty"` // that was made or ended, or that stood already
}
