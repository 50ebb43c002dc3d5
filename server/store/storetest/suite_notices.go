package storetest

import (
	"fmt"
	"testing"
	"time"

	"motcua/server/queue"
)

// tell makes the note of a notice.
func tell(n queue.Notice) queue.Command {
	return queue.Command{Verb: queue.Note, Kind: queue.NoticeChanged, Notice: &n, By: n.By}
}

func end(id string) queue.Command {
	c := tell(queue.Notice{ID: id})
	c.Note, c.By = queue.NoteEnded, "admin"
	return c
}

func notices(t *testing.T, h *Hall) {
	help := queue.Notice{ID: "n1", Kind: queue.NoticeHelp, By: "Máy 1"}
	c := tell(help)
	c.Request, c.Print = "r1", "p1"
	if r := h.Do(c); r.Notice == nil || r.Notice.ID != "n1" || r.Notice.At != queue.MillisOf(h.Time) || r.Notice.By != "Máy 1" {
		t.Fatalf("%+v", r.Notice)
	}
	if r := h.Do(c); !r.Again || r.Notice.ID != "n1" {
		t.Errorf("repeated: %+v", r.Notice)
	}
	// The same machine asks again, with another request: nobody has come yet.
	seq := h.State().Seq
	h.Step(time.Minute)
	second := tell(help)
	second.Notice.ID, second.Request, second.Print = "n2", "r2", "p2"
	if r := h.Do(second); r.Again || r.Notice.ID != "n1" {
		t.Errorf("%+v", r.Notice)
	}
	if s := h.State(); s.Seq != seq || len(s.Notices) != 1 {
		t.Errorf("a notice that stood already wrote an event: %d %d, %+v", s.Seq, seq, s.Notices)
	}
	// Another machine, another kind, another service: each stands for itself.
	h.Do(tell(queue.Notice{ID: "n3", Kind: queue.NoticeHelp, By: "Máy 2"}))
	h.Do(tell(queue.Notice{ID: "n4", Kind: queue.NoticePace, By: "Máy 1", Count: 4}))
	h.Do(tell(queue.Notice{ID: "n5", Kind: queue.NoticePerson, By: "Máy 1", Service: "A"}))
	h.Do(tell(queue.Notice{ID: "n6", Kind: queue.NoticePerson, By: "Máy 1", Service: "B"}))
	if n := len(h.State().Notices); n != 5 {
		t.Errorf("%d notices stand", n)
	}
	r := h.Do(end("n1"))
	if r.Notice.Kind != queue.NoticeHelp || r.Notice.EndedBy != "admin" || r.Notice.Ended != queue.MillisOf(h.Time) || r.Notice.By != "Máy 1" {
		t.Errorf("ended: %+v", r.Notice)
	}
	h.Refuse(end("n1"), queue.UnknownNotice)
	// What was answered stays answered, though the notice is gone.
	if r := h.Do(second); !r.Again || r.Notice.ID != "n1" {
		t.Errorf("%+v", r.Notice)
	}
	for i := range 96 {
		h.Do(tell(queue.Notice{ID: fmt.Sprint("m", i), Kind: queue.NoticeInfo, Text: queue.Text{VI: "Nghỉ sớm"}}))
	}
	h.Refuse(tell(help), queue.TooManyNotices)
	h.Do(end("m3"))
	h.Do(tell(help))
}

func emergency(t *testing.T, h *Hall) {
	at := h.Time.Add(30 * time.Minute)
	h.Do(queue.Command{Verb: queue.Book, Code: "BOOK01", Service: "A", At: queue.MillisOf(at), AtDay: queue.DayOf(at)})
	arrive := queue.Command{Verb: queue.Arrive, Booking: "BOOK01", Service: "A", Late: 15 * 60000}
	take := queue.Command{Verb: queue.Take, Service: "A"}
	named := queue.Command{Verb: queue.Take, Service: "A", Request: "r1", Print: "p1"}
	first := h.Do(named)
	h.Do(tell(queue.Notice{ID: "e1", Kind: queue.NoticeEmergency, Text: queue.Text{VI: "Cháy"}, By: "admin"}))
	h.Do(tell(queue.Notice{ID: "e2", Kind: queue.NoticeEmergency, Text: queue.Text{VI: "Cháy tầng 2"}, By: "admin"}))
	_, err := h.Try(take)
	if err == nil || err.Error() != "service_closed: emergency" {
		t.Errorf("%v", err)
	}
	h.Refuse(arrive, queue.ServiceClosed)
	if r := h.Do(named); !r.Again || r.Visit.Number != first.Visit.Number {
		t.Errorf("what was given before: %+v", r.Visit)
	}
	h.Open("1", "2")
	h.At("1", queue.Call) // who has a number is still called, and a clerk decides who is served
	h.Do(queue.Command{Verb: queue.WalkIn, Counter: "2", Service: "A"})
	h.Do(end("e2"))
	h.Refuse(take, queue.ServiceClosed)
	h.Do(end("e1"))
	if v := h.Do(take).Visit; v.Number != "A003" {
		t.Errorf("refused takes used numbers: %s", v.Number)
	}
	h.Do(arrive)
	if s := h.State(); s.Emergency() != nil || len(s.Notices) != 0 {
		t.Errorf("%+v", s.Notices)
	}
}

// A kiosk's notices end with the day, each with an event; a fault does not, and
// the new day's first event tells it.
func noticesOverDays(t *testing.T, h *Hall) {
	h.Do(tell(queue.Notice{ID: "n1", Kind: queue.NoticeHelp, By: "Máy 1"}))
	h.Do(tell(queue.Notice{ID: "m1", Kind: queue.NoticeMaintenance, Machines: []string{"Máy 1"}, By: "admin"}))
	h.Do(tell(queue.Notice{ID: "e1", Kind: queue.NoticeEmergency, Text: queue.Text{VI: "Cháy"}, By: "admin"}))
	h.Do(tell(queue.Notice{ID: "n2", Kind: queue.NoticePace, Count: 3, By: "Máy 1"}))
	h.CloseDay()
	events := h.Events(queue.DayOf(h.Time))
	var kinds []string
	for _, e := range events[len(events)-3:] {
		id := ""
		if e.Notice != nil {
			id = " " + e.Notice.ID + " " + e.Note
		}
		kinds = append(kinds, string(e.Kind)+id)
	}
	if got := fmt.Sprint(kinds); got != "[notice.changed n1 ended notice.changed n2 ended day.closed]" {
		t.Error(got)
	}
	h.Do(tell(queue.Notice{ID: "n3", Kind: queue.NoticeHelp, By: "Máy 1"})) // in the minutes before midnight
	h.Step(24 * time.Hour)
	h.OpenDay()
	s := h.State() // made of the new day's events alone
	if len(s.Notices) != 2 || s.Notices["m1"] == nil || s.Notices["m1"].Machines[0] != "Máy 1" || s.Emergency().Text.VI != "Cháy" {
		t.Errorf("%+v", s.Notices)
	}
	h.Refuse(queue.Command{Verb: queue.Take, Service: "A"}, queue.ServiceClosed)
	h.Do(end("e1"))
	h.Take("A", "")
	h.Refuse(end("n3"), queue.UnknownNotice)
	h.Do(end("m1"))
	h.CloseDay()
	h.Step(24 * time.Hour)
	h.OpenDay()
	if events := h.Events(queue.DayOf(h.Time)); len(events) != 1 || events[0].Notices != nil {
		t.Errorf("nothing stands: %+v", events)
	}
}
