package wire

import (
	"strconv"
	"time"

	"motcua/server/queue"
)

// Choice is one key of the rating scale, or one reason, as a phone shows it.
type Choice struct {
	ID   string     `json:"id"`
	Name queue.Text `json:"name"`
}

// TicketOf gives the part of a ticket that depends on the visit alone: what a
// take answers, word for word the same when the request is repeated.
func TicketOf(branch, baseURL string, v *queue.Visit, ahead int, estimate *Interval) TicketInfo {
	return TicketInfo{ID: v.ID, Number: v.Number, Service: v.Service, State: v.State,
		Ahead: ahead, Estimate: estimate, Token: v.Token, Code: v.Code, URL: TicketURL(baseURL, v.Token),
		IssuedAt: TimeOf(v.Taken.Time()), Priority: v.Priority, Counter: v.Counter, Calls: v.Calls,
		EndedAt: TimeOf(v.Ended.Time()), Branch: branch}
}

// TicketURL is the address behind the QR code of a ticket.
func TicketURL(baseURL, token string) string {
	if token == "" {
		return ""
	}
	return baseURL + "/t/" + token
}

// TicketFor adds what the holder sees beside it: names, where to wait, and what
// may be rated. state may be of another day than the visit's.
func TicketFor(s *queue.State, set *queue.Settings, baseURL string, v *queue.Visit, ahead int, estimate *Interval) TicketInfo {
	info := TicketOf(set.ID, baseURL, v, ahead, estimate)
	info.BranchName, info.BranchLogo, info.Person, info.Training = set.Name, set.Brand.Path(), set.Address, set.Training
	if service, ok := set.Service(v.Service); ok {
		info.ServiceName = service.Name
	}
	if counter, ok := set.Counter(v.Counter); ok {
		info.CounterName = counter.Label
	}
	if v.State == queue.Waiting {
		info.Area = areaOf(set, v)
		if line := s.Lines[v.Queue]; line != nil {
			info.Behind = min(line.Behind(v), MostPassed)
		}
		info.Again, info.Moved = v.Called != "" && v.Counter != "", v.Called != "" && v.Counter == ""
	}
	info.Lang, info.Late, info.Notes = v.Lang, lateOf(set, v), set.Paper.Notes
	if e := s.Emergency(); e != nil {
		info.Notice = e.Text
	}
	info.Print, info.PrintReason = s.Prints[v.ID].State, s.Prints[v.ID].Reason
	if info.Rate = rateOf(s, v); info.Rate != nil {
		info.Levels, info.Reasons = choices(set.Rating.Levels), choices(set.Rating.Reasons)
	}
	return info
}

// MostPassed is how many people a visitor may let pass in one go, and so the most
// that Behind counts: a phone is not woken for the sixth.
const MostPassed = 5

// lateOf is the sentence that held when the number was taken: product rules, "The 15:00 notice".
func lateOf(set *queue.Settings, v *queue.Visit) queue.Text {
	service, _ := set.Service(v.Service)
	return LateAt(service.Late, v.Taken.Time())
}

// LateAt is what a note says of a number taken then; empty before its hour.
func LateAt(note queue.LateNote, taken time.Time) queue.Text {
	if note.From == "" || taken.Before(note.From.On(queue.DayOf(taken))) {
		return queue.Text{}
	}
	return note.Text
}

// areaOf lists the labels of the counters that may call the visit.
func areaOf(set *queue.Settings, v *queue.Visit) []string {
	var labels []string
	for i := range set.Counters {
		c := &set.Counters[i]
		if v.Queue == queue.OwnQueue(c.ID) {
			return []string{c.Label}
		}
		for _, id := range c.Services {
			if id == v.Service {
				labels = append(labels, c.Label)
			}
		}
	}
	return labels
}

// rateOf finds the last transaction of the visit that has ended.
func rateOf(s *queue.State, v *queue.Visit) *RateInfo {
	n := v.Tx
	if v.State == queue.Serving {
		n--
	}
	if n < 1 || v.Reason == dayClosed {
		return nil
	}
	info := &RateInfo{Tx: v.ID + "." + strconv.Itoa(n), From: TimeOf(v.Ended.Time())}
	for i := len(s.Ratings) - 1; i >= 0; i-- {
		if s.Ratings[i].ID == info.Tx {
			info.Rated = true
			break
		}
	}
	return info
}

// dayClosed is the reason of a visit that the evening ended: nobody is asked to rate it.
const dayClosed = "day_closed"

func choices(list []queue.RatingLevel) []Choice {
	out := make([]Choice, len(list))
	for i, l := range list {
		out[i] = Choice{ID: l.ID, Name: l.Name}
	}
	return out
}
