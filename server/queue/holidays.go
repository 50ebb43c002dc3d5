package queue

import (
	"fmt"
	"slices"
)

// PublicHoliday is a holiday of the law with its days in one year. It is a
// suggestion: what is taken off, and which days are worked instead, is decided
// and announced every year, so that a person confirms each.
type PublicHoliday struct {
	Holiday
	// Basis is where the holiday is from; Open says that its days are settled by a
	// decision of the year and may be others.
	Basis string
	Open  bool
}

// lawHolidays is Article 112 of the Labour Code (Bộ luật Lao động 45/2019/QH14).
const lawHolidays = "Bộ luật Lao động 2019, Điều 112"

// cultureDay is the holiday that the resolution has decided on; whether the Labour
// Code's amendment is in force for a year is for the hall to look up.
const cultureDay = "Nghị quyết 80-NQ/TW; chỉ áp dụng khi Bộ luật Lao động đã được sửa"

// lunar are the days of the Vietnamese lunar calendar (reckoned at UTC+7, which may
// differ by a day from the Chinese one), by year: the first day of the year, and the
// tenth of its third month.
var lunar = map[int]struct{ newYear, kings Day }{
	2026: {"2026-02-17", "2026-04-26"},
	2027: {"2027-02-06", "2027-04-16"},
	2028: {"2028-01-26", "2028-04-04"},
	2029: {"2029-02-13", "2029-04-23"},
	2030: {"2030-02-02", "2030-04-12"},
}

// HolidayYears are the years that PublicHolidays knows, in order.
func HolidayYears() []int {
	years := make([]int, 0, len(lunar))
	for year := range lunar {
		years = append(years, year)
	}
	slices.Sort(years)
	return years
}

// PublicHolidays gives the public holidays of a year, in order, with the days taken
// off in place of those that fall on a day this calendar does not work (Article 111.3:
// the next working day). Tết is given as the last day of the old year and the first
// four of the new one, which is what has been decided most often. It is empty for a
// year whose lunar days are not in the table.
func (c Calendar) PublicHolidays(year int) []PublicHoliday {
	moon, known := lunar[year]
	if !known {
		return nil
	}
	on := func(date string) Day { return Day(fmt.Sprintf("%04d-%s", year, date)) }
	list := []PublicHoliday{
		{Holiday: Holiday{From: on("01-01"), Name: Text{VI: "Tết Dương lịch", EN: "New Year's Day"}}},
		{Holiday: Holiday{From: moon.newYear.Add(-1), To: moon.newYear.Add(3), Name: Text{VI: "Tết Nguyên đán", EN: "Lunar New Year"}}, Open: true},
		{Holiday: Holiday{From: moon.kings, Name: Text{VI: "Giỗ Tổ Hùng Vương", EN: "Hùng Kings' Commemoration Day"}}},
		{Holiday: Holiday{From: on("04-30"), Name: Text{VI: "Ngày Chiến thắng 30/4", EN: "Reunification Day"}}},
		{Holiday: Holiday{From: on("05-01"), Name: Text{VI: "Ngày Quốc tế lao động 1/5", EN: "International Labour Day"}}},
		nationalDay(on("09-02")),
	}
	for i := range list {
		list[i].Basis = lawHolidays
	}
	list = append(list, PublicHoliday{Holiday: Holiday{From: on("11-24"), Name: Text{VI: "Ngày Văn hóa Việt Nam 24/11", EN: "Vietnam Culture Day"}}, Basis: cultureDay, Open: true})
	return c.withLieu(list)
}

// nationalDay is two days: 2 September and the day before or after, whichever makes
// the days off hang together with a weekend.
func nationalDay(second Day) PublicHoliday {
	h := PublicHoliday{Holiday: Holiday{Name: Text{VI: "Quốc khánh 2/9", EN: "National Day"}}, Open: true}
	switch second.Weekday() {
	case 0, 1, 4: // Sunday, Monday, Thursday: towards the weekend after, or away from the one before
		h.From, h.To = second, second.Add(1)
	default:
		h.From, h.To = second.Add(-1), second
	}
	return h
}

// withLieu adds the working day after a holiday for each of its days that this
// calendar does not work anyway.
func (c Calendar) withLieu(list []PublicHoliday) []PublicHoliday {
	off := c
	off.Always, off.Seasons, off.MakeUp, off.Holidays = false, nil, nil, nil
	for _, h := range list {
		off.Holidays = append(off.Holidays, h.Holiday)
	}
	var all []PublicHoliday
	for _, h := range list {
		all = append(all, h)
		last := h.To
		if last == "" {
			last = h.From
		}
		for day := h.From; day <= last; day = day.Add(1) {
			if _, worked := c.week(day.Weekday()); worked || len(c.Week) == 0 {
				continue
			}
			next := off.NextWorkingDay(last)
			if next == "" {
				break
			}
			lieu := PublicHoliday{Holiday: Holiday{From: next, Name: Text{VI: "Nghỉ bù " + h.Name.VI, EN: "In lieu of " + h.Name.EN}},
				Basis: "Bộ luật Lao động 2019, Điều 111 khoản 3", Open: true}
			off.Holidays = append(off.Holidays, lieu.Holiday)
			all = append(all, lieu)
		}
	}
	return all
}
