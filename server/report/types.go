// Package report turns the history into figures: for a span of days and one branch
// or several, in total and by each dimension, with what a manager needs to defend
// them. It reads the history's tables and writes none. Definitions says how each
// figure is counted; the same texts stand beside the figures on screen and in print.
package report

import (
	"time"

	"motcua/server/queue"
)

// Query says which visits a report is about. Empty fields restrict nothing.
type Query struct {
	Branches  []string  `json:"branches"` // all when empty
	From      queue.Day `json:"from"`
	To        queue.Day `json:"to"` // included
	Service   string    `json:"service,omitempty"`
	Field     string    `json:"field,omitempty"`
	Procedure string    `json:"procedure,omitempty"`
	Counter   string    `json:"counter,omitempty"`
	Clerk     string    `json:"clerk,omitempty"`
	Priority  string    `json:"priority,omitempty"` // an id, or "any", or "none"
	Channel   string    `json:"channel,omitempty"`  // kiosk, desk, booking, phone
}

// Dimension is what figures are broken down by.
type Dimension string

// The dimensions. A visit belongs to the service it was taken for, and to the
// counter and clerk of each of its transactions.
const (
	ByService   Dimension = "service"
	ByField     Dimension = "field"
	ByProcedure Dimension = "procedure"
	ByCounter   Dimension = "counter"
	ByClerk     Dimension = "clerk"
	ByHour      Dimension = "hour"
	ByWeekday   Dimension = "weekday"
	ByPriority  Dimension = "priority"
	ByChannel   Dimension = "channel"
	ByDay       Dimension = "day"
	ByMonth     Dimension = "month"
	ByBranch    Dimension = "branch"
)

// Dimensions lists them in the order of a report.
var Dimensions = []Dimension{ByService, ByField, ByProcedure, ByCounter, ByClerk, ByHour, ByWeekday, ByPriority, ByChannel, ByDay, ByMonth, ByBranch}

// Report is everything about one query.
type Report struct {
	Query  Query     `json:"query"`
	Made   time.Time `json:"made"`
	Sample bool      `json:"sample"` // some of its days were made by the generator
	Days   int       `json:"days"`   // business days with a visit
	// Old is how many of them are so long ago that only their sums are left: taken,
	// served, absent, cancelled, transfers, mean wait, within target, promises.
	Old int `json:"old,omitempty"`
	// Fewest and Ranked are the branch's limits for small samples (queue.ReportSetting).
	Fewest int                 `json:"fewest"`
	Ranked int                 `json:"ranked"`
	Total  Figures             `json:"total"`
	By     map[Dimension][]Row `json:"by"`
	// Heat is taken and median wait by weekday (0 = Sunday) and hour.
	Heat [7][24]Cell `json:"heat"`
	// Histogram counts waits by five minutes: [0,5), [5,10) … the last holds all from 120 minutes on.
	Histogram [25]int `json:"histogram"`
	// Pauses is the time of pauses by their reason, seconds.
	Pauses []Named `json:"pauses"`
	// Overrides are the calls out of turn, priority changes and transfers, newest first, at most 500.
	Overrides []Override `json:"overrides"`
	// Dossiers is what the one-stop software told; nil when it told nothing.
	Dossiers *Dossiers `json:"dossiers,omitempty"`
}

// Row is the figures of one value of a dimension.
type Row struct {
	ID   string `json:"id"`
	Name string `json:"name"` // Vietnamese, as the settings and the catalogue name it now
	Figures
}

// Cell is one field of the heat map.
type Cell struct {
	Taken int     `json:"taken"`
	Wait  float64 `json:"wait"` // median, seconds
}

// Figures are the counts and times of some visits. Times are seconds.
type Figures struct {
	Taken       int `json:"taken"`
	Served      int `json:"served"` // visits with at least one transaction
	NoShow      int `json:"no_show"`
	Cancelled   int `json:"cancelled"`
	Expired     int `json:"expired"`
	Transferred int `json:"transferred"` // visits
	Transfers   int `json:"transfers"`
	PingPong    int `json:"ping_pong"`
	Again       int `json:"again"`
	OutOfTurn   int `json:"out_of_turn"`
	Priority    int `json:"priority"`
	Recalls     int `json:"recalls"`

	Wait    Spread `json:"wait"`
	Service Spread `json:"service"` // of transactions
	// InTarget is how many of the called waited no longer than the service's target.
	InTarget Share `json:"in_target"`
	// Told is how many of the called waited within the estimate they were told.
	Told Share `json:"told"`

	Promise Promise  `json:"promise"` // of all promises
	HalfDay Promise  `json:"half_day"`
	Use     Use      `json:"use"`
	Outcome Outcomes `json:"outcome"`
	Rating  Rating   `json:"rating"`
}

