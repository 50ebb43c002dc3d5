package queue

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Longest texts, in characters.
const (
	labelText = 8
	shortText = 160
	longText  = 500
)

var (
	idPattern       = regexp.MustCompile(`^[a-z0-9-]{1,32}$`)
	prefixPattern   = regexp.MustCompile(`^[A-Z]{1,2}$`)
	tagPattern      = regexp.MustCompile(`^[A-Za-z0-9_-]{2}$`)
	priorityPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{1,16}$`)
)

func isPrefix(s string) bool     { return prefixPattern.MatchString(s) }
func isTag(s string) bool        { return tagPattern.MatchString(s) }
func isPriorityID(s string) bool { return priorityPattern.MatchString(s) }

// isDate reads mm-dd in a leap year, so that the 29th of February is one.
func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, "2028-"+s)
	return err == nil
}

// checker collects what is wrong.
type checker struct {
	problems []Problem
	seen     map[string]bool
}

// add notes a problem. The form is one of problemWords, so that people read it in
// their language.
func (c *checker) add(place, form string, args ...any) {
	c.problems = append(c.problems, Problem{place, fmt.Sprintf(form, args...), form, args})
}

func (c *checker) check(good bool, place, form string, args ...any) {
	if !good {
		c.add(place, form, args...)
	}
}

func (c *checker) between(place string, n, low, high int) {
	c.check(low <= n && n <= high, place, "must be %d to %d", low, high)
}

func (c *checker) count(place string, n, low, high int) {
	c.check(low <= n && n <= high, place, "must have %d to %d entries", low, high)
}

func (c *checker) id(place, id string) {
	c.check(idPattern.MatchString(id), place, "must be 1-32 characters of a-z 0-9 -")
}

// unique wants a value only once among those of its kind.
func (c *checker) unique(place, kind, value string) {
	if c.seen == nil {
		c.seen = map[string]bool{}
	}
	key := kind + "\x00" + value
	c.check(!c.seen[key], place, "is used twice")
	c.seen[key] = true
}

func (c *checker) name(place string, t Text) {
	c.required(place+".vi", t.VI, shortText)
	c.text(place+".en", t.EN, shortText)
}

func (c *checker) optionalName(place string, t Text) {
	if t != (Text{}) {
		c.name(place, t)
	}
}

func (c *checker) required(place, s string, most int) {
	c.check(s != "", place, "is missing")
	c.text(place, s, most)
}

func (c *checker) text(place, s string, most int) {
	switch {
	case !utf8.ValidString(s):
		c.add(place, "is not UTF-8")
	case utf8.RuneCountInString(s) > most:
		c.add(place, "is longer than %d characters", most)
	case strings.ContainsFunc(s, unicode.IsControl):
		c.add(place, "has a control character")
	case strings.TrimSpace(s) != s:
		c.add(place, "begins or ends with a space")
	}
}

func (c *checker) texts(place string, list []string, most, count int) {
	c.count(place, len(list), 0, count)
	for i, s := range list[:min(len(list), count)] {
		c.required(fmt.Sprintf("%s[%d]", place, i), s, most)
	}
}

// among wants a list of different known ids.
func (c *checker) among(place string, list, known []string, kind string) {
	for i, id := range list {
		at := fmt.Sprintf("%s[%d]", place, i)
		c.check(slices.Contains(known, id), at, "no %s has the id %.40q", kind, id)
		c.check(slices.Index(list, id) == i, at, "is listed twice")
	}
}

func (c *checker) weekdays(place string, days []int) {
	for i, day := range days {
		at := fmt.Sprintf("%s[%d]", place, i)
		c.between(at, day, 0, 6)
		c.check(slices.Index(days, day) == i, at, "is listed twice")
	}
}

func (c *checker) hm(place string, h HM) bool {
	_, ok := h.Minutes()
	c.check(ok, place, "must be a time of day like 07:30")
	return ok
}

func (c *checker) day(place string, d Day) bool {
	_, err := ParseDay(string(d))
	c.check(err == nil, place, "must be a day like 2026-11-21")
	return err == nil
}

// quota wants at least one number: a service that gives none in a half-day
// leaves it out of its half-days, since 0 means no limit in a command.
func (c *checker) quota(place string, quota map[string]int, known []string) {
	for _, id := range sortedKeys(quota) {
		c.check(slices.Contains(known, id), place+"."+id, "is not a half-day of the calendar")
		c.between(place+"."+id, quota[id], 1, 100000)
	}
}

func (c *checker) promise(place string, p Promise) {
	low, high, step := 0.0, 0.0, 1.0
	switch p.Unit {
	case "", ThisWeek:
	case HalfDays:
		low, high = 1, 240
	case WorkingDays:
		low, high, step = 0.5, 120, 0.5
	case CalendarDays:
		high = 365
	default:
		c.add(place+".unit", "must be half_days, working_days, calendar_days or this_week")
		return
	}
	inside := p.Amount >= low && p.Amount <= high && math.Mod(p.Amount, step) == 0
	c.check(inside, place+".amount", "must be %g to %g in steps of %g", low, high, step)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
