package report

import (
	"math"
	"strconv"

	"motcua/server/queue"
)

// visit is what figures need of a row of visits. Spans are milliseconds, -1 for
// what did not happen.
type visit struct {
	id, service, field, procedure, priority, origin, counter, state string
	day, hour                                                       int
	wait, target, told                                              int64
	noShows, transfers, pingPong, transactions, outOfTurn, again    int
	recalls                                                         int
}

// transaction is what figures need of a row of transactions.
type transaction struct {
	visit, counter, clerk, service, field, procedure, priority, origin string
	day, hour                                                          int
	spent                                                              int64 // -1 while it lasts
	how, outcome, unit                                                 string
	due                                                                bool // something was promised
	kept, level, points                                                int  // -1 unknown, not rated
	source, reasons                                                    string
}

// stretch is a part of a counter's day in one state.
type stretch struct {
	counter, clerk, state, reason string
	day                           int
	began, ended                  int64
}

// form is an answered form of four questions, beside the transaction it is about.
type form struct {
	transaction
	marks [4]int // of the questions 1, 3, 4, 7; -1 not answered
}

// press is a press that did not count.
type press struct {
	counter   string
	day, hour int
}

// seat is where a visit was: a counter and who sat there, "" when it was only called.
type seat struct{ counter, clerk string }

// asked tells whether a rating was asked for: every ended transaction but one that
// the day's end cut off (product rules), and one that was kept aside: nobody can
// rate it, because it goes on in the next.
func (t *transaction) asked() bool { return t.spent >= 0 && t.how != dayClosed && t.how != "parked" }

// dayClosed is how a transaction ended that the day's end cut off: nobody knows how
// long it took, so it has no service time.
const dayClosed = "day_closed"

// promised tells whether a promise is to be judged: what was parked or sent on goes
// on elsewhere, and is judged there.
func (t *transaction) promised() bool {
	return t.due && t.spent >= 0 && t.how != "transferred" && t.how != "parked"
}

// matches tells whether a query's filters on the kind of visit let it through; the
// filters on where it was are seated's.
func (q *Query) matches(service, field, procedure, priority, origin string) bool {
	return is(q.Service, service) && is(q.Field, field) && is(q.Procedure, procedure) &&
		is(q.Channel, origin) && (is(q.Priority, priority) || q.Priority == "any" && priority != "")
}

// is compares with a filter: "" takes everything, "none" what has no value.
func is(filter, value string) bool {
	return filter == "" || filter == value || filter == none && value == ""
}

// none is the id of the row of those without a value, and filters for them.
const none = "none"

// seated tells whether a counter and a clerk pass the query's filters.
func (q *Query) seated(s seat) bool { return is(q.Counter, s.counter) && is(q.Clerk, s.clerk) }

// places tells whether the query asks for certain places only.
func (q *Query) places() bool { return q.Counter != "" || q.Clerk != "" }

// people tells whether the query asks for certain visits only; what a counter does
// while nobody is there belongs to none of them.
func (q *Query) people() bool {
	return q.Service+q.Field+q.Procedure+q.Priority+q.Channel != ""
}

// dayNumber writes a day as the tables have it: 20261122.
func dayNumber(d queue.Day) int {
	t := d.Start()
	return t.Year()*10000 + int(t.Month())*100 + t.Day()
}

// dayOf reads the tables' number.
func dayOf(n int) queue.Day {
	s := strconv.Itoa(n + 100000000)[1:]
	return queue.Day(s[:4] + "-" + s[4:6] + "-" + s[6:])
}

// small keeps a span in 32 bits: 24 days are more than any visit.
func small(ms int64) int32 { return int32(min(max(ms, 0), math.MaxInt32)) }

func seconds(ms int64) float64 { return float64(ms) / 1000 }
