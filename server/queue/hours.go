package queue

import "time"

// EndOfDay is the one time of day that names the end of a day, not a moment in it.
const EndOfDay HM = "24:00"

// Minutes gives the minutes since midnight; false when this is not a time of
// day between 00:00 and 24:00.
func (h HM) Minutes() (int, bool) {
	if len(h) != 5 || h[2] != ':' {
		return 0, false
	}
	for _, i := range []int{0, 1, 3, 4} {
		if h[i] < '0' || h[i] > '9' {
			return 0, false
		}
	}
	hour, minute := int(h[0]-'0')*10+int(h[1]-'0'), int(h[3]-'0')*10+int(h[4]-'0')
	total := hour*60 + minute
	return total, minute < 60 && total <= 24*60
}

// On gives that time on a day, in the hall's zone; the zero time when either is unreadable.
func (h HM) On(day Day) time.Time {
	start := day.Start()
	minutes, ok := h.Minutes()
	if !ok || start.IsZero() {
		return time.Time{}
	}
	return start.Add(time.Duration(minutes) * time.Minute)
}

// or gives this time of day, or another one when it is empty.
func (h HM) or(other HM) HM {
	if h == "" {
		return other
	}
	return h
}

// DayHalf is a half-day on a certain day.
type DayHalf struct {
	Half
	Day Day
}

// Starts is the first moment of work.
func (h DayHalf) Starts() time.Time { return h.From.On(h.Day) }

// Ends is the first moment after it.
func (h DayHalf) Ends() time.Time { return h.To.On(h.Day) }

// LastNumber is the last moment for a number, and for "within the half-day".
func (h DayHalf) LastNumber() time.Time { return h.CutOff.or(h.To).On(h.Day) }

// FirstNumber is the first moment for a number; it may come before work starts.
func (h DayHalf) FirstNumber() time.Time { return h.Take.or(h.From).On(h.Day) }

// givesNumbersAt tells whether a number can be had at that moment.
func (h DayHalf) givesNumbersAt(t time.Time) bool {
	return !t.Before(h.FirstNumber()) && !t.After(h.LastNumber())
}
