package queue

import (
	"fmt"
	"strconv"
	"time"
)

// Zone is the only zone the hall knows: Asia/Ho_Chi_Minh has had no daylight
// saving since 1975, so a fixed offset is exact and needs no zone database.
var Zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// Clock tells the time. It is passed in everywhere, so that tests can step it.
type Clock interface{ Now() time.Time }

// ClockFunc makes a Clock of a function.
type ClockFunc func() time.Time

// Now calls the function.
func (f ClockFunc) Now() time.Time { return f() }

// SystemClock is the machine's clock.
var SystemClock Clock = ClockFunc(time.Now)

// Millis is a moment in milliseconds since 1970, written as text: scripts
// carry times as strings, because the two engines print long numbers
// differently. The empty Millis is "no moment".
type Millis string

// MillisOf converts a time.
func MillisOf(t time.Time) Millis { return Millis(formatInt(t.UnixMilli())) }

func formatInt(n int64) string { return strconv.FormatInt(n, 10) }

// Time converts back, in the hall's zone; the zero time for an empty Millis.
func (m Millis) Time() time.Time {
	n := m.Int()
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMilli(n).In(Zone)
}

// Int gives the number of milliseconds, 0 for an empty or unreadable value.
func (m Millis) Int() int64 {
	n, _ := strconv.ParseInt(string(m), 10, 64)
	return n
}

// Day is a business day in the hall's zone, written 2026-11-21.
type Day string

// DayOf gives the business day of a moment.
func DayOf(t time.Time) Day { return Day(t.In(Zone).Format(time.DateOnly)) }

// ParseDay reads a day; anything but yyyy-mm-dd is an error.
func ParseDay(s string) (Day, error) {
	if _, err := time.ParseInLocation(time.DateOnly, s, Zone); err != nil {
		return "", fmt.Errorf("day %q is not yyyy-mm-dd", s)
	}
	return Day(s), nil
}

// Start is the first moment of the day; the zero time for an empty Day.
func (d Day) Start() time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), Zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Add moves by n days.
func (d Day) Add(n int) Day { return DayOf(d.Start().AddDate(0, 0, n)) }

// Weekday of the day.
func (d Day) Weekday() time.Weekday { return d.Start().Weekday() }
