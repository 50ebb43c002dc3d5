package queue

// Kind names an event. The list is part of the outer contract.
type Kind string

// The kinds of events.
const (
	TicketTaken           Kind = "ticket.taken"
	TicketCalled          Kind = "ticket.called"
	TicketRecalled        Kind = "ticket.recalled"
	TicketServing         Kind = "ticket.serving"
	TicketNoShow          Kind = "ticket.no_show"
	TicketReinstated      Kind = "ticket.reinstated"
	TicketParked          Kind = "ticket.parked"
	TicketResumed         Kind = "ticket.resumed"
	TicketTransferred     Kind = "ticket.transferred"
	TicketEnded           Kind = "ticket.ended"
	TicketCancelled       Kind = "ticket.cancelled"
	TicketExpired         Kind = "ticket.expired"
	TicketUndone          Kind = "ticket.undone"
	TicketDelayed         Kind = "ticket.delayed"
	TicketPriorityChanged Kind = "ticket.priority_changed"
	TicketPrinted         Kind = "ticket.printed"
	TicketPrintFailed     Kind = "ticket.print_failed"
	BookingMade           Kind = "booking.made"
	BookingArrived        Kind = "booking.arrived"
	RatingInvited         Kind = "rating.invited"
	RatingGiven           Kind = "rating.given"
	CounterOpened         Kind = "counter.opened"
	CounterPausedKind     Kind = "counter.paused"
	CounterClosedKind     Kind = "counter.closed"
	CounterSeated         Kind = "counter.seated"
	DayOpened             Kind = "day.opened"
	DayClosed             Kind = "day.closed"
	DeviceChanged         Kind = "device.changed"
	NoticeChanged         Kind = "notice.changed"
	SettingsChanged       Kind = "settings.changed"
	CatalogueChanged      Kind = "catalogue.changed"
)

// Event is one accepted change. It carries the records it changed as they are
// after it, so that the events of a day rebuild its state without a rule of
// their own. Seq counts on over days and has no gap.
type Event struct {
	Seq     int64    `json:"-"` // the id of the stream entry
	Kind    Kind     `json:"kind"`
	At      Millis   `json:"at"`
	Day     Day      `json:"day"`
	By      string   `json:"by,omitempty"`   // who asked: name of the device or account, never a citizen
	Verb    Verb     `json:"verb,omitempty"` // the command it came from; for undo, the verb taken back is in Undoes
	Visit   *Visit   `json:"visit,omitempty"`
	Counter *Counter `json:"counter,omitempty"`
	// Undoes is the verb that ticket.undone took back.
	Undoes Verb `json:"undoes,omitempty"`
	// From is the counter (or service) a transfer left.
	From string `json:"from,omitempty"`
	// Place is where a transfer put the visit: arrival, front or back.
	Place string `json:"place,omitempty"`
	// Was is the priority before priority_changed.
	Was string `json:"was,omitempty"`
	// Reason is what a person gave as the reason of an exception.
	Reason string `json:"reason,omitempty"`
	// OutOfTurn marks a call of a chosen number.
	OutOfTurn bool         `json:"out_of_turn,omitempty"`
	Booking   *Booking     `json:"booking,omitempty"`
	Bookings  []Booking    `json:"bookings,omitempty"` // on day.opened: what was booked for this day and later
	Rating    *Transaction `json:"rating,omitempty"`
	Reasons   []string     `json:"reasons,omitempty"` // of a low rating
	Version   int          `json:"version,omitempty"` // on settings.changed; on catalogue.changed its edition
	Note      string       `json:"note,omitempty"`    // on device, notice and catalogue changes: what changed; on print_failed: why
	Device    *Device      `json:"device,omitempty"`  // on device.changed: how it is now; on prints: the printer
	Notice    *Notice      `json:"notice,omitempty"`  // on notice.changed: how it is now
	Notices   []Notice     `json:"notices,omitempty"` // on day.opened: what stands since earlier days
	Copy      int          `json:"copy,omitempty"`    // of a ticket asked to be printed again
}
