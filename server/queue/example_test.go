package queue

import (
	"strings"
	"testing"
)

// callsOf writes an example's calls in their order, a star for priority.
func callsOf(e Example) string {
	var list []string
	for _, c := range e.Calls {
		number := c.Number
		if c.Priority {
			number += "*"
		}
		list = append(list, number+" "+string(c.Why))
	}
	return strings.Join(list, ", ")
}

// The store plays the same examples in its own tests; here is what people read.
func TestWorkedExamples(t *testing.T) {
	for _, c := range []struct {
		policy PolicySetting
		want   string
	}{
		{PolicySetting{Mode: Interleave, N: 1}, "A005* priority, A001 other, A006* priority, A002 other, A007* priority, A003 alone, A004 alone"},
		{PolicySetting{Mode: Interleave, N: 2}, "A007* priority, A001 other, A002 other, A008* priority, A003 other, A004 other, A009* priority, A005 alone, A006 alone"},
		{PolicySetting{Mode: Strict, MaxWait: 60}, "A003* priority, A004* priority, A005* priority, A006* priority, A007* priority, A001 waited, A002 waited, A008* alone"},
		{PolicySetting{Mode: HeadStart, HeadStart: 15}, "A001 earlier, A003* priority, A002 earlier, A004 earlier, A005* priority, A006 alone"},
	} {
		if got := callsOf(c.policy.Worked()); got != c.want {
			t.Errorf("%+v:\n got %s\nwant %s", c.policy, got, c.want)
		}
	}
}

// Every valid setting gives an example in which everybody is called, nobody before
// they came, and the rule is seen: both classes wait at once.
func TestEveryPolicyHasAnExample(t *testing.T) {
	for n := 1; n <= 480; n++ {
		for _, p := range []PolicySetting{{Mode: Interleave, N: min(n, 20)}, {Mode: Strict, MaxWait: n}, {Mode: HeadStart, HeadStart: n}} {
			e, seen := p.Worked(), map[Why]bool{}
			free := 0
			for _, c := range e.Calls {
				if c.Called < c.Came || c.Called < free {
					t.Fatalf("%+v: %+v is called too early", p, c)
				}
				free = c.Called + e.Serving
				seen[c.Why] = true
			}
			if !seen[WhyPriority] || !seen[WhyOther] && !seen[WhyWaited] && !seen[WhyEarlier] {
				t.Fatalf("%+v does not show the rule: %s", p, callsOf(e))
			}
		}
	}
}
