package printer

import (
	"errors"
	"slices"
	"testing"
	"time"

	"motcua/server/wire"
)

func (r *rig) submitList(job string) error {
	return r.Submit(wire.PrintJob{Job: job, Visit: job, Number: job, Checklist: &wire.Checklist{}})
}

// A list of what to bring waits for every ticket, even one that came later.
func TestTicketsGoBeforeLists(t *testing.T) {
	r := newRig(t, "id", nil)
	r.in(3*time.Second, r.never)
	var order []string
	for _, submit := range []func() error{
		func() error { return r.submit("a") },
		func() error { return r.submitList("list-1") },
		func() error { return r.submit("b") },
		func() error { return r.submit("c") },
	} {
		if err := submit(); err != nil {
			t.Fatal(err)
		}
	}
	r.in(time.Minute, r.told("a", "b", "c", "list-1"))
	for _, result := range r.results {
		order = append(order, result.Job)
	}
	if want := []string{"a", "b", "c", "list-1"}; !slices.Equal(order, want) {
		t.Fatalf("the order is %q", order)
	}
	r.expect("list-1", wire.Printed, "")
}

// Lists never fill the queue: who asks for a fourth is told, and tickets are taken.
func TestFewListsWait(t *testing.T) {
	r := newRig(t, "id", nil)
	for _, job := range []string{"list-1", "list-2", "list-3"} {
		if err := r.submitList(job); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.submitList("list-4"); !errors.Is(err, ErrBusy) {
		t.Errorf("the fourth: %v", err)
	}
	if err := r.submitList("list-2"); err != nil {
		t.Errorf("one that waits already: %v", err)
	}
	if err := r.submit("a"); err != nil {
		t.Errorf("a ticket: %v", err)
	}
}
