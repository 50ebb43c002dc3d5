package api

import (
	"html"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/audit"
	"motcua/server/queue"
	"motcua/server/staff"
)

// home is where a role goes after it has logged in. Programs have no page: their
// keys belong into their own setup, and the form says so.
var home = map[staff.Role]string{staff.Kiosk: "/kiosk/", staff.Desk: "/desk/", staff.Display: "/board/",
	staff.Device: "/rate/", staff.Admin: "/admin/", staff.Reader: "/admin/#/reports",
	staff.Clerk: "/desk/", staff.Guide: "/admin/", staff.Head: "/admin/"}

// programKeys are said to whoever logs in with the key of a program.
var programKeys = map[staff.Role]queue.Text{
	staff.Agent: {
		VI: "Khóa này dành cho chương trình motcua-agent cạnh thiết bị, không dùng để đăng nhập. Xin dùng khóa của bàn cán bộ, màn hình hoặc quản trị.",
		EN: "This key belongs to the program motcua-agent beside the devices; nobody logs in with it. Please use the key of a desk, a screen or an administrator."},
	staff.Feed: {
		VI: "Khóa này dành cho phần mềm một cửa điện tử gửi tình trạng hồ sơ, không dùng để đăng nhập. Xin dùng khóa của bàn cán bộ, màn hình hoặc quản trị.",
		EN: "This key belongs to the one-stop software that tells where dossiers stand; nobody logs in with it. Please use the key of a desk, a screen or an administrator."},
}

func head(lang, title, sheets string) string {
	return `<!doctype html><html lang="` + lang + `"><head><meta charset="utf-8">` +
		`<meta name="viewport" content="width=device-width, initial-scale=1"><title>` + title + ` · Một Cửa</title>` +
		`<link rel="stylesheet" href="/web/fonts/fonts.css"><link rel="stylesheet" href="/web/tokens.css">` +
		`<link rel="stylesheet" href="/web/base.css">` + sheets + `</head><body><main><h1>` + title + `</h1>`
}

// login begins a session: of a person, by name and password, or of a browser that works
// with a key.
func (s *Server) login(c *fiber.Ctx) error {
	if !s.ownOrigin(c) {
		return refuse(codeOriginRefused, "")
	}
	ctx, cancel := s.life()
	defer cancel()
	// One at a time from one address: of many wrong ones at once no more are looked at
	// than of those one after another, and they keep nobody else waiting.
	turn := "login " + counted(c)
	if err := s.twins.enter(ctx, turn); err != nil {
		return limited{refuse(codeTooMany, ""), 5}
	}
	defer s.twins.leave(turn)
	if wait := s.limits.over(wrongLogin, counted(c)); wait > 0 {
		return s.tooMany(wrongLogin, wait)
	}
	if c.FormValue("name") != "" {
		return s.loginPerson(ctx, c)
	}
	key := strings.TrimSpace(strings.Clone(c.FormValue("key")))
	caller, ok := s.Staff.ByKey(key)
	if !ok {
		s.limits.count(wrongLogin, counted(c))
		s.tellWrong(lineOf(c, staff.Caller{Name: "?"}, audit.LoginWrong, "", ""))
		return s.loginForm(c, fiber.StatusUnauthorized, loginTrouble{words: sentence(codeUnauthorized, "", language(c)), key: true})
	}
	if words, program := programKeys[caller.Role]; program {
		return s.loginForm(c, fiber.StatusForbidden, loginTrouble{words: words.In(language(c)), key: true})
	}
	secret, _, err := s.Staff.Login(ctx, key)
	if err != nil {
		return err
	}
	s.tellAudit(lineOf(c, caller, audit.Login, caller.Branch, ""), nil, nil)
	s.setCookie(c, caller.Role, secret, staff.SessionLife)
	return c.Redirect(s.homeOf(caller), fiber.StatusSeeOther)
}

// homeOf is a caller's first page; a rating tablet's is that of its counter.
func (s *Server) homeOf(caller staff.Caller) string {
	page := home[caller.Role]
	if caller.Role != staff.Device {
		return page
	}
	if len(caller.Counters) > 0 {
		return page + caller.Counters[0] + "/"
	}
	branch := caller.Branch
	if branch == "" {
		branch = s.Branch
	}
	if set, ok := s.Push.Feed.Settings(branch); ok && len(set.Counters) > 0 {
		return page + set.Counters[0].ID + "/"
	}
	return "/"
}

func (s *Server) logout(c *fiber.Ctx) error {
	if !s.ownRequest(c) {
		return refuse(codeOriginRefused, "")
	}
	ctx, cancel := s.life()
	defer cancel()
	for _, role := range cookieNames {
		if role == "screen" { // on a wall it stays one
			continue
		}
		secret := strings.Clone(c.Cookies(cookiePrefix + string(role)))
		if secret == "" {
			continue
		}
		if caller, ok := s.session(c, role, secret); ok {
			s.tellAudit(lineOf(c, caller, audit.Logout, caller.Branch, ""), nil, nil)
			s.rise(caller)
		}
		if err := s.Staff.Logout(ctx, secret); err != nil {
			return err
		}
		dropCookie(c, role)
	}
	return c.Redirect("/login", fiber.StatusSeeOther)
}

// index lists the pages in the demo; elsewhere it leads to the login.
func (s *Server) index(c *fiber.Ctx) error {
	if !s.Demo {
		return c.Redirect("/login", fiber.StatusSeeOther)
	}
	var b strings.Builder
	b.WriteString(head(language(c), "Một Cửa", "") + "<ul>")
	for _, p := range s.Addresses() {
		b.WriteString(`<li><a href="` + html.EscapeString(p) + `">` + html.EscapeString(p) + `</a></li>`)
	}
	b.WriteString("</ul></main></body></html>")
	c.Set(fiber.HeaderContentType, kinds[".html"])
	return c.SendString(b.String())
}

// Addresses lists the paths of the pages that exist, for the usual branch.
func (s *Server) Addresses() []string {
	var list []string
	set, _ := s.Push.Feed.Settings(s.Branch)
	for _, p := range screensPages {
		if s.pages.files[p.folder+"/index.html"] == nil {
			continue
		}
		if p.id == "" {
			list = append(list, "/"+p.folder+"/")
			continue
		}
		if set != nil {
			for i := range set.Counters {
				list = append(list, "/"+p.folder+"/"+set.Counters[i].ID+"/")
			}
		}
	}
	return list
}
