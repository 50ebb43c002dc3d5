package queue

import (
	"math"
	"slices"
	"testing"
	"time"
)

// newMoon is the moment of the k-th new moon since the first of 2000, after the
// usual series (its largest terms; within minutes in this century).
func newMoon(k float64) time.Time {
	t := k / 1236.85
	rad := func(deg float64) float64 { return math.Mod(deg, 360) * math.Pi / 180 }
	sun := rad(2.5534 + 29.10535670*k - 0.0000014*t*t)
	moon := rad(201.5643 + 385.81693528*k + 0.0107582*t*t)
	node := rad(160.7108 + 390.67050284*k - 0.0016118*t*t)
	e := 1 - 0.002516*t
	jde := 2451550.09766 + 29.530588861*k + 0.00015437*t*t +
		-0.40720*math.Sin(moon) + 0.17241*e*math.Sin(sun) + 0.01608*math.Sin(2*moon) + 0.01039*math.Sin(2*node) +
		0.00739*e*math.Sin(moon-sun) - 0.00514*e*math.Sin(moon+sun) + 0.00208*e*e*math.Sin(2*sun) - 0.00111*math.Sin(moon-2*node)
	const epoch, deltaT = 2440587.5, 72 // seconds by which clocks lag behind the reckoning
	return time.Unix(int64((jde-epoch)*86400)-deltaT, 0)
}

// TestLunarDays reckons the new moons at the hall's own meridian: Tết is the day of
// one, between 21 January and 20 February, and the tenth of the third month stands
// nine days after the one two months later. No leap month comes before it in these years.
func TestLunarDays(t *testing.T) {
	for _, year := range HolidayYears() {
		k := math.Round(float64(year-2000) * 12.3685)
		first := newMoon(k)
		for day := DayOf(first); day < Day(DayOf(time.Date(year, 1, 21, 0, 0, 0, 0, Zone))); day = DayOf(first) {
			k++
			first = newMoon(k)
		}
		if got, want := lunar[year].newYear, DayOf(first); got != want {
			t.Errorf("%d: Tết %s, the new moon is on %s (%s)", year, got, want, first.In(Zone))
		}
		if got, want := lunar[year].kings, DayOf(newMoon(k+2)).Add(9); got != want {
			t.Errorf("%d: the tenth of the third month %s, want %s", year, got, want)
		}
	}
}

func TestPublicHolidays(t *testing.T) {
	c := ProductionSettings("x").Calendar
	days := func(year int) (all []string) {
		for _, h := range c.PublicHolidays(year) {
			all = append(all, string(h.From)+" "+string(h.To)+" "+h.Name.VI)
			if h.Basis == "" || h.Name.EN == "" {
				t.Errorf("%+v", h)
			}
		}
		return all
	}
	want := []string{
		"2027-01-01  Tết Dương lịch",
		"2027-02-05 2027-02-09 Tết Nguyên đán", "2027-02-10  Nghỉ bù Tết Nguyên đán", "2027-02-11  Nghỉ bù Tết Nguyên đán",
		"2027-04-16  Giỗ Tổ Hùng Vương", "2027-04-30  Ngày Chiến thắng 30/4",
		"2027-05-01  Ngày Quốc tế lao động 1/5", "2027-05-03  Nghỉ bù Ngày Quốc tế lao động 1/5",
		"2027-09-02 2027-09-03 Quốc khánh 2/9", "2027-11-24  Ngày Văn hóa Việt Nam 24/11",
	}
	if got := days(2027); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if days(2031) != nil || len(HolidayYears()) != 5 {
		t.Error("a year whose moons are not in the table has a list")
	}
	// What is suggested fits into the settings as it is.
	s := ProductionSettings("x")
	s.Calendar.Holidays = nil
	for _, year := range HolidayYears() {
		for _, h := range s.Calendar.PublicHolidays(year) {
			s.Calendar.Holidays = append(s.Calendar.Holidays, h.Holiday)
		}
	}
	s.Place = Text{VI: "Phường X"}
	if p := s.Problems(); len(p) > 0 {
		t.Error(p)
	}
	for _, h := range s.Calendar.Holidays {
		if s.Calendar.IsWorkingDay(h.From) {
			t.Errorf("%s is worked", h.From)
		}
	}
}
