package queue

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// copyOf gives settings that share nothing with the original.
func copyOf(t testing.TB, s Settings) Settings {
	t.Helper()
	document, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := ParseSettings(document)
	if err != nil {
		t.Fatalf("our own document is refused: %v", err)
	}
	return fresh
}

func TestReadyMadeSettingsAreValid(t *testing.T) {
	full := ProductionSettings("chi-lang")
	full.Calendar.Seasons = fullCalendar().Seasons
	full.Calendar.MakeUp = fullCalendar().MakeUp
	full.Calendar.Golden = goldenDays()
	for _, s := range []Settings{DemoSettings(), ProductionSettings("xa-tan-nhut"), full} {
		if err := copyOf(t, s).Validate(); err != nil {
			t.Errorf("%s: %v", s.ID, err)
		}
	}
}

// spoil is one mistake in otherwise valid settings and the place it is found at.
type spoil struct {
	place string
	do    func(*Settings)
}

func testSpoils(t *testing.T, spoils []spoil) {
	t.Helper()
	for i, test := range spoils {
		s := copyOf(t, ProductionSettings("hall"))
		s.Calendar.Seasons = fullCalendar().Seasons
		s.Calendar.Golden = goldenDays()
		test.do(&s)
		err := s.Validate()
		if CodeOf(err) != SettingsInvalid {
			t.Errorf("%d %s: %v", i, test.place, err)
			continue
		}
		var refusal *Error
		errors.As(err, &refusal)
		if !strings.HasPrefix(refusal.Detail, test.place+": ") {
			t.Errorf("%d: %q does not begin with %q", i, refusal.Detail, test.place)
		}
	}
}

