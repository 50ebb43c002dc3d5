package report_test

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// tallied is one row of figures by their names.
type tallied struct {
	n             map[string]float64
	waits, spents []int64
}

// table is the rows of each dimension.
type table map[string]map[string]*tallied

func (t table) row(dimension, id string) *tallied {
	if t[dimension] == nil {
		t[dimension] = map[string]*tallied{}
	}
	if t[dimension][id] == nil {
		t[dimension][id] = &tallied{n: map[string]float64{}}
	}
	return t[dimension][id]
}

// count makes the rows of the days from one to another, both included.
func (r *recount) count(t *testing.T, from, to string) table {
	rows := table{}
	for _, s := range r.stories {
		if s.day >= from && s.day <= to {
			r.countStory(t, rows, s)
		}
	}
	for key, list := range r.stays {
		if day, counter, _ := strings.Cut(key, " "); day >= from && day <= to {
			countStays(t, rows, day, counter, list)
		}
	}
	for _, dimension := range rows {
		for _, row := range dimension {
			row.finish()
		}
		secret(dimension)
	}
	return rows
}

// secret takes out of a dimension's rows what fewer than five people said; when those rows
// have fewer than five ratings together, the next smallest row's too, of equals the first.
func secret(rows map[string]*tallied) {
	next, few := "", 0.0
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		rated := rows[id].n["rated"]
		if rated < 5 {
			few += rated
		} else if next == "" || rated < rows[next].n["rated"] {
			next = id
		}
	}
	for id, row := range rows {
		rated := row.n["rated"]
		if rated == 0 || rated >= 5 && (few == 0 || few >= 5 || id != next) {
			continue
		}
		for name := range row.n {
			if strings.HasPrefix(name, "level") || strings.HasPrefix(name, "reason") || slices.Contains([]string{"points", "content", "mean", "low"}, name) {
				delete(row.n, name)
			}
		}
		row.n["high"] = 1
	}
}

func (r *recount) countStory(t *testing.T, rows table, s *story) {
	weekday := strconv.Itoa(weekdayOf(t, s.day))
	to := []*tallied{rows.row("total", ""), rows.row("service", s.service), rows.row("hour", strconv.Itoa(hourAt(s.taken))),
		rows.row("weekday", weekday), rows.row("channel", s.origin), rows.row("day", s.day)}
	seen := map[string]bool{}
	for _, x := range s.servings {
		seen[x.counter] = true
	}
	if len(s.servings) == 0 && s.counter != "" {
		seen[s.counter] = true
	}
	for counter := range seen {
		to = append(to, rows.row("counter", counter))
	}
	for _, row := range to {
		row.story(s)
	}
	for i := range s.servings {
		x := &s.servings[i]
		m := r.marks[x.id]
		for _, row := range []*tallied{rows.row("total", ""), rows.row("service", x.service), rows.row("hour", strconv.Itoa(hourAt(x.began))),
			rows.row("weekday", weekday), rows.row("channel", s.origin), rows.row("day", s.day), rows.row("counter", x.counter)} {
			row.serving(x, m)
		}
	}
}

func (r *tallied) add(name string, yes bool) {
	if yes {
		r.n[name]++
	}
}

func (r *tallied) story(s *story) {
	r.n["taken"]++
	r.add("served", len(s.servings) > 0)
	r.add("no_show", s.noShows > 0)
	r.add("cancelled", s.state == "cancelled")
	r.add("expired", s.state == "expired")
	r.add("transferred", s.transfers > 0)
	r.add("again", s.again)
	r.add("priority", s.priority != "")
	r.n["transfers"] += float64(s.transfers)
	r.n["ping_pong"] += float64(s.pingPong)
	r.n["out_of_turn"] += float64(s.outOfTurn)
	r.n["recalls"] += float64(s.recalls)
	if s.called {
		r.waits = append(r.waits, s.wait)
		r.n["in_target_of"]++
		r.add("in_target", s.wait <= 30*60*1000)
	}
}

