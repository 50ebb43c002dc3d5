package e2e

import (
	"fmt"
	"net/http"
	"testing"
)

// TestKioskLearnsOfTheCatalogue: the kiosk offers to look a procedure up while
// there is one, without being loaded anew.
func TestKioskLearnsOfTheCatalogue(t *testing.T) {
	t.Parallel()
	h := startHall(t)
	k := h.kiosk(t, "")
	const shown = `[...document.querySelectorAll('button')].some((b) => b.checkVisibility() && b.textContent.includes(%q))`
	offer := fmt.Sprintf(shown, vi("k.find"))
	k.until("the offer to look up", offer, patience)
	eval[bool](k, `window.stays = true`)
	if status := h.ask("POST", "demo-admin", "/api/v1/catalogue/imports/undo", struct{}{}, nil); status != http.StatusOK {
		t.Fatalf("undo: %d", status)
	}
	k.until("the offer to go", "!"+offer, patience)
	file := []map[string]string{{"code": "9.000001", "name": "Thả diều", "field": "Hộ tịch"}}
	if status := h.ask("POST", "demo-admin", "/api/v1/catalogue/imports?file=one.jsonl", file[0], nil); status != http.StatusCreated {
		t.Fatalf("import: %d", status)
	}
	k.until("the offer to come back", offer+" && window.stays", patience)
}
