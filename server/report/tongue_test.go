package report

import (
	"testing"
	"time"

	"motcua/server/queue"
)

func TestSpansAreNamedAsPeopleSayThem(t *testing.T) {
	for _, c := range []struct {
		from, to queue.Day
		vi, en   string
	}{
		{"2026-11-22", "2026-11-22", "ngày 22/11/2026", "22/11/2026"},
		{"2026-11-01", "2026-11-30", "tháng 11 năm 2026", "November 2026"},
		{"2028-02-01", "2028-02-29", "tháng 2 năm 2028", "February 2028"},
		{"2026-02-01", "2026-02-27", "từ ngày 01/02/2026 đến ngày 27/02/2026", "01/02/2026 to 27/02/2026"},
		{"2026-10-01", "2026-12-31", "quý IV năm 2026", "quarter IV of 2026"},
		{"2026-01-01", "2026-12-31", "năm 2026", "year 2026"},
		{"2026-11-16", "2026-11-22", "từ ngày 16/11/2026 đến ngày 22/11/2026", "16/11/2026 to 22/11/2026"},
	} {
		q := Query{From: c.from, To: c.to}
		if vi, en := tongue("vi").span(q), tongue("en").span(q); vi != c.vi || en != c.en {
			t.Errorf("%s-%s is %q, %q", c.from, c.to, vi, en)
		}
	}
}

// A letterhead's date has zeros only where nobody may write a figure before.
func TestLetterheadDate(t *testing.T) {
	for want, at := range map[string]time.Time{
		"ngày 05 tháng 02 năm 2026": time.Date(2026, 2, 5, 8, 0, 0, 0, queue.Zone),
		"ngày 01 tháng 3 năm 2026":  time.Date(2026, 2, 28, 17, 30, 0, 0, time.UTC),
		"ngày 22 tháng 11 năm 2026": time.Date(2026, 11, 22, 0, 0, 0, 0, queue.Zone),
	} {
		if got := tongue("vi").longDate(at); got != want {
			t.Errorf("%v is %q, want %q", at, got, want)
		}
	}
}

func TestNumbersAsEachLanguageWritesThem(t *testing.T) {
	for _, c := range []struct {
		n        float64
		decimals int
		vi, en   string
	}{{0, 0, "0", "0"}, {999, 0, "999", "999"}, {1234.56, 1, "1.234,6", "1,234.6"}, {1234567, 0, "1.234.567", "1,234,567"}, {-1500.25, 2, "-1.500,25", "-1,500.25"}, {-0.04, 1, "0,0", "0.0"}} {
		if vi, en := tongue("vi").number(c.n, c.decimals), tongue("en").number(c.n, c.decimals); vi != c.vi || en != c.en {
			t.Errorf("%v is %q, %q", c.n, vi, en)
		}
	}
}

// An exception names what it changed as the report's rows do, not by ids.
func TestChangesAreNamed(t *testing.T) {
	r := &Report{By: map[Dimension][]Row{
		ByCounter:  {{ID: "4", Name: "Quầy 4"}, {ID: "b/4", Name: "Bắc · Quầy 4"}},
		ByService:  {{ID: "ho-tich", Name: "Hộ tịch"}},
		ByPriority: {{ID: "NCT", Name: "Người cao tuổi"}},
	}}
	for want, o := range map[string]Override{
		"Quầy 4 thành Hộ tịch":    {Kind: "transfer", Was: "4", Became: "ho-tich"},
		"Hộ tịch thành Quầy 4":    {Kind: "transfer", Was: "ho-tich", Became: "@4"},
		"9 thành unknown":         {Kind: "transfer", Branch: "b", Was: "9", Became: "unknown"},
		"bỏ Người cao tuổi":       {Kind: "priority", Was: "NCT"},
		"Người cao tuổi":          {Kind: "priority", Became: "NCT"},
		"Người cao tuổi thành TE": {Kind: "priority", Was: "NCT", Became: "TE"},
		"":                        {Kind: "out_of_turn"},
	} {
		if got := tongue("vi").change(r, o); got != want {
			t.Errorf("%+v is %q, want %q", o, got, want)
		}
	}
}
