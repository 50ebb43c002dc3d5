package api

import (
	"context"
	"testing"
)

// A second of the same caller waits for the first; nobody else does.
func TestOneReportEach(t *testing.T) {
	var o oneEach
	ended, end := context.WithCancel(t.Context())
	end()
	first, ok := o.enter(t.Context(), "a")
	if !ok {
		t.Fatal("the first has no turn")
	}
	for range 30 { // who has gone away keeps no place
		if _, ok := o.enter(ended, "a"); ok {
			t.Fatal("two of one caller at once")
		}
	}
	other, ok := o.enter(t.Context(), "b")
	if !ok {
		t.Fatal("another caller waits")
	}
	second := make(chan func())
	go func() {
		leave, _ := o.enter(t.Context(), "a")
		second <- leave
	}()
	select {
	case <-second:
		t.Fatal("the second did not wait")
	default:
	}
	first()
	(<-second)()
	other()
	if len(o.busy) != 0 {
		t.Errorf("%d callers are remembered", len(o.busy))
	}
}
