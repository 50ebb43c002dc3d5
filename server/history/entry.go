package history

import (
	"cmp"
	"slices"
	"strings"

	"motcua/server/queue"
)

// entry is an event as the history keeps it: the columns of its row, and a body
// without tokens, codes and what only the queue's engine needs.
type entry struct {
	epoch   string
	seq     int64
	at      int64
	day     queue.Day
	kind    queue.Kind
	visit   string
	counter string
	by      string
	first   bool // the visit's first event: nothing of it was read before
	body    body
}

type body struct {
	Verb      queue.Verb   `json:"verb,omitempty"`
	Visit     *visitBody   `json:"visit,omitempty"`
	Counter   *counterBody `json:"counter,omitempty"`
	Undoes    queue.Verb   `json:"undoes,omitempty"`
	From      string       `json:"from,omitempty"`
	Place     string       `json:"place,omitempty"`
	Was       string       `json:"was,omitempty"`
	Reason    string       `json:"reason,omitempty"`
	OutOfTurn bool         `json:"out_of_turn,omitempty"`
	Rating    *ratingBody  `json:"rating,omitempty"`
	Reasons   []string     `json:"reasons,omitempty"`
	Booking   *bookingBody `json:"booking,omitempty"`
	Device    *deviceBody  `json:"device,omitempty"`
	Notice    string       `json:"notice,omitempty"` // its kind
	Version   int          `json:"version,omitempty"`
	Note      string       `json:"note,omitempty"`
	Copy      int          `json:"copy,omitempty"`
	// Known is what the settings said when the event was read. It stands here so
	// that the same rows come out when they are derived again years later.
	Known *known `json:"known,omitempty"`
}

// visitBody is a visit's record; its id is the row's column, its number the id's end.
type visitBody struct {
	Service   string           `json:"service"`
	State     queue.VisitState `json:"state"`
	Priority  string           `json:"priority,omitempty"`
	To        string           `json:"to,omitempty"` // "@" and a counter, when sent to it alone
	Procedure string           `json:"proc,omitempty"`
	Lang      string           `json:"lang,omitempty"`
	Origin    string           `json:"origin,omitempty"`
	Taken     int64            `json:"taken"`
	Booked    int64            `json:"booked,omitempty"`
	Called    int64            `json:"called,omitempty"`
	Served    int64            `json:"served,omitempty"`
	Ended     int64            `json:"ended,omitempty"`
	Counter   string           `json:"counter,omitempty"`
	Tx        int              `json:"tx,omitempty"`
	Outcome   string           `json:"outcome,omitempty"`
	Reason    string           `json:"reason,omitempty"`
}

type counterBody struct {
	State  queue.CounterState `json:"state"`
	Reason string             `json:"reason,omitempty"`
	Since  int64              `json:"since,omitempty"`
	Clerk  string             `json:"clerk,omitempty"` // who sat there with an account
}

type ratingBody struct {
	ID     string `json:"id"`
	Level  int    `json:"level"`
	Source string `json:"source"`
}

type bookingBody struct {
	Service string    `json:"service"`
	Day     queue.Day `json:"day"`
	At      int64     `json:"at"`
	State   string    `json:"state"`
}

type deviceBody struct {
	ID    string            `json:"id"`
	Kind  string            `json:"kind,omitempty"`
	State queue.DeviceState `json:"state,omitempty"`
}

// entryOf takes what is kept of an event.
func entryOf(epoch string, e *queue.Event) entry {
	n := entry{epoch: epoch, seq: e.Seq, at: e.At.Int(), day: e.Day, kind: e.Kind, by: e.By}
	n.body = body{Verb: e.Verb, Undoes: e.Undoes, From: e.From, Place: e.Place, Was: e.Was, Reason: e.Reason,
		OutOfTurn: e.OutOfTurn, Reasons: e.Reasons, Version: e.Version, Note: e.Note, Copy: e.Copy}
	if _, list := queue.ListOf(e.Note); list {
		n.body.Note = strings.TrimSuffix(queue.NoteList, ":") // the job's id opens a list on a phone
	}
	if v := e.Visit; v != nil {
		n.visit, n.counter = v.ID, v.Counter
		n.first = v.Revision == 1 && e.Verb != queue.Note
		n.body.Visit = visitOf(v)
	}
	if c := e.Counter; c != nil {
		n.counter = c.ID
		n.body.Counter = &counterBody{State: c.State, Reason: c.Reason, Since: c.Since.Int(), Clerk: c.Seat.Name}
	}
	if r := e.Rating; r != nil {
		n.visit, n.counter = r.Visit, r.Counter
		n.body.Rating = &ratingBody{ID: r.ID, Level: r.Level, Source: r.Source}
	}
	if b := e.Booking; b != nil {
		n.body.Booking = &bookingBody{Service: b.Service, Day: b.Day, At: b.At.Int(), State: b.State}
	}
	if d := e.Device; d != nil {
		n.body.Device = &deviceBody{ID: d.ID, Kind: d.Kind, State: d.State}
	}
	if e.Notice != nil {
		n.body.Notice = string(e.Notice.Kind)
	}
	return n
}