func TestValidateNamesThePlace(t *testing.T) {
	long := strings.Repeat("ạ", 161)
	testSpoils(t, []spoil{
		{"version", func(s *Settings) { s.Version = -1 }},
		{"id", func(s *Settings) { s.ID = "Hall" }},
		{"id", func(s *Settings) { s.ID = strings.Repeat("a", 33) }},
		{"tag", func(s *Settings) { s.Tag = "h" }},
		{"name.vi", func(s *Settings) { s.Name.VI = "" }},
		{"name.en", func(s *Settings) { s.Name.EN = long }},
		{"place.vi", func(s *Settings) { s.Place = Text{EN: "Ward"} }},
		{"address", func(s *Settings) { s.Address = "1\n2" }},
		{"services", func(s *Settings) { s.Services = nil; s.Counters[0].Services = nil }},
		{"services[1].id", func(s *Settings) { s.Services[1].ID = "@a" }},
		{"services[1].id", func(s *Settings) { s.Services[1].ID = s.Services[0].ID }},
		{"services[2].prefix", func(s *Settings) { s.Services[2].Prefix = "Đ" }},
		{"services[2].prefix", func(s *Settings) { s.Services[2].Prefix = "ABC" }},
		{"services[2].prefix", func(s *Settings) { s.Services[2].Prefix = "A" }},
		{"services[0].name.vi", func(s *Settings) { s.Services[0].Name.VI = " Hộ tịch" }},
		{"services[0].fields[0]", func(s *Settings) { s.Services[0].Fields = []string{""} }},
		{"services[0].typical", func(s *Settings) { s.Services[0].Typical = 0 }},
		{"services[0].wait_target", func(s *Settings) { s.Services[0].WaitTarget = -1 }},
		{"services[0].halves[0]", func(s *Settings) { s.Services[0].Halves = []string{"night"} }},
		{"services[0].weekdays[1]", func(s *Settings) { s.Services[0].Weekdays = []int{1, 1} }},
		{"services[0].weekdays[0]", func(s *Settings) { s.Services[0].Weekdays = []int{7} }},
		{"services[0]", func(s *Settings) { s.Services[0].Weekdays = []int{0} }},
		{"services[0].cut_off.pm", func(s *Settings) { s.Services[0].CutOff["pm"] = "18:00" }},
		{"services[0].cut_off.pm", func(s *Settings) { s.Services[0].CutOff["pm"] = "4pm" }},
		{"services[0].cut_off.x", func(s *Settings) { s.Services[0].CutOff["x"] = "10:00" }},
		{"services[0].quota.am", func(s *Settings) { s.Services[0].Quota = map[string]int{"am": 0} }},
		{"services[0].promise.unit", func(s *Settings) { s.Services[0].Promise = Promise{"years", 1} }},
		{"services[0].promise.amount", func(s *Settings) { s.Services[0].Promise = Promise{HalfDays, 1.5} }},
		{"services[0].promise.amount", func(s *Settings) { s.Services[0].Promise = Promise{WorkingDays, 1.25} }},
		{"services[0].promise.amount", func(s *Settings) { s.Services[0].Promise = Promise{"", 1} }},
		{"services[2]", func(s *Settings) { s.Counters[2].Services = []string{business} }},
		{"counters[1].id", func(s *Settings) { s.Counters[1].ID = "" }},
		{"counters[1].id", func(s *Settings) { s.Counters[1].ID = "1" }},
		{"counters[1].label", func(s *Settings) { s.Counters[1].Label = "01" }},
		{"counters[1].label", func(s *Settings) { s.Counters[1].Label = "" }},
		{"counters[1].services[2]", func(s *Settings) { s.Counters[1].Services = append(s.Counters[1].Services, "x") }},
		{"counters[1].merge", func(s *Settings) { s.Counters[1].Merge = "random" }},
		{"counters[1].merge", func(s *Settings) { s.Counters[1].Merge = ByList; s.Policy.MaxWait = 0 }},
		{"counters[1].weights", func(s *Settings) { s.Counters[1].Weights = []int{1, 2} }},
		{"counters[1].weights", func(s *Settings) { s.Counters[1].Merge = ByWeight }},
		{"counters[1].weights[0]", func(s *Settings) { s.Counters[1].Merge = ByWeight; s.Counters[1].Weights = []int{0, 1} }},
		{"priorities[1].id", func(s *Settings) { s.Priorities[1].ID = "NCT" }},
		{"priorities[1].id", func(s *Settings) { s.Priorities[1].ID = "người già" }},
		{"policy.mode", func(s *Settings) { s.Policy.Mode = "" }},
		{"policy.n", func(s *Settings) { s.Policy.N = 0 }},
		{"policy.max_wait", func(s *Settings) { s.Policy.Mode, s.Policy.MaxWait = Strict, 0 }},
		{"policy.head_start", func(s *Settings) { s.Policy.Mode, s.Policy.HeadStart = HeadStart, 0 }},
		{"rating.levels", func(s *Settings) { s.Rating.Levels = s.Rating.Levels[:1] }},
		{"rating.levels[1].value", func(s *Settings) { s.Rating.Levels[0].Value = 1 }},
		{"rating.reasons[1].id", func(s *Settings) { s.Rating.Reasons[1].ID = s.Rating.Reasons[0].ID }},
		{"rating.window", func(s *Settings) { s.Rating.Window = 0 }},
		{"booking.days_ahead", func(s *Settings) { s.Booking.DaysAhead = 61 }},
		{"paper.wifi", func(s *Settings) { s.Paper.WiFi = strings.Repeat("x", 33) }},
		{"paper.wifi_key", func(s *Settings) { s.Paper.WiFi, s.Paper.WiFiKey = "Hall", "short" }},
		{"paper.wifi_key", func(s *Settings) { s.Paper.WiFi, s.Paper.WiFiKey = "Hall", "mật khẩu" }},
		{"paper.wifi_key", func(s *Settings) { s.Paper.WiFiKey = "longenough" }},
		{"paper.notes", func(s *Settings) { s.Paper.Notes = make([]Text, 4) }},
		{"paper.notes[0].vi", func(s *Settings) { s.Paper.Notes = []Text{{EN: "only English"}} }},
		{"pace.per_day", func(s *Settings) { s.Pace.PerDay = -1 }},
		{"pace.kiosk", func(s *Settings) { s.Pace.Kiosk = 101 }},
		{"pace.seconds", func(s *Settings) { s.Pace.Seconds = 3601 }},
		{"pace.seconds", func(s *Settings) { s.Pace = PaceSetting{Kiosk: 3} }},
		{"kiosk.diagonal", func(s *Settings) { s.Kiosk.Diagonal = 9.9 }},
		{"kiosk.diagonal", func(s *Settings) { s.Kiosk.Diagonal = -1 }},
		{"kiosk.diagonal", func(s *Settings) { s.Kiosk.Diagonal = 100.5 }},
		{"kiosk.base", func(s *Settings) { s.Kiosk.Base = 2001 }},
		{"services[2].late.from", func(s *Settings) { s.Services[2].Late.Text.VI = "Muộn" }},
		{"services[2].late.from", func(s *Settings) { s.Services[2].Late = LateNote{From: "3pm", Text: Text{VI: "Muộn"}} }},
		{"services[2].late.text.vi", func(s *Settings) { s.Services[2].Late.From = "15:00" }},
		{"services[2].late.text.vi", func(s *Settings) { s.Services[2].Late = LateNote{From: "15:00", Text: Text{EN: "Late"}} }},
		{"services[2].late.text.vi", func(s *Settings) {
			s.Services[0].Late.From = ""
			s.Services[0].Late.Text = Text{}
			s.Services[2].Late = LateNote{"15:00", Text{VI: strings.Repeat("ạ", 501)}}
		}},
		{"services[0].online", func(s *Settings) { s.Services[0].Online = "http://dichvucong.gov.vn" }},
		{"services[0].online", func(s *Settings) { s.Services[0].Online = "https://" }},
		{"services[0].online", func(s *Settings) { s.Services[0].Online = "https://a b.vn" }},
		{"services[0].online", func(s *Settings) { s.Services[0].Online = "https://user:word@a.vn/" }},
		{"services[0].online", func(s *Settings) { s.Services[0].Online = "javascript:alert(1)" }},
		{"services[0].online", func(s *Settings) { s.Services[0].Online = "https://a.vn/" + strings.Repeat("x", 200) }},
	})
}

