package history

import (
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
