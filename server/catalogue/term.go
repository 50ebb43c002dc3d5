package catalogue

import (
	"regexp"
	"strconv"
	"strings"
)

// The units of a Term. A number without a unit has none: the source does not say.
const (
	UnitDay        = "day"
	UnitWorkingDay = "working_day"
	UnitHour       = "hour"
	UnitHalfDay    = "half_day" // buổi
	UnitSameDay    = "same_day" // within the day the dossier comes
	UnitMonth      = "month"
)

var (
	termShape = regexp.MustCompile(`^(\d{1,3}(?:[.,]\d{1,2})?)(?: ?/ ?\d+)? ?(?:\([^()0-9]*\) ?)?([a-z ]*)$`)
	bareShape = regexp.MustCompile(`^\d{1,3}$`)
	termStart = regexp.MustCompile(`^(?:thoi han(?: giai quyet)?|trong(?: thoi han)?|khong qua|toi da|la|:|khong vuot qua| )+ ?`)
	termEnd   = regexp.MustCompile(`[,.;]? ?\(?(?:ke )?tu (?:khi|ngay) (?:tiep )?nhan (?:du |duoc )*ho so(?: day du)?(?: va)?(?:,? hop le)?(?: theo quy dinh)?\)?$`)
)

var units = map[string]string{
	"": "", "ngay": UnitDay, "ngay lam viec": UnitWorkingDay, "ngay lv": UnitWorkingDay, "nlv": UnitWorkingDay,
	"gio": UnitHour, "gio lam viec": UnitHour, "h": UnitHour, "buoi": UnitHalfDay, "buoi lam viec": UnitHalfDay,
	"thang": UnitMonth,
}

// ParseTerm reads a time limit; what it is not sure of is the zero Term, and
// people see the source's words. A day is never taken for a working day, a range
// or a list of cases is no single limit.
func ParseTerm(s string) Term {
	s = strings.Trim(plain(CleanLine(s)), " .;")
	s = strings.TrimSpace(termEnd.ReplaceAllString(s, ""))
	switch s {
	case "trong ngay", "ngay trong ngay", "trong ngay lam viec", "ngay trong ngay lam viec", "giai quyet trong ngay", "giai quyet ngay", "trong ngay tiep nhan", "ngay trong ngay tiep nhan":
		return Term{N: 1, Unit: UnitSameDay}
	}
	if bareShape.MatchString(s) { // "120,000" and "1100" are fees in the wrong place
		n, _ := strconv.ParseFloat(s, 64)
		return Term{N: n}
	}
	s = termStart.ReplaceAllString(s, "")
	m := termShape.FindStringSubmatch(s)
	if m == nil || strings.Contains(s, "/") {
		return Term{}
	}
	unit, known := units[strings.TrimSpace(m[2])]
	n, err := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", "."), 64)
	if !known || unit == "" || err != nil || n == 0 {
		return Term{}
	}
	return Term{N: n, Unit: unit}
}
