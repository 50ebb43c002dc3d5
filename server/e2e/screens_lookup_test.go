package e2e

import (
	"fmt"
	"testing"
)

// lookupPictures are those of the look-up, of what the hall publishes, and of the
// procedure on the phone.
var lookupPictures = []string{
	"lookup-home", "lookup-list", "lookup-search", "lookup-nothing", "lookup-case", "lookup-record", "lookup-official",
	"lookup-dossier", "lookup-degree", "lookup-published", "lookup-fees", "lookup-tell", "lookup-write",
	"lookup-home-tall", "lookup-search-tall", "lookup-record-tall", "lookup-record-large", "lookup-record-contrast",
	"procedure-phone", "tell-phone", "posting", "admin-procedures", "admin-plan", "admin-hall", "admin-box", "admin-dossiers",
}

// pictureTheLookup goes through the look-up as a visitor does.
func pictureTheLookup(t *testing.T) {
	h := startHall(t)
	h.settings(published)
	h.take("ho-tich")
	wide := h.lookup(t, "", lookupSize)
	keep := func(s *screen, name string) {
		s.t.Helper()
		s.keep(name, 0.5)
	}
	keep(wide, "lookup-home")
	wide.press(".field", "Hộ tịch")
	wide.isOn("list")
	wide.sees(".row", "khai sinh")
	keep(wide, "lookup-list")
	wide.press("[data-way=home]", "")
	wide.isOn("first")
	wide.finds("giay doc than", "xác nhận tình trạng hôn nhân")
	keep(wide, "lookup-search")
	wide.press("[data-way=home]", "")
	wide.isOn("first")
	wide.key("zzqx")
	wide.sees(".none", vi("l.none", "x", "zzqx"))
	keep(wide, "lookup-nothing")
	wide.press("[data-way=home]", "")
	h.pictureRecord(wide)
	h.pictureDossier(wide)

	tall := h.lookup(t, "", kioskSize)
	keep(tall, "lookup-home-tall")
	tall.finds("khai sinh", "Đăng ký khai sinh")
	keep(tall, "lookup-search-tall")
	tall.press(".results .row", "")
	tall.isOn("record")
	tall.press(".choice", "bệnh viện")
	tall.sees(".papers li", "Giấy chứng sinh")
	keep(tall, "lookup-record-tall")

	phone := h.open(t, "/p/1.001193?case=1", phoneSize)
	phone.sees("h1", "khai sinh")
	keep(phone, "procedure-phone")
	h.pictureOffice(t)
}

// pictureRecord shows a procedure with its cases, papers and official text.
func (h *hall) pictureRecord(s *screen) {
	s.t.Helper()
	s.isOn("first")
	s.press("[data-event=sinh-con]", "")
	s.isOn("list")
	s.press(".row[data-code='1.001193']", "")
	s.isOn("record")
	s.keep("lookup-case", 0.5)
	s.press(".choice", "bệnh viện")
	s.sees(".papers li", "Giấy chứng sinh")
	s.keep("lookup-record", 0.5)
	for mode, name := range map[string]string{"text": "large", "contrast": "contrast"} {
		s.wear(mode)
		s.keep("lookup-record-"+name, 0.5)
		s.wear(mode)
	}
	s.press("[data-act=official]", "")
	s.isOn("official")
	s.keep("lookup-official", 0.5)
	s.press("[data-way=home]", "")
	s.isOn("first")
}

// pictureDossier shows a dossier, what the hall publishes, and the suggestion box.
func (h *hall) pictureDossier(s *screen) {
	s.t.Helper()
	s.press("[data-act=dossier]", "")
	s.isOn("dossier")
	for _, sign := range "H15500513261014" {
		s.press("[data-sign='"+string(sign)+"']", "")
	}
	s.keep("lookup-dossier", 0.5)
	for _, sign := range "1020" {
		s.press("[data-sign='"+string(sign)+"']", "")
	}
	s.press(".btn.go", vi("l.file.go"))
	s.isOn("file")
	s.keep("lookup-degree", 0.5)
	s.press("[data-way=home]", "")
	s.isOn("first")
	s.press("[data-act=hall]", "")
	s.isOn("hall")
	s.keep("lookup-published", 0.5)
	s.press("[data-part=fees]", "")
	s.isOn("feefields")
	s.press("main .field", "Hộ tịch")
	s.isOn("fees")
	s.until("the fees", `document.querySelectorAll('.item.fee').length > 2`, patience)
	s.keep("lookup-fees", 0.5)
	s.press("[data-way=home]", "")
	s.isOn("first")
	s.press("[data-act=tell]", "")
	s.isOn("topics")
	s.keep("lookup-tell", 0.5)
	s.press("[data-topic=time]", "")
	s.isOn("write")
	s.keep("lookup-write", 0.5)
	s.press("[data-way=home]", "")
	s.isOn("first")
}

// pictureOffice shows what the people of the hall see of all this.
func (h *hall) pictureOffice(t *testing.T) {
	t.Helper()
	var made struct{ Pass string }
	h.ask("POST", "demo-display", branchPath+"/passes", map[string]string{"for": "suggestion"}, &made)
	phone := h.open(t, "/g/"+made.Pass, phoneSize)
	phone.asks(vi("g.title"))
	phone.keep("tell-phone", 0.6)
	posting := h.open(t, "/posting/", adminSize)
	posting.sees(".complaints h2", vi("a.post.complaints"))
	posting.keep("posting", 0.6)
	admin := h.procedures(t, "vi", adminSize)
	admin.keep("admin-procedures", 0.6)
	admin.chooses("thu-tuc.xlsx", excel(t, []any{"9.000001", "Xác nhận nhà ở ven sông", "Xây dựng", "3 ngày làm việc", "Miễn phí", "", "12/QĐ-UBND"}))
	admin.press(".importing .go", vi("a.p.check"))
	admin.sees(".plan tbody th", "9.000001")
	admin.keep("admin-plan", 0.6)
	h.ask("POST", "demo-display", branchPath+"/suggestions", map[string]string{"text": "Ghế ở cửa sổ bị gãy. Gọi tôi 0912 345 678", "topic": "facility"}, nil)
	for part, drawn := range map[string]string{"hall": ".hall-form input", "box": ".mail button", "dossiers": ".overdue tbody tr"} {
		s := h.open(t, "/admin/#/"+part, adminSize)
		s.until("the part", fmt.Sprintf("document.querySelector(%q)", drawn), patience)
		s.keep("admin-"+part, 0.6)
	}
}
