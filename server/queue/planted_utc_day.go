//go:build planted_utc_day

//red: ./server -run TestClockOverMidnight

package queue

import "time"

// The business day turns at midnight of somewhere else.
func init() { Zone = time.UTC }
