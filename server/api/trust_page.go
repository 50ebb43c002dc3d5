package api

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"html"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
)

// trustTexts are the words of the page that tells how a machine comes to trust the
// hall's own authority. It has no script: browsers that do not trust it yet read it.
var trustTexts = map[string]queue.Text{
	"title":   {VI: "Tin nơi cấp chứng thư của trung tâm", EN: "Trust the hall's authority"},
	"why":     {VI: "Trình duyệt báo trang không tin cậy vì máy này chưa biết nơi cấp chứng thư của trung tâm. Cài một lần cho mỗi máy của trung tâm. Điện thoại của người dân không cần cài.", EN: "The browser warns because this machine does not know the hall's own certificate authority yet. Install it once on each machine of the hall. Citizens' phones need nothing."},
	"get":     {VI: "1. Tải tệp", EN: "1. Get the file"},
	"compare": {VI: "2. So vân tay", EN: "2. Compare the fingerprint"},
	"how":     {VI: "Hỏi kỹ thuật của trung tâm hai dòng này: lệnh motcua doctor trên máy chủ in ra cả hai. Khác một chữ thì không cài và báo kỹ thuật. Trang này đi qua cùng đường dây với tệp, nên so với trang này là chưa đủ.", EN: "Ask the hall's technician for them: motcua doctor on the server prints both. If one character differs, do not install and tell the technician. This page comes by the same line as the file: comparing with it alone proves nothing."},
	"key":     {VI: "Khóa của nơi cấp (cũng là pin: của motcua-agent)", EN: "The authority's key (also pin: of motcua-agent)"},
	"file":    {VI: "Tệp, SHA-256", EN: "The file, SHA-256"},
	"install": {VI: "3. Cài", EN: "3. Install"},
	"after":   {VI: "Xong thì đóng hết cửa sổ trình duyệt và mở lại.", EN: "Then close every window of the browser and open it again."},
	"remove":  {VI: "Máy thôi dùng cho trung tâm thì gỡ nơi cấp này ở cùng chỗ.", EN: "Take it away at the same place when a machine leaves the hall."},
}

// trustStep is what to do on one system: words, then commands as they are typed.
type trustStep struct {
	name     string
	words    queue.Text
	commands string
}

var trustSteps = []trustStep{
	{"Windows", queue.Text{
		VI: "Mở PowerShell bằng quyền quản trị, tại thư mục tải về: xem SHA-256 rồi cài cho cả máy. Edge và Chrome dùng ngay. Nhiều máy trong miền: dùng chính sách nhóm, mục nơi cấp gốc tin cậy.",
		EN: "Open PowerShell as administrator in the downloads folder: look at the SHA-256, then install for the whole machine. Edge and Chrome use it. Many machines of a domain: group policy, trusted root authorities."},
		"certutil -hashfile motcua-ca.crt SHA256\ncertutil -addstore -f Root motcua-ca.crt"},
	{"Debian, Ubuntu", queue.Text{
		VI: "Cho các chương trình của máy:",
		EN: "For the programs of the machine:"},
		"sha256sum motcua-ca.crt\nopenssl x509 -inform der -in motcua-ca.crt -out motcua.crt\nsudo cp motcua.crt /usr/local/share/ca-certificates/\nsudo update-ca-certificates"},
	{"Chromium, Linux", queue.Text{
		VI: "Chromium trên Linux có kho riêng của từng người dùng. Chạy bằng người dùng mở trình duyệt (gói libnss3-tools). Bản mới còn nhận chính sách CACertificates: trang chrome://policy cho biết đã nhận chưa. Máy có motcua-agent mở trang qua agent: chỉ cần ghi pin: trong tệp cấu hình.",
		EN: "Chromium on Linux has a store of its own for each user. Run this as the user whose browser it is (package libnss3-tools). Newer ones take the policy CACertificates, too: chrome://policy tells whether it was taken. A machine with motcua-agent opens its pages through the agent, and needs only pin: in the site file."},
		"mkdir -p $HOME/.pki/nssdb\ncertutil -d sql:$HOME/.pki/nssdb -A -t C,, -n motcua -i motcua-ca.crt"},
	{"Firefox", queue.Text{
		VI: "Cài đặt, Quyền riêng tư và bảo mật, Chứng chỉ, Xem chứng chỉ, Nơi cấp, Nhập: chọn tệp và cho nhận diện trang web.",
		EN: "Settings, Privacy and security, Certificates, View certificates, Authorities, Import: choose the file and let it identify websites."}, ""},
	{"Android", queue.Text{
		VI: "Cài đặt, Bảo mật, Mã hóa và thông tin xác thực, Cài đặt chứng chỉ, Chứng chỉ CA: chọn tệp. Máy phải có khóa màn hình. Tên mục khác nhau theo hãng.",
		EN: "Settings, Security, Encryption and credentials, Install a certificate, CA certificate: choose the file. The screen must have a lock. Makers name these differently."}, ""},
	{"iOS, iPadOS", queue.Text{
		VI: "Tải bằng Safari. Cài đặt, Đã tải về hồ sơ, Cài đặt. Rồi Cài đặt, Cài đặt chung, Giới thiệu, Cài đặt tin cậy chứng nhận: bật nơi cấp này. Thiếu bước sau thì máy chưa tin.",
		EN: "Download with Safari. Settings, Profile Downloaded, Install. Then Settings, General, About, Certificate Trust Settings: turn this authority on. Without the second step it is not trusted."}, ""},
}

// trustPage tells people how a machine comes to trust the hall's own authority. ?lang=
// chooses the language.
func (s *Server) trustPage(c *fiber.Ctx) error {
	if s.Authority == nil {
		return refuse(codeNotFound, "")
	}
	ca, err := x509.ParseCertificate(s.Authority)
	if err != nil {
		return err
	}
	lang := c.Query("lang")
	if lang != "vi" && lang != "en" {
		lang = language(c)
	}
	other, name := "en", "English"
	if lang == "en" {
		other, name = "vi", "Tiếng Việt"
	}
	say := func(id string) string { return html.EscapeString(trustTexts[id].In(lang)) }
	key, file := sha256.Sum256(ca.RawSubjectPublicKeyInfo), sha256.Sum256(s.Authority)
	var b strings.Builder
	b.WriteString(head(lang, trustTexts["title"].In(lang), `<link rel="stylesheet" href="/web/login.css">`) +
		`<p><a href="/trust?lang=` + other + `" lang="` + other + `" hreflang="` + other + `">` + name + `</a></p><p>` + say("why") + `</p>` +
		`<h2>` + say("get") + `</h2><p><a href="/ca.crt">motcua-ca.crt</a></p>` +
		`<h2>` + say("compare") + `</h2><p>` + say("how") + `</p><dl><dt>` + say("key") + `</dt><dd><code>` + hex.EncodeToString(key[:]) + `</code></dd>` +
		`<dt>` + say("file") + `</dt><dd><code>` + hex.EncodeToString(file[:]) + `</code></dd></dl><h2>` + say("install") + `</h2>`)
	for _, step := range trustSteps {
		b.WriteString(`<h3>` + step.name + `</h3><p>` + html.EscapeString(step.words.In(lang)) + `</p>`)
		if step.commands != "" {
			b.WriteString(`<pre tabindex="0"><code>` + html.EscapeString(step.commands) + `</code></pre>`)
		}
	}
	b.WriteString(`<p>` + say("after") + ` ` + say("remove") + `</p></main></body></html>`)
	c.Set(fiber.HeaderContentType, kinds[".html"])
	return c.SendString(b.String())
}
