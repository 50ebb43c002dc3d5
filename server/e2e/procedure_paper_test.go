package e2e

import (
	"net/http"
	"slices"
	"testing"
)

// TestChecklistComesOut: what to bring comes out of the kiosk's printer, with the
// code of its page, and the kiosk hears that it did. A ticket taken after it has
// its own paper.
func TestChecklistComesOut(t *testing.T) {
	t.Parallel()
	h := startDevices(t)
	type list struct{ Job, Printer, State string }
	var asked list
	path := branchPath + "/prints/checklist"
	if status := h.ask("POST", "demo-kiosk", path, map[string]any{"procedure": birth, "case": 2, "lang": "vi"}, &asked); status != http.StatusAccepted || asked.State != "queued" {
		t.Fatalf("%d %+v", status, asked)
	}
	came := h.paper(1)
	if want := h.url + "/p/" + birth + "?case=2"; !slices.Contains(came.QR, want) {
		t.Errorf("the paper's codes are %q, want %q", came.QR, want)
	}
	h.wait("the word of the printer", slow, func() bool {
		var now list
		h.ask("GET", "demo-kiosk", path+"/"+asked.Job, nil, &now)
		return now.State == "printed"
	})
	s := h.sim(t, simSize)
	s.until("its picture", `document.querySelector('.sheet img')?.naturalHeight > 500`, patience)
	s.shot("list")
	x := h.take("ho-tich")
	if next := h.paper(2); !slices.Contains(next.QR, h.url+"/t/"+x.Token) {
		t.Errorf("the ticket's codes are %q", next.QR)
	}

	h.act("printer", "paper_out", "")
	h.device("printer", "paper_out")
	var refused struct{ Code string }
	if status := h.ask("POST", "demo-kiosk", path, map[string]any{"procedure": birth}, &refused); status != http.StatusConflict || refused.Code != "printer_not_ready" {
		t.Errorf("without paper: %d %+v", status, refused)
	}
}
