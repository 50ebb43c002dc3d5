package dossier

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"motcua/server/queue"
)

// Forms of a day and of a moment, as officials and programs write them.
var (
	dayForms    = []string{"2/1/2006", "2-1-2006", "2.1.2006", time.DateOnly}
	momentForms = []string{"2/1/2006 15:04", "2/1/2006 15:04:05", "2-1-2006 15:04", "2-1-2006 15:04:05", "15:04 2/1/2006",
		"15:04:05 2/1/2006", "2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02T15:04:05", time.RFC3339}
	// Excel shows a date without a format of its own in the American order.
	excelDay    = regexp.MustCompile(`^\d{1,2}[-/]\d{1,2}[-/]\d{2}$`)
	excelMoment = regexp.MustCompile(`^\d{1,2}/\d{1,2}/\d{2} \d{1,2}:\d{2}$`)
)

// Years outside these are typing mistakes.
const (
	firstYear = 2010
	lastYear  = 2099
)

// readWhen reads a date; isNumber says that a spreadsheet keeps it as a number.
func readWhen(s string, isNumber bool) (When, bool) {
	s = strings.Join(strings.Fields(s), " ")
	if isNumber {
		if w, ok := readExcel(s); ok {
			return w, true
		}
	}
	for _, form := range dayForms {
		if t, err := time.ParseInLocation(form, s, queue.Zone); err == nil {
			return sane(t, OnDay(queue.DayOf(t)))
		}
	}
	for _, form := range momentForms {
		if t, err := time.ParseInLocation(form, s, queue.Zone); err == nil {
			if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 && form != time.RFC3339 {
				return sane(t, OnDay(queue.DayOf(t))) // midnight is what programs write for a bare day
			}
			return sane(t, AtMoment(t))
		}
	}
	return "", false
}

func sane(t time.Time, w When) (When, bool) {
	if y := t.Year(); y < firstYear || y > lastYear {
		return "", false
	}
	return w, true
}

// readExcel reads dates in the ways Excel shows them without a format, and the
// days since 1899-12-30 it keeps them as.
func readExcel(s string) (When, bool) {
	switch {
	case excelDay.MatchString(s):
		if t, err := time.ParseInLocation("1/2/06", strings.ReplaceAll(s, "-", "/"), queue.Zone); err == nil {
			return sane(t, OnDay(queue.DayOf(t)))
		}
	case excelMoment.MatchString(s):
		if t, err := time.ParseInLocation("1/2/06 15:04", s, queue.Zone); err == nil {
			return sane(t, AtMoment(t))
		}
	}
	days, err := strconv.ParseFloat(s, 64)
	if err != nil || days < 40000 || days > 73000 {
		return "", false
	}
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, queue.Zone).AddDate(0, 0, int(days))
	seconds := int((days-float64(int(days)))*24*60*60 + 0.5)
	if seconds == 0 {
		return sane(t, OnDay(queue.DayOf(t)))
	}
	return sane(t, AtMoment(t.Add(time.Duration(seconds)*time.Second)))
}
