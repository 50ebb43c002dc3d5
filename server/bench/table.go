package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// noisy is the share of the machine above which others have disturbed a sample.
const noisy = 0.25

// row is one figure of the table.
type row struct {
	what   string
	ours   string
	limit  string // what it stands beside, with its own figure
	ratio  string
	aim    string
	ok     bool
	noise  []float64 // what others took of the machine, one for each sample
	strict bool      // not ok means that something is wrong, not slow
}

// table prints rows as they come.
type table struct {
	out   io.Writer
	below int
	wrong int
	noisy int
	total int
}

const layout = "%-50s %-22s %-46s %-6s %-13s %-10s %s\n"

func (t *table) heading() {
	fmt.Fprintf(t.out, layout, "figure", "ours", "beside", "ratio", "aim", "", "others' CPU")
}

func (t *table) section(name, about string) { fmt.Fprintf(t.out, "\n%s: %s\n", name, about) }

func (t *table) add(r row) {
	verdict := ""
	if r.aim != "" {
		verdict = "ok"
		if !r.ok {
			verdict = "below aim"
			t.below++
			if r.strict {
				verdict = "WRONG"
				t.wrong++
			}
		}
	}
	fmt.Fprintf(t.out, layout, "  "+r.what, r.ours, r.limit, r.ratio, r.aim, verdict, t.disturbance(r.noise))
}

// disturbance says what others took in the middle and at most, and marks it
// when samples were disturbed.
func (t *table) disturbance(noise []float64) string {
	if len(noise) == 0 {
		return ""
	}
	disturbed, most := 0, 0.0
	for _, n := range noise {
		most = max(most, n)
		if n > noisy {
			disturbed++
		}
	}
	t.total += len(noise)
	t.noisy += disturbed
	text := fmt.Sprintf("%.0f%% (at most %.0f%%)", median(noise)*100, most*100)
	if disturbed > 0 {
		text += fmt.Sprintf(" ! %d of %d samples", disturbed, len(noise))
	}
	return text
}

func (t *table) failed(err error) {
	t.wrong++
	fmt.Fprintf(t.out, "  NOT MEASURED: %v\n", err)
}

// text prints lines of a yardstick that has a table of its own.
func (t *table) text(lines string) {
	for line := range strings.Lines(lines) {
		fmt.Fprint(t.out, "  ", line)
	}
}

func (t *table) end(took time.Duration) {
	fmt.Fprintf(t.out, "\n%d below aim, %d wrong or not measured; %d of %d samples had more than %.0f %% of the machine taken by others; %.0f s\n",
		t.below, t.wrong, t.noisy, t.total, noisy*100, took.Seconds())
}
