package api

import (
	"html"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
)

// loginTrouble is what the login page says after a refusal, and what it keeps of the
// first try. The password is never sent back.
type loginTrouble struct {
	words string
	name  string // the name that was typed
	code  bool   // a code of the second step is wanted
	key   bool   // it was a key that was refused
	ended bool   // the person's session has ended
}

// loginTexts are the words of the login page, which has no script to look them up.
var loginTexts = map[string]queue.Text{
	"title":    {VI: "Đăng nhập", EN: "Log in"},
	"name":     {VI: "Tên đăng nhập", EN: "Login name"},
	"password": {VI: "Mật khẩu", EN: "Password"},
	"code":     {VI: "Mã 6 số trên điện thoại, hoặc mã dự phòng", EN: "6-digit code from your phone, or a recovery code"},
	"enter":    {VI: "Vào", EN: "Log in"},
	"bykey":    {VI: "Đăng nhập bằng khóa: máy của sảnh, hoặc lần đầu sau khi cài", EN: "Log in with a key: a machine of the hall, or the first time after installing"},
	"key":      {VI: "Khóa", EN: "Key"},
	"ended":    {VI: "Phiên làm việc đã kết thúc. Đăng nhập lại để về trang đang mở.", EN: "The session has ended. Log in again to return to your page."},
	"trust":    {VI: "Trình duyệt báo trang không tin cậy? Cách cài nơi cấp chứng thư", EN: "Does the browser warn about this page? How to install the hall's authority"},
}

// loginPage says so when it was not the person who has ended the session.
func (s *Server) loginPage(c *fiber.Ctx) error {
	var trouble loginTrouble
	if secret := strings.Clone(c.Cookies(cookiePrefix + string(personCookie))); secret != "" {
		if _, ok := s.session(c, personCookie, secret); !ok {
			trouble.ended = true
			dropCookie(c, personCookie)
		}
	}
	return s.loginForm(c, fiber.StatusOK, trouble)
}

// loginForm is a form for people and below it one for keys. It works without a script.
func (s *Server) loginForm(c *fiber.Ctx, status int, trouble loginTrouble) error {
	lang := language(c)
	say := func(name string) string { return html.EscapeString(loginTexts[name].In(lang)) }
	fresh := len(s.Staff.Accounts()) == 0
	to := strings.Clone(c.Query("to"))
	if to == "" {
		to = strings.Clone(c.FormValue("to"))
	}
	var b strings.Builder
	b.WriteString(head(lang, loginTexts["title"].In(lang), `<link rel="stylesheet" href="/web/login.css">`))
	if trouble.words != "" {
		b.WriteString(`<p role="alert" class="trouble">` + html.EscapeString(trouble.words) + `</p>`)
	}
	if trouble.ended {
		b.WriteString(`<p role="status">` + say("ended") + `</p>`)
	}
	b.WriteString(`<form method="post" action="/login" class="login">` +
		field("name", say("name"), "text", "username", html.EscapeString(trouble.name), !trouble.code && !trouble.key && !fresh) +
		field("password", say("password"), "password", "current-password", "", trouble.code)) // it comes back empty, with the code
	if trouble.code {
		b.WriteString(field("code", say("code"), "text", "one-time-code", "", false))
	}
	b.WriteString(`<input type="hidden" name="to" value="` + html.EscapeString(cleanTarget(to)) + `">` +
		`<button>` + say("enter") + `</button></form>`)
	open := ""
	if fresh || trouble.key { // the first login of all is with the key that the server has made
		open = " open"
	}
	b.WriteString(`<details class="login"` + open + `><summary>` + say("bykey") + `</summary><form method="post" action="/login">` +
		field("key", say("key"), "password", "off", "", fresh || trouble.key) + `<button>` + say("enter") + `</button></form></details>`)
	if s.Authority != nil {
		b.WriteString(`<p><a href="/trust">` + say("trust") + `</a></p>`)
	}
	b.WriteString(`</main></body></html>`)
	c.Set(fiber.HeaderContentType, kinds[".html"])
	// With no-referrer, as elsewhere, browsers post this form with "Origin: null",
	// and login refuses that.
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	return c.Status(status).SendString(b.String())
}

// field is one labelled input. Everything given stands in HTML already.
func field(name, label, kind, complete, value string, focus bool) string {
	more := ""
	if focus {
		more = " autofocus"
	}
	return `<p><label for="` + name + `">` + label + `</label> <input id="` + name + `" name="` + name + `" type="` + kind +
		`" autocomplete="` + complete + `" value="` + value + `" autocapitalize="none" spellcheck="false" required` + more + `></p>`
}
