package queue

import "fmt"

// Why says what brought somebody of an example to the counter.
type Why string

// The reasons of an example's calls.
const (
	WhyPriority Why = "priority" // somebody with priority, whose turn it is
	WhyOther    Why = "other"    // the turn of those without priority
	WhyWaited   Why = "waited"   // without priority, but waited longer than MaxWait
	WhyEarlier  Why = "earlier"  // came before the other class counts as having come
	WhyAlone    Why = "alone"    // nobody of the other class waits
)

// ExampleCall is one person of a worked example. Minutes are counted from the moment
// the only counter opens; who came before has a negative one.
type ExampleCall struct {
	Number   string `json:"number"`
	Priority bool   `json:"priority"`
	Came     int    `json:"came"`
	Called   int    `json:"called"`
	Why      Why    `json:"why"`
}

// Example is a small made-up queue under a calling order: one service, one counter,
// everybody served for so many minutes.
type Example struct {
	Serving int           `json:"serving"`
	Calls   []ExampleCall `json:"calls"` // in the order they are called
}

// Validate gives nil, or a refusal SettingsInvalid that names the first problem by
// its place in the settings.
func (p PolicySetting) Validate() error {
	c := &checker{}
	Settings{Policy: p}.checkPolicy(c)
	if len(c.problems) == 0 {
		return nil
	}
	return Refuse(SettingsInvalid, c.problems[0].Place+": "+c.problems[0].What)
}

// Worked plays a small queue by the calling order, with people who come so that its
// rule is seen at work. The setting must be valid.
func (p PolicySetting) Worked() Example {
	serving, people := p.cast()
	policy := Settings{Policy: p}.PolicyOf(CounterSetting{})
	turn := 0
	example := Example{Serving: serving, Calls: make([]ExampleCall, 0, len(people))}
	for now := 0; len(people) > 0; now += serving {
		i, why := choose(policy, &turn, now, people)
		if people[i].Came > now { // an idle counter calls whoever comes first
			now = people[i].Came
		}
		people[i].Called, people[i].Why = now, why
		example.Calls = append(example.Calls, people[i])
		people = append(people[:i:i], people[i+1:]...)
	}
	return example
}

// cast gives the people of an example, in the order they come, and how long each is
// served. The times follow the setting: a rule that holds after an hour is not seen
// in a queue of ten minutes.
func (p PolicySetting) cast() (serving int, people []ExampleCall) {
	serving = 10
	var came []int
	kinds := ""
	switch p.Mode {
	case Strict:
		// Priority keeps coming; the first without waits until it is too long.
		serving = (p.MaxWait + 3) / 4
		kinds = "nnPPPPPP"
		came = []int{0, 0, 0, serving, 2 * serving, 3 * serving, 4 * serving, 5 * serving}
	case HeadStart:
		// A003 came half the head start after A002, A005 half as much again after A004.
		start := p.HeadStart
		kinds = "nnPnPn"
		came = []int{-4 * start, -3 * start, -3*start + start/2, -2 * start, -start / 2, -start / 4}
	default:
		for i := range 2*p.N + 2 {
			kinds += "n"
			came = append(came, i-2*p.N-5)
		}
		kinds += "PPP"
		came = append(came, -3, -2, -1)
	}
	for i, kind := range kinds {
		people = append(people, ExampleCall{Number: fmt.Sprintf("A%03d", i+1), Priority: kind == 'P', Came: came[i]})
	}
	return serving, people
}

// choose gives the index of who is called at a minute, and why.
func choose(p *Policy, turn *int, now int, people []ExampleCall) (int, Why) {
	first := map[bool]int{true: -1, false: -1}
	for i, v := range people {
		if first[v.Priority] < 0 && v.Came <= now {
			first[v.Priority] = i
		}
	}
	with, without := first[true], first[false]
	switch {
	case with < 0 && without < 0:
		return 0, WhyAlone // nobody is here yet; people are in the order they come
	case with < 0:
		return without, WhyAlone
	case without < 0:
		return with, WhyAlone
	case p.PriorityFirst(turn, minutesIn(now), people[with].entry(), people[without].entry()):
		return with, WhyPriority
	}
	switch p.Mode {
	case Strict:
		return without, WhyWaited
	case HeadStart:
		return without, WhyEarlier
	}
	return without, WhyOther
}

// exampleEpoch puts minutes before the opening after 1970, in a moment that is
// written with the usual number of digits.
const exampleEpoch int64 = 1_800_000_000_000

func minutesIn(m int) int64 { return exampleEpoch + int64(m)*minute }

func (v ExampleCall) entry() string {
	return string(Millis(formatInt(minutesIn(v.Came)))) + "|" + v.Number
}
