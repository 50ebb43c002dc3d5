package api

import (
	"slices"
	"strings"

	"motcua/server/hub"
	"motcua/server/queue"
	"motcua/server/staff"
)

// Routes lists the interface as the document writes it: "get /x/{y}".
func (s *Server) Routes() []string {
	var list []string
	for _, r := range s.everyRoute() {
		parts := strings.Split(r.path, "/")
		for i, part := range parts {
			if name, ok := strings.CutPrefix(part, ":"); ok {
				parts[i] = "{" + name + "}"
			}
		}
		list = append(list, strings.ToLower(r.method)+" "+strings.Join(parts, "/"))
	}
	return list
}

// Codes lists the codes that have a status, and those that have sentences.
func Codes() (status map[queue.Code]int, words map[queue.Code]queue.Text) { return statuses, sentences }

// The readers of what strangers send.
var (
	TakeInput   = takeInput
	BookInput   = bookInput
	VerbInput   = verbInput
	RatingInput = ratingInput
	ReportInput = reportInput
	NoticeInput = noticeInput
	FormInput   = formInput
	ExportInput = exportInput
	Logged      = logged
)

// ReadRequest reads a message of a client.
func ReadRequest(body []byte) (hub.Place, error) { return readRequest(body) }

// MissScreens looks now for screens that are dead, as the server does by itself.
func (s *Server) MissScreens() { s.missScreens() }

// MissAgents looks now for agents that stay away, as the server does by itself.
func (s *Server) MissAgents() { s.missAgents() }

// Turn holds a turn until done.
func (s *Server) Turn(name string) (done func()) {
	done, err := s.turn(name)
	if err != nil {
		panic(err)
	}
	return done
}

// Patterns lists every route, the pages' too, as "GET /kiosk/*".
func (s *Server) Patterns() []string {
	var list []string
	for _, r := range s.app.GetRoutes(true) {
		list = append(list, r.Method+" "+r.Path)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Rights lists what each role may do, in the words of the source.
func Rights() map[string][]string {
	all := map[string][]string{string(staff.Admin): nil}
	for role, list := range rights {
		for _, r := range list {
			all[string(role)] = append(all[string(role)], string(r))
		}
	}
	return all
}
