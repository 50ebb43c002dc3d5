package api

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/staff"
)

// page is one of the screens: where it is, and whose right its browser has.
type page struct {
	folder string
	role   staff.Role // of the session that opening it sets in the demo
	id     string     // the name of the part of its address it belongs to, e.g. a counter
}

var screensPages = []page{
	{folder: "kiosk", role: staff.Kiosk},
	{folder: "board", role: staff.Display},
	{folder: "lookup", role: staff.Kiosk},
	{folder: "results", role: staff.Display},
	{folder: "desk", role: staff.Desk},
	{folder: "admin", role: staff.Admin},
	{folder: "posting", role: staff.Desk},
	{folder: "sim", role: staff.Admin},
	{folder: "counter", role: staff.Display, id: "counter"},
	{folder: "rate", role: staff.Device, id: "counter"},
	{folder: "screen"}, // it has a key of its own, or asks for one
}

func (s *Server) pageRoutes() {
	get := func(path string, handler fiber.Handler) {
		s.app.Get(path, handler) // answers HEAD too
	}
	get("/", s.index)
	get("/login", s.loginPage)
	s.app.Post("/login", s.login)
	s.app.Post("/logout", s.logout)
	get("/ca.crt", s.authority)
	get("/trust", s.trustPage)
	get("/favicon.ico", func(c *fiber.Ctx) error { return s.file(c, "web", "icon.svg") })
	for _, p := range screensPages {
		if p.id == "" {
			get("/"+p.folder+"/", s.screen(p))
		} else {
			get("/"+p.folder+"/:id/", s.screen(p))
		}
		get("/"+p.folder, slash)
		get("/"+p.folder+"/*", s.folder(p))
	}
	get("/t/:id", s.phone)
	get("/b/:id", s.passPage("phone/book.html"))
	get("/g/:id", s.passPage("phone/tell.html"))
	get("/media/:name", s.getMedia)
	get(procedurePath+":code/record.json", s.procedureRecord)
	get(procedurePath+":code", s.procedureFile)
	get("/web/speech/*", s.speech)
	get("/web/languages.json", s.languageList)
	get("/web/i18n/*", s.texts)
	get("/web/*", func(c *fiber.Ctx) error { return s.file(c, "web", rest(c)) })
	get("/phone/*", func(c *fiber.Ctx) error { return s.file(c, "phone", rest(c)) })
}

func rest(c *fiber.Ctx) string { return strings.Clone(c.Params("*")) }

// slash sends /kiosk to /kiosk/, whose files stand beside it.
func slash(c *fiber.Ctx) error {
	return c.Redirect(pathOf(c)+"/", fiber.StatusPermanentRedirect)
}

func (s *Server) file(c *fiber.Ctx, folder, name string) error {
	a := s.pages.files[folder+"/"+name]
	if a == nil || strings.HasSuffix(name, ".html") { // pages go through screen alone
		return refuse(codeNotFound, "")
	}
	return send(c, a)
}

// folder serves a screen's own files; /counter/3 without its slash is the page.
func (s *Server) folder(p page) fiber.Handler {
	return func(c *fiber.Ctx) error {
		name := strings.TrimPrefix(pathOf(c), "/"+p.folder+"/")
		if p.id != "" && name != "" && !strings.ContainsAny(name, "/.") {
			return slash(c)
		}
		return s.file(c, p.folder, name)
	}
}

// screen serves a screen's page with its branch, counter and language filled in.
func (s *Server) screen(p page) fiber.Handler {
	files := s.folder(p)
	return func(c *fiber.Ctx) error {
		if !strings.HasSuffix(pathOf(c), "/") {
			return files(c) // the router takes /rate/3 and /rate/rate.js for the page, too
		}
		branch, err := s.pageBranch(c)
		if err != nil {
			return err
		}
		values := map[string]string{"branch": branch, "lang": language(c), "build": s.pages.build}
		if p.id != "" {
			values[p.id] = param(c, "id")
			set, err := s.known(branch)
			if err != nil {
				return err
			}
			if _, ok := set.Counter(values[p.id]); !ok {
				return refuse(codeNotFound, "")
			}
		}
		if s.Demo && p.role != "" && !s.hasOwn(c, p) { // elsewhere people log in, and devices have their keys
			s.setCookie(c, p.role, demoKey(p.role), staff.SessionLife)
		}
		return s.show(c, p.folder, values)
	}
}

// hasOwn tells whether whoever opens a page of the staff has logged in by name: the demo
// then lends nothing, and shows what that person may. Nor does it once that session has
// ended: who sits there would be somebody else unawares. The login page forgets it.
func (s *Server) hasOwn(c *fiber.Ctx, p page) bool {
	return slices.Contains(lentToPeople, p.role) && c.Cookies(cookiePrefix+string(personCookie)) != ""
}

// lentToPeople are the roles whose pages people work at.
var lentToPeople = []staff.Role{staff.Desk, staff.Admin, staff.Reader}

func (s *Server) show(c *fiber.Ctx, folder string, values map[string]string) error {
	a := s.pages.files[folder+"/index.html"]
	if a == nil {
		return refuse(codeNotFound, "")
	}
	return send(c, a.filled(values))
}

// pageBranch is the branch in the page's address, or the usual one.
func (s *Server) pageBranch(c *fiber.Ctx) (string, error) {
	branch, err := queryOf(c, "branch", maxID)
	if err != nil {
		return "", err
	}
	if branch == "" {
		return s.Branch, nil
	}
	_, err = s.known(branch)
	return branch, err
}

// phone is the page of a ticket. It is the same for every token: whether the
// token is good, the page asks itself.
func (s *Server) phone(c *fiber.Ctx) error {
	branch, _ := s.branchOf(param(c, "id"))
	return s.show(c, "phone", map[string]string{"branch": branch, "lang": language(c)})
}

// passPage is a page of passes; whether the pass is good, the page asks itself.
func (s *Server) passPage(file string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		a := s.pages.files[file]
		if a == nil {
			return refuse(codeNotFound, "")
		}
		branch, _ := s.branchOf(param(c, "id"))
		return send(c, a.filled(map[string]string{"branch": branch, "lang": language(c)}))
	}
}

func (s *Server) setCookie(c *fiber.Ctx, role staff.Role, secret string, life time.Duration) {
	c.Cookie(cookieOf(c, role, secret, int(life.Seconds())))
}

func dropCookie(c *fiber.Ctx, role staff.Role) { c.Cookie(cookieOf(c, role, "", -1)) }

func cookieOf(c *fiber.Ctx, role staff.Role, value string, seconds int) *fiber.Cookie {
	site := fiber.CookieSameSiteLaxMode
	if role == personCookie {
		site = fiber.CookieSameSiteStrictMode // our pages are the same for everybody: a link to one needs no cookie
	}
	return &fiber.Cookie{Name: cookiePrefix + string(role), Value: value, Path: "/",
		HTTPOnly: true, SameSite: site, Secure: c.Secure(), MaxAge: seconds}
}
