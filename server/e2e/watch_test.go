package e2e

import (
	"net/http"
	"strings"
	"testing"
)

// A low mark is told quietly: a number beside "today", whatever part of the
// administrator's page is open, and no word at the desk of the counter.
func TestLowMarkIsToldQuietly(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	admin := h.open(t, "/admin/#/devices", size{w: 1366, h: 768})
	admin.until("the list of parts", `document.querySelectorAll('nav a').length > 5`, slow)
	if eval[bool](admin, `!!document.querySelector('nav .count:not([hidden])')`) {
		t.Error("a hall where nothing has happened needs looking at")
	}
	h.verb("1", "open", nil)
	visitor := h.take("ho-tich")
	for _, verb := range []string{"next", "serve", "end"} {
		h.verb("1", verb, nil)
	}
	desk := h.desk(t, "1")
	if status := h.ask("POST", "", "/api/v1/tickets/"+visitor.Token+"/rating", map[string]any{"level": 4, "reasons": []string{"attitude"}}, nil); status != http.StatusCreated {
		t.Fatalf("the mark was answered with %d", status)
	}
	admin.until("the number beside today", `document.querySelector('nav a[href="#/today"] .count:not([hidden])')?.textContent.startsWith('1')`, slow)
	admin.clean("something needs looking at")
	admin.shot("admin-low-mark")
	for _, word := range []string{"Không hài lòng", "Thái độ"} {
		if strings.Contains(desk.text("body"), word) {
			t.Errorf("the desk says %q", word)
		}
	}
}
