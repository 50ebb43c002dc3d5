package queue

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// prepareHall is a small hall with everything Prepare looks at.
func prepareHall() Settings {
	s := specialHall()
	s.Services[1].PerPerson = 2
	s.Counters[1].Merge, s.Counters[1].Weights = ByWeight, []int{1, 5, 2}
	s.Priorities = []PrioritySetting{{ID: "NCT"}}
	s.Policy = PolicySetting{Mode: Strict, N: 2, MaxWait: 60, HeadStart: 15}
	s.Rating = usualRating()
	s.Booking = BookingSetting{LateMinutes: 15, DaysAhead: 6}
	s.Pace = PaceSetting{PerService: 5}
	return s
}

func ids(queues []QueueRef) string {
	var list []string
	for _, q := range queues {
		list = append(list, q.ID)
	}
	return strings.Join(list, " ")
}

// monday is inside the morning's hours.
const monday = "2026-11-16 09:00"

func prepared(t *testing.T, c Command, moment string) Command {
	t.Helper()
	c.Branch = "hall"
	if err := prepareHall().Prepare(&c, at(t, moment)); err != nil {
		t.Fatalf("%+v: %v", c, err)
	}
	return c
}

// What Prepare refuses, and with which words.
func TestPrepareRefuses(t *testing.T) {
	booked := func(moment string) Command {
		return Command{Verb: Book, Service: "plain", At: MillisOf(at(t, moment))}
	}
	rate := func(c Command) Command {
		c.Verb, c.Level = Rate, max(c.Level, 1)
		return c
	}
	for _, test := range []struct {
		command Command
		moment  string
		want    string
	}{
		{Command{Verb: Take, Service: "x"}, monday, "unknown_service: x"},
		{Command{Verb: Take, Service: "plain", Priority: "x"}, monday, "unknown_priority: x"},
		{Command{Verb: Take, Service: "plain"}, "2026-11-16 11:45", "service_closed: lunch"},
		{Command{Verb: Take, Service: "plain"}, "2026-11-22 09:00", "service_closed: weekend"},
		{Command{Verb: Take, Service: "plain"}, "2026-11-24 09:00", "service_closed: holiday"},
		{Command{Verb: Take, Service: "tuesday"}, monday, "service_closed: not_today"},
		{Command{Verb: Take, Service: "shut"}, monday, "service_closed: closed"},
		{Command{Verb: Take, Service: "plain", Branch: "other"}, monday, "unknown_branch: other"},
		{Command{Verb: "dance", Counter: "1"}, monday, "unknown_verb: dance"},
		{Command{Verb: ""}, monday, "unknown_verb"},
		{Command{Verb: Call, Counter: "9"}, monday, "unknown_counter: 9"},
		{Command{Verb: Recall}, monday, "unknown_counter"},
		{Command{Verb: Pause, Counter: "1"}, monday, "bad_parameter: reason"},
		{Command{Verb: Reinstate, Counter: "1"}, monday, "bad_parameter: number"},
		{Command{Verb: SetPriority, Counter: "1", Number: "A001"}, monday, "bad_parameter: number and reason"},
		{Command{Verb: SetPriority, Counter: "1", Number: "A001", Reason: "r", Priority: "x"}, monday, "unknown_priority: x"},
		{Command{Verb: End, Counter: "1", Outcome: "lost"}, monday, "bad_parameter: outcome"},
		{Command{Verb: Next, Counter: "1", Outcome: "lost"}, monday, "bad_parameter: outcome"},
		{Command{Verb: Transfer, Counter: "1"}, monday, "bad_parameter: either service or counter"},
		{Command{Verb: Transfer, Counter: "1", Service: "plain", ToCounter: "2"}, monday, "bad_parameter: either service or counter"},
		{Command{Verb: Transfer, Counter: "1", Service: "plain", Place: "middle"}, monday, "bad_parameter: place"},
		{Command{Verb: Transfer, Counter: "1", Service: "x"}, monday, "unknown_service: x"},
		{Command{Verb: Transfer, Counter: "1", Service: "shut"}, monday, "service_closed: closed"},
		{Command{Verb: Transfer, Counter: "1", ToCounter: "9"}, monday, "unknown_counter: 9"},
		{Command{Verb: WalkIn, Counter: "1", Service: "x"}, monday, "unknown_service: x"},
		{Command{Verb: WalkIn, Counter: "1", Service: "shut"}, monday, "service_closed: closed"},
		{Command{Verb: WalkIn, Counter: "1", Service: "plain", Priority: "x"}, monday, "unknown_priority: x"},
		{Command{Verb: Delay}, monday, "bad_parameter: people"},
		{Command{Verb: Delay, People: 21}, monday, "bad_parameter: people"},
		{Command{Verb: Rate}, monday, "bad_parameter: level"},
		{rate(Command{Level: 5, Source: "keypad", Counter: "1"}), monday, "bad_parameter: level"},
		{rate(Command{Source: "shout", Counter: "1"}), monday, "bad_parameter: source"},
		{rate(Command{Source: "keypad", Counter: "9"}), monday, "unknown_counter: 9"},
		{rate(Command{Source: "keypad", Counter: "1", Number: "A001"}), monday, "bad_parameter: number and day are for paper only"},
		{rate(Command{Source: "tablet", Counter: "1", Reasons: []string{"x"}}), monday, "bad_parameter: reasons"},
		{rate(Command{Source: "tablet", Counter: "1", Reasons: []string{"unclear", "unclear"}}), monday, "bad_parameter: reasons"},
		{rate(Command{Source: "paper", Counter: "1"}), monday, "bad_parameter: number"},
		{rate(Command{Source: "paper", Counter: "1", Number: "A001", RateDay: "2026-11-17"}), monday, "bad_parameter: day"},
		{rate(Command{Source: "paper", Counter: "1", Number: "A001", RateDay: "16/11"}), monday, "bad_parameter: day"},
		{rate(Command{Source: "paper", Counter: "1", Number: "A001", RateDay: "2026-11-12"}), monday,
			"nothing_to_rate: the time for paper ratings of this day is over"},
		{Command{Verb: Book, Service: "x"}, monday, "unknown_service: x"},
		{Command{Verb: Book, Service: "plain"}, monday, "bad_parameter: at"},
		{booked("2026-11-16 08:59"), monday, "bad_parameter: at"},
		{booked("2026-11-23 09:00"), monday, "bad_parameter: at"},
		{booked("2026-11-16 12:00"), monday, "service_closed: lunch"},
		{booked("2026-11-17 07:10"), monday, "service_closed: before_opening"},
		{booked("2026-11-17 15:10"), monday, "service_closed: cut_off"},
		{booked("2026-11-22 09:00"), monday, "service_closed: weekend"},
		{Command{Verb: Arrive, Service: "x"}, monday, "unknown_service: x"},
	} {
		err := prepareHall().Prepare(&test.command, at(t, test.moment))
		if err == nil || err.Error() != test.want {
			t.Errorf("%+v: %v, want %s", test.command, err, test.want)
		}
	}
}

