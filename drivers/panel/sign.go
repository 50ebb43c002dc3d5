// Package panel shows numbers: at a counter for the hall, and on the little
// displays of call keypads for the clerk. What to show is a Sign; the encoders
// turn it into the bytes and registers of each protocol.
package panel

import (
	"strconv"
	"strings"

	"motcua/server/queue"
)

// Sign is what a counter shows.
type Sign struct {
	Number  string // of the visit being called or served, "A012"; empty for none
	Waiting int    // visitors who wait for this counter
	State   queue.CounterState
	Blink   bool
}

// Blinks tells whether the number blinks: whenever it is being called, and when asked to.
func (s Sign) Blinks() bool {
	return s.Number != "" && (s.Blink || s.State == queue.CounterCalling)
}

// Text is the sign on n places of a panel that the hall sees: the number at the
// right, dark when there is none, dashes while the counter is paused.
//
// A display without letters shows the digits alone. Of a number that is too long
// the end is shown: it is what tells two visitors apart.
func (s Sign) Text(n int, letters bool) string {
	switch {
	case s.Number != "":
		return right(shown(s.Number, letters), n)
	case s.State == queue.CounterPaused:
		return strings.Repeat("-", max(n, 0))
	}
	return right("", n)
}

// Desk is the sign on n places of a keypad, for the clerk: three places for how
// many wait and the rest for the number when there are six or more, else the
// number, or how many wait while there is none.
func (s Sign) Desk(n int, letters bool) string {
	waiting := strconv.Itoa(min(max(s.Waiting, 0), 999))
	switch {
	case n >= 6:
		return right(waiting, 3) + right(shown(s.Number, letters), n-3)
	case s.Number != "":
		return right(shown(s.Number, letters), n)
	}
	return right(waiting, n)
}

// shown keeps what a display can draw: digits, dashes, and capital letters where
// it has them.
func shown(number string, letters bool) string {
	keep := func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r == '-':
			return r
		case letters && r >= 'A' && r <= 'Z':
			return r
		}
		return -1
	}
	return strings.Map(keep, strings.ToUpper(number))
}

func right(text string, n int) string {
	if n <= 0 {
		return ""
	}
	if len(text) > n {
		return text[len(text)-n:]
	}
	return strings.Repeat(" ", n-len(text)) + text
}
