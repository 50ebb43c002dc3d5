package api

import (
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
	"motcua/server/staff"
)

// HostState is what the machine under the server knows of itself.
type HostState struct {
	Backup time.Time // when the last backup was made; zero for never
	Clock  *bool     // the clock is kept by the network's time; nil where nobody can tell
}

// How a point of the readiness list is.
const (
	readyOK      = "ok"
	readyLook    = "look"    // it works, and somebody should look at it
	readyMissing = "missing" // the hall should not open without it
)

// readyItem is one point of the readiness list, with the page of the administration
// that mends it.
type readyItem struct {
	ID    string     `json:"id"`
	State string     `json:"state"`
	Text  queue.Text `json:"text"`
	Page  string     `json:"page"`
}

// readyAnswer is the readiness list. A hall is fresh until somebody has saved its
// settings, made an account or taken a number.
type readyAnswer struct {
	Fresh   bool        `json:"fresh"`
	Missing int         `json:"missing"`
	Look    int         `json:"look"`
	Items   []readyItem `json:"items"`
}

// readiness is what the points are judged by.
type readiness struct {
	s       *Server
	set     *queue.Settings
	now     time.Time
	host    HostState
	devices []queue.Device
	keys    []staff.Key // those that are good in this branch
	people  peopleCount
	taken   int  // numbers of today
	called  int  // of those
	printed bool // one of those
}

// peopleCount counts those who can log in here.
type peopleCount struct{ clerks, admins, all int }

// verdict is how a point is, in words.
type verdict struct {
	state string
	text  queue.Text
}

func fine(vi, en string, args ...any) verdict    { return said(readyOK, vi, en, args) }
func look(vi, en string, args ...any) verdict    { return said(readyLook, vi, en, args) }
func missing(vi, en string, args ...any) verdict { return said(readyMissing, vi, en, args) }

func said(state, vi, en string, args []any) verdict {
	if len(args) > 0 {
		vi, en = fmt.Sprintf(vi, args...), fmt.Sprintf(en, args...)
	}
	return verdict{state, queue.Text{VI: vi, EN: en}}
}

// readyPoints are the points in the order in which a hall is set up.
var readyPoints = []struct {
	id, page string
	judge    func(*readiness) verdict
}{
	{"hall", "settings", (*readiness).hall},
	{"services", "queues", (*readiness).services},
	{"counters", "queues", (*readiness).counters},
	{"hours", "calendar", (*readiness).hours},
	{"holidays", "calendar", (*readiness).holidays},
	{"admins", "people", (*readiness).admins},
	{"clerks", "people", (*readiness).clerks},
	{"procedures", "procedures", (*readiness).procedures},
	{"kiosk", "devices", (*readiness).kiosk},
	{"printer", "devices", (*readiness).printer},
	{"boards", "screens", (*readiness).boards},
	{"tried", "start", (*readiness).tried},
	{"backup", "settings", (*readiness).backup},
	{"address", "settings", (*readiness).address},
	{"tls", "settings", (*readiness).tls},
	{"clock", "settings", (*readiness).clock},
	{"store", "settings", (*readiness).store},
}

// ready tells how far a hall is from opening its doors.
func (s *Server) ready(c *fiber.Ctx) error {
	p, err := s.at(c, mayManage)
	if err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, p.branch); err != nil {
		return err
	}
	r := s.readinessOf(p.branch)
	a := readyAnswer{Items: []readyItem{}, Fresh: !s.Demo && !r.set.Training && r.set.Version <= 1 && r.people.all == 0 && r.taken == 0}
	for _, point := range readyPoints {
		v := point.judge(r)
		a.Items = append(a.Items, readyItem{point.id, v.state, v.text, point.page})
		switch v.state {
		case readyMissing:
			a.Missing++
		case readyLook:
			a.Look++
		}
	}
	return c.JSON(a)
}

func (s *Server) readinessOf(branch string) *readiness {
	r := &readiness{s: s, now: s.Clock.Now(), people: s.countPeople(branch), devices: s.devices(branch)}
	if s.Host != nil {
		r.host = s.Host()
	}
	for _, k := range s.Staff.Keys() {
		if k.Branch == "" || k.Branch == branch {
			r.keys = append(r.keys, k)
		}
	}
	s.Push.Feed.View(branch, func(st *queue.State, set *queue.Settings) {
		copied := *set
		r.set = &copied
		for _, v := range st.Visits {
			r.taken++
			if v.Calls > 0 {
				r.called++
			}
			r.printed = r.printed || st.Prints[v.ID].State == queue.PrintDone
		}
	})
	return r
}
