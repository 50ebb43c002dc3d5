package report

import (
	"time"

	"motcua/server/queue"
)

// settle is how long after midnight a span counts as ended: the day's closing and
// what the history still reads of it lie before that.
const settle = 10 * time.Minute

// mostMissed bounds how many spans are made up for after the server was off.
const mostMissed = 31

// period is the days of one scheduled report, both included.
type period struct{ from, to queue.Day }

// periodWith gives the day, week (from Monday), month, quarter or year a day lies in.
func periodWith(kind string, day queue.Day) period {
	t := day.Start()
	first := func(month time.Month) queue.Day {
		return queue.DayOf(time.Date(t.Year(), month, 1, 0, 0, 0, 0, queue.Zone))
	}
	months := func(from queue.Day, n int) period {
		return period{from, queue.DayOf(from.Start().AddDate(0, n, 0)).Add(-1)}
	}
	switch kind {
	case "week":
		monday := day.Add(-(int(day.Weekday()) + 6) % 7)
		return period{monday, monday.Add(6)}
	case "month":
		return months(first(t.Month()), 1)
	case "quarter":
		return months(first((t.Month()-1)/3*3+1), 3)
	case "year":
		return months(first(time.January), 12)
	}
	return period{day, day}
}

// lastEnded is the last span of a kind that has ended.
func lastEnded(kind string, now time.Time) period {
	current := periodWith(kind, queue.DayOf(now.Add(-settle)))
	return periodWith(kind, current.from.Add(-1))
}

// duePeriods are the spans that ended after the day written last, oldest first. When
// nothing was written yet it is the last one alone: a schedule does not look back
// before it was made.
func duePeriods(kind string, written queue.Day, now time.Time) []period {
	var due []period
	for s := lastEnded(kind, now); s.to > written && len(due) < mostMissed; s = periodWith(kind, s.from.Add(-1)) {
		due = append([]period{s}, due...)
		if written == "" {
			break
		}
	}
	return due
}