func TestPrepareTake(t *testing.T) {
	c := prepared(t, Command{Verb: Take, Service: "late", Priority: "NCT", Person: "hash"}, monday)
	want := Command{Verb: Take, Branch: "hall", Day: "2026-11-16", Now: MillisOf(at(t, monday)), Service: "late",
		Prefix: "B", Priority: "NCT", Person: "hash", Half: "am", Quota: 40, Most: 2, Queues: queues("late"), Policy: prepareHall().PolicyOf(CounterSetting{})}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("%+v\nwant %+v", c, want)
	}
	guarded := prepareHall()
	guarded.Pace.PerDay = 4
	counted := Command{Verb: Take, Service: "late", Person: "hash"}
	if err := guarded.Prepare(&counted, at(t, monday)); err != nil || counted.MostDay != 4 {
		t.Errorf("tickets a day: %d, %v", counted.MostDay, err)
	}
	if c := prepared(t, Command{Verb: Take, Service: "late"}, "2026-11-17 09:00"); c.Quota != 90 || c.Most != 0 {
		t.Errorf("golden morning, nobody's hash: %+v", c)
	}
	if c := prepared(t, Command{Verb: Take, Service: "plain", Person: "hash"}, monday); c.Most != 5 || c.Quota != 0 {
		t.Errorf("the branch's own pace: %+v", c)
	}
}

