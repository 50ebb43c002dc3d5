package main

import (
	"strings"
	"testing"
)

// events writes the lines `go test -json` would, from "action test output" rows.
func events(rows ...[3]string) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(`{"Action":"` + r[0] + `","Package":"motcua/x","Test":"` + r[1] + `","Output":"` + r[2] + `"}` + "\n")
	}
	return b.String()
}

func TestFollowCounts(t *testing.T) {
	cases := []struct {
		name   string
		stream string
		want   tally
		says   string
	}{
		{"a pass, and a table counted by its rows", events(
			[3]string{"run", "TestA"}, [3]string{"pass", "TestA"},
			[3]string{"run", "TestB"}, [3]string{"run", "TestB/1"}, [3]string{"run", "TestB/2"},
			[3]string{"pass", "TestB/1"}, [3]string{"pass", "TestB/2"}, [3]string{"pass", "TestB"},
			[3]string{"pass", ""}), tally{passed: 3}, "pass x"},
		{"a failed row fails once, with its output", events(
			[3]string{"run", "TestB"}, [3]string{"run", "TestB/1"},
			[3]string{"output", "TestB/1", "two is not one"},
			[3]string{"fail", "TestB/1"}, [3]string{"fail", "TestB"},
			[3]string{"fail", ""}), tally{failed: 1}, "two is not one"},
		{"a parent that fails by itself", events(
			[3]string{"run", "TestB"}, [3]string{"run", "TestB/1"},
			[3]string{"pass", "TestB/1"}, [3]string{"output", "TestB", "left over"}, [3]string{"fail", "TestB"},
			[3]string{"fail", ""}), tally{passed: 1, failed: 1}, "left over"},
		{"a panic: the test never ends", events(
			[3]string{"run", "TestP"}, [3]string{"output", "TestP", "panic: nil map"},
			[3]string{"fail", ""}), tally{failed: 1}, "panic: nil map"},
		{"a panic after the rows", events(
			[3]string{"run", "TestP"}, [3]string{"run", "TestP/1"}, [3]string{"pass", "TestP/1"},
			[3]string{"output", "TestP", "panic: at the end"},
			[3]string{"fail", ""}), tally{passed: 1, failed: 1}, "panic: at the end"},
		{"a package that does not build", events(
			[3]string{"output", "", "x [build failed]"}, [3]string{"fail", ""}), tally{failed: 1}, "build failed"},
		{"a skip is seen", events(
			[3]string{"run", "TestS"}, [3]string{"output", "TestS", "no redis-server here"}, [3]string{"skip", "TestS"},
			[3]string{"pass", ""}), tally{skipped: 1}, "no redis-server here"},
		{"a package without tests", events([3]string{"skip", ""}), tally{}, ""},
		{"a line that is no event", "go: no module\n", tally{}, "go: no module"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			if got, _ := follow(strings.NewReader(c.stream), &out); got != c.want {
				t.Errorf("counted %v, want %v", got, c.want)
			}
			if !strings.Contains(out.String(), c.says) {
				t.Errorf("printed %q, want it to say %q", out.String(), c.says)
			}
		})
	}
}

// A long output keeps its end, where the reason stands.
func TestFollowBoundsOutput(t *testing.T) {
	p := &pack{output: map[string]string{}}
	for range 100 {
		p.keep("TestA", strings.Repeat("x", keepOutput/10))
	}
	p.keep("TestA", "the end")
	if got := p.output["TestA"]; len(got) != keepOutput || !strings.HasSuffix(got, "the end") {
		t.Errorf("kept %d bytes", len(got))
	}
}