func TestValidateCalendar(t *testing.T) {
	testSpoils(t, []spoil{
		{"calendar.halves[0].to", func(s *Settings) { s.Calendar.Halves[0].To = "25:00" }},
		{"calendar.halves[0].name.vi", func(s *Settings) { s.Calendar.Halves[0].Name = Text{} }},
		{"calendar.halves[0].cut_off", func(s *Settings) { s.Calendar.Halves[0].CutOff = "12:00" }},
		{"calendar.halves[0].cut_off", func(s *Settings) { s.Calendar.Halves[0].Take = "10:31" }},
		{"calendar.halves[1]", func(s *Settings) { s.Calendar.Halves[1].Take = "11:00" }},
		{"calendar.halves[1].id", func(s *Settings) {
			s.Calendar.Halves = append(s.Calendar.Halves[:1], s.Calendar.Halves[0])
			s.Calendar.Halves[1].From, s.Calendar.Halves[1].To = "13:00", "17:00"
			s.Calendar.Halves[1].CutOff, s.Calendar.Halves[1].Take = "", ""
			s.Calendar.Seasons, s.Calendar.Week = nil, []WeekDay{{Day: 1}}
			for i := range s.Services {
				s.Services[i].CutOff = nil
			}
		}},
		{"calendar.seasons[0].from", func(s *Settings) { s.Calendar.Seasons[0].From = "13-01" }},
		{"calendar.seasons[0].halves", func(s *Settings) { s.Calendar.Seasons[0].Halves = s.Calendar.Seasons[0].Halves[:1] }},
		{"calendar.seasons[1]", func(s *Settings) {
			other := s.Calendar.Seasons[0]
			other.From, other.To = "04-15", "06-01"
			s.Calendar.Seasons = append(s.Calendar.Seasons, other)
		}},
		{"calendar.week", func(s *Settings) {
			s.Calendar.Week = nil
			for i := range s.Services {
				s.Services[i].Closed = true
			}
		}},
		{"calendar.week[1]", func(s *Settings) { s.Calendar.Week[1].Day = 1 }},
		{"calendar.week[0].halves[0]", func(s *Settings) { s.Calendar.Week[0].Halves = []string{"noon"} }},
		{"calendar.holidays[0].from", func(s *Settings) { s.Calendar.Holidays[0].From = "2026-02-30" }},
		{"calendar.holidays[0].to", func(s *Settings) { s.Calendar.Holidays[0].To = "2025-12-31" }},
		{"calendar.holidays[0].to", func(s *Settings) { s.Calendar.Holidays[0].To = "2026-12-31" }},
		{"calendar.make_up[0].like", func(s *Settings) { s.Calendar.MakeUp = []MakeUp{{Day: "2026-11-21", Like: 0}} }},
		{"calendar.make_up[1].day", func(s *Settings) {
			s.Calendar.MakeUp = []MakeUp{{Day: "2026-11-21", Like: 1}, {Day: "2026-11-21", Like: 2}}
		}},
		{"calendar.golden[0].services[0]", func(s *Settings) { s.Calendar.Golden[0].Services = []string{"x"} }},
		{"calendar.golden[0].counters[0]", func(s *Settings) { s.Calendar.Golden[0].Counters = []string{"99"} }},
		{"calendar.golden[0].weekdays", func(s *Settings) { s.Calendar.Golden[0].Weekdays = nil }},
		{"calendar.golden[0].quota.x", func(s *Settings) { s.Calendar.Golden[0].Quota = map[string]int{"x": 1} }},
		{"calendar.golden[0].promise.amount", func(s *Settings) { s.Calendar.Golden[0].Promise.Amount = -1 }},
		{"calendar.close_at", func(s *Settings) { s.Calendar.CloseAt = "16:45" }},
		{"calendar.close_at", func(s *Settings) { s.Calendar.CloseAt = "24:00" }},
		{"calendar.close_at", func(s *Settings) { s.Calendar.CloseAt = "soon" }},
	})
}

