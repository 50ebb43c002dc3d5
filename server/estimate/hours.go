package estimate

import (
	"time"

	"motcua/server/queue"
)

// hoursAt reads from the calendar when counters closed now should be open: the
// start of the present half-day, or of the next when none is on; 0 for never.
// Breaks lie between half-days. After the last one clerks stay until everybody
// is served, so the evening is not a break. A hall that is always open has no
// hours to go by: there a closed counter stays closed.
func hoursAt(c queue.Calendar, now time.Time) (opens int64, breaks []Break) {
	if c.Always {
		return 0, nil
	}
	halves := c.On(queue.DayOf(now))
	for i, half := range halves {
		starts := half.Starts()
		if i > 0 && now.Before(starts) {
			breaks = append(breaks, Break{From: halves[i-1].Ends().UnixMilli(), To: starts.UnixMilli()})
		}
		if i == 0 || !now.Before(halves[i-1].Ends()) {
			opens = starts.UnixMilli()
		}
	}
	return opens, breaks
}
