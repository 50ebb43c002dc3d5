package history

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"motcua/server/queue"
)

// Each word is a record a minute later; "state<n" began at minute n, as an undo brings it.
func TestSpans(t *testing.T) {
	for _, c := range []struct{ words, want string }{
		{"open calling serving open", "open 0-1, calling 1-2, serving 2-3, open 3-"},
		{"closed open", "open 1-"},
		{"open paused:meal paused:break open", "open 0-1, paused:meal 1-2, paused:break 2-3, open 3-"},
		{"open calling calling<1 calling<1 serving", "open 0-1, calling 1-4, serving 4-"},
		{"open calling open<0 calling", "open 0-3, calling 3-"},
		{"open calling serving open<3 calling<3 open<3", "open 0-1, calling 1-2, serving 2-3, open 3-"},
		{"open calling serving open<3 calling<3 serving<2", "open 0-1, calling 1-2, serving 2-"},
		{"open closed", "open 0-1, closed 1-"},
		{"open closed open", "open 0-1, closed 1-2, open 2-"},
	} {
		var spans []span
		for i, word := range strings.Fields(c.words) {
			since := int64(i)
			word, at, _ := strings.Cut(word, "<")
			if at != "" {
				since = int64(at[0] - '0')
			}
			state, reason, _ := strings.Cut(word, ":")
			spans = step(spans, eight+int64(i)*60_000, &counterBody{State: queue.CounterState(state), Reason: reason, Since: eight + since*60_000}, "lan")
		}
		var got []string
		for _, s := range spans {
			text := string(s.state)
			if s.reason != "" {
				text += ":" + s.reason
			}
			text += fmt.Sprintf(" %s-", minutes(&s.began))
			if s.ended != nil {
				text += minutes(s.ended)
			}
			got = append(got, text)
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.words, text, c.want)
		}
	}
}

// Another person with an account begins a span, also where the counter goes on; who has
// none goes on with whom was there.
func TestSpansOfPersons(t *testing.T) {
	var spans []span
	for i, clerk := range []string{"Lan", "Lan", "Hùng", "Hùng", ""} {
		at := eight + int64(i)*60_000
		since := []int64{0, 0, 2, 2, 2}[i]
		spans = step(spans, at, &counterBody{State: queue.CounterOpen, Since: eight + since*60_000, Clerk: clerk}, cmp.Or(clerk, "settings"))
	}
	if len(spans) != 2 || spans[0].clerk != "Lan" || spans[1].clerk != "Hùng" || *spans[0].ended != spans[1].began || spans[1].ended != nil {
		t.Errorf("%+v", spans)
	}
}

// Who sat there served, whatever the settings name; without an account the settings
// hold, and without a name there whoever asked.
func TestWhoServed(t *testing.T) {
	h, set := newHistory(t), hallOf("b")
	serve := func(seat queue.Sitting, counter string) string {
		e := queue.Event{Kind: queue.TicketServing, By: "key", Day: "2026-11-23", At: queue.MillisOf(noon),
			Visit:   &queue.Visit{ID: "261123-A001", Service: set.Services[0].ID, Counter: counter, Revision: 2},
			Counter: &queue.Counter{ID: counter, State: queue.CounterServing, Seat: seat}}
		n := entryOf("e", &e)
		h.learn(&n, &e, set, nil)
		return n.body.Known.Clerk
	}
	set.Counters[1].Clerk = ""
	for _, c := range []struct{ got, want string }{
		{serve(queue.Sitting{Account: "a-1", Name: "Lan"}, "1"), "Lan"}, {serve(queue.Sitting{}, "1"), "Cán bộ 01"}, {serve(queue.Sitting{}, "2"), "key"},
	} {
		if c.got != c.want {
			t.Errorf("%q served, want %q", c.got, c.want)
		}
	}
}

// A whole made-up day: each counter's spans follow one another without a hole and
// end with the day.
func TestSpansOfADay(t *testing.T) {
	h := read(t, played("2026-11-19", "2026-11-20", 0.4))
	if n := h.count(t, "SELECT count(*) FROM spans WHERE ended IS NULL"); n != 0 {
		t.Errorf("%d spans last beyond their day", n)
	}
	if n := h.count(t, "SELECT count(*) FROM spans WHERE ended <= began"); n != 0 {
		t.Errorf("%d spans lasted no time", n)
	}
	holes := h.count(t, `SELECT count(*) FROM (SELECT ended, lead(began) OVER (PARTITION BY branch, counter, day ORDER BY began) AS next FROM spans)
		WHERE next IS NOT NULL AND next <> ended`)
	if holes != 0 {
		t.Errorf("%d holes between spans", holes)
	}
	// What was served by the clock of the counters is what was served by the visits.
	counters := h.count(t, "SELECT sum(ended - began) FROM spans WHERE state = 'serving'")
	visits := h.count(t, "SELECT sum(spent) FROM transactions")
	if counters != visits || visits == 0 {
		t.Errorf("counters served %d ms, visits were served %d ms", counters, visits)
	}
}
