package queue

import (
	"encoding/base64"
	"hash/fnv"
)

// ProductionSettings is what a branch starts with under `motcua serve`: an
// ordinary working week and a small hall, all of it to be edited. The hours,
// cut-offs and holidays are examples of common practice; each hall has its own
// decision. Tết and the other lunar days are fixed each year and missing here.
func ProductionSettings(id string) Settings {
	s := template(id)
	s.Counters = []CounterSetting{
		counterOf("1", "01", civil, certify),
		counterOf("2", "02", certify, civil),
		counterOf("3", "03", land, business),
		counterOf("4", "04", welfare, residence, civil),
		counterOf("5", "05", results, certify),
	}
	// A half-day's own cut-off decides what is still done within it; numbers are
	// given longer.
	for i := range s.Services {
		s.Services[i].CutOff = map[string]HM{"am": "11:00", "pm": "16:30"}
	}
	s.Calendar = Calendar{
		Halves: []Half{
			{ID: "am", Name: Text{VI: "Buổi sáng", EN: "Morning"}, From: "07:30", To: "11:30", CutOff: "10:30", Take: "07:00"},
			{ID: "pm", Name: Text{VI: "Buổi chiều", EN: "Afternoon"}, From: "13:30", To: "17:00", CutOff: "15:00", Take: "13:15"},
		},
		Week:     mondayToFriday(),
		Holidays: fixedHolidays(),
		CloseAt:  usualClose,
	}
	return s
}

// TagFor derives the two characters that start a branch's ticket tokens. Two
// branches may get the same: whoever adds a branch checks, and sets another.
func TagFor(id string) string {
	h := fnv.New32a()
	h.Write([]byte(id))
	sum := h.Sum(nil)
	return base64.RawURLEncoding.EncodeToString(sum)[:2]
}

func mondayToFriday() []WeekDay {
	var week []WeekDay
	for day := 1; day <= 5; day++ {
		week = append(week, WeekDay{Day: day, Halves: []string{"am", "pm"}})
	}
	return week
}

// fixedHolidays are the holidays of 2026 and 2027 with a date in the solar
// calendar (Bộ luật Lao động 2019, Điều 112.1). The second day of the National
// Day holiday is decided each year; a holiday on a day off moves to the next
// working day (Điều 111.3).
func fixedHolidays() []Holiday {
	newYear := Text{VI: "Tết Dương lịch", EN: "New Year's Day"}
	victory := Text{VI: "Ngày Chiến thắng 30/4", EN: "Reunification Day"}
	labour := Text{VI: "Ngày Quốc tế lao động 1/5", EN: "International Labour Day"}
	national := Text{VI: "Quốc khánh 2/9", EN: "National Day"}
	return []Holiday{
		{From: "2026-01-01", Name: newYear},
		{From: "2026-04-30", Name: victory},
		{From: "2026-05-01", Name: labour},
		{From: "2026-09-01", To: "2026-09-02", Name: national},
		{From: "2027-01-01", Name: newYear},
		{From: "2027-04-30", Name: victory},
		{From: "2027-05-01", Name: labour},
		{From: "2027-05-03", Name: Text{VI: "Nghỉ bù ngày Quốc tế lao động 1/5", EN: "In lieu of Labour Day"}},
		{From: "2027-09-02", To: "2027-09-03", Name: national},
	}
}
