package wire

import "motcua/server/queue"

// Other is the kind under which a view gets an event it may not see: it keeps
// its place in the numbering and tells nothing but the time.
const Other = "other"

// audience says which views besides the staff's see events of a kind. A kind
// that is not listed is for staff alone, so that a new kind is hidden until
// somebody decides otherwise.
var audience = map[queue.Kind]func(View) bool{
	queue.TicketTaken:       everybody,
	queue.TicketCalled:      everybody,
	queue.TicketRecalled:    everybody,
	queue.TicketServing:     everybody,
	queue.TicketNoShow:      everybody,
	queue.TicketReinstated:  everybody,
	queue.TicketParked:      everybody,
	queue.TicketResumed:     everybody,
	queue.TicketTransferred: everybody,
	queue.TicketEnded:       everybody,
	queue.TicketCancelled:   everybody,
	queue.TicketExpired:     everybody,
	queue.TicketUndone:      everybody,
	queue.BookingArrived:    everybody,
	queue.CounterOpened:     everybody,
	queue.CounterPausedKind: everybody,
	queue.CounterClosedKind: everybody,
	queue.DayOpened:         everybody,
	queue.DayClosed:         everybody,
	queue.NoticeChanged:     everybody,
	queue.SettingsChanged:   everybody,
	queue.CatalogueChanged:  everybody,
	queue.CounterSeated:     onTheDisplay,
	queue.RatingInvited:     atTheCounter,
	queue.RatingGiven:       atTheCounter,
	queue.BookingMade:       atTheKiosk, // that somebody booked, and nothing of it
	queue.TicketPrinted:     atTheDevices,
	queue.TicketPrintFailed: atTheDevices,
	queue.DeviceChanged:     atTheDevices,
}

func everybody(View) bool         { return true }
func atTheCounter(view View) bool { return view == Rate || view == Device || view == Counter }
func onTheDisplay(view View) bool { return view == Counter } // whom it shows stands in its snapshot
func atTheDevices(view View) bool { return view == Kiosk || view == Device }
func atTheKiosk(view View) bool   { return view == Kiosk }

// Sees tells whether a view may see events of a kind.
func (v View) Sees(kind queue.Kind) bool {
	if v.Staff() {
		return true
	}
	sees := audience[kind]
	return sees != nil && sees(v)
}

// EventFor gives a change as a view may see it. What a rating said, a booking
// and the tokens of a visit are in no view.
func EventFor(view View, e *queue.Event) Event {
	out := Event{Kind: Other, At: TimeOf(e.At.Time())}
	if !view.Sees(e.Kind) {
		return out
	}
	if e.Notice != nil {
		n, ok := NoticeFor(view, e.Notice)
		if !ok {
			return out
		}
		out.Notice = &n
	}
	out.Kind, out.Verb, out.Undoes = string(e.Kind), e.Verb, e.Undoes
	out.From, out.Place, out.OutOfTurn = e.From, e.Place, e.OutOfTurn
	out.Version, out.Note = e.Version, e.Note
	if e.Kind == queue.DayOpened || e.Kind == queue.DayClosed {
		out.Day = e.Day
	}
	if e.Visit != nil {
		v := VisitFor(view, e.Visit)
		out.Visit = &v
	}
	if e.Counter != nil {
		c := CounterFor(e.Counter)
		if view.Staff() {
			c.Clerk = e.Counter.Seat.Name
		}
		out.Counter = &c
	}
	out.Device, out.Copy = e.Device, e.Copy
	if view.Staff() {
		out.By, out.Reason = e.By, e.Reason
	}
	if view == Device && (e.Kind == queue.TicketTaken || e.Kind == queue.BookingArrived) {
		out.Machine = e.By // an agent prints the tickets of its own kiosk
	}
	return out
}