// Spread of a set of durations, seconds.
type Spread struct {
	N      int     `json:"n"`
	Mean   float64 `json:"mean"`
	Median float64 `json:"median"` // the middle one; of an even count the mean of the two
	P90    float64 `json:"p90"`    // nearest rank: the smallest that at least 90 % do not exceed
}

// Share is Yes of Of.
type Share struct {
	Yes int `json:"yes"`
	Of  int `json:"of"`
}

// Promise counts transactions whose service promised something. Unknown ones are
// never counted as kept (product rules).
type Promise struct {
	Kept    int `json:"kept"`
	Broken  int `json:"broken"`
	Unknown int `json:"unknown"`
}

// Use is what counters did, seconds.
type Use struct {
	Open    float64 `json:"open"` // all but closed
	Idle    float64 `json:"idle"`
	Calling float64 `json:"calling"`
	Serving float64 `json:"serving"`
	Paused  float64 `json:"paused"`
}

// Outcomes counts ended transactions.
type Outcomes struct {
	Done       int `json:"done"`
	Received   int `json:"received"`
	Supplement int `json:"supplement"`
	Refused    int `json:"refused"`
	Guided     int `json:"guided"`
}

// Rating is how transactions were rated. Small says that there are fewer than an order
// needs (Report.Ranked): shown greyed. Of a few ratings only their number is told: see
// Withheld.
type Rating struct {
	Asked   int            `json:"asked"` // ended transactions
	Rated   int            `json:"rated"`
	Levels  []int          `json:"levels"` // by level, best first
	Points  int            `json:"points"` // sum on the 0-2 scale
	Mean    float64        `json:"mean"`   // points per rating, one decimal (TT 01/2018 Đ15)
	Content Share          `json:"content"`
	Low     float64        `json:"low"`  // of the share of content raters: Wilson's interval, 95 %
	High    float64        `json:"high"` //
	Sources map[string]int `json:"sources"`
	Reasons []Named        `json:"reasons"` // most frequent first
	Small   bool           `json:"small"`
	// Withheld is the hall's least number of ratings when levels, points, content, interval,
	// reasons and forms are not told, 0 when they are: there are fewer, or they would tell of a
	// row with fewer by what is missing in the total.
	Withheld int   `json:"withheld,omitempty"`
	Refused  int   `json:"refused"` // presses that did not count
	Forms    Forms `json:"forms"`
}

// Forms are the answers to the four questions: points and count of each.
type Forms struct {
	N  int  `json:"n"`
	Q1 Mark `json:"q1"`
	Q3 Mark `json:"q3"`
	Q4 Mark `json:"q4"`
	Q7 Mark `json:"q7"`
}

// Mark is an indicator: points / answers, one decimal.
type Mark struct {
	N      int     `json:"n"`
	Points int     `json:"points"`
	Mean   float64 `json:"mean"`
}

// Named is a number with its name: seconds or a count.
type Named struct {
	ID    string  `json:"id"`
	Name  string  `json:"name"`
	Value float64 `json:"value"`
}

// Override is something done out of the order, with its reason.
type Override struct {
	Branch  string       `json:"branch"`
	Seq     int64        `json:"seq"` // of its event
	At      queue.Millis `json:"at"`
	Kind    string       `json:"kind"`
	Number  string       `json:"number"`
	Visit   string       `json:"visit"`
	Counter string       `json:"counter"`
	By      string       `json:"by"`
	Was     string       `json:"was"`
	Became  string       `json:"became"`
	Reason  string       `json:"reason"`
}

// Dossiers is received, resolved and pending as the one-stop software told.
type Dossiers struct {
	Received int `json:"received"`
	Resolved int `json:"resolved"`
	Pending  int `json:"pending"`
	Overdue  int `json:"overdue"`
}

// Ranked is one branch in the comparison: its figures and its self-assessment on
// the 0-18 scale of nine indicators (TT 01/2018/TT-VPCP Đ13-15). It is never the
// national index.
type Ranked struct {
	Branch     string      `json:"branch"`
	Name       string      `json:"name"`
	Kind       string      `json:"kind"`
	Place      int         `json:"place"` // among its kind; 0: too few ratings to be put into an order
	Figures    Figures     `json:"figures"`
	Indicators [9]*float64 `json:"indicators"` // 0-2 each; nil: not known to a queue system, or not told
	Points     float64     `json:"points"`     // of the known ones
	Most       float64     `json:"most"`       // what the known ones could give: 2 each
	Scale      float64     `json:"scale"`      // Points projected on 18; 0 while Class is empty
	Class      string      `json:"class"`      // excellent, good, fair, average, weak; "" while fewer than five are known, or with too few ratings
}

// Definition says how a figure is counted, vi and en, and where the rule is from.
type Definition struct {
	ID     string     `json:"id"`
	Name   queue.Text `json:"name"`
	Text   queue.Text `json:"text"`
	Source string     `json:"source,omitempty"`
	Visits bool       `json:"visits,omitempty"` // the visits behind it can be listed (Reader.Visits)
}
