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
	offer := offersLookup()
	k.until("the offer to look up", offer, patience)
	eval[bool](k, `window.stays = true`)
	h.nothingToLookUp(k)
	file := []map[string]string{{"code": "9.000001", "name": "Thả diều", "field": "Hộ tịch"}}
	if status := h.ask("POST", "demo-admin", "/api/v1/catalogue/imports?file=one.jsonl", file[0], nil); status != http.StatusCreated {
		t.Fatalf("import: %d", status)
	}
	k.until("the offer to come back", offer+" && window.stays", patience)
}

// offersLookup is whether a kiosk offers to find a procedure.
func offersLookup() string {
	return fmt.Sprintf(`[...document.querySelectorAll('button')].some((b) => b.checkVisibility() && b.textContent.includes(%q))`, vi("k.find"))
}

// nothingToLookUp takes the hall its catalogue, and waits until the kiosk knows.
func (h *hall) nothingToLookUp(k *screen) {
	h.t.Helper()
	if status := h.ask("POST", "demo-admin", "/api/v1/catalogue/imports/undo", struct{}{}, nil); status != http.StatusOK {
		h.t.Fatalf("undo: %d", status)
	}
	k.until("the offer to look up to go", "!"+offersLookup(), patience)
}
