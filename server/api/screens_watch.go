package api

import (
	"slices"

	"motcua/server/metrics"
	"motcua/server/queue"
	"motcua/server/staff"
)

// screenDevice is a screen among the hall's devices: so desks and the administrator
// see at once when one is dead.
const screenDevice = "screen"

func deviceOf(k staff.Key, state queue.DeviceState) queue.Device {
	d := queue.Device{ID: k.Name + "/" + k.ID, Agent: k.Name, Kind: screenDevice, State: state, Counter: k.Screen.Counter}
	if state == queue.DeviceOffline {
		d.Detail = "no beat for half a minute"
	}
	return d
}

// missScreens tells the hall of screens that died, or came back; and where the one
// that spoke is silent, another one speaks.
func (s *Server) missScreens() {
	s.screens.electAll()
	for _, k := range s.Staff.Screens() {
		if state, news := s.screens.toNote(k); news {
			s.noteScreen(k, state)
		}
	}
}

// toNote gives the state the hall is to be told of, if it is another one than before.
func (b *wall) toNote(k staff.Key) (queue.DeviceState, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	st := b.of(k)
	state := queue.DeviceReady
	switch b.stateOf(st) {
	case screenNew:
		return "", false
	case screenStill:
		state = queue.DeviceOffline
	}
	news := st.noted != state
	st.noted = state
	return state, news
}

func (s *Server) noteScreen(k staff.Key, state queue.DeviceState) {
	d := deviceOf(k, state)
	if slices.ContainsFunc(s.devices(k.Branch), func(x queue.Device) bool {
		return x.ID == d.ID && x.State == state && x.Counter == d.Counter
	}) {
		return // as it was before the server started
	}
	s.noteDevice(k.Branch, k.Name, d, "")
}

// forgetScreen takes a screen off the hall's devices; what it becomes is noted anew.
func (s *Server) forgetScreen(k staff.Key, by string) {
	for _, d := range s.devices(k.Branch) {
		if d.Kind == screenDevice && d.ID == deviceOf(k, "").ID {
			s.noteDevice(k.Branch, by, d, queue.NoteRemoved)
		}
	}
	s.screens.tell(k, func(st *screenState) { st.noted = "" })
}

// screenGauges counts screens by how they are, and zones that nobody speaks in.
func (s *Server) screenGauges() {
	s.Metrics.Gauge("screens", "Screens of the hall by page and state: live, starting, dead.", []string{"branch", "page", "state"}, func() []metrics.Sample {
		count := map[[3]string]float64{}
		for _, x := range s.screens.list(s.Staff.Screens()) {
			count[[3]string{x.Branch, x.Page, x.State}]++
		}
		var list []metrics.Sample
		for labels, n := range count {
			list = append(list, metrics.Sample{Labels: labels[:], Value: n})
		}
		return list
	})
	s.Metrics.Gauge("zone_spoken", "1 when a screen speaks the calls of a zone, 0 when all that should are silent.", []string{"branch", "zone"}, func() []metrics.Sample {
		spoken := map[[2]string]float64{}
		for _, x := range s.screens.list(s.Staff.Screens()) {
			if !x.Sound {
				continue
			}
			zone := [2]string{x.Branch, x.Zone}
			if x.Speaks {
				spoken[zone] = 1
			} else {
				spoken[zone] += 0
			}
		}
		var list []metrics.Sample
		for zone, n := range spoken {
			list = append(list, metrics.Sample{Labels: zone[:], Value: n})
		}
		return list
	})
}
