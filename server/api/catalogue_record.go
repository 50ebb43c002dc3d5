package api

import (
	"cmp"
	"slices"

	"github.com/gofiber/fiber/v2"

	"motcua/server/catalogue"
	"motcua/server/queue"
	"motcua/server/wire"
)

// wholeProcedure is a record of the catalogue and what this hall makes of it.
type wholeProcedure struct {
	catalogue.Procedure
	Services []string        `json:"services"`
	Counters []string        `json:"counters"` // labels of those that serve them
	Plain    catalogue.Plain `json:"plain"`
	Own      *catalogue.Own  `json:"own,omitempty"`
	Late     *queue.LateNote `json:"late,omitempty"` // holds from its hour on
	Promise  *queue.Text     `json:"promise,omitempty"`
	Online   onlineInfo      `json:"online"`
	Offices  []officeInfo    `json:"offices"` // who takes it, when nobody here does
	Changed  wire.Time       `json:"changed,omitempty"`
}

type onlineInfo struct {
	Level string `json:"level"` // full, part, none; "" when the hall has not said
	URL   string `json:"url"`
}

type officeInfo struct {
	Name    queue.Text `json:"name"`
	Address queue.Text `json:"address"`
	Phone   string     `json:"phone"`
	Email   string     `json:"email"`
	Hours   queue.Text `json:"hours"`
	Metres  int        `json:"metres"`
}

// getProcedure gives a procedure whole.
func (s *Server) getProcedure(c *fiber.Ctx) error {
	branch, err := s.reader(c)
	if err != nil {
		return err
	}
	code := param(c, "code")
	if s.Procedures == nil {
		return refuse(codeUnknownProcedure, clip(code))
	}
	p, ok := s.Procedures.Procedure(code)
	if !ok {
		return refuse(codeUnknownProcedure, clip(code))
	}
	return c.JSON(s.whole(branch, p))
}

func (s *Server) whole(branch string, p catalogue.Procedure) wholeProcedure {
	w := wholeProcedure{Procedure: p, Services: s.servicesOf(branch, p), Counters: []string{}, Offices: []officeInfo{},
		Changed: wire.TimeOf(s.Procedures.Changed(p.Code))}
	own, known := s.Procedures.Own(p.Code)
	if known {
		w.Own = &own
		w.Online = onlineInfo{own.Online, own.OnlineURL}
		if sentence := wire.PromiseText(own.Promise); sentence.VI != "" {
			w.Promise = &sentence
		}
		if own.Late.From != "" {
			w.Late = &own.Late
		}
	}
	w.Plain = p.Plain(w.Own)
	if set, ok := s.Push.Feed.Settings(branch); ok {
		w.here(set, p)
	}
	return w
}

// here adds what the branch's settings say.
func (w *wholeProcedure) here(set *queue.Settings, p catalogue.Procedure) {
	for _, counter := range set.Counters {
		if slices.ContainsFunc(counter.Services, func(id string) bool { return slices.Contains(w.Services, id) }) {
			w.Counters = append(w.Counters, counter.Label)
		}
	}
	for _, id := range w.Services {
		service, _ := set.Service(id)
		if w.Late == nil && service.Late.From != "" {
			w.Late = &service.Late
		}
		if w.Online.URL == "" && w.Online.Level != catalogue.OnlineNone {
			w.Online.URL = service.Online
		}
	}
	if len(w.Services) == 0 {
		w.Offices = officesFor(set.Hall.Offices, p)
	}
}

// officesFor lists the places that take a procedure, the nearest first; those
// whose distance nobody has entered stand last.
func officesFor(all []queue.OfficeSetting, p catalogue.Procedure) []officeInfo {
	list := []officeInfo{}
	for _, o := range all {
		takes := slices.Contains(o.Procedures, p.Code) || slices.Contains(o.Fields, p.Field) ||
			slices.ContainsFunc(o.Levels, func(level string) bool { return slices.Contains(p.Levels, level) })
		if takes {
			k := o.Contact
			list = append(list, officeInfo{k.Name, k.Address, k.Phone, k.Email, k.Hours, o.Metres})
		}
	}
	far := func(o officeInfo) int { return cmp.Or(o.Metres, 1<<30) }
	slices.SortStableFunc(list, func(a, b officeInfo) int { return far(a) - far(b) })
	return list
}
