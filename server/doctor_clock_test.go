package main

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestClockSays(t *testing.T) {
	for _, c := range []struct {
		now      time.Time
		state    int
		err      error
		ok, hint bool
		says     string
	}{
		{afternoon, 0, nil, true, false, "kept right"},
		{afternoon, timeError, nil, false, true, "nobody keeps it right"},
		{afternoon, 0, errors.New("no"), false, true, "not known"},
		{time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), 0, nil, false, false, "2000-01-01"},
	} {
		f := clockSays(c.now, c.state, c.err)
		if f.ok != c.ok || f.hint != c.hint || !strings.Contains(f.what, c.says) {
			t.Errorf("%v %d %v: %+v", c.now, c.state, c.err, f)
		}
	}
	if f := checkClock(time.Now()); f.what == "" {
		t.Error("this machine's clock says nothing")
	}
}
