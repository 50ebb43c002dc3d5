package e2e

import (
	"fmt"
	"net/http"
	"testing"

	"motcua/server/catalogue"
	"motcua/server/queue"
)

// knows writes what the hall itself says of a procedure.
func (h *hall) knows(code string, own catalogue.Own) {
	h.t.Helper()
	own.Code = code
	var told map[string]any
	if status := h.ask(http.MethodPut, "demo-admin", "/api/v1/procedures/"+code+"/own", own, &told); status != http.StatusOK {
		h.t.Fatalf("writing of %s: status %d %v", code, status, told)
	}
	h.wait("what is known of "+code, patience, func() bool {
		var now struct{ Own *catalogue.Own }
		h.ask(http.MethodGet, "demo-kiosk", "/api/v1/procedures/"+code, nil, &now)
		return now.Own != nil
	})
}

// TestKioskKnowsTheProcedure: the question before a number that was wished for on
// the look-up screens names the procedure, and what holds for it alone takes the
// place of what holds for its service. Where nothing is known the question stands.
func TestKioskKnowsTheProcedure(t *testing.T) {
	t.Parallel()
	awayFromMidnight(t, 2, 2)
	h := startHall(t)
	const ofAll, ofOne = "Nhận sau giờ này thì trả ngày mai.", "Khai tử nhận sau giờ này trả sáng mai."
	h.settings(func(s *queue.Settings) {
		serviceIn(s, "ho-tich").Late = queue.LateNote{From: "00:00", Text: queue.Text{VI: ofAll}}
	})
	h.knows("1.000656", catalogue.Own{Late: queue.LateNote{From: "00:01", Text: queue.Text{VI: ofOne}}, Online: "full"})
	h.knows("1.000894", catalogue.Own{Late: queue.LateNote{From: "23:59", Text: queue.Text{VI: ofOne}}, Online: "none"})
	for _, c := range []struct {
		code, name, late string
		online           bool
	}{
		{"1.000656", "Đăng ký khai tử", ofOne, true},
		{"1.000894", "Đăng ký kết hôn", "", false}, // its hour has not come
		{birth, birthName, ofAll, false},           // nothing of its own
	} {
		k := h.open(t, "/kiosk/?service=ho-tich&procedure="+c.code, kioskSize)
		k.isOn("confirm")
		k.sees(".card strong", c.name)
		k.sees("h1", "Hộ tịch")
		for text, want := range map[string]bool{ofAll: c.late == ofAll, ofOne: c.late == ofOne, vi("k.online.only"): c.online} {
			if got := eval[bool](k, "Boolean("+found(".notes li", text)+")"); got != want {
				t.Errorf("%s: %q stands there: %v", c.name, text, got)
			}
		}
		if c.late != ofOne {
			continue
		}
		k.clean(c.name)
		k.press(".acts button", vi("k.conf.no"))
		k.isOn("home")
		k.press(".tile[data-id=ho-tich]", "") // the same visitor still, with the same wish
		k.sees(".card strong", c.name)
		k.press(".acts button", vi("k.conf.no"))
		k.press(".tile[data-id=chung-thuc]", "")
		k.sees(".card strong", "Chứng thực")
		if eval[bool](k, "Boolean("+found(".notes li", ofOne)+")") {
			t.Error("another service tells what holds for the procedure")
		}
	}

	k := h.open(t, "/kiosk/?service=ho-tich&procedure=9.999999", kioskSize)
	k.pardon("404")
	k.isOn("confirm")
	k.sees(".notes li", ofAll)
	k.sees(".card strong", "Hộ tịch")
}

// TestKioskProcedureFits: a long name and words of its own have room on the smallest
// glass of each shape.
func TestKioskProcedureFits(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	const long = "2.000986"
	h.knows(long, catalogue.Own{Online: "part", Late: queue.LateNote{From: "00:00", Text: queue.Text{
		VI: "Hồ sơ nhận sau 15 giờ mà không giải quyết được ngay thì trả kết quả trong ngày làm việc tiếp theo.",
		EN: "A dossier received after 15:00 that cannot be settled at once is returned on the next working day."}}})
	for range 3 {
		h.take("ho-tich")
	}
	for _, g := range []glass{glasses[1], glasses[5]} {
		k := h.open(t, fmt.Sprintf("/kiosk/?diag=%v&service=ho-tich&procedure=%s", g.inches, long), size{g.w, g.h, true})
		k.isOn("confirm")
		k.sees(".card strong", "Liên thông đăng ký khai sinh")
		k.measure(g, g.String()+" confirm", sample(g))
		k.picture(g.String())
	}
}
