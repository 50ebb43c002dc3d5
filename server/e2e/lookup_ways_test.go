package e2e

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"motcua/server/queue"
)

// record opens a procedure on a look-up screen, past the question of its case.
func (h *hall) record(t *testing.T, query, code string) *screen {
	t.Helper()
	s := h.open(t, "/lookup/"+query+"#procedure="+code, lookupSize)
	s.isOn("record")
	s.until("the record", `document.querySelector('.choice, .papers')`, patience)
	if eval[bool](s, `Boolean(document.querySelector('.asking .choice'))`) {
		s.press(".choice", "")
	}
	s.sees(".papers li", "")
	return s
}

// TestLookupInterrupted: an emergency lies over whatever is open and leaves it as
// it was; maintenance sends everybody to the machine beside it, and a word of the
// hall stands on the first screen.
func TestLookupInterrupted(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	s := h.record(t, "", birth)

	// The code that takes the list home is the one of the case that was chosen.
	s.press("[data-act=phone]", "")
	s.until("the code", `document.querySelector('dialog.sheet[open] img.qr')?.naturalWidth > 0`, patience)
	src := eval[string](s, `document.querySelector('dialog img.qr').src`)
	if !isCodeOf(t, eval[string](s, `fetch(document.querySelector('dialog img.qr').src).then((r) => r.text())`), h.url+"/p/"+birth+"?case=1") {
		t.Errorf("the code at %s leads elsewhere", src)
	}
	s.clean("the code for the phone")
	s.shot("phone")
	s.press("dialog .btn.go", vi("l.close"))
	s.until("the code to go", `!document.querySelector('dialog.sheet')`, patience)
	s.press("[data-act=phone]", "")
	s.until("the code", `document.querySelector('dialog.sheet[open]')`, patience)

	fire := h.announce("demo-admin", map[string]any{"kind": "emergency", "text": map[string]string{"vi": "Mời mọi người ra cửa số 2"}})
	s.sees(".emergency p", "Mời mọi người ra cửa số 2")
	s.until("nothing above it or to be reached under it", `!document.querySelector('dialog[open]') && document.getElementById('stage').inert
  && document.elementFromPoint(960, 540).closest('.emergency') && document.elementFromPoint(60, 1040).closest('.emergency')`, patience)
	s.clean("an emergency")
	s.shot("emergency")
	h.endNotice("demo-admin", fire.ID)
	s.until("the emergency to end", `!document.querySelector('.emergency') && !document.getElementById('stage').inert`, patience)
	s.isOn("record")
	s.sees(".papers li", "Giấy chứng sinh")

	// Maintenance of another machine is not ours.
	other := h.announce("demo-admin", map[string]any{"kind": "maintenance", "machines": []string{"Máy ở cửa"}})
	info := h.announce("demo-admin", map[string]any{"kind": "info", "text": map[string]string{"vi": "Quầy 05 tạm nghỉ"}})
	s.until("the news", fmt.Sprintf(`import('/web/dom.js').then(() => %t)`, info.ID != ""), patience)
	s.isOn("record")
	h.endNotice("demo-admin", other.ID)
	all := h.announce("demo-admin", map[string]any{"kind": "maintenance", "text": map[string]string{"vi": "Trở lại lúc 10 giờ"}})
	s.isOn("maintenance")
	s.sees("h1", vi("k.maint.h"))
	s.sees("main p", "Trở lại lúc 10 giờ")
	s.clean("maintenance")
	s.shot("maintenance")
	s.press("[data-way=home]", "")
	s.scan(fileAtWork)
	s.isOn("maintenance")
	h.endNotice("demo-admin", all.ID)
	s.isOn("first")
	s.sees(".bulletin li", "Quầy 05 tạm nghỉ")
}

