package report

import (
	"time"

	"motcua/server/queue"
)

// Officer is one line of the officers' list: what commendation or replacement may
// rest on, with how much it rests on. Nobody below Ranked ratings has a place.
type Officer struct {
	Branch string `json:"branch"`
	Clerk  string `json:"clerk"`
	// Counters are where the clerk served in the span.
	Counters []string `json:"counters"`
	Place    int      `json:"place"` // by the lower end of the interval; 0: too few ratings for an order
	Figures
	// AnswerRate is Rated of Asked: how many of those who were served said something.
	AnswerRate Share `json:"answer_rate"`
	// Remarks are what the officer says to the own figures, by month.
	Remarks []Remark `json:"remarks"`
}

// Remark is an officer's own remark on a month.
type Remark struct {
	Month string    `json:"month"` // 2026-11
	Text  string    `json:"text"`
	By    string    `json:"by"`
	At    time.Time `json:"at"`
}

// Own is what a clerk may see of the own ratings: an aggregate of one month, never
// who or when. It moves on only with every Fewest-th rating, so that nobody learns
// a single mark by looking before and after.
type Own struct {
	Month   string  `json:"month"` // 2026-11
	Fewest  int     `json:"fewest"`
	Enough  bool    `json:"enough"` // false: all below is zero, "not yet Fewest ratings"
	Rated   int     `json:"rated"`  // a multiple of Fewest
	Levels  []int   `json:"levels"` // best first
	Mean    float64 `json:"mean"`   // points per rating, one decimal
	Content Share   `json:"content"`
	Low     float64 `json:"low"` // Wilson's interval, 95 %
	High    float64 `json:"high"`
	Reasons []Named `json:"reasons"`
	Served  int     `json:"served"` // transactions of the month, ended
}

// VisitQuery asks for the visits behind a figure.
type VisitQuery struct {
	Query
	Figure  string `json:"figure"`            // the id of a definition that has Visits
	Hour    *int   `json:"hour,omitempty"`    // of a cell of the heat map, or a row by hour
	Weekday *int   `json:"weekday,omitempty"` // 0 = Sunday
	Cursor  string `json:"cursor,omitempty"`  // of the page before
	Limit   int    `json:"limit,omitempty"`   // at most 200, 50 when empty
}

// VisitPage is a page of visits, in the order of branch and visit.
type VisitPage struct {
	Visits []VisitRow `json:"visits"`
	Next   string     `json:"next,omitempty"` // cursor of the next page; empty on the last
}

// VisitRow is one visit: nothing of the citizen, everything of the stay. Spans are
// seconds; what did not happen is left out.
type VisitRow struct {
	Branch    string     `json:"branch"`
	ID        string     `json:"id"`
	Number    string     `json:"number"`
	Day       queue.Day  `json:"day"`
	Service   string     `json:"service"`
	Name      string     `json:"service_name"`
	Procedure string     `json:"procedure,omitempty"`
	Priority  string     `json:"priority,omitempty"`
	Channel   string     `json:"channel,omitempty"`
	Counter   string     `json:"counter,omitempty"`
	State     string     `json:"state"`
	Outcome   string     `json:"outcome,omitempty"`
	Taken     time.Time  `json:"taken"`
	Called    *time.Time `json:"called,omitempty"`
	Served    *time.Time `json:"served,omitempty"`
	Ended     *time.Time `json:"ended,omitempty"`
	Wait      *float64   `json:"wait,omitempty"`
	Target    float64    `json:"target"`
}

// Results is what the law wants published of a hall: how much was done, how long
// people waited, what was promised and kept, how satisfied they were (NĐ 61/2018
// Đ29, Đ30, Đ32). Small samples are withheld, not greyed.
type Results struct {
	Branch    string    `json:"branch"`
	From      queue.Day `json:"from"`
	To        queue.Day `json:"to"`
	Off       bool      `json:"off"` // the hall publishes nothing: all below is zero
	Sample    bool      `json:"sample"`
	Taken     int       `json:"taken"`
	Served    int       `json:"served"`
	Wait      *float64  `json:"wait"` // median, seconds; null: too few
	InTarget  *Share    `json:"in_target"`
	Promise   *Promise  `json:"promise"`
	Asked     int       `json:"asked"`
	Rated     int       `json:"rated"`
	Content   *Share    `json:"content"` // null: too few ratings
	Levels    []int     `json:"levels"`  // by level, best first; empty when withheld
	Dossiers  *Dossiers `json:"dossiers,omitempty"`
	Published time.Time `json:"published"`
}
