package e2e

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

const scannerSite = `branch: hoabinh
name: %[1]s
listen: %[2]s
devices:
  - id: printer
    profile: epson-tm-t82
    port: sim/printer
    baud: 38400
  - id: scanner
    profile: gm65
    port: sim/scanner
`

// scanPC is a kiosk's computer with a printer and a scanner.
type scanPC struct {
	*kioskPC
	branch *hall
}

// startScanPC sets one up beside a hall whose settings invite to scan.
func startScanPC(t *testing.T, h *hall, name string) *scanPC {
	t.Helper()
	h.settings(func(s *queue.Settings) { s.Kiosk.Scan = true })
	pc := &scanPC{startPC(t, h, name, scannerSite), h}
	pc.wait("the scanner to be ready", slow, func() bool { return pc.scannerReady(name) })
	return pc
}

func (pc *scanPC) scannerReady(name string) bool {
	for _, d := range pc.branch.devices() {
		if d.ID == name+"/scanner" {
			return d.State == "ready"
		}
	}
	return false
}

// scan holds a code under the scanner.
func (pc *scanPC) scan(text string) {
	pc.t.Helper()
	if err := pc.scanner.Act("scan", text); err != nil {
		pc.t.Fatal(err)
	}
}

// invites waits until the kiosk's page hears its scanner.
func (s *screen) invites() {
	s.t.Helper()
	s.until("the invitation", `document.querySelector(".scan.invite")`, patience)
}

const (
	oldCard   = "001090000001||Nguyễn Văn A|01011940|Nam|Số 1, Hàng Bạc, Hà Nội|15042021"
	youngCard = "001090000002||Trần Thị B|02021995|Nữ|Số 2, Hàng Bạc, Hà Nội|15042021"
	insurance = "DN4797912345678|4e677579e1bb856e|02/09/1944|1|"
)

// touch32 is the usual kiosk; everyStyle is how its screens are looked at, the
// first again at the end.
var (
	touch32    = glass{inches: 32, w: kioskSize.w, h: kioskSize.h}
	everyStyle = []string{"en text", "vi contrast", "vi reach", "vi normal"}
)

// TestScanCard: an identity card is remembered for one session and counts the
// numbers of one person; the second one is refused politely, and staff hear of it.
// Nothing the card says is in the page, in a log or on a disk.
func TestScanCard(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	h.settings(func(s *queue.Settings) { s.Pace = queue.PaceSetting{PerService: 1, PerDay: 3} })
	pc := startScanPC(t, h, "Máy lấy số 1")
	k := pc.kiosk(t, "")
	k.pardon(`status of 409|K4-|too_many_tickets`)
	k.invites()
	k.shot("home")
	k.scanCard(pc, youngCard)
	k.shot("home-card")
	k.press(".tile", "Hộ tịch")
	k.isOn("confirm")
	k.sees(".scan .chip", vi("k.scan.card"))
	k.shot("confirm-card")
	k.press(".acts button", vi("k.conf.yes"))
	number, _ := k.issued()
	k.until("the paper", found("h1", vi("k.done.h")), slow)
	k.press(".acts button", vi("k.done.ok"))
	k.isOn("home")
	k.invites() // the card is forgotten

	pc.scan(youngCard)
	k.sees(".scan .chip", vi("k.scan.card"))
	k.press(".tile", "Hộ tịch")
	k.press(".acts button", vi("k.conf.yes"))
	k.isOn("error")
	k.sees("h1", vi("k.again.h"))
	k.shot("again")
	h.wait("staff to hear of it", patience, func() bool {
		var answer struct {
			Items []struct{ Kind, Service, By string }
		}
		return h.ask("GET", "demo-admin", branchPath+"/notices", nil, &answer) == http.StatusOK &&
			len(answer.Items) == 1 && answer.Items[0].Kind == "person" && answer.Items[0].Service == "ho-tich"
	})
	k.press(".acts button", vi("k.err.home"))
	k.isOn("home")
	// Without a card the kiosk gives a number all the same.
	if next, _ := k.takeByTouch("Hộ tịch"); next == number {
		t.Errorf("the number %s was given twice", next)
	}
	page := eval[string](k, `document.documentElement.outerHTML + JSON.stringify([localStorage, sessionStorage])`)
	for where, what := range map[string]string{"the page": page, "the server's log": h.logs.String(), "the agent's log": pc.logs.String(),
		"the agent's data": filesOf(t, pc.home), "the server's data": filesOf(t, h.data)} {
		if what == "" && where != "the server's log" { // which may have nothing to say
			t.Errorf("%s is empty", where)
		}
		for _, secret := range []string{"001090000002", "Trần Thị B", "02021995", "Hàng Bạc"} {
			if strings.Contains(what, secret) {
				t.Errorf("%s holds %q", where, secret)
			}
		}
	}
}

// scanCard scans a card until its hash comes with it: at first the key of the day
// may still be on its way to the agent.
func (s *screen) scanCard(pc *scanPC, card string) {
	s.t.Helper()
	pc.wait("the card", slow, func() bool {
		pc.scan(card)
		end := time.Now().Add(2 * time.Second) // the same code at once is one scan
		for time.Now().Before(end) {
			if s.text(".scan .chip") == vi("k.scan.card") {
				return true
			}
			time.Sleep(20 * time.Millisecond)
		}
		return false
	})
}

// filesOf reads everything in a folder.
func filesOf(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // a running program renames its files
		}
		body, _ := os.ReadFile(path)
		all.WriteString(path)
		all.Write(body)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// TestScanOldAge: the card of an old person sets the priority group by itself and