// TestLookupNumbers: what the key for a number says where numbers cannot be had,
// or not here; who may stand in two queues is asked which.
func TestLookupNumbers(t *testing.T) {
	t.Parallel()
	awayFromMidnight(t, 5, 3)
	h := startHall(t)
	const death = "1.000656"
	shown := h.open(t, "/lookup/", lookupSize)
	shown.pardon("401")
	shown.isOn("first")
	call(shown, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Authorization": "Bearer demo-display"}})
	shown.do(chromedp.Navigate(h.url + "/lookup/?key=demo-display#procedure=" + death))
	shown.isOn("record")
	shown.sees(".untaken", vi("l.take.kiosk", "letter", "A"))
	shown.sees(".untaken small", "Hộ tịch")
	if eval[bool](shown, `[...document.querySelectorAll('[data-act=take], [data-act=print], [data-mode=help]')].some((e) => e.checkVisibility())`) {
		t.Error("a screen that may only show offers a number, paper or help")
	}
	shown.shot("display")

	s := h.record(t, "", death)
	s.sees(".take small", vi("k.tile.now"))
	soon, later := hallClock(3), hallClock(4)
	h.settings(func(s *queue.Settings) {
		s.Calendar = hours(half("am", "00:00", soon, ""), half("pm", later, "23:59", ""))
		serviceIn(s, "ho-tich").Quota = map[string]int{"am": 1}
	})
	h.take("ho-tich")
	s.sees(".untaken b", vi("l.take.none"))
	s.until("that all are given", fmt.Sprintf(`[%q, %q].includes(document.querySelector('.untaken small').textContent)`, vi("k.tile.full.am"), vi("k.tile.full.pm")), patience)
	s.shot("full")
	h.settings(func(s *queue.Settings) {
		s.Calendar = hours(half("am", "00:00", hallClock(-2), ""), half("pm", soon, "23:59", ""))
	})
	s.sees(".untaken small", string(soon)) // lunch
	s.clean("lunch")
	s.shot("lunch")

	// Two queues take it: the visitor is asked which, and only where both are open.
	h.settings(func(s *queue.Settings) {
		s.Calendar = hours(half("am", "00:00", "23:59", ""))
		serviceIn(s, "ho-tich").Quota = nil
		certify := serviceIn(s, "chung-thuc")
		certify.Procedures = append(certify.Procedures, death)
	})
	s = h.record(t, "", death)
	s.sees("[data-act=take] small", vi("l.take.which"))
	s.press("[data-act=take]", "")
	s.isOn("services")
	s.sees("[data-meta=ho-tich]", "1 người")
	s.clean("which of two")
	s.shot("two")
	h.take("chung-thuc")
	s.sees("[data-meta=chung-thuc]", "1 người")
	s.press("[data-service=chung-thuc]", "")
	s.lands("/kiosk/", "confirm")
	s.sees("h1", "Chứng thực")
	s.press(".acts button", vi("k.conf.yes"))
	_, token := s.issued()
	if procedure := h.procedureOf(token); procedure != death {
		t.Errorf("the number was taken for %q", procedure)
	}
	h.settings(func(s *queue.Settings) { serviceIn(s, "ho-tich").Closed = true })
	s = h.record(t, "", death)
	s.press("[data-act=take]", "")
	s.lands("/kiosk/", "confirm") // one is left: nothing to ask
	s.sees("h1", "Chứng thực")
}

// TestLookupPrints: the list comes out of the printer with the chosen case; without
// paper the key says so, and works again when there is some.
func TestLookupPrints(t *testing.T) {
	t.Parallel()
	h := startDevices(t)
	s := h.record(t, "", birth)
	s.pardon("409")
	h.act("printer", "paper_out", "")
	h.device("printer", "paper_out")
	s.press("[data-act=print]", vi("l.print"))
	s.sees("[data-act=print]", vi("e.printer_not_ready"))
	s.clean("no paper")
	s.shot("not-ready")
	h.act("printer", "reload", "")
	h.device("printer", "ready")
	s.press("[data-act=print]", "")
	s.sees("[data-act=print]", vi("l.print.done"))
	s.shot("printed")
	if came := h.paper(1); len(came.QR) == 0 || came.QR[0] != h.url+"/p/"+birth+"?case=1" {
		t.Errorf("the paper's codes are %q", came.QR)
	}
}

// backTo goes back by Escape until a screen stands, at most a few times.
func (s *screen) backTo(name string) {
	s.t.Helper()
	for range 4 {
		if eval[string](s, `document.getElementById('stage').dataset.screen`) == name {
			return
		}
		eval[any](s, `document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true, cancelable: true})); 0`)
	}
	s.isOn(name)
}

// TestLookupScansAnywhere: a receipt under the scanner is understood on every
// screen, and what it types is left in none; the dossier is gone half a minute
// later, whoever stands there, and inside the kiosk with the whole visit.
func TestLookupScansAnywhere(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(published)
	const person = "001090123456"
	s := h.lookup(t, "?from=kiosk", lookupSize)
	for _, at := range []struct{ name, key string }{
		{"search", ".ask"}, {"record", ".events button"}, {"hall", "[data-act=hall]"}, {"write", "[data-act=tell]"},
	} {
		s.press(at.key, "")
		switch at.name {
		case "record":
			s.isOn("list")
			s.press(".row[data-code]", "")
		case "write":
			s.isOn("topics")
			s.press("[data-topic=time]", "")
		}
		s.isOn(at.name)
		s.scan(fileAtWork + "|1.004873|" + person + "|NGUYEN VAN BINH")
		s.isOn("file")
		s.backTo(at.name)
		if s.holds(person) || s.holds("NGUYEN") || s.holds(fileAtWork) {
			t.Errorf("%s: something of the scan stands there", at.name)
		}
		s.backTo("first")
	}
	s.scan(fileAtWork)
	s.isOn("file")
	s.wear("text") // who uses an option has no more time: it is somebody's own
	s.moveClock(25 * time.Second)
	s.until("the count-down", `parseInt(document.querySelector('.wipe b').textContent) <= 6`, patience)
	s.moveClock(6 * time.Second)
	s.lands("/kiosk/", "home")
}

// TestLookupElsewhere: what no service here takes is sent to the nearest office, and
// no number is offered for it.
func TestLookupElsewhere(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) {
		s.Hall.Offices = []queue.OfficeSetting{{ID: "tinh", Fields: []string{"Thương mại"}, Contact: queue.ContactSetting{
			Name: queue.Text{VI: "Trung tâm cấp tỉnh"}, Address: queue.Text{VI: "Số 9 đường Trần Phú"}, Phone: "0204 3855 555"}}}
	})
	record := map[string]string{"code": "9.000002", "name": "Cấp giấy phép chợ nổi", "field": "Thương mại"}
	if status := h.ask("POST", "demo-admin", "/api/v1/catalogue/imports?file=one.jsonl", record, nil); status != http.StatusCreated {
		t.Fatalf("import: %d", status)
	}
	h.wait("the look-up to know it", patience, func() bool {
		return h.ask("GET", "demo-kiosk", "/api/v1/procedures/9.000002", nil, nil) == http.StatusOK
	})
	s := h.open(t, "/lookup/#procedure=9.000002", lookupSize)
	s.isOn("record")
	s.sees(".offices *", "Trung tâm cấp tỉnh")
	s.sees(".offices *", "Số 9 đường Trần Phú")
	s.shot("office")
	if eval[bool](s, `Boolean(document.querySelector('[data-act=take]'))`) {
		t.Error("a number is offered for what is not done here")
	}
}
