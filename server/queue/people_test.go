package queue_test

import (
	"testing"

	"motcua/server/queue"
)

// Rules for all branches ask for whatever the strictest of them asks; what a branch
// leaves out is the usual, which is stricter than a lax branch.
func TestStrictestPeople(t *testing.T) {
	got := queue.StrictestPeople([]queue.PeopleSetting{{Length: 10, Days: 90, Tries: 9, Minutes: 3, Idle: 60, Hours: 20}, {Days: 30, Factor: true}, {Length: 15, Hours: 8}})
	if want := (queue.PeopleSetting{Length: 15, Days: 30, Tries: 5, Minutes: 5, Idle: 30, Hours: 8, Factor: true}); got != want {
		t.Errorf("%+v", got)
	}
	if got := queue.StrictestPeople(nil); got != (queue.PeopleSetting{}) {
		t.Errorf("%+v", got)
	}
}
