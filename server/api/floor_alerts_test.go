package api

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
)

// nine is a Monday at nine, in the middle of the morning's work.
var nine = time.Date(2026, 11, 23, 9, 0, 0, 0, queue.Zone)

func ago(minutes float64) queue.Millis {
	return queue.MillisOf(nine.Add(-time.Duration(minutes * float64(time.Minute))))
}

// floorHall is a hall of two services and two counters that works 7:30-11:30 and
// 13:30-17:00; counter 1 serves both, counter 2 the second.
func floorHall() (*queue.State, *queue.Settings) {
	set := &queue.Settings{ID: "h", Services: []queue.ServiceSetting{{ID: "a", Prefix: "A", WaitTarget: 30}, {ID: "b", Prefix: "B", WaitTarget: 15}},
		Counters: []queue.CounterSetting{{ID: "1", Label: "01", Services: []string{"a", "b"}, Clerk: "Lan"}, {ID: "2", Label: "02", Services: []string{"b"}}},
		Calendar: queue.Calendar{Halves: []queue.Half{{ID: "am", From: "07:30", To: "11:30"}, {ID: "pm", From: "13:30", To: "17:00"}},
			Week: []queue.WeekDay{{Day: 1}}}}
	return queue.NewState("e"), set
}

func wait(st *queue.State, service, number string, since queue.Millis) *queue.Visit {
	v := &queue.Visit{ID: number, Number: number, Service: service, Queue: service, State: queue.Waiting, Taken: since}
	st.Visits[v.ID] = v
	return v
}

func sit(st *queue.State, id string, state queue.CounterState, since queue.Millis) {
	st.Counters[id] = &queue.Counter{ID: id, State: state, Since: since}
}

func alertIDs(f floorAnswer) string {
	var ids []string
	for _, a := range f.Alerts {
		ids = append(ids, a.ID)
	}
	return strings.Join(ids, "; ")
}

