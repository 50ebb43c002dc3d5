package storetest

import (
	"context"
	"testing"
	"time"

	"motcua/server/queue"
)

func ratings(t *testing.T, h *Hall) {
	line(h, "nn")
	h.Open("1")
	rate := queue.Command{Verb: queue.Rate, Counter: "1", Source: "keypad", Level: 2, Window: 30000, Reasons: []string{"wait"}}
	h.Refuse(rate, queue.NothingToRate)
	h.At("1", queue.Call)
	h.Refuse(queue.Command{Verb: queue.InviteRating, Counter: "1"}, queue.NothingToRate)
	h.At("1", queue.Serve)
	h.Refuse(rate, queue.NothingToRate)
	h.At("1", queue.End)
	r := h.Do(rate)
	if r.Rating.Level != 2 || r.Rating.Number != "A001" || r.Rating.Counter != "1" {
		t.Errorf("%+v", r.Rating)
	}
	h.Refuse(rate, queue.AlreadyRated)
	h.Refuse(queue.Command{Verb: queue.Rate, Number: "A001", Source: "phone", Level: 1}, queue.AlreadyRated)
	h.Refuse(queue.Command{Verb: queue.InviteRating, Counter: "1"}, queue.AlreadyRated)
	s := h.State()
	if len(s.Ratings) != 1 || !s.CounterOf("1").Rated {
		t.Errorf("state has %+v", s.Ratings)
	}
}

func ratingWindow(t *testing.T, h *Hall) {
	line(h, "nnn")
	h.Open("1")
	rate := queue.Command{Verb: queue.Rate, Counter: "1", Source: "tablet", Level: 1, Window: 30000}
	end := func() {
		h.At("1", queue.Call)
		h.At("1", queue.Serve)
		h.At("1", queue.End)
	}
	end()
	h.Step(31 * time.Second)
	h.Refuse(rate, queue.NothingToRate)
	h.At("1", queue.InviteRating) // the window starts again
	h.Step(29 * time.Second)
	h.Do(rate)
	end()
	h.At("1", queue.Call)
	h.At("1", queue.Serve) // closed early: the next visit is being served
	h.Refuse(rate, queue.NothingToRate)
	h.Do(queue.Command{Verb: queue.Rate, Number: "A002", Source: "phone", Level: 4})
	h.At("1", queue.End)
	// On paper until the end of the next working day.
	yesterday := queue.DayOf(h.Time)
	h.CloseDay()
	h.Step(24 * time.Hour)
	h.OpenDay()
	paper := queue.Command{Verb: queue.Rate, Number: "A003", Source: "paper", Level: 3, RateDay: yesterday}
	h.Do(paper)
	h.Refuse(paper, queue.AlreadyRated)
	paper.Number = "A077"
	h.Refuse(paper, queue.UnknownTicket)
}

func days(t *testing.T, h *Hall) {
	into(h.opened("1", "2", "3"), queue.Parked)
	into(h, queue.NoShow)
	into(h, queue.Ended)
	into(h, queue.Cancelled)
	h.Take("A", "")
	h.At("2", queue.Call)
	h.At("2", queue.Serve)
	h.Take("C", "")
	h.At("3", queue.Call)
	h.Take("B", "NCT")
	first := queue.DayOf(h.Time)
	h.CloseDay()
	s := h.State()
	want := map[string]queue.VisitState{"A001": queue.Expired, "A002": queue.Expired, "A003": queue.Ended,
		"A004": queue.Cancelled, "A005": queue.Ended, "C001": queue.Expired, "B001": queue.Expired}
	for _, v := range s.Visits {
		if v.State != want[v.Number] {
			t.Errorf("%s is %s, want %s", v.Number, v.State, want[v.Number])
		}
	}
	if v := s.Find(queue.ByNumber, "A005"); v.Reason != "day_closed" {
		t.Errorf("serving at the close: %+v", v)
	}
	for id, c := range s.Counters {
		if c.State != queue.CounterClosed {
			t.Errorf("counter %s is %s", id, c.State)
		}
	}
	h.Refuse(queue.Command{Verb: queue.Take, Service: "A"}, queue.ServiceClosed)
	h.Refuse(queue.Command{Verb: queue.Open, Counter: "1"}, queue.CounterNotOpen)
	h.Refuse(queue.Command{Verb: queue.Rate, Counter: "2", Source: "keypad", Level: 1}, queue.NothingToRate)
	h.Refuse(queue.Command{Verb: queue.DayClose}, queue.WrongState)
	h.Refuse(queue.Command{Verb: queue.DayOpen}, queue.WrongState)
	h.Step(24 * time.Hour)
	h.Refuse(queue.Command{Verb: queue.Take, Service: "A"}, queue.DayChanged)
	seq := h.State().Seq
	h.OpenDay()
	if v := h.Take("A", ""); v.Number != "A001" {
		t.Errorf("the new day begins with %s", v.Number)
	}
	if s := h.State(); s.Seq != seq+2 {
		t.Errorf("seq %d after %d: it counts on over days", s.Seq, seq)
	}
	dropOld(t, h, first)
}