func TestValidateListsEveryProblem(t *testing.T) {
	s := copyOf(t, ProductionSettings("hall"))
	s.Services[1].Prefix, s.Counters[0].Label, s.Policy.N = "b", "", 0
	detail := s.Validate().Error()
	for _, place := range []string{"services[1].prefix", "counters[0].label", "policy.n"} {
		if !strings.Contains(detail, place+": ") {
			t.Errorf("%q does not name %s", detail, place)
		}
	}
	for i := range 60 {
		s.Counters = append(s.Counters, CounterSetting{ID: "1", Label: fmt.Sprint("x", i)})
	}
	if detail := s.Validate().Error(); !strings.HasSuffix(detail, "and 43 more") {
		t.Errorf("a long list ends %q", detail[max(0, len(detail)-60):])
	}
}

// A closed service may be served by no counter.
func TestClosedServiceNeedsNoCounter(t *testing.T) {
	s := copyOf(t, ProductionSettings("hall"))
	s.Services[2].Closed = true
	s.Counters[2].Services = []string{business}
	if err := s.Validate(); err != nil {
		t.Error(err)
	}
}

func TestFits(t *testing.T) {
	old := ProductionSettings("hall")
	for _, test := range []struct {
		name    string
		change  func(*Settings)
		waiting map[string]int
		busy    []string
		want    Code
	}{
		{"nothing changes", func(*Settings) {}, map[string]int{land: 3, "@3": 1}, []string{"3"}, ""},
		{"an empty service goes", dropLand, map[string]int{civil: 3, land: 0}, []string{"1"}, ""},
		{"a service with visits goes", dropLand, map[string]int{land: 1}, nil, SettingsInUse},
		{"a service with visits is closed", func(s *Settings) { s.Services[2].Closed = true }, map[string]int{land: 1}, nil, ""},
		{"its last counter goes", func(s *Settings) { s.Counters[2].Services = nil }, map[string]int{land: 1}, nil, SettingsInUse},
		{"its prefix changes", func(s *Settings) { s.Services[2].Prefix = "X" }, map[string]int{land: 1}, nil, SettingsInUse},
		{"a prefix without visits changes", func(s *Settings) { s.Services[2].Prefix = "X" }, map[string]int{civil: 1}, nil, ""},
		{"a busy counter goes", func(s *Settings) { s.Counters = s.Counters[1:] }, nil, []string{"1"}, SettingsInUse},
		{"an idle counter goes", func(s *Settings) { s.Counters = s.Counters[1:] }, map[string]int{civil: 1}, []string{"2"}, ""},
		{"a counter with visits of its own goes", func(s *Settings) { s.Counters = s.Counters[1:] }, map[string]int{"@1": 1}, nil, SettingsInUse},
		{"another id", func(s *Settings) { s.ID = "other" }, nil, nil, SettingsInvalid},
		{"another tag", func(s *Settings) { s.Tag = "zz" }, nil, nil, SettingsInvalid},
	} {
		fresh := copyOf(t, old)
		test.change(&fresh)
		if got := CodeOf(Fits(old, fresh, test.waiting, test.busy)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	if err := Fits(Settings{}, old, nil, nil); err != nil {
		t.Errorf("the first settings: %v", err)
	}
}

func dropLand(s *Settings) {
	s.Services = append(s.Services[:2], s.Services[3:]...)
	s.Counters[2].Services = []string{business}
}

// Tiles of the kiosk that stand for several services.
func TestGroups(t *testing.T) {
	good := GroupSetting{ID: "dat", Name: Text{VI: "Đất đai, kinh doanh"}, Services: []string{land, business}}
	other := GroupSetting{ID: "dan", Name: Text{VI: "Dân cư"}, Services: []string{civil, residence}}
	group := func(change func(*GroupSetting)) func(*Settings) {
		return func(s *Settings) {
			g := good
			g.Services = append([]string{}, good.Services...)
			change(&g)
			s.Groups = []GroupSetting{other, g}
		}
	}
	s := copyOf(t, ProductionSettings("hall"))
	s.Groups = []GroupSetting{good, other}
	s.Kiosk = KioskSetting{Diagonal: 43, Base: 700, Scan: true}
	s.Services[0].Online = "https://dichvucong.gov.vn/p/home?ma=1.001193"
	if err := copyOf(t, s).Validate(); err != nil {
		t.Error(err)
	}
	testSpoils(t, []spoil{
		{"groups[1].id", group(func(g *GroupSetting) { g.ID = "" })},
		{"groups[1].id", group(func(g *GroupSetting) { g.ID = "dan" })},
		{"groups[1].name.vi", group(func(g *GroupSetting) { g.Name = Text{EN: "Land"} })},
		{"groups[1].services", group(func(g *GroupSetting) { g.Services = g.Services[:1] })},
		{"groups[1].services", group(func(g *GroupSetting) { g.Services = nil })},
		{"groups[1].services[1]", group(func(g *GroupSetting) { g.Services[1] = "none" })},
		{"groups[1].services[1]", group(func(g *GroupSetting) { g.Services[1] = land })},
		{"groups[1].services[1]", group(func(g *GroupSetting) { g.Services[1] = civil })},
		{"groups", func(s *Settings) { s.Groups = make([]GroupSetting, 17) }},
	})
}

// The texts of the law-like notice, word for word as the product's rules have them.
func TestReadyMadeLateNotes(t *testing.T) {
	for _, s := range []Settings{DemoSettings(), ProductionSettings("hall")} {
		for id, want := range map[string]string{
			civil:   "Hồ sơ nhận sau 15 giờ mà không giải quyết được ngay thì trả kết quả trong ngày làm việc tiếp theo.",
			certify: "Yêu cầu tiếp nhận sau 15 giờ được trả kết quả trong ngày làm việc tiếp theo.",
			land:    "",
		} {
			service, _ := s.Service(id)
			if service.Late.Text.VI != want || (want != "") != (service.Late.From == "15:00") || (want != "") != (service.Late.Text.EN != "") {
				t.Errorf("%s: %+v", id, service.Late)
			}
		}
		if s.Pace != (PaceSetting{Kiosk: 3, Seconds: 60}) || s.Groups != nil {
			t.Errorf("%+v %+v", s.Pace, s.Groups)
		}
	}
}
