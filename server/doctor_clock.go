package main

import (
	"fmt"
	"syscall"
	"time"
)

// timeError is what adjtimex(2) gives for a clock that nobody sets by another one.
const timeError = 5

// checkClock looks at what every ticket and report is dated by.
func checkClock(now time.Time) finding {
	var t syscall.Timex
	state, err := syscall.Adjtimex(&t)
	return clockSays(now, state, err)
}

// programMade is before any day of a hall: an earlier one means an empty battery.
var programMade = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func clockSays(now time.Time, state int, err error) finding {
	said := now.Format("2006-01-02 15:04 MST")
	switch {
	case now.Before(programMade):
		return finding{what: "the clock says " + said, help: "set it: timedatectl set-time; the battery of the board may be empty"}
	case err != nil:
		return finding{hint: true, what: fmt.Sprintf("the clock says %s; whether it is kept right is not known: %v", said, err)}
	case state == timeError:
		return finding{hint: true, what: "the clock says " + said + ", and nobody keeps it right",
			help: "name a time server of the network in /etc/systemd/timesyncd.conf; until then compare it with a watch every month"}
	}
	return finding{ok: true, what: "the clock says " + said + ", and is kept right"}
}
