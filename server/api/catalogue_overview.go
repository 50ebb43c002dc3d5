package api

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
	"motcua/server/wire"
)

// overview is what the catalogue holds.
type overview struct {
	Edition int64       `json:"edition"`
	Updated wire.Time   `json:"updated"` // the last import; empty when there was none
	Total   int         `json:"total"`
	Sample  bool        `json:"sample"`
	Fields  []fieldInfo `json:"fields"`
	Events  []eventInfo `json:"events"`
}

type fieldInfo struct {
	Name     string   `json:"name"`
	Count    int      `json:"count"`
	Services []string `json:"services"` // that take the field, or procedures of it
}

type eventInfo struct {
	ID    string     `json:"id"`
	Name  queue.Text `json:"name"`
	Icon  string     `json:"icon"`
	Count int        `json:"count"`
}

// catalogueOverview tells the fields and life events to choose from. What people
// queue for here stands first.
func (s *Server) catalogueOverview(c *fiber.Ctx) error {
	branch, err := s.reader(c)
	if err != nil {
		return err
	}
	answer := overview{Fields: []fieldInfo{}, Events: []eventInfo{}}
	if s.Procedures == nil {
		return c.JSON(answer)
	}
	o := s.Procedures.Overview()
	answer.Edition, answer.Updated, answer.Total, answer.Sample = o.Edition, wire.TimeOf(o.Updated), o.Total, o.Sample
	takes := s.takers(branch)
	for _, f := range o.Fields {
		answer.Fields = append(answer.Fields, fieldInfo{f.Name, f.Count, takes(f.Name)})
	}
	slices.SortStableFunc(answer.Fields, func(a, b fieldInfo) int { return last(a) - last(b) })
	for _, e := range o.Events {
		answer.Events = append(answer.Events, eventInfo{e.ID, e.Name, e.Icon, len(e.Codes)})
	}
	return c.JSON(answer)
}

func last(f fieldInfo) int {
	if len(f.Services) == 0 {
		return 1
	}
	return 0
}

// takers tells which services of a branch take a field, or single procedures of it.
func (s *Server) takers(branch string) func(field string) []string {
	set, ok := s.Push.Feed.Settings(branch)
	if !ok {
		return func(string) []string { return []string{} }
	}
	single := map[string]map[string]bool{} // field -> services that take a procedure of it
	for _, service := range set.Services {
		for _, code := range service.Procedures {
			if p, ok := s.Procedures.Procedure(code); ok {
				if single[p.Field] == nil {
					single[p.Field] = map[string]bool{}
				}
				single[p.Field][service.ID] = true
			}
		}
	}
	return func(field string) []string {
		list := []string{}
		for _, service := range set.Services {
			if !service.Closed && (service.Covers("", field) || single[field][service.ID]) {
				list = append(list, service.ID)
			}
		}
		return list
	}
}

// kindCount is how many visits a service of some kind had today.
type kindCount struct {
	Kind    queue.ServiceKind `json:"kind"`
	Service string            `json:"service"`
	Today   int               `json:"today"`
}

// catalogueKinds counts today's visits of the services that are not about a
// field's dossiers: post, help to file online, results.
func (s *Server) catalogueKinds(c *fiber.Ctx) error {
	branch, err := s.reader(c)
	if err != nil {
		return err
	}
	list := []kindCount{}
	s.Push.Feed.View(branch, func(st *queue.State, set *queue.Settings) {
		at := map[string]int{}
		for _, service := range set.Services {
			if service.Kind != "" {
				at[service.ID] = len(list)
				list = append(list, kindCount{service.Kind, service.ID, 0})
			}
		}
		for _, v := range st.Visits {
			if i, ok := at[v.Service]; ok {
				list[i].Today++
			}
		}
	})
	return c.JSON(fiber.Map{"items": list})
}
