package e2e

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestDevicesAtTheDesk: the desk names the printer in trouble, marks the visitors
// whose paper did not come, and has a ticket printed again, marked as a copy.
func TestDevicesAtTheDesk(t *testing.T) {
	t.Parallel()
	h := startDevices(t)
	h.verb("1", "open", nil)
	d := h.desk(t, "1")
	d.until("no strip", `document.querySelector('.strip').hidden`, patience)
	h.act("printer", "paper_out", "")
	h.device("printer", "paper_out")
	d.sees(".strip", vi("c.dev.line", "name", "Máy demo", "what", vi("c.dev.paper_out")))
	x := h.take("ho-tich")

	// No printer can print: the desk says so in words.
	d.pardon(`409.*/prints`) // the browser's own note of the refusal
	d.press("button.row", x.Number)
	d.press("dialog .picks button", vi("d.print"))
	d.sees(".foot *", vi("e.no_printer"))
	d.shot("no-printer")

	h.act("printer", "reload", "")
	h.device("printer", "ready")
	d.until("no strip", `document.querySelector('.strip').hidden`, patience)
	h.paper(1)
	again := time.Now()
	d.press("button.row", x.Number)
	d.sees("dialog .picks button", vi("d.print"))
	d.shot("row")
	d.press("dialog .picks button", vi("d.print"))
	d.sees(".done", vi("d.print.asked", "number", x.Number, "n", "1"))
	copied := h.paper(2)
	t.Logf("the copy came out %v after the row was picked", time.Since(again).Round(time.Millisecond))
	if words := h.read(2); !strings.Contains(words, "BẢN IN LẠI") {
		t.Errorf("the copy is not marked as one; it says:\n%s", words)
	}
	if words := h.read(1); strings.Contains(words, "IN LẠI") {
		t.Errorf("the first paper is marked as a copy:\n%s", words)
	}
	if !slices.Contains(copied.QR, h.paper(1).QR[0]) {
		t.Errorf("the copy's code is %v, want that of the first", copied.QR)
	}
}

// report sends a record as an agent's outbox would.
func (h *hall) report(key string, body map[string]any) {
	h.t.Helper()
	body["at"] = time.Now().UTC().Format(time.RFC3339)
	var answer struct{ Code string }
	if status := h.ask("POST", key, branchPath+"/reports", body, &answer); status != http.StatusOK {
		h.t.Fatalf("a report: status %d %s", status, answer.Code)
	}
}

// TestDevicesLostPaper: a visitor whose ticket was not printed, and one of whom
// nobody knows, are marked on the desk until the paper is there.
func TestDevicesLostPaper(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	key := h.pairAgent(t, "Máy số 2")
	printer := map[string]any{"id": "printer", "kind": "printer", "state": "ready", "prints": []string{"demo-kiosk"}}
	h.report(key, map[string]any{"device": printer})
	failed, unknown := h.take("ho-tich"), h.take("ho-tich")
	h.verb("1", "open", nil)
	d := h.desk(t, "1")
	h.report(key, map[string]any{"print": map[string]any{"job": failed.ID, "visit": failed.ID, "device": "printer", "state": "failed", "reason": "cutter"}})
	h.report(key, map[string]any{"print": map[string]any{"job": unknown.ID, "visit": unknown.ID, "device": "printer", "state": "unknown"}})
	d.sees("button.row", vi("d.paper.failed"))
	d.sees("button.row", vi("d.paper.unknown"))
	printer["state"] = "cover_open"
	h.report(key, map[string]any{"device": printer})
	d.sees(".strip", vi("c.dev.line", "name", "Máy số 2", "what", vi("c.dev.cover_open")))
	d.until("every verb on the screen", `[...document.querySelectorAll('.verbs button')].every((b) => b.getBoundingClientRect().bottom <= document.querySelector('.foot').getBoundingClientRect().top + 1)`, patience)
	d.clean("printer in trouble")
	d.shot("troubles")
	// Who opens the desk later is told the same.
	later := h.desk(t, "2")
	later.sees("button.row", vi("d.paper.failed"))
	later.sees("button.row", vi("d.paper.unknown"))
	later.sees(".strip", "Máy số 2")
	h.report(key, map[string]any{"print": map[string]any{"job": failed.ID + ".1", "visit": failed.ID, "device": "printer", "state": "printed"}})
	printer["state"] = "ready"
	h.report(key, map[string]any{"device": printer})
	for _, s := range []*screen{d, later} {
		s.until("no mark on the first row", `![...document.querySelectorAll('button.row')].some((r) => r.textContent.includes(`+quoted(vi("d.paper.failed"))+`))`, patience)
		s.sees("button.row", vi("d.paper.unknown"))
		s.until("no strip", `document.querySelector('.strip').hidden`, patience)
	}
}

// TestDevicesKeys: keys of the virtual keypads move the desk and rate.
func TestDevicesKeys(t *testing.T) {
	h := startDevices(t)
	h.device("keypads:11", "ready")
	h.device("keypads:1", "ready")
	h.act("printer", "paper_out", "") // nothing needs to be printed here
	x := h.take("ho-tich")
	h.take("ho-tich")
	h.verb("1", "open", nil)
	d, board, tablet := h.desk(t, "1"), h.open(t, "/board/", boardSize), h.open(t, "/rate/1/", rateSize)
	h.press("keypads", "1", "next", 0)
	d.shows("A001", vi("d.is.calling"))
	board.until("the call on the board", boardShows("A001", "01"), patience)
	h.press("keypads", "1", "recall", 0)
	d.shows("A001", vi("d.is.recalled", "n", "2"))
	h.press("keypads", "1", "next", 0)
	d.shows("A001", vi("d.is.serving"))
	h.press("keypads", "1", "next", 0) // ends it and calls the next one
	d.shows("A002", vi("d.is.calling"))
	tablet.sees("h1", vi("r.q"))
	h.press("keypads", "1", "rate", 2)
	tablet.until("the tablet to ask no more", `document.body.className === 'idle'`, patience)
	var refusal struct{ Code string }
	if status := h.ask("POST", "", "/api/v1/tickets/"+x.Token+"/rating", map[string]int{"level": 4}, &refusal); status != http.StatusConflict || refusal.Code != "already_rated" {
		t.Errorf("a rating after the keypad's: %d %s, want 409 already_rated", status, refusal.Code)
	}
}

// read reads the words on paper n with other eyes than ours.
func (h *hall) read(n int) string {
	h.t.Helper()
	path, err := exec.LookPath("tesseract")
	if err != nil {
		missing(h.t, "tesseract is not installed: "+err.Error())
	}
	r, err := http.NewRequest("GET", fmt.Sprintf("%s/api/v1/demo/devices/printer/paper.png?n=%d", h.url, n), nil)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer demo-admin")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer answer.Body.Close()
	cmd := exec.Command(path, "-", "-", "-l", "vie", "--psm", "6")
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1") // more threads on so small a picture only wait for each other
	cmd.Stdin = answer.Body
	words, err := cmd.Output()
	if err != nil {
		h.t.Fatalf("tesseract: %v", err)
	}
	return string(words)
}
