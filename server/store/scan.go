package store

import (
	"encoding/json"
	"strconv"
	"strings"

	"motcua/server/queue"
)

// Every command's answer and every event is read from JSON that our own scripts
// wrote: an object of short strings and numbers. Reading it by hand takes a
// fifth of what encoding/json takes. Whatever is out of the ordinary (escapes,
// lists, a null) is left to encoding/json: the functions here then say false.

// members gives each member of an object, its value as it stands.
func members(s string, take func(name, value string) bool) bool {
	if len(s) < 2 || s[0] != '{' || s[len(s)-1] != '}' {
		return false
	}
	if s == "{}" {
		return true
	}
	for at := 1; ; {
		name, next, ok := quoted(s, at)
		if !ok || s[next] != ':' {
			return false
		}
		value, next, ok := valueAt(s, next+1)
		if !ok || !take(name, value) {
			return false
		}
		switch {
		case s[next] == ',':
			at = next + 1
		default:
			return next == len(s)-1 // the closing brace
		}
	}
}

// quoted reads the string that begins at s[at]; next is behind its last quote,
// and still within s.
func quoted(s string, at int) (text string, next int, ok bool) {
	if at >= len(s) || s[at] != '"' {
		return "", 0, false
	}
	end := strings.IndexByte(s[at+1:], '"')
	if end < 0 {
		return "", at, false
	}
	text, next = s[at+1:at+1+end], at+end+2
	return text, next, next < len(s) && strings.IndexByte(text, '\\') < 0
}

func valueAt(s string, at int) (text string, next int, ok bool) {
	if at >= len(s) {
		return "", 0, false
	}
	switch s[at] {
	case '"':
		_, next, ok := quoted(s, at)
		return s[at:next], next, ok
	case '{':
		return objectAt(s, at)
	case '[', 'n', ' ':
		return "", 0, false
	}
	end := strings.IndexAny(s[at:], ",}")
	if end <= 0 {
		return "", 0, false
	}
	return s[at : at+end], at + end, true
}

// objectAt finds the end of an object; braces within strings do not count.
func objectAt(s string, at int) (text string, next int, ok bool) {
	depth := 0
	for i := at; i < len(s)-1; i++ {
		switch s[i] {
		case '\\':
			return "", 0, false
		case '"':
			end := strings.IndexByte(s[i+1:], '"')
			if end < 0 {
				return "", 0, false
			}
			i += end + 1
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return s[at : i+1], i + 1, true
			}
		}
	}
	return "", 0, false
}

func integer(to *int, text string) bool {
	n, err := strconv.Atoi(text)
	*to = n
	return err == nil
}

func truth(to *bool, text string) bool {
	*to = text == "true"
	return *to || text == "false"
}

func set[T ~string](to *T, value string) bool {
	if value[0] != '"' {
		return false
	}
	*to = T(value[1 : len(value)-1])
	return true
}

func scanVisit(s string, v *queue.Visit) bool {
	return members(s, func(name, value string) bool {
		switch name {
		case "id":
			return set(&v.ID, value)
		case "number":
			return set(&v.Number, value)
		case "service":
			return set(&v.Service, value)
		case "state":
			return set(&v.State, value)
		case "priority":
			return set(&v.Priority, value)
		case "q":
			return set(&v.Queue, value)
		case "front":
			return truth(&v.Front, value)
		case "ord":
			return set(&v.Order, value)
		case "token":
			return set(&v.Token, value)
		case "code":
			return set(&v.Code, value)
		case "proc":
			return set(&v.Procedure, value)
		case "lang":
			return set(&v.Lang, value)
		case "origin":
			return set(&v.Origin, value)
		case "forecast":
			return set(&v.Forecast, value)
		case "taken":
			return set(&v.Taken, value)
		case "booked":
			return set(&v.Booked, value)
		case "called":
			return set(&v.Called, value)
		case "served":
			return set(&v.Served, value)
		case "ended":
			return set(&v.Ended, value)
		case "parked":
			return set(&v.Parked, value)
		case "counter":
			return set(&v.Counter, value)
		case "calls":
			return integer(&v.Calls, value)
		case "tx":
			return integer(&v.Tx, value)
		case "outcome":
			return set(&v.Outcome, value)
		case "reason":
			return set(&v.Reason, value)
		case "rev":
			return integer(&v.Revision, value)
		}
		return false // encoding/json knows what to do with it
	})
}

func scanCounter(s string, k *queue.Counter) bool {
	return members(s, func(name, value string) bool {
		switch name {
		case "id":
			return set(&k.ID, value)
		case "state":
			return set(&k.State, value)
		case "visit":
			return set(&k.Visit, value)
		case "number":
			return set(&k.Number, value)
		case "reason":
			return set(&k.Reason, value)
		case "since":
			return set(&k.Since, value)
		case "turn":
			return integer(&k.Turn, value)
		case "last_tx":
			return set(&k.LastTx, value)
		case "last_at":
			return set(&k.LastAt, value)
		case "rated":
			return truth(&k.Rated, value)
		case "seat":
			return scanSeat(value, &k.Seat)
		}
		return false
	})
}

func scanSeat(s string, seat *queue.Sitting) bool {
	return members(s, func(name, value string) bool {
		switch name {
		case "account":
			return set(&seat.Account, value)
		case "name":
			return set(&seat.Name, value)
		case "photo":
			return set(&seat.Photo, value)
		case "title":
			return scanText(value, &seat.Title)
		}
		return false
	})
}

func scanText(s string, text *queue.Text) bool {
	return members(s, func(name, value string) bool {
		switch name {
		case "vi":
			return set(&text.VI, value)
		case "en":
			return set(&text.EN, value)
		}
		return false
	})
}

func scanEvent(s string, e *queue.Event) bool {
	return members(s, func(name, value string) bool {
		switch name {
		case "kind":
			return set(&e.Kind, value)
		case "at":
			return set(&e.At, value)
		case "day":
			return set(&e.Day, value)
		case "by":
			return set(&e.By, value)
		case "verb":
			return set(&e.Verb, value)
		case "from":
			return set(&e.From, value)
		case "place":
			return set(&e.Place, value)
		case "reason":
			return set(&e.Reason, value)
		case "visit":
			e.Visit = &queue.Visit{}
			return scanVisit(value, e.Visit)
		case "counter":
			e.Counter = &queue.Counter{}
			return scanCounter(value, e.Counter)
		}
		return false
	})
}

// readEvent reads one event.
func readEvent(s string) (queue.Event, error) {
	e := queue.Event{}
	if scanEvent(s, &e) {
		return e, nil
	}
	e = queue.Event{}
	err := json.Unmarshal([]byte(s), &e)
	return e, err
}

// readResult adds to a result what one part of an answer says: the last event,
// or the small table beside it.
func readResult(s string, r *queue.Result) error {
	e := queue.Event{}
	if scanEvent(s, &e) {
		if e.Visit != nil {
			r.Visit = e.Visit
		}
		if e.Counter != nil {
			r.Counter = e.Counter
		}
		return nil
	}
	more := *r
	if scanPlace(s, &more) {
		*r = more
		return nil
	}
	return json.Unmarshal([]byte(s), r)
}

func scanPlace(s string, r *queue.Result) bool {
	return members(s, func(name, value string) bool {
		switch name {
		case "rank":
			return integer(&r.Rank, value)
		case "others":
			return integer(&r.Others, value)
		case "fronts":
			return integer(&r.Fronts, value)
		case "person_count":
			return integer(&r.PersonCount, value)
		}
		return false
	})
}
