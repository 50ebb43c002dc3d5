package wire

import (
	"slices"
	"strings"

	"motcua/server/queue"
)

// Extras is what a snapshot shows that neither the branch's day nor its
// settings know.
type Extras struct {
	Engine  string      // the store's engine, for the desk's footer
	Trusted bool        // the store's durability could not be checked
	Lookup  func() bool // are there procedures to look up? nil for no
}

// recentCalls is how many of today's calls a public snapshot carries besides
// the visits that are called, serving or absent now: what a board lists.
const recentCalls = 30

// StateFor gives the hall as a view may see it. The caller holds whatever lock
// guards the state; nothing of it is shared with the answer but strings.
func StateFor(view View, s *queue.State, set *queue.Settings, figures Figures, x Extras) State {
	state := State{Branch: BranchFor(view, set, s.Day, x), Day: s.Day, Open: s.Open,
		Visits: visitsFor(view, s), Counters: []CounterInfo{}, Figures: figures, Notices: NoticesFor(view, s)}
	for i := range set.Counters {
		c := s.CounterOf(set.Counters[i].ID)
		state.Counters = append(state.Counters, CounterFor(&c))
		state.Branch.Counters[i].sits(view, &set.Counters[i], c.Seat)
	}
	if view.Staff() || atTheDevices(view) {
		state.Devices = DevicesOf(s)
	}
	state.Booked = view == Kiosk && expected(s)
	return state
}

// expected tells whether anybody has booked and not yet come.
func expected(s *queue.State) bool {
	for _, b := range s.Bookings {
		if b.State == "booked" {
			return true
		}
	}
	return false
}

// DevicesOf lists the devices by id: the same state must give the same bytes.
func DevicesOf(s *queue.State) []queue.Device {
	list := make([]queue.Device, 0, len(s.Devices))
	for _, d := range s.Devices {
		list = append(list, *d)
	}
	slices.SortFunc(list, func(a, b queue.Device) int { return strings.Compare(a.ID, b.ID) })
	return list
}

func visitsFor(view View, s *queue.State) []VisitInfo {
	var chosen []*queue.Visit
	var calls []*queue.Visit
	for _, v := range s.Visits {
		switch {
		case view.Staff() || v.State == queue.Called || v.State == queue.Serving || v.State == queue.NoShow:
			chosen = append(chosen, v)
		case v.Called != "":
			calls = append(calls, v)
		}
	}
	slices.SortFunc(calls, func(a, b *queue.Visit) int { return strings.Compare(string(b.Called), string(a.Called)) })
	chosen = append(chosen, calls[:min(len(calls), recentCalls)]...)
	// By order of taking: the same state must give the same bytes.
	slices.SortFunc(chosen, func(a, b *queue.Visit) int {
		return compareIDs(a.ID, b.ID)
	})
	infos := make([]VisitInfo, len(chosen))
	for i, v := range chosen {
		infos[i] = VisitFor(view, v)
		if view.Staff() {
			infos[i].Print, infos[i].PrintReason = s.Prints[v.ID].State, s.Prints[v.ID].Reason
		}
	}
	return infos
}

// compareIDs sorts 261121-9 before 261121-10.
func compareIDs(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
