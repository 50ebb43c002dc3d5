package estimate

import (
	"math"
	"testing"
	"time"

	"motcua/server/queue"
)

func near(t *testing.T, what string, got, want, slack float64) {
	t.Helper()
	if math.Abs(got-want) > slack {
		t.Errorf("%s: %.3f, expected %.3f", what, got, want)
	}
}

func TestTimesLeanOnTheSettingFirst(t *testing.T) {
	times := NewTimes(twoServices)
	near(t, "nothing seen", times.Mean("b"), 20, 0)
	times.Add("b", 10)
	near(t, "one seen", times.Mean("b"), 18, 0.01)
	for range 200 {
		times.Add("b", 10)
	}
	near(t, "many seen", times.Mean("b"), 10, 1)
	near(t, "the other service", times.Mean("a"), 5, 0)
	near(t, "no setting", times.Mean("new"), defaultTypical, 0)
	if of := times.of("b"); of.deviation() > 4 || of.doubt() > 0.1 {
		t.Errorf("after 200 equal servings: deviation %.2f, doubt %.2f", of.deviation(), of.doubt())
	}
}

func TestTimesForgetTheMorning(t *testing.T) {
	times := NewTimes(twoServices)
	for range 100 {
		times.Add("a", 4)
	}
	for range 100 {
		times.Add("a", 9)
	}
	near(t, "after the pace changed", times.Mean("a"), 9, 1.2)
}

func TestForgottenVisitDoesNotSpoilTheMean(t *testing.T) {
	times := settled()
	times.Add("a", 700)
	near(t, "after one visit nobody ended", times.Mean("a"), 5.5, 0.6)
	if math.IsNaN(times.of("a").deviation()) {
		t.Error("no deviation")
	}
}

// day emits events of one counter, minutes after noon.
type day struct{ times *Times }

func (d day) on(at float64, kind queue.Kind, order string) {
	v := &queue.Visit{Service: "a", Order: order}
	d.times.Learn(queue.Event{Kind: kind, At: ms(at), Visit: v, Counter: &queue.Counter{ID: "1"}})
}

func ms(at float64) queue.Millis {
	return queue.MillisOf(time.UnixMilli(noon + int64(at*minute)))
}

func early() string { return string(ms(-60)) + ".1" }

func TestLearnsServingFromTheCallOn(t *testing.T) {
	d := day{NewTimes(twoServices)}
	d.on(0, queue.TicketCalled, early())
	d.on(1, queue.TicketRecalled, early())
	d.on(2, queue.TicketServing, early())
	d.on(10, queue.TicketEnded, early())
	near(t, "one of 10 min", d.times.Mean("a"), (4*5.0+10)/5, 0.01)
	d.on(11, queue.TicketServing, early()) // a walk-in
	d.on(21, queue.TicketEnded, early())
	if got := d.times.Mean("a"); got < 6.2 {
		t.Errorf("the walk-in was not learnt: %.2f", got)
	}
}

func TestLearnsGapOnlyWhenSomebodyWaited(t *testing.T) {
	d := day{NewTimes(twoServices)}
	before := d.times.gap.mean()
	d.on(0, queue.TicketEnded, early())
	d.on(4, queue.TicketCalled, string(ms(3))+".2") // came while the clerk was idle
	near(t, "idle", d.times.gap.mean(), before, 0)
	d.on(5, queue.TicketEnded, early())
	d.on(7, queue.TicketCalled, early())
	near(t, "two minutes", d.times.gap.mean(), (4*before+2)/5, 0.01)
}

func TestLearnsAbsencePausesAndReturns(t *testing.T) {
	d := day{NewTimes(twoServices)}
	noShow, again, pauses := d.times.noShow.value(), d.times.again.value(), d.times.pauses.value()
	d.on(0, queue.TicketCalled, early())
	d.on(3, queue.TicketNoShow, early())
	d.on(4, queue.TicketReinstated, early())
	d.on(5, queue.CounterPausedKind, early())
	d.on(35, queue.CounterOpened, early())
	if d.times.noShow.value() <= noShow || d.times.again.value() <= again || d.times.pauses.value() <= pauses {
		t.Error("a no-show, a return and a pause left no trace")
	}
	if d.times.absent.mean() <= 2 || d.times.pause.mean() <= 12 {
		t.Errorf("absence %.1f, pause %.1f min", d.times.absent.mean(), d.times.pause.mean())
	}
}

func TestDayCloseAndUndoTeachNothing(t *testing.T) {
	d := day{NewTimes(twoServices)}
	d.on(0, queue.TicketCalled, early())
	d.times.Learn(queue.Event{Kind: queue.TicketEnded, At: ms(300), Counter: &queue.Counter{ID: "1"},
		Visit: &queue.Visit{Service: "a", Reason: dayClosed}})
	d.on(301, queue.TicketCalled, early())
	d.on(301, queue.TicketUndone, early())
	d.on(400, queue.TicketEnded, early())
	near(t, "mean", d.times.Mean("a"), 5, 0)
}

func TestPriorityRateFades(t *testing.T) {
	times := NewTimes(twoServices)
	for i := range 120 { // one in two minutes
		times.arrive("a", noon+int64(i)*120_000)
	}
	now := noon + 240*60_000
	near(t, "rate", times.priorityRate("a", now), 0.5, 0.06)
	if got := times.priorityRate("a", now+4*60*60_000); got > 0.01 {
		t.Errorf("four hours later still %.3f a minute", got)
	}
	near(t, "none came", times.priorityRate("b", now), 0, 0)
}