func TestAlerts(t *testing.T) {
	cases := map[string]struct {
		hall func(*queue.State, *queue.Settings)
		want string // ids, oldest first
	}{
		"nothing":                       {func(st *queue.State, _ *queue.Settings) { sit(st, "1", queue.CounterOpen, ago(200)) }, ""},
		"a wait just within its target": {func(st *queue.State, _ *queue.Settings) { wait(st, "a", "A001", ago(30)) }, ""},
		"a wait beyond it":              {func(st *queue.State, _ *queue.Settings) { wait(st, "a", "A001", ago(30.1)) }, "wait a"},
		"the hall gives ten minutes more": {func(st *queue.State, s *queue.Settings) {
			s.Report.Alerts.Wait = 10
			wait(st, "a", "A001", ago(39))
			wait(st, "b", "B001", ago(26))
		}, "wait b"},
		"waits are never told": {func(st *queue.State, s *queue.Settings) { s.Report.Alerts.Wait = -1; wait(st, "a", "A001", ago(90)) }, ""},
		"a booked visitor waits from the booked time": {func(st *queue.State, _ *queue.Settings) {
			wait(st, "a", "A001", ago(50)).Booked = ago(10)
		}, ""},
		"a visit that was called waits anew": {func(st *queue.State, _ *queue.Settings) { wait(st, "a", "A001", ago(50)).Called = ago(5) }, ""},
		"idle while people wait": {func(st *queue.State, _ *queue.Settings) {
			sit(st, "1", queue.CounterOpen, ago(60))
			wait(st, "b", "B001", ago(5))
		}, "idle 1"},
		"idle, but the visitor has only come": {func(st *queue.State, _ *queue.Settings) {
			sit(st, "1", queue.CounterOpen, ago(60))
			wait(st, "b", "B001", ago(4))
		}, ""},
		"idle, but only since a moment": {func(st *queue.State, _ *queue.Settings) {
			sit(st, "1", queue.CounterOpen, ago(2))
			wait(st, "b", "B001", ago(14))
		}, ""},
		"idle, and nobody for its services": {func(st *queue.State, _ *queue.Settings) {
			sit(st, "2", queue.CounterOpen, ago(60))
			wait(st, "a", "A001", ago(20))
		}, ""},
		"idle, and somebody sent to this counter": {func(st *queue.State, _ *queue.Settings) {
			sit(st, "2", queue.CounterOpen, ago(60))
			wait(st, "a", "A001", ago(20)).Queue = "@2"
		}, "idle 2"},
		"busy counters are not idle": {func(st *queue.State, _ *queue.Settings) {
			sit(st, "1", queue.CounterServing, ago(60))
			wait(st, "b", "B001", ago(14))
		}, ""},
		"idle is never told": {func(st *queue.State, s *queue.Settings) {
			s.Report.Alerts.Idle = -1
			sit(st, "1", queue.CounterOpen, ago(60))
			wait(st, "b", "B001", ago(14))
		}, ""},
		"a long pause": {func(st *queue.State, _ *queue.Settings) { sit(st, "1", queue.CounterPaused, ago(30)) }, "pause 1"},
		"a pause":      {func(st *queue.State, _ *queue.Settings) { sit(st, "1", queue.CounterPaused, ago(29.9)) }, ""},
		"a pause, by set": {func(st *queue.State, s *queue.Settings) {
			s.Report.Alerts.Pause = 10
			sit(st, "1", queue.CounterPaused, ago(11))
		}, "pause 1"},
		"paper, a dead screen, a lost keypad": {func(st *queue.State, _ *queue.Settings) {
			for i, d := range []queue.Device{{Kind: "printer", State: queue.DevicePaperOut}, {Kind: "printer", State: queue.DevicePaperLow},
				{Kind: "printer", State: queue.DeviceReady}, {Kind: "printer", State: queue.DeviceUnknown}, {Kind: "screen", State: queue.DeviceOffline},
				{Kind: "keypad", State: queue.DeviceOffline}} {
				d.ID, d.Since = fmt.Sprint("d", i), ago(float64(60-i))
				st.Devices[d.ID] = &d
			}
		}, "printer d0; printer d1; screen d4; device d5"},
	}
	for name, c := range cases {
		st, set := floorHall()
		c.hall(st, set)
		if got := alertIDs(floorOf(st, set, nil, todayFacts{}, nine)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// "Dự kiến không kịp trước 11:30": told in the last hour of a half-day, when those
// who wait will not all have been served in it.
func TestAlertBeforeClosing(t *testing.T) {
	estimate := func(low, high int) []wire.ServiceFigure {
		return []wire.ServiceFigure{{ID: "a", Open: true, Estimate: &wire.Interval{Low: low, High: high}}}
	}
	cases := map[string]struct {
		at      string
		figures []wire.ServiceFigure
		change  func(*queue.State, *queue.Settings)
		want    string
		fits    bool
	}{
		"it will be done":                     {"10:45", estimate(30, 60), nil, "", true},
		"it will not":                         {"10:45", estimate(30, 61), nil, "close a", false},
		"it will not, two hours ahead":        {"09:29", estimate(120, 200), nil, "", false},
		"nobody serves it":                    {"10:45", nil, nil, "close a", false},
		"an unknown end is no alarm":          {"10:45", nil, func(st *queue.State, _ *queue.Settings) { sit(st, "1", queue.CounterServing, "") }, "", true},
		"the hall wants to know earlier":      {"09:29", estimate(120, 200), func(_ *queue.State, s *queue.Settings) { s.Report.Alerts.Close = 150 }, "close a", false},
		"the hall does not want to know":      {"10:45", nil, func(_ *queue.State, s *queue.Settings) { s.Report.Alerts.Close = -1 }, "", false},
		"a hall that never closes":            {"10:45", estimate(300, 900), func(_ *queue.State, s *queue.Settings) { s.Calendar = queue.Calendar{Always: true} }, "", true},
		"the afternoon's end":                 {"16:30", estimate(40, 60), nil, "close a", false},
		"before the afternoon begins, it has": {"12:00", estimate(40, 60), nil, "", true},
	}
	for name, c := range cases {
		st, set := floorHall()
		now := queue.HM(c.at).On("2026-11-23")
		set.Services[0].WaitTarget = 600
		wait(st, "a", "A001", queue.MillisOf(now.Add(-time.Minute)))
		if c.change != nil {
			c.change(st, set)
		}
		f := floorOf(st, set, c.figures, todayFacts{}, now)
		if got := alertIDs(f); got != c.want || f.Services[0].Fits != c.fits {
			t.Errorf("%s: %q, fits %v; want %q, %v", name, got, f.Services[0].Fits, c.want, c.fits)
		}
	}
}

// A mark is told at once, with its reasons and without its rater, up to the points
// the hall chose.
func TestAlertOfLowMark(t *testing.T) {
	st, set := floorHall()
	set.Rating.Levels = []queue.RatingLevel{{Value: 2}, {Value: 1}, {Value: 0}}
	day := newToday()
	for i, level := range []int{1, 2, 3} {
		day.Applied("h", st, set, &queue.Event{Seq: int64(i + 1), Kind: queue.RatingGiven, At: ago(10), Reasons: []string{"attitude"},
			Rating: &queue.Transaction{ID: "v.1", Visit: "v", Number: "A001", Counter: "1", Service: "a", Level: level, Source: "phone"}})
	}
	for low, want := range map[int]string{0: "low 3", 1: "low 2; low 3", -1: ""} {
		set.Report.Alerts.Low = low
		f := floorOf(st, set, nil, day.of("h"), nine)
		if got := alertIDs(f); got != want {
			t.Errorf("up to %d points: %q, want %q", low, got, want)
		}
		for _, a := range f.Alerts {
			if a.Number != "" || a.Counter != "1" || len(a.Reasons) != 1 || a.Minutes != 10 {
				t.Errorf("%+v", a)
			}
		}
	}
	if got := day.of("h"); got.given != 3 || len(got.low) != 2 {
		t.Errorf("%+v", got)
	}
}
