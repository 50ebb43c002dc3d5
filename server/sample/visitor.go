package sample

import (
	"slices"

	"motcua/server/queue"
)

// Names that stand in the events beside the clerks'.
const (
	atKiosk   = "Máy lấy số 1"
	atPrinter = "Máy lấy số 1/printer"
	atGuide   = "Bàn hướng dẫn"
)

// comes is somebody in front of the kiosk.
func (d *today) comes() {
	service := d.service()
	w := wish{service: service, priority: d.priority(), procedure: d.procedure(service), lang: "vi", by: atKiosk}
	if d.chance(0.01) {
		w.lang = "en"
	}
	w.forecast = d.forecast(service)
	v, ok := d.take(w)
	if !ok {
		return
	}
	d.paper(v.ID, 0)
	d.waits(v)
}

// waits is what a visitor may do while waiting.
func (d *today) waits(v queue.Visit) {
	if d.chance(0.035) {
		d.in(5, 70, func() { d.cancel(v.ID) })
	} else if d.chance(0.012) {
		d.in(1, 10, func() { d.delay(v.ID, 1+d.rng.IntN(4)) })
	}
	d.wake(v.Service)
}

// paper prints a ticket. Seldom the paper is out: somebody puts a new roll in and
// has the ticket printed again.
func (d *today) paper(visit string, copies int) {
	d.in(0.02, 0.07, func() {
		if copies > 0 || !d.chance(0.004) {
			d.note(queue.Event{Kind: queue.TicketPrinted, By: atKiosk, Note: "printed", Copy: copies}, visit)
			return
		}
		printer := queue.Device{ID: atPrinter, Agent: atKiosk, Kind: "printer", State: queue.DevicePaperOut, Prints: []string{atKiosk}, Since: d.stamp}
		d.note(queue.Event{Kind: queue.TicketPrintFailed, By: atKiosk, Note: string(queue.DevicePaperOut)}, visit)
		d.note(queue.Event{Kind: queue.DeviceChanged, By: atKiosk, Device: &printer}, "")
		d.in(1, 6, func() {
			ready := printer
			ready.State, ready.Since = queue.DeviceReady, d.stamp
			d.note(queue.Event{Kind: queue.DeviceChanged, By: atKiosk, Device: &ready}, "")
			d.note(queue.Event{Kind: queue.DeviceChanged, By: atGuide, Note: queue.NotePrint, Device: &ready, Copy: 1}, visit)
			d.paper(visit, 1)
		})
	})
}

// planBookings lets those booked for today come, and some book for later.
func (d *today) planBookings() {
	for _, b := range d.booked {
		if b.Day == d.day && !d.chance(0.14) {
			at := b.At.Int() + int64((d.rng.NormFloat64()*9-4)*float64(minute))
			d.then(max(at, d.halves[0].FirstNumber().UnixMilli()), func() { d.comesBooked(b.Code) })
		}
	}
	d.booked = slices.DeleteFunc(d.booked, func(b queue.Booking) bool { return b.Day <= d.day })
	if d.set.Booking.DaysAhead == 0 {
		return
	}
	for range poisson(d.rng, min(d.usual*0.06, 30)) {
		d.then(d.halves[0].Starts().UnixMilli()+int64(d.rng.Float64()*12*60*float64(minute)), d.books)
	}
}

func (d *today) comesBooked(code string) {
	b := d.state.Bookings[code]
	if b == nil {
		return
	}
	if v, ok := d.arrive(code, d.forecast(b.Service), atKiosk); ok {
		d.paper(v.ID, 0)
		d.waits(v)
	}
}

// books keeps a quarter of an hour of one of the next days.
func (d *today) books() {
	day := d.day.Add(1 + d.rng.IntN(d.set.Booking.DaysAhead))
	halves := d.set.Calendar.On(day)
	if len(halves) == 0 {
		return
	}
	half := halves[d.rng.IntN(len(halves))]
	slots := int((half.Ends().UnixMilli() - half.Starts().UnixMilli() - lastNumbers) / (15 * minute))
	if slots < 1 {
		return
	}
	at := half.Starts().UnixMilli() + int64(d.rng.IntN(slots))*15*minute
	b := queue.Booking{Code: d.code(), Service: d.service(), At: millis(at), Day: day}
	if d.book(b, "") {
		d.booked = append(d.booked, b)
	}
}

// code makes a booking's code of the letters codes are made of.
func (d *today) code() string {
	const letters = "3467ACDEFGHJKMNPQRTWXY9"
	code := make([]byte, 6)
	for i := range code {
		code[i] = letters[d.rng.IntN(len(letters))]
	}
	return string(code)
}

// wake makes the free clerks of a service look up.
func (d *today) wake(service string) {
	for _, i := range d.serving[service] {
		if !d.looking[i] && d.counter(d.idAt(i)).State == queue.CounterOpen {
			d.look(i, 0.1, 0.6)
		}
	}
}

func (d *today) idAt(i int) string { return d.set.Counters[i].ID }