func visitOf(v *queue.Visit) *visitBody {
	b := &visitBody{Service: v.Service, State: v.State, Priority: v.Priority, Procedure: v.Procedure, Lang: v.Lang,
		Origin: v.Origin, Taken: v.Taken.Int(), Booked: v.Booked.Int(), Called: v.Called.Int(), Served: v.Served.Int(),
		Ended: v.Ended.Int(), Counter: v.Counter, Tx: v.Tx, Outcome: v.Outcome, Reason: v.Reason}
	if strings.HasPrefix(v.Queue, "@") {
		b.To = v.Queue
	}
	return b
}

// known is what the settings add to an event.
type known struct {
	Half    string `json:"half,omitempty"`  // of a first event: the half-day the number counts in
	Field   string `json:"field,omitempty"` // of the service at this event
	Target  int64  `json:"target,omitempty"`
	Low     int64  `json:"low,omitempty"` // the wait told with the ticket
	High    int64  `json:"high,omitempty"`
	Told    bool   `json:"told,omitempty"`
	Clerk   string `json:"clerk,omitempty"` // of a start: who sat at the counter
	Due     int64  `json:"due,omitempty"`   // of a start: when the promise falls due
	DueUnit string `json:"due_unit,omitempty"`
	Points  *int   `json:"points,omitempty"` // of a rating
}

// learn adds what the settings know, and the line a new visit joined.
func (h *History) learn(n *entry, e *queue.Event, set *queue.Settings, line *queue.Line) {
	var k known
	if n.first && line != nil && set != nil && h.o.Told != nil {
		if low, high, ok := h.o.Told(set, e.Visit, line); ok {
			k.Low, k.High, k.Told = low.Milliseconds(), high.Milliseconds(), true
		}
	}
	if set != nil && e.Visit != nil {
		learnVisit(&k, n, set)
	}
	if r := e.Rating; r != nil && set != nil && r.Level >= 1 && r.Level <= len(set.Rating.Levels) {
		k.Points = &set.Rating.Levels[r.Level-1].Value
	}
	if n.kind == queue.TicketServing {
		k.Clerk = clerkOf(n, k.Clerk)
	}
	if k != (known{}) {
		n.body.Known = &k
	}
}

// clerkOf is who worked at the counter: who sat there with an account; else whom the
// settings name; else who asked.
func clerkOf(n *entry, named string) string {
	seated := ""
	if n.body.Counter != nil {
		seated = n.body.Counter.Clerk
	}
	return cmp.Or(seated, named, n.by)
}

func learnVisit(k *known, n *entry, set *queue.Settings) {
	starts := n.kind == queue.TicketServing
	if !n.first && !starts {
		return
	}
	v := n.body.Visit
	service, ok := set.Service(v.Service)
	k.Field = service.Field
	if n.first {
		k.Half = halfOf(set, v.Service, v.Taken)
		k.Target = int64(service.WaitTarget) * 60_000
	}
	if !starts {
		return
	}
	if c, ok := set.Counter(n.counter); ok {
		k.Clerk = c.Clerk
	}
	promise := set.PromiseOn(service, n.day)
	if due := set.Calendar.Due(promise, timeOf(n.at)); ok && !due.IsZero() {
		k.Due, k.DueUnit = due.UnixMilli(), string(promise.Unit)
	}
}

// halfOf is the half-day a number counts in; a walk-in's the one it came in.
func halfOf(set *queue.Settings, service string, at int64) string {
	t := timeOf(at)
	if a := set.ServiceAt(service, t); a.Open {
		return a.Half
	}
	half, _ := set.Calendar.HalfAt(t)
	return half.ID
}

// special lists the services of which a day is a golden or a no-slip one.
func special(set *queue.Settings, day queue.Day, on func(service string, day queue.Day) (queue.Special, bool)) string {
	var ids []string
	for _, s := range set.Services {
		if _, ok := on(s.ID, day); ok {
			ids = append(ids, s.ID)
		}
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}
