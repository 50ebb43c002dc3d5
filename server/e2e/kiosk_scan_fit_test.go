package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestTicketAgain: a paper may be had once more, and the screen keeps its ticket
// while its language and size change.
func TestTicketAgain(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	pc := startScanPC(t, h, "Máy lấy số 1")
	k := pc.kiosk(t, "")
	number, token := k.takeByTouch("Hộ tịch")
	k.until("the paper", found("h1", vi("k.done.h")), slow)
	k.measure(touch32, "ticket", everyStyle)
	k.shot("printed")
	k.press(".acts button", vi("k.done.reprint"))
	k.sees("h1", vi("k.print.h"))
	k.until("the second paper", fmt.Sprintf(`%s && !%s`, found("h1", vi("k.done.h")), found(".acts button", vi("k.done.reprint"))), slow)
	if n := len(pc.printer.Tickets()); n != 2 {
		t.Errorf("%d papers came out, want 2", n)
	}
	k.shot("again")
	k.moveClock(10 * time.Second)
	for _, mode := range []string{"text", "contrast", "reach", "lang"} {
		k.wear(mode)
		k.sees("[data-number]", number)
		k.shot("mode-" + mode)
	}
	k.moveClock(25 * time.Second) // assisted: half a minute from the last touch
	k.isOn("ticket")
	k.press(".acts button", en("k.done.undo"))
	k.press(".acts button", en("k.undo.yes"))
	k.isOn("cancelled")
	if x := h.ticket(token); x.State != "cancelled" {
		t.Errorf("the ticket is %s", x.State)
	}
}

// unlike are the glasses that differ most; the soak tests measure on all that are usual.
var unlike = []glass{glasses[0], glasses[1], glasses[4]}

// TestTicketKeysFit measures the ticket with its third key.
func TestTicketKeysFit(t *testing.T) {
	t.Parallel()
	ticketKeysFit(t, unlike)
}

func TestTicketKeysFitSoak(t *testing.T) { ticketKeysFit(t, glasses[:5]) }

func ticketKeysFit(t *testing.T, glasses []glass) {
	h := startDevices(t)
	for _, g := range glasses {
		k := h.open(t, fmt.Sprintf("/kiosk/?diag=%v", g.inches), size{g.w, g.h, true})
		k.isOn("home")
		k.takeByTouch("Chứng thực")
		k.until("the third key", found(".acts.three .btn", vi("k.done.reprint")), slow)
		k.measure(g, g.String(), styles([]string{"vi", "en"}, []string{"normal", "text", "reach"}))
		k.wear("text")
		k.shot(strings.ReplaceAll(g.String(), " ", "-"))
	}
}

// TestScanFits measures what the scanner adds to the screens.
func TestScanFits(t *testing.T) {
	t.Parallel()
	scanFits(t, unlike)
}

func TestScanFitsSoak(t *testing.T) { scanFits(t, glasses[:5]) }

func scanFits(t *testing.T, glasses []glass) {
	h := startHall(t)
	x := h.take("chung-thuc")
	h.book("ho-tich")
	pc := startScanPC(t, h, "Máy lấy số 1")
	all := append(styles([]string{"vi", "en"}, []string{"normal", "text", "reach"}), "vi normal")
	for _, g := range glasses {
		k := pc.open(t, fmt.Sprintf("/kiosk/?diag=%v", g.inches), size{g.w, g.h, true})
		look := func(state string) {
			t.Helper()
			k.measure(g, g.String()+" "+state, all)
			k.shot(strings.ReplaceAll(g.String()+" "+state, " ", "-"))
		}
		k.isOn("home")
		k.invites()
		look("invited")
		pc.scan(insurance)
		k.sees(".scan", vi("k.scan.foreign"))
		look("foreign")
		pc.scan(oldCard)
		k.sees(".scan", vi("k.scan.pri", "group", "Người từ 75 tuổi"))
		look("card")
		k.press(".tile", "Hộ tịch")
		k.isOn("confirm")
		look("confirm")
		k.press(".acts button", vi("k.conf.no"))
		k.isOn("home")
		k.press(".scan button", vi("k.scan.nopri"))
		k.until("no group", `!document.querySelector('.scan').textContent.includes('75')`, patience)
		k.toBooked()
		k.isOn("booked")
		look("booked")
		pc.scan(x.Token)
		k.isOn("seen")
		look("seen")
	}
}

// toBooked touches "I have booked": a key below the tiles, or the last tile.
func (s *screen) toBooked() {
	s.t.Helper()
	for range 12 {
		if eval[bool](s, fmt.Sprintf(`Boolean(%s)`, found(".scan button, .tile", vi("k.booked")))) {
			s.press(".scan button, .tile", vi("k.booked"))
			return
		}
		s.press(".pages button", vi("k.page.next"))
	}
	s.t.Fatal("no way to arrive after booking")
}
