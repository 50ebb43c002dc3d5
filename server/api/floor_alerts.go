package api

import (
	"cmp"
	"slices"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
)

// The kinds of alerts.
const (
	alertWait    = "wait"    // somebody has waited longer than the service's target
	alertIdle    = "idle"    // a counter stands idle while people wait for its services
	alertPause   = "pause"   // a pause lasts long
	alertPrinter = "printer" // paper, cover, cutter, or the printer is away
	alertScreen  = "screen"  // a screen of the hall is dead
	alertDevice  = "device"  // another device is away
	alertClose   = "close"   // "dự kiến không kịp trước 11:30"
	alertLow     = "low"     // a low mark
)

// alert is something the head of the hall should look at. It stands as long as its
// cause does; ID stays the same meanwhile. Whom it is about is told only where a
// number is: a low mark names none, raters are secret.
type alert struct {
	ID      string            `json:"id"`
	Kind    string            `json:"kind"`
	Since   wire.Time         `json:"since"`
	Service string            `json:"service,omitempty"`
	Counter string            `json:"counter,omitempty"`
	Device  string            `json:"device,omitempty"`
	State   queue.DeviceState `json:"state,omitempty"`   // of the device
	Minutes int               `json:"minutes,omitempty"` // how long it has lasted
	Number  string            `json:"number,omitempty"`  // of who waits longest
	Ends    wire.Time         `json:"ends,omitempty"`    // close: before when they cannot all be served
	Level   int               `json:"level,omitempty"`   // low: 1 = best
	Points  *int              `json:"points,omitempty"`  // low: on the 0-2 scale
	Reasons []string          `json:"reasons,omitempty"` // low

	at time.Time
}

// The usual thresholds, minutes (queue.AlertSetting).
const (
	idleMinutes  = 5
	pauseMinutes = 30
	closeMinutes = 60
)

// after reads a threshold in minutes; false for never.
func after(minutes, usual int) (time.Duration, bool) {
	return time.Duration(cmp.Or(minutes, usual)) * time.Minute, minutes >= 0
}

// alertsOf finds what needs looking at in the hall of a moment, oldest first. It is
// a function of its arguments alone.
func alertsOf(f *floorAnswer, limits queue.AlertSetting, low []lowMark, now time.Time) []alert {
	list := []alert{}
	for i := range f.Services {
		list = append(list, serviceAlerts(&f.Services[i], limits, now)...)
	}
	for i := range f.Counters {
		list = append(list, counterAlerts(&f.Counters[i], limits, now)...)
	}
	for i := range f.Devices {
		if a, is := deviceAlert(&f.Devices[i]); is {
			list = append(list, a)
		}
	}
	for _, mark := range low {
		if limits.Low >= 0 && mark.Points <= limits.Low {
			points := mark.Points
			list = append(list, alert{ID: alertLow + " " + itoa(mark.n), Kind: alertLow, at: mark.at, Counter: mark.Counter,
				Service: mark.Service, Level: mark.Level, Points: &points, Reasons: mark.Reasons})
		}
	}
	for i := range list {
		list[i].Since = wire.TimeOf(list[i].at)
		if !list[i].at.IsZero() {
			list[i].Minutes = max(list[i].Minutes, int(now.Sub(list[i].at)/time.Minute))
		}
	}
	slices.SortStableFunc(list, func(a, b alert) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.ID, b.ID)) })
	return list
}

func serviceAlerts(s *floorService, limits queue.AlertSetting, now time.Time) (list []alert) {
	if s.Longest != nil && limits.Wait >= 0 {
		patience := time.Duration(s.Target+limits.Wait) * time.Minute
		if now.Sub(s.Longest.at) > patience {
			list = append(list, alert{ID: alertWait + " " + s.ID, Kind: alertWait, at: s.Longest.at.Add(patience), Service: s.ID,
				Number: s.Longest.Number, Minutes: s.Longest.Minutes})
		}
	}
	if ahead, on := after(limits.Close, closeMinutes); on && !s.Fits && s.Waiting > 0 && s.ends.Sub(now) <= ahead {
		list = append(list, alert{ID: alertClose + " " + s.ID, Kind: alertClose, at: s.ends.Add(-ahead), Service: s.ID, Ends: wire.TimeOf(s.ends)})
	}
	return list
}

func counterAlerts(c *floorCounter, limits queue.AlertSetting, now time.Time) (list []alert) {
	switch c.State {
	case queue.CounterOpen:
		since := c.at
		if c.wanted.After(since) {
			since = c.wanted
		}
		if long, on := after(limits.Idle, idleMinutes); on && !c.wanted.IsZero() && now.Sub(since) >= long {
			list = append(list, alert{ID: alertIdle + " " + c.ID, Kind: alertIdle, at: since, Counter: c.ID})
		}
	case queue.CounterPaused:
		if long, on := after(limits.Pause, pauseMinutes); on && now.Sub(c.at) >= long {
			list = append(list, alert{ID: alertPause + " " + c.ID, Kind: alertPause, at: c.at, Counter: c.ID})
		}
	}
	return list
}

// deviceAlert tells of a device that cannot do its work, or soon cannot. One that
// does not answer may work all the same.
func deviceAlert(d *floorDevice) (alert, bool) {
	a := alert{Kind: alertDevice, at: d.at, Device: d.ID, State: d.State, Counter: d.Counter}
	switch d.Kind {
	case "printer":
		a.Kind = alertPrinter
	case screenDevice:
		a.Kind = alertScreen
	}
	a.ID = a.Kind + " " + d.ID
	return a, d.State != queue.DeviceReady && d.State != queue.DeviceUnknown
}
