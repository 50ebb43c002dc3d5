package api_test

import (
	"strings"
	"testing"

	"motcua/server/qr"
	"motcua/server/queue"
)

// The kiosk shows where a service can be filed without coming, as a code.
func TestOnlineCode(t *testing.T) {
	h := newHall(t, options{demo: true})
	path := branchPath + "/services/" + h.service(0) + "/online.svg"
	expect(t, h.get(path, "demo-kiosk"), 404, "unknown_service") // it has no address
	address := "https://dichvucong.gov.vn/?ma=" + strings.Repeat("x", 150)
	h.change(func(s *queue.Settings) { s.Services[0].Online = address })
	want, err := qr.SVG(address)
	must(t, err)
	if a := h.get(path, "demo-kiosk"); a.status != 200 || a.raw != string(want) {
		t.Errorf("%d %.80s", a.status, a.raw)
	}
	expect(t, h.get(branchPath+"/services/nobody/online.svg", "demo-kiosk"), 404, "unknown_service")
	expect(t, h.get(path, ""), 401, "unauthorized")
	expect(t, h.get(path, "demo-device"), 403, "forbidden")
}
