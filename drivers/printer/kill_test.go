package printer

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
	"pgregory.net/rapid"
)

// TestKilledAtEveryStep: whatever the driver was doing to the world when it died,
// every job is told, nothing is printed twice, and what had begun is not begun again.
func TestKilledAtEveryStep(t *testing.T) {
	for _, way := range ways {
		for _, fault := range []bool{false, true} {
			t.Run(fmt.Sprint(way, fault), func(t *testing.T) {
				for k := 1; dies(t, way, k, fault); k++ {
				}
			})
		}
	}
}

// dies runs two jobs and kills the driver at step k; false when there is no such step.
func dies(t *testing.T, way string, k int, fault bool) bool {
	r := newRig(t, way, nil)
	r.killAt = k
	r.onByte = func(n int) {
		if fault && n == 400 {
			r.end = true
			r.after(10*time.Second, func() { r.end = false })
		}
	}
	for _, j := range []string{"a", "b"} {
		if err := r.submit(j); err != nil {
			t.Fatal(err)
		}
	}
	if !r.in(4*time.Minute, r.told("a", "b")) {
		t.Fatalf("killed at step %d: told only %v", k, r.results)
	}
	r.in(20*time.Second, r.never)
	for _, j := range []string{"a", "b"} {
		r.agree(j)
		if r.result(j).State == wire.PrintFailed {
			t.Fatalf("killed at step %d: %+v", k, r.result(j))
		}
	}
	return r.steps >= k
}

// TestUnknownIsNotReprinted: a job that had begun when the driver died stays unknown
// however often the driver starts.
func TestUnknownIsNotReprinted(t *testing.T) {
	r := newRig(t, "id", nil)
	r.in(3*time.Second, r.never)
	_ = r.submit("a")
	base := r.received
	r.in(5*time.Second, func() bool { return r.received > base+100 })
	r.kernel = nil // the first half of the ticket is all that ever came
	for range 3 {
		r.kill()
		_ = r.submit("a")
		r.in(20*time.Second, r.never)
	}
	r.expect("a", wire.PrintUnknown, "offline")
	if len(r.results) != 1 || r.came("a") {
		t.Fatalf("results %v, papers %q", r.results, r.papers)
	}
	_ = r.submit("b")
	r.in(time.Minute, r.told("b"))
	r.expect("b", wire.Printed, "")
}

// TestQueuedJobsAfterAStart: the young are printed, the old fail.
func TestQueuedJobsAfterAStart(t *testing.T) {
	for age, want := range map[time.Duration]wire.PrintResult{
		50 * time.Second: {State: wire.Printed},
		70 * time.Second: {State: wire.PrintFailed, Reason: TooLate},
	} {
		r := newRig(t, "id", nil)
		_ = r.submit("a")
		r.paper.now = r.paper.now.Add(age)
		r.kill()
		r.in(time.Minute, r.told("a"))
		r.expect("a", want.State, want.Reason)
	}
}

// TestUnreadableRecordIsUnknown: nobody can say what it was.
func TestUnreadableRecordIsUnknown(t *testing.T) {
	r := newRig(t, "id", nil)
	if err := r.Box.Put("261123-A007.1", []byte("{")); err != nil {
		t.Fatal(err)
	}
	r.kill()
	r.in(10*time.Second, r.told("261123-A007.1"))
	r.expect("261123-A007.1", wire.PrintUnknown, "offline")
	if v := r.result("261123-A007.1").Visit; v != "261123-A007" {
		t.Fatalf("visit %q", v)
	}
}

// TestAnyFaults lets faults of every kind come at any time, also together.
func TestAnyFaults(t *testing.T) {
	base := folder(t)
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(base, "")
		if err != nil {
			rt.Fatal(err)
		}
		defer os.RemoveAll(dir)
		r := rigIn(rt, dir, rapid.SampledFrom(ways).Draw(rt, "way"), nil)
		defer r.kill()
		r.slow = rapid.SampledFrom([]float64{1, 1, 2, 5}).Draw(rt, "slow")
		r.flow = rapid.Bool().Draw(rt, "flow")
		jobs := rapid.IntRange(1, 4).Draw(rt, "jobs")
		for i := range jobs {
			r.after(moment(rt, "submit"), func() { _ = r.submit(jobName(i)) })
		}
		for range rapid.IntRange(1, 5).Draw(rt, "faults") {
			r.misfortune(rt)
		}
		all := func() bool { return len(r.events) == 0 && r.everyoneTold(jobs) }
		if !r.in(40*time.Minute, all) {
			s, d := r.State()
			rt.Fatal("not all is told: ", r.results, s, d)
		}
		well := func() bool { s, _ := r.State(); return s == queue.DeviceReady || s == queue.DeviceUnknown }
		r.in(10*time.Second, r.never)
		if !r.in(2*time.Minute, well) {
			s, _ := r.State()
			rt.Fatal("in the end it is ", s)
		}
		for i := range jobs {
			r.agree(jobName(i))
		}
	})
}

func jobName(i int) string { return fmt.Sprint("j", i) }

func (r *rig) everyoneTold(jobs int) bool {
	for i := range jobs {
		if r.result(jobName(i)).State == "" {
			return false
		}
	}
	return true
}

func moment(rt *rapid.T, of string) time.Duration {
	return time.Duration(rapid.IntRange(0, 20000).Draw(rt, of)) * time.Millisecond
}

// misfortune plans one fault and its end.
func (r *rig) misfortune(rt *rapid.T) {
	at := moment(rt, "at")
	span := rapid.SampledFrom([]time.Duration{50 * time.Millisecond, time.Second, 10 * time.Second, 90 * time.Second, 15 * time.Minute}).Draw(rt, "span")
	both := func(do func(on bool)) {
		r.after(at, func() { do(true) })
		r.after(at+span, func() { do(false) })
	}
	kinds := map[string]func(){
		"unplug": func() {
			both(func(on bool) {
				if r.plugged = !on; on {
					r.unplug()
				}
			})
		},
		"paper":  func() { both(func(on bool) { r.end = on }) },
		"cover":  func() { both(func(on bool) { r.cover = on }) },
		"hold":   func() { both(func(on bool) { r.hold = on }) },
		"silent": func() { mute := r.silent; both(func(on bool) { r.silent = on || mute }) },
		"jam":    func() { r.after(at, func() { r.jamAtCut = true }) },
		"kill":   func() { r.after(at, func() { panic(killed{}) }) },
		"refuse": func() { both(func(on bool) { r.refuse = on }) },
	}
	var names []string
	for k := range kinds {
		names = append(names, k)
	}
	slices.Sort(names)
	kinds[rapid.SampledFrom(names).Draw(rt, "fault")]()
}

// TestLateAnswerIsNotTheNextOnes: a printer so slow that its ticket is given up says
// "taken" afterwards; that must not be believed of the next ticket.
func TestLateAnswerIsNotTheNextOnes(t *testing.T) {
	r := newRig(t, "gs_r", nil)
	r.in(3*time.Second, r.never)
	r.slow = 40
	_ = r.submit("a")
	_ = r.submit("b")
	r.in(time.Minute, r.told("a"))
	r.expect("a", wire.PrintUnknown, TimeOut)
	r.in(time.Minute, func() bool { return r.came("a") })
	r.slow = 0
	r.in(time.Minute, r.told("b"))
	r.expect("b", wire.Printed, "")
}