func (r *tallied) serving(x *serving, m mark) {
	if x.ended == 0 {
		return
	}
	if x.how != "day_closed" { // nobody knows when it was done
		r.spents = append(r.spents, x.ended-x.began)
	}
	r.add("outcome "+x.outcome, x.outcome != "")
	if end, unit, ok := due(x.service, x.received); ok && x.how != "parked" && x.how != "transferred" {
		kept := "unknown"
		switch {
		case x.outcome == "done" && x.ended <= end.UnixMilli():
			kept = "kept"
		case x.outcome == "done":
			kept = "broken"
		case x.outcome != "received" && x.outcome != "": // sent away: nothing was taken in
			kept = ""
		}
		r.add("promise "+kept, kept != "")
		r.add("half_day "+kept, kept != "" && unit == "half_days")
	}
	// Only what ended here can be rated: not what was kept aside, nor what the
	// day's end cut off.
	r.add("asked", x.how == "" || x.how == "transferred")
	if m.level == 0 {
		return
	}
	r.n["rated"]++
	r.n["level "+strconv.Itoa(m.level)]++
	r.n["points"] += []float64{2, 2, 1, 0}[m.level-1]
	r.add("content", m.level <= 2)
	r.n["source "+m.source]++
	for _, reason := range m.reasons {
		r.n["reason "+reason]++
	}
}

// countStays adds a counter's day: each state lasts until the next one begins.
func countStays(t *testing.T, rows table, day, counter string, list []stay) {
	weekday := strconv.Itoa(weekdayOf(t, day))
	for i, s := range list {
		if s.state == "closed" || i+1 == len(list) {
			continue
		}
		until := list[i+1].from
		for _, row := range []*tallied{rows.row("total", ""), rows.row("weekday", weekday), rows.row("day", day), rows.row("counter", counter)} {
			row.n["use "+s.state] += float64(until - s.from)
			row.n["use"] += float64(until - s.from)
		}
		if s.state == "paused" {
			rows.row("total", "").n["pause "+s.reason] += float64(until - s.from)
		}
		for at := s.from; at < until; { // from one full hour to the next
			next := min((at/3600000+1)*3600000, until)
			row := rows.row("hour", strconv.Itoa(hourAt(at)))
			row.n["use "+s.state] += float64(next - at)
			row.n["use"] += float64(next - at)
			at = next
		}
	}
}

// finish makes seconds of milliseconds, and what follows from the counts.
func (r *tallied) finish() {
	for name := range r.n {
		if strings.HasPrefix(name, "use") || strings.HasPrefix(name, "pause") {
			r.n[name] /= 1000
		}
	}
	r.spread("wait", r.waits)
	r.spread("service", r.spents)
	if rated := r.n["rated"]; rated > 0 {
		r.n["mean"] = math.Floor(r.n["points"]*10/rated+0.5) / 10
		p, z2 := r.n["content"]/rated, 1.959963984540054*1.959963984540054
		half := math.Sqrt(z2 * (p*(1-p)/rated + z2/(4*rated*rated)))
		r.n["low"] = max(0, (p+z2/(2*rated)-half)/(1+z2/rated))
		r.n["high"] = min(1, (p+z2/(2*rated)+half)/(1+z2/rated))
	} else {
		r.n["high"] = 1
	}
}

func (r *tallied) spread(name string, list []int64) {
	if len(list) == 0 {
		return
	}
	slices.Sort(list)
	sum, n := int64(0), len(list)
	for _, x := range list {
		sum += x
	}
	r.n[name+" n"], r.n[name+" mean"] = float64(n), float64(sum)/float64(n)/1000
	r.n[name+" median"] = float64(list[n/2]) / 1000
	if n%2 == 0 {
		r.n[name+" median"] = (float64(list[n/2-1]) + float64(list[n/2])) / 2000
	}
	place := 1
	for place*10 < n*9 { // nearest rank
		place++
	}
	r.n[name+" p90"] = float64(list[place-1]) / 1000
}
