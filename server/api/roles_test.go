package api_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"motcua/server/staff"
)

// The tables of docs/roles.md are the data of this test: every route and every view of
// /live, by every role. A route without a line there fails.

// matrix is a table of the document: what stands in its first column, and the marks
// below the name of each role.
type matrix struct {
	roles []string
	rows  map[string][]string
}

// matrices reads the tables whose first heading is one of these names.
func matrices(t *testing.T, names ...string) []matrix {
	t.Helper()
	raw, err := os.ReadFile("../../docs/roles.md")
	must(t, err)
	out := make([]matrix, len(names))
	at := -1
	for line := range strings.SplitSeq(string(raw), "\n") {
		if !strings.HasPrefix(line, "|") {
			at = -1
			continue
		}
		cells := strings.Split(strings.Trim(line, "| "), "|")
		for i := range cells {
			cells[i] = strings.Trim(strings.TrimSpace(cells[i]), "`")
		}
		if i := slices.Index(names, cells[0]); i >= 0 {
			at = i
			out[at] = matrix{cells[1:], map[string][]string{}}
			continue
		}
		if at < 0 || strings.HasPrefix(cells[0], "---") {
			continue
		}
		if len(cells) != len(out[at].roles)+1 || out[at].rows[cells[0]] != nil {
			t.Errorf("the line of %s has %d cells, or stands twice", cells[0], len(cells))
		}
		out[at].rows[cells[0]] = cells[1:]
	}
	return out
}

// asker is somebody in one of the roles.
type asker struct {
	name string
	as   []string // headers that make a request theirs
	key  bool     // a key, and no person
}

const (
	yes    = "✓"
	own    = "own"    // at the own counter alone
	person = "person" // with an account, and no key
	not    = "–"
)

var keyRoles = map[string]staff.Role{"kiosk": staff.Kiosk, "desk": staff.Desk, "display": staff.Display, "device": staff.Device,
	"agent": staff.Agent, "feed": staff.Feed, "inspector": staff.Reader, "admin": staff.Admin}

var personRoles = map[string]staff.Role{"clerk": staff.Clerk, "guide": staff.Guide, "head": staff.Head, "inspector": staff.Reader,
	"admin": staff.Admin}

// askers makes everybody who has a role: in this hall, in another one, and at another
// counter; a browser's cookie for people, a key for machines.
func (h *hall) askers(role string) (home, elsewhere, aside []asker) {
	if role == "citizen" {
		return []asker{{name: "citizen"}}, nil, nil
	}
	if r, ok := keyRoles[role]; ok {
		key := func(branch string, counters ...string) []string {
			_, secret, err := h.staff.Make(h.t.Context(), staff.Key{Name: "key " + role, Role: r, Branch: branch, Counters: counters})
			must(h.t, err)
			return []string{"Authorization", "Bearer " + secret}
		}
		home = append(home, asker{"key of " + role, key("hoabinh", h.counter(0)), true})
		elsewhere = append(elsewhere, asker{"key of another hall's " + role, key("khac"), true})
		aside = append(aside, asker{"key of another counter's " + role, key("hoabinh", h.counter(1)), true})
		if role == "admin" || role == "inspector" {
			home = append(home, asker{"key of all halls' " + role, key(""), true})
		}
	}
	if r, ok := personRoles[role]; ok {
		home = append(home, asker{"person " + role, h.personAs(r, "hoabinh", h.counter(0)), false})
		elsewhere = append(elsewhere, asker{"another hall's person " + role, h.personAs(r, "khac", ""), false})
		if r == staff.Clerk {
			aside = append(aside, asker{"clerk at another counter", h.personAs(r, "hoabinh", h.counter(1)), false})
		}
	}
	return home, elsewhere, aside
}

// filled gives a route an address that exists where it must for the right to be asked.
func (h *hall) filled(route, token string) (method, path string) {
	method, path, _ = strings.Cut(route, " ")
	return strings.ToUpper(method), strings.NewReplacer("{branch}", "hoabinh", "{counter}", h.counter(0), "{verb}", "undo", "{token}", token,
		"{service}", h.service(0), "{order}", "blink", "{name}", "none.png").Replace(path)
}

// bodies are what is asked where the right depends on it; elsewhere nothing is.
var bodies = map[string][]string{branchPath + "/passes": {"{}", `{"for":"suggestion"}`}}