// dropOld opens one more day that drops the first one's keys.
func dropOld(t *testing.T, h *Hall, old queue.Day) {
	h.CloseDay()
	h.Step(24 * time.Hour)
	h.Do(queue.Command{Verb: queue.DayOpen, DropDays: []queue.Day{old}})
	if n := len(h.Events(old)); n != 0 {
		t.Errorf("%d events of a dropped day are left", n)
	}
	if _, err := h.Store.FindVisit(context.Background(), h.Branch, old, queue.ByNumber, "A001"); queue.CodeOf(err) != queue.UnknownTicket {
		t.Errorf("a dropped day still knows A001: %v", err)
	}
}

func (h *Hall) opened(counters ...string) *Hall {
	h.T.Helper()
	h.Open(counters...)
	return h
}

func clockJumpsBack(t *testing.T, h *Hall) {
	a := h.Take("A", "")
	h.Step(-3 * time.Hour)
	b := h.Take("A", "")
	h.Step(-15 * time.Hour) // yesterday
	c := h.Take("A", "")
	if a.Number != "A001" || b.Number != "A002" || c.Number != "A003" {
		t.Errorf("numbers %s %s %s", a.Number, b.Number, c.Number)
	}
	if !(a.Order < b.Order && b.Order < c.Order) {
		t.Errorf("the queue is reordered: %s %s %s", a.Order, b.Order, c.Order)
	}
	h.Refuse(queue.Command{Verb: queue.DayOpen}, queue.WrongState)
	h.Open("1")
	expect(t, calls(h, "1"), "A001 A002 A003")
}

func bookings(t *testing.T, h *Hall) {
	at := h.Time.Add(24 * time.Hour)
	book := func(code string, minutes int, quota int) queue.Command {
		return queue.Command{Verb: queue.Book, Code: code, Service: "A", Half: "pm", Quota: quota,
			At: queue.MillisOf(at.Add(time.Duration(minutes) * time.Minute)), AtDay: queue.DayOf(at)}
	}
	h.Do(book("BOOK01", 30, 3))
	h.Do(book("BOOK02", 40, 3))
	h.Do(book("BOOK03", 50, 3))
	h.Refuse(book("BOOK04", 55, 3), queue.QuotaFull)
	h.Refuse(book("BOOK01", 55, 9), queue.CodeTaken)
	arrive := func(code string) queue.Command {
		return queue.Command{Verb: queue.Arrive, Booking: code, Service: "A", Late: 15 * 60000}
	}
	h.Refuse(arrive("BOOK01"), queue.BookingOver) // not its day
	h.CloseDay()
	h.Time = at
	h.OpenDay()
	if n := len(h.State().Bookings); n != 3 {
		t.Errorf("the new day knows %d bookings", n)
	}
	h.Take("A", "") // 12:00
	h.Step(40 * time.Minute)
	h.Take("A", "")          // 12:40
	h.Do(arrive("BOOK01"))   // 10 minutes late: counts from 12:30
	h.Step(16 * time.Minute) // 12:56
	h.Do(arrive("BOOK02"))   // 16 minutes late: counts from now
	h.Refuse(arrive("BOOK01"), queue.BookingOver)
	h.Refuse(arrive("NOBODY"), queue.UnknownBooking)
	h.State()
	h.Open("1")
	expect(t, calls(h, "1"), "A001 A003 A002 A004")
	h.CloseDay()
	if s := h.State().Bookings["BOOK03"]; s == nil || s.State != "expired" {
		t.Errorf("who never came is %+v", s)
	}
}

func quota(t *testing.T, h *Hall) {
	take := queue.Command{Verb: queue.Take, Service: "A", Half: "am", Quota: 2, Person: "p1", Most: 1}
	if r := h.Do(take); r.PersonCount != 1 {
		t.Errorf("person count %d", r.PersonCount)
	}
	h.Refuse(take, queue.TooManyTickets)
	take.Person = "p2"
	h.Do(take)
	take.Person = "p3"
	h.Refuse(take, queue.QuotaFull)
	take.Half = "pm"
	if r := h.Do(take); r.Visit.Number != "A003" {
		t.Errorf("%+v", r.Visit)
	}
	other := queue.Command{Verb: queue.Take, Service: "B", Person: "p1", MostDay: 2}
	if r := h.Do(other); r.PersonCount != 2 {
		t.Errorf("person count over all services %d", r.PersonCount)
	}
	h.Refuse(other, queue.TooManyTickets)
	for _, e := range h.Events(queue.DayOf(h.Time)) {
		if e.Visit != nil && (e.Visit.Token == "" || e.Note != "") {
			t.Errorf("event %+v", e)
		}
	}
}

func settings(t *testing.T, h *Hall) {
	put := queue.Command{Verb: queue.Settle, Document: `{"version":1}`}
	if r := h.Do(put); r.Version != 1 {
		t.Errorf("version %d", r.Version)
	}
	h.Refuse(put, queue.SettingsChange)
	put.Version = 1
	h.Take("A", "")
	put.Queues = []queue.QueueRef{{ID: "A"}}
	h.Refuse(put, queue.SettingsInUse)
	put.Queues = []queue.QueueRef{{ID: "C"}}
	h.Do(put)
	h.Open("1")
	put.Version, put.Counters = 2, []string{"1"}
	h.Refuse(put, queue.SettingsInUse)
	doc, version, err := h.Store.Settings(context.Background(), h.Branch)
	if err != nil || version != 2 || string(doc) != `{"version":1}` {
		t.Errorf("%s %d %v", doc, version, err)
	}
	names, err := h.Store.Branches(context.Background())
	if err != nil || len(names) == 0 {
		t.Errorf("branches %v %v", names, err)
	}
}
