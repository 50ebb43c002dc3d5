package search

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"motcua/server/queue"
)

//go:embed events.tsv
var ourEvents string

// ofWords is for how many procedures words of an event stand.
const ofWords = 3

// Event is something that happens in people's lives and the procedures it calls for.
type Event struct {
	ID    string     `json:"id"`
	Name  queue.Text `json:"name"`
	Icon  string     `json:"icon"` // its name among the icons of the screens
	finds []string   // codes and words, in order
}

// DefaultEvents are those that come with the program.
func DefaultEvents() []Event {
	list, wrong := ReadEvents(strings.NewReader(ourEvents))
	if len(wrong) > 0 {
		panic("search: events.tsv: " + wrong[0].Error()) // our own file: a test reads it
	}
	return list
}

// ReadEvents reads a table of events; see the head of events.tsv. A line that
// cannot be read is an error that names it, and the others count.
func ReadEvents(r io.Reader) (list []Event, wrong []error) {
	scan := bufio.NewScanner(r)
	for n := 1; scan.Scan(); n++ {
		text := lineOf(scan.Text())
		if text == "" {
			continue
		}
		e, err := parseEvent(strings.Split(text, "\t"))
		if err != nil {
			wrong = append(wrong, fmt.Errorf("line %d: %w", n, err))
			continue
		}
		list = append(slices.DeleteFunc(list, func(o Event) bool { return o.ID == e.ID }), e)
	}
	if err := scan.Err(); err != nil {
		wrong = append(wrong, err)
	}
	return list, wrong
}

// lineOf is a line without its end; empty for a note.
func lineOf(s string) string {
	s = strings.TrimRight(strings.TrimPrefix(s, "\ufeff"), " \r\t")
	if strings.HasPrefix(s, "#") {
		return ""
	}
	return norm.NFC.String(s)
}

var (
	eventID  = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	iconName = regexp.MustCompile(`^[a-z0-9-]{0,32}$`)
	codeForm = regexp.MustCompile(`^\d\.\d{6}$`)
)

func parseEvent(cells []string) (Event, error) {
	for i := range cells {
		cells[i] = strings.Join(strings.Fields(cells[i]), " ")
	}
	if !eventID.MatchString(cells[0]) || len(cells[0]) > 32 {
		return Event{}, fmt.Errorf("id %q: want small letters without marks, digits and dashes", cells[0])
	}
	if len(cells) == 1 { // takes the event of this id away
		return Event{ID: cells[0]}, nil
	}
	if len(cells) < 5 {
		return Event{}, fmt.Errorf("%d columns, want 5 parted by tabs", len(cells))
	}
	e := Event{ID: cells[0], Name: queue.Text{VI: cells[1], EN: cells[2]}, Icon: cells[3]}
	if e.Name.VI == "" {
		return Event{}, fmt.Errorf("%s has no Vietnamese name", e.ID)
	}
	if !iconName.MatchString(e.Icon) {
		return Event{}, fmt.Errorf("icon %q: want small letters, digits and dashes", e.Icon)
	}
	for part := range strings.SplitSeq(cells[4], "|") {
		if part = strings.TrimSpace(part); part != "" {
			e.finds = append(e.finds, part)
		}
	}
	return e, nil
}

// WithEvents puts the events of a hall to others: one of the same id takes the
// place of the old, and one that calls for nothing takes it away.
func WithEvents(list, own []Event) []Event {
	out := slices.Clone(list)
	for _, e := range own {
		at := slices.IndexFunc(out, func(o Event) bool { return o.ID == e.ID })
		switch {
		case len(e.finds) == 0 && at >= 0:
			out = slices.Delete(out, at, at+1)
		case len(e.finds) == 0:
		case at >= 0:
			out[at] = e
		default:
			out = append(out, e)
		}
	}
	return out
}

// codes finds the procedures an event calls for that the catalogue holds.
func (e Event) codes(x *Index, holds func(code string) bool) []string {
	var list []string
	seen := map[string]bool{}
	add := func(code string) {
		if holds(code) && !seen[code] {
			seen[code] = true
			list = append(list, code)
		}
	}
	for _, f := range e.finds {
		if codeForm.MatchString(f) {
			add(f)
			continue
		}
		for _, h := range x.Search(f+" ", Options{Limit: ofWords}).Hits {
			if h.Rule != RulePart && h.Rule != RuleTypo {
				add(h.Code)
			}
		}
	}
	return list
}
