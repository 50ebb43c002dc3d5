package api_test

import (
	"testing"
	"time"
)

// TestForecastFollowsCounters: nobody waits a second for the first honest
// waiting time after a counter opened.
func TestForecastFollowsCounters(t *testing.T) {
	h := newHall(t, options{demo: true})
	if a := h.take(); a.body["estimate"] != nil {
		t.Errorf("with every counter closed: %s", a.raw)
	}
	h.do(0, "open", "{}")
	for deadline := time.Now().Add(500 * time.Millisecond); ; time.Sleep(5 * time.Millisecond) {
		if a := h.take(); a.body["estimate"] != nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("no waiting time half a second after the counter opened")
		}
	}
}
