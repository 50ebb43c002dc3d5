package report

import (
	"fmt"
	"time"

	"motcua/server/queue"
)

// tongue is the language of a file: "vi", or "en".
type tongue string

// tongueOf gives the language asked for, Vietnamese when there is no such.
func tongueOf(lang string) tongue {
	if lang == "en" {
		return "en"
	}
	return "vi"
}

// t gives a text of the table, with the values filled in.
func (l tongue) t(key string, values ...any) string {
	text, known := texts[key]
	if !known {
		return key
	}
	if len(values) == 0 {
		return text.In(string(l))
	}
	return fmt.Sprintf(text.In(string(l)), values...)
}

// date writes a day as people read it: 05/02/2026 in both languages of the country.
func (l tongue) date(d queue.Day) string {
	if d == "" {
		return ""
	}
	return d.Start().Format("02/01/2006")
}

// longDate writes the day of a letterhead. Days below 10 and the months January and
// February carry a zero, so that nobody can write a figure before them (form of
// administrative documents, NĐ 30/2020).
func (l tongue) longDate(t time.Time) string {
	t = t.In(queue.Zone)
	if l == "en" {
		return t.Format("2 January 2006")
	}
	month := fmt.Sprint(int(t.Month()))
	if t.Month() < 3 {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", t.Day(), month, t.Year())
}

// span names the days of a query: a whole day, month, quarter or year by its name.
func (l tongue) span(q Query) string {
	t := q.From.Start()
	for _, kind := range []string{"day", "month", "quarter", "year"} {
		if periodWith(kind, q.From) != (period{q.From, q.To}) {
			continue
		}
		switch kind {
		case "day":
			return l.t("span.day", l.date(q.From))
		case "month":
			if l == "en" {
				return t.Format("January 2006")
			}
			return l.t("span.month", int(t.Month()), t.Year())
		case "quarter":
			return l.t("span.quarter", roman(int(t.Month()-1)/3+1), t.Year())
		case "year":
			return l.t("span.year", t.Year())
		}
	}
	return l.t("span.days", l.date(q.From), l.date(q.To))
}

// roman writes the number of a section or quarter, 1 to 39.
func roman(n int) string {
	s := ""
	for ; n >= 10; n -= 10 {
		s += "X"
	}
	return s + []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}[n]
}

// weekday names a day of the week, 0 = Sunday.
func (l tongue) weekday(n int) string { return l.t(fmt.Sprintf("weekday.%d", n)) }