// becauseOfWho are the refusals that tell of who asked; others with the same status
// tell of what was asked, as a wrong password.
var becauseOfWho = []string{"unauthorized", "forbidden", "origin_refused", "not_a_person", "not_your_counter"}

// refused asks, and tells whether it was refused for who asked, whatever was asked.
func (h *hall) refused(method, path string, who asker) (bool, answer) {
	h.t.Helper()
	var a answer
	for _, body := range append([]string{"{}"}, bodies[path]...) {
		if a = h.send(method, path, "", body, who.as...); !slices.Contains(becauseOfWho, a.code()) {
			return false, a
		}
	}
	return true, a
}

// bareTable stands where the demo has its virtual devices.
type bareTable struct{}

func (bareTable) State() any                          { return object{} }
func (bareTable) Await(context.Context, uint64) error { return nil }
func (bareTable) Act(string, string, string) error    { return nil }
func (bareTable) Picture(string, int) ([]byte, error) { return nil, nil }

func TestEveryRouteByEveryRole(t *testing.T) {
	h := newHall(t, options{demo: true, past: true, book: true})
	h.server.Table = bareTable{}
	token := h.take().text("token")
	table := matrices(t, "Route")[0]
	routes := h.server.Routes()
	for row := range table.rows {
		if method, path, _ := strings.Cut(row, " "); !slices.Contains(routes, strings.ToLower(method)+" "+path) {
			t.Errorf("%s is served no more", row)
		}
	}
	for i, role := range table.roles {
		home, elsewhere, aside := h.askers(role)
		for _, route := range routes {
			if route == "get /live" {
				continue // its views have a table of their own
			}
			name, path, _ := strings.Cut(route, " ")
			row := table.rows[strings.ToUpper(name)+" "+path]
			if row == nil {
				if i == 0 {
					t.Errorf("docs/roles.md has no line for %s", route)
				}
				continue
			}
			h.walk(route, token, row[i], row[0] == yes, home, elsewhere, aside)
		}
	}
}

// walk asks one route as everybody of one role, and holds the answers against the mark.
func (h *hall) walk(route, token, mark string, public bool, home, elsewhere, aside []asker) {
	h.t.Helper()
	method, path := h.filled(route, token)
	check := func(list []asker, want bool) {
		for _, who := range list {
			if got, a := h.refused(method, path, who); got == want {
				h.t.Errorf("%s as %s: %d %.120s, and the table says %q", route, who.name, a.status, a.raw, mark)
			}
		}
	}
	switch mark {
	case not:
		check(home, false)
		return
	case yes, own:
		check(home, true)
	case person:
		keys := slices.DeleteFunc(slices.Clone(home), func(a asker) bool { return !a.key })
		people := slices.DeleteFunc(slices.Clone(home), func(a asker) bool { return a.key })
		check(keys, false)
		check(people, true)
	default:
		h.t.Errorf("%s: the mark %q means nothing", route, mark)
	}
	if public {
		return
	}
	if strings.Contains(route, "{branch}") {
		check(elsewhere, false)
	}
	if strings.Contains(route, "{counter}") && (mark == own || !strings.HasSuffix(route, "/seat")) {
		check(aside, false)
	}
}

func TestEveryViewByEveryRole(t *testing.T) {
	h := newHall(t, options{demo: true})
	table := matrices(t, "View")[0]
	for i, role := range table.roles {
		home, elsewhere, aside := h.askers(role)
		for view, row := range table.rows {
			path := fmt.Sprintf("/live?branch=hoabinh&view=%s&counter=%s", view, h.counter(0))
			check := func(list []asker, want int) {
				for _, who := range list {
					as := append([]string{"Origin", h.url}, who.as...)
					if a := h.get(path, "", as...); a.status != want && !(want == 403 && a.status == 401) {
						t.Errorf("%s as %s: %d %.120s", view, who.name, a.status, a.raw)
					}
				}
			}
			if row[i] == not {
				check(home, 403)
				continue
			}
			check(home, 426) // allowed, and told to come with a socket
			check(elsewhere, 403)
			if role != "clerk" { // who may look at a counter need not sit there
				check(aside, 403)
			}
		}
	}
	if len(table.rows) < 8 {
		t.Errorf("the table has %d views", len(table.rows))
	}
}