func TestPrepareCall(t *testing.T) {
	for _, verb := range []Verb{Call, Next} {
		c := prepared(t, Command{Verb: verb, Counter: "1"}, monday)
		if ids(c.Queues) != "@1 plain late" {
			t.Errorf("%s: queues %s", verb, ids(c.Queues))
		}
		want := Policy{Mode: Strict, N: 2, MaxWait: 3_600_000, HeadStart: 900_000, Merge: ByArrival}
		if c.Policy == nil || *c.Policy != want {
			t.Errorf("%s: policy %+v", verb, c.Policy)
		}
		if wantOutcome := map[Verb]string{Next: "done"}[verb]; c.Outcome != wantOutcome {
			t.Errorf("%s: outcome %q", verb, c.Outcome)
		}
	}
	if c := prepared(t, Command{Verb: Call, Counter: "3"}, "2026-11-17 09:00"); ids(c.Queues) != "@3 tuesday plain late" {
		t.Errorf("golden day: %s", ids(c.Queues))
	}
	c := prepared(t, Command{Verb: Call, Counter: "2"}, monday)
	want := []QueueRef{{"@2", 5}, {"afternoon", 1}, {"tuesday", 5}, {"plain", 2}}
	if !slices.Equal(c.Queues, want) || c.Policy.Merge != ByWeight {
		t.Errorf("weights: %v", c.Queues)
	}
}

func TestPrepareCounterVerbs(t *testing.T) {
	if c := prepared(t, Command{Verb: End, Counter: "1"}, monday); c.Outcome != "done" {
		t.Errorf("outcome %q", c.Outcome)
	}
	if c := prepared(t, Command{Verb: End, Counter: "1", Outcome: "guided"}, monday); c.Outcome != "guided" {
		t.Errorf("outcome %q", c.Outcome)
	}
	if c := prepared(t, Command{Verb: Transfer, Counter: "1", Service: "tuesday"}, monday); c.Place != "arrival" || ids(c.Queues) != "tuesday" {
		t.Errorf("transfer to a service at any hour: %+v", c)
	}
	if c := prepared(t, Command{Verb: Transfer, Counter: "1", ToCounter: "3", Place: "front"}, monday); c.Place != "front" || ids(c.Queues) != "@3" {
		t.Errorf("transfer to a counter: %+v", c)
	}
	if c := prepared(t, Command{Verb: WalkIn, Counter: "1", Service: "plain"}, "2026-11-22 20:00"); c.Prefix != "A" || c.Day != "2026-11-22" {
		t.Errorf("walk-in on a Sunday: %+v", c)
	}
	every := "plain late afternoon tuesday shut @1 @2 @3"
	for _, c := range []Command{
		{Verb: Call, Counter: "1", Number: "A001"}, {Verb: Undo, Counter: "1"}, {Verb: Cancel},
		{Verb: Delay, People: 1}, {Verb: SetPriority, Counter: "1", Number: "A001", Reason: "x"},
	} {
		if c := prepared(t, c, monday); ids(c.Queues) != every {
			t.Errorf("%s may meet a visit in any queue, has %s", c.Verb, ids(c.Queues))
		}
	}
	if c := prepared(t, Command{Verb: Reinstate, Counter: "3", Number: "A001"}, monday); ids(c.Queues) != "@3" {
		t.Errorf("reinstate: %s", ids(c.Queues))
	}
	if c := prepared(t, Command{Verb: Close, Counter: "2"}, monday); ids(c.Queues) != "@2 afternoon tuesday plain late shut" {
		t.Errorf("close: %s", ids(c.Queues))
	}
	prepared(t, Command{Verb: SetPriority, Counter: "1", Number: "A001", Reason: "r"}, monday) // takes the priority away
	for _, verb := range []Verb{Open, Recall, Serve, MarkNoShow, Park, Resume, Undo, InviteRating} {
		prepared(t, Command{Verb: verb, Counter: "1"}, monday)
	}
	prepared(t, Command{Verb: Cancel, Token: "t"}, monday)
	prepared(t, Command{Verb: Delay, People: 20}, monday)
}