// says so; one touch declines it. Other cards are told to be of no use.
func TestScanOldAge(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	pc := startScanPC(t, h, "Máy lấy số 1")
	k := pc.kiosk(t, "")
	k.invites()
	pc.scan(insurance)
	k.sees(".scan", vi("k.scan.foreign"))
	k.shot("foreign")
	k.moveClock(10 * time.Second)
	k.invites()
	h.nothingToLookUp(k)
	pc.scan("000.00.16.H40-200915-0001")
	k.sees(".scan", vi("k.scan.dossier"))

	pc.scan(oldCard)
	k.sees(".scan", vi("k.scan.pri", "group", "Người từ 75 tuổi"))
	k.measure(touch32, "home with a card", everyStyle)
	k.shot("home")
	k.press(".tile", "Hộ tịch")
	k.isOn("confirm")
	k.sees(".scan", vi("k.scan.pri", "group", "Người từ 75 tuổi"))
	k.shot("confirm")
	k.press(".acts button", vi("k.conf.yes"))
	k.issued()
	k.sees(".slip .chip", vi("k.done.priority", "group", "Người từ 75 tuổi"))
	k.shot("ticket")
	k.press(".acts button", vi("k.done.ok"))
	k.isOn("home")

	pc.scan(oldCard + " ")
	k.sees(".scan", vi("k.scan.pri", "group", "Người từ 75 tuổi"))
	k.press(".scan button", vi("k.scan.nopri"))
	k.until("no priority", `!document.querySelector('.scan').textContent.includes('75')`, patience)
	k.takeByTouch("Chứng thực")
	k.until("no priority", `!document.querySelector('.slip .chip')`, patience)
}

// TestScanBooking: a booking's code becomes a ticket, a ticket's code shows how it
// stands, and an unknown code is told politely.
func TestScanBooking(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	code := h.book("ho-tich")
	pc := startScanPC(t, h, "Máy lấy số 1")
	k := pc.kiosk(t, "")
	k.pardon(`status of 404|status of 409`)
	k.invites()
	pc.scan(code)
	number, token := k.issued()
	k.until("the paper", found("h1", vi("k.done.h")), slow)
	k.shot("ticket")
	if x := h.ticket(token); x.Number != number || x.State != "waiting" {
		t.Errorf("the booking became %+v, the screen shows %s", x, number)
	}
	k.press(".acts button", vi("k.done.ok"))
	k.isOn("home")
	// Scanned again, by somebody who is not sure of it.
	time.Sleep(2 * time.Second) // the same code at once is one scan
	pc.scan(code)
	k.isOn("refused")
	k.sees("h1", vi("k.booked.over"))
	k.shot("over")
	pc.scan(h.url + "/t/" + token)
	k.isOn("seen")
	k.sees("[data-number]", number)
	k.sees(".words p", vi("k.conf.now"))
	k.shot("seen")
	h.verb("1", "open", nil)
	h.verb("1", "call", nil)
	k.press(".acts button", vi("k.done.ok"))
	pc.scan(h.ticket(token).Code)
	k.isOn("seen")
	k.sees(".words p", vi("k.seen.called", "counter", "01"))
	k.shot("seen-called")
	k.moveClock(16 * time.Second)
	k.isOn("home")
	pc.scan("ACDEFG")
	k.isOn("refused")
	k.sees("h1", vi("k.seen.none"))
	k.shot("unknown")
}

// book books the first moment that can be had today or later, and gives its code.
func (h *hall) book(service string) string {
	h.t.Helper()
	var answer struct{ Code string }
	at := time.Now().Add(2 * time.Minute).UTC().Format(time.RFC3339)
	if status := h.ask("POST", "demo-kiosk", branchPath+"/bookings", map[string]string{"service": service, "at": at}, &answer); status != http.StatusCreated {
		h.t.Fatalf("booking: status %d %+v", status, answer)
	}
	return answer.Code
}

// TestBookedByHand: whoever has booked arrives without a scanner too, with fingers
// or with a keyboard.
func TestBookedByHand(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	first, second := h.book("ho-tich"), h.book("ho-tich")
	k := h.kiosk(t, "")
	k.pardon(`status of 404`)
	k.press(".scan button", vi("k.booked"))
	k.isOn("booked")
	if wide := eval[float64](k, `Math.min(...[...document.querySelectorAll('.letters .btn')].map((b) => Math.min(b.offsetWidth, b.offsetHeight)))`); wide < 20*2.71 {
		t.Errorf("the smallest key is %.0f px, %.1f mm", wide, wide/2.71)
	}
	k.measure(touch32, "booked", everyStyle)
	k.shot("empty")
	k.until("no way on", `document.querySelector('.acts .go').disabled`, patience)
	for _, letter := range strings.Split(first, "") {
		k.press(".letters .btn", letter)
	}
	k.shot("typed")
	k.press(".acts .go", vi("k.booked.go"))
	number, _ := k.issued()
	k.press(".acts button", vi("k.done.ok"))
	k.isOn("home")
	k.press(".scan button", vi("k.booked"))
	k.isOn("booked")
	k.do(typed("ac\b\b" + strings.ToLower(second)))
	k.until("the code", fmt.Sprintf(`document.querySelector('.code').textContent === %q`, second), patience)
	k.press(".acts .go", vi("k.booked.go"))
	if next, _ := k.issued(); next == number || !regexp.MustCompile(`^A\d{3}$`).MatchString(next) {
		t.Errorf("the second booking became %s after %s", next, number)
	}
}