func TestPrepareRating(t *testing.T) {
	for source, window := range map[string]int64{"keypad": 30_000, "tablet": 30_000} {
		c := prepared(t, Command{Verb: Rate, Counter: "1", Level: 4, Source: source, Reasons: []string{"long-wait", "unclear"}}, monday)
		if c.Window != window {
			t.Errorf("%s: window %d", source, c.Window)
		}
	}
	if c := prepared(t, Command{Verb: Rate, Token: "t", Level: 1, Source: "phone"}, monday); c.Window != 0 {
		t.Errorf("phone: window %d", c.Window)
	}
	paper := Command{Verb: Rate, Counter: "1", Level: 1, Source: "paper", Number: "A001"}
	if c := prepared(t, paper, monday); c.RateDay != "2026-11-16" || c.Window != 0 {
		t.Errorf("paper of today: %+v", c)
	}
	paper.RateDay = "2026-11-20" // a Friday: until the end of the Saturday made up
	prepared(t, paper, "2026-11-21 23:59")
	paper.RateDay = "2026-11-21" // until Monday
	prepared(t, paper, "2026-11-23 23:59")
	paper.RateDay, paper.Branch = "2026-11-20", "hall"
	if err := prepareHall().Prepare(&paper, at(t, "2026-11-22 00:00")); CodeOf(err) != NothingToRate {
		t.Errorf("too late: %v", err)
	}
}

func TestPrepareBooking(t *testing.T) {
	c := prepared(t, Command{Verb: Book, Service: "late", At: MillisOf(at(t, "2026-11-19 09:00"))}, monday)
	if c.AtDay != "2026-11-19" || c.Half != "am" || c.Quota != 90 || c.Day != "2026-11-16" {
		t.Errorf("%+v", c)
	}
	prepared(t, Command{Verb: Book, Service: "plain", At: MillisOf(at(t, monday))}, monday)             // this very moment
	prepared(t, Command{Verb: Book, Service: "plain", At: MillisOf(at(t, "2026-11-21 14:00"))}, monday) // a day made up
	if c := prepared(t, Command{Verb: Arrive, Service: "plain"}, "2026-11-16 12:00"); c.Late != 900_000 || c.Prefix != "A" {
		t.Errorf("arrival: %+v", c)
	}
	if c := prepared(t, Command{Verb: Arrive}, monday); c.Late != 900_000 {
		t.Errorf("arrival by code alone: %+v", c)
	}
}

func TestPrepareDays(t *testing.T) {
	c := prepared(t, Command{Verb: DayClose, Day: "2026-11-15"}, monday)
	if c.Day != "2026-11-15" || !slices.Equal(c.Counters, []string{"1", "2", "3"}) ||
		ids(c.Queues) != "plain late afternoon tuesday shut @1 @2 @3" {
		t.Errorf("close: %+v", c)
	}
	if c := prepared(t, Command{Verb: DayOpen}, monday); c.Day != "2026-11-16" || c.Queues != nil {
		t.Errorf("open: %+v", c)
	}
}

// Every verb has its way through Prepare, and preparing twice changes nothing.
func TestPrepareKnowsEveryVerb(t *testing.T) {
	verbs := append([]Verb{Take, Cancel, Delay, Rate, Book, Arrive, DayOpen, DayClose, Settle, Note}, CounterVerbs...)
	for _, verb := range verbs {
		c := Command{Verb: verb, Branch: "hall", Counter: "1", Service: "plain", Priority: "NCT", Number: "A001", Reason: "r",
			People: 1, Level: 1, Source: "paper", At: MillisOf(at(t, monday).Add(time.Hour))}
		once := prepared(t, c, monday)
		if twice := prepared(t, once, monday); !reflect.DeepEqual(once, twice) {
			t.Errorf("%s: %+v\nthen %+v", verb, once, twice)
		}
	}
}

func BenchmarkPrepareTake(b *testing.B) {
	s, now := DemoSettings(), at(b, monday)
	for b.Loop() {
		c := Command{Verb: Take, Service: civil}
		if err := s.Prepare(&c, now); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPrepareNext(b *testing.B) {
	s, now := ProductionSettings("hall"), at(b, monday)
	for b.Loop() {
		c := Command{Verb: Next, Counter: "4"}
		if err := s.Prepare(&c, now); err != nil {
			b.Fatal(err)
		}
	}
}
