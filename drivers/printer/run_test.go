package printer

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/wire"
)

func TestOutcomeByWayOfConfirming(t *testing.T) {
	want := map[string]string{"id": wire.Printed, "gs_r": wire.Printed, "status": wire.PrintSent, "none": wire.PrintSent}
	for _, way := range ways {
		t.Run(way, func(t *testing.T) {
			r := newRig(t, way, nil)
			r.in(3*time.Second, r.never)
			for _, j := range []string{"a", "b"} {
				if err := r.submit(j); err != nil {
					t.Fatal(err)
				}
			}
			r.in(time.Minute, r.told("a", "b"))
			r.expect("a", want[way], "")
			r.expect("b", want[way], "")
			if !r.came("a") || !r.came("b") || r.lost > 0 {
				t.Fatalf("papers %q, %d bytes lost", r.papers, r.lost)
			}
			state := queue.DeviceReady
			if way == "none" {
				state = queue.DeviceUnknown
			}
			want := []queue.DeviceState{queue.DeviceOffline, state}
			if way == "none" {
				want = want[1:]
			}
			if !slices.Equal(slices.Compact(r.states), want) {
				t.Fatalf("states %v", r.states)
			}
			if m := r.Metrics(); m.Submitted != 2 || m.Printed+m.Sent != 2 || m.FirstByte <= 0 {
				t.Fatalf("metrics %+v", m)
			}
		})
	}
}

func TestFirstByteLeavesSoon(t *testing.T) {
	r := newRig(t, "id", nil)
	r.in(3*time.Second, r.never)
	r.after(time.Second, func() { _ = r.submit("a") })
	r.in(time.Minute, r.told("a"))
	if d := r.Metrics().FirstByte; d > 50*time.Millisecond {
		t.Fatalf("first byte after %v", d)
	}
}

// TestPaperEndsAtEveryByte: whichever byte the paper ends at, the ticket waits, goes
// on after reloading, and is told once.
func TestPaperEndsAtEveryByte(t *testing.T) {
	for _, way := range []string{"id", "gs_r", "status"} {
		t.Run(way, func(t *testing.T) {
			out, _ := ticket("a")
			for n := 1; n < len(out); n += 1 + n%3 {
				r := newRig(t, way, nil)
				r.in(time.Second, r.never)
				base := r.received
				r.onByte = func(at int) {
					if at == base+n {
						r.end = true
						r.after(spare+3*time.Second, func() { r.end = false }) // longer than any word is awaited
					}
				}
				_ = r.submit("a")
				if !r.in(2*time.Minute, r.told("a")) {
					t.Fatalf("byte %d: nothing is told", n)
				}
				r.in(2*time.Second, r.never)
				r.agree("a")
				if s := r.result("a").State; s != wire.Printed && s != wire.PrintSent || !r.came("a") {
					t.Fatalf("byte %d: %s, papers %q", n, s, r.papers)
				}
				if !slices.Contains(r.states, queue.DevicePaperOut) {
					t.Fatalf("byte %d: paper end not shown: %v", n, r.states)
				}
			}
		})
	}
}

// TestUnplugAtEveryByte: what had begun is unknown, what had not is printed later.
func TestUnplugAtEveryByte(t *testing.T) {
	out, _ := ticket("a")
	for _, way := range []string{"id", "gs_r"} {
		for n := 0; n < len(out)+40; n += 1 + n%5 {
			r := newRig(t, way, nil)
			r.in(3*time.Second, r.never)
			base := r.received
			pull := func() {
				r.unplug()
				r.after(3*time.Second, func() { r.plugged = true })
			}
			if n == 0 {
				pull()
			}
			r.onByte = func(at int) {
				if at == base+n {
					pull()
				}
			}
			_ = r.submit("a")
			_ = r.submit("b")
			_ = r.submit("c")
			if !r.in(3*time.Minute, r.told("a", "b", "c")) {
				t.Fatalf("%s byte %d: told %v", way, n, r.results)
			}
			r.in(2*time.Second, r.never)
			r.agree("a")
			r.agree("b")
			r.expect("c", wire.Printed, "")
			if n < len(out) {
				r.expect("b", wire.Printed, "")
			}
			if s := r.result("a").State; n > 0 && n < len(out) && s != wire.PrintUnknown || n == 0 && s != wire.Printed {
				t.Fatalf("byte %d: %s", n, s)
			}
		}
	}
}

func TestOldJobsFailWithTheStateAsReason(t *testing.T) {
	faults := map[queue.DeviceState]func(*rig){
		queue.DevicePaperOut: func(r *rig) { r.end = true },
		queue.DeviceCover:    func(r *rig) { r.cover = true },
		queue.DeviceError:    func(r *rig) { r.hold = true },
		queue.DeviceOffline:  func(r *rig) { r.unplug() },
	}
	for state, fault := range faults {
		t.Run(string(state), func(t *testing.T) {
			r := newRig(t, "id", nil)
			r.in(3*time.Second, r.never)
			fault(r)
			r.in(3*time.Second, r.never)
			_ = r.submit("a")
			if r.in(59*time.Second, r.told("a")) {
				t.Fatal("told too early")
			}
			r.in(5*time.Second, r.told("a"))
			r.expect("a", wire.PrintFailed, string(state))
			r.end, r.cover, r.hold, r.plugged = false, false, false, true
			r.in(10*time.Second, r.never)
			if r.begun("a") != 0 {
				t.Fatal("it came out afterwards")
			}
			_ = r.submit("b")
			r.in(time.Minute, r.told("b"))
			r.expect("b", wire.Printed, "")
		})
	}
}

func TestPaperBackInTime(t *testing.T) {
	r := newRig(t, "status", nil)
	r.end = true
	r.in(3*time.Second, r.never)
	_ = r.submit("a")
	r.after(30*time.Second, func() { r.end = false })
	r.in(50*time.Second, r.told("a"))
	r.expect("a", wire.PrintSent, "")
}

func TestCutter(t *testing.T) {
	r := newRig(t, "id", nil)
	r.in(3*time.Second, r.never)
	r.jamAtCut = true
	_ = r.submit("a")
	r.in(5*time.Second, func() bool { s, _ := r.State(); return s == queue.DeviceCutter })
	if s, _ := r.State(); s != queue.DeviceCutter {
		t.Fatalf("state %s", s)
	}
	r.after(2*time.Second, func() { r.cover = true })
	r.after(6*time.Second, func() { r.cover = false })
	began := r.paper.now
	r.in(time.Minute, r.told("a"))
	r.expect("a", wire.Printed, "")
	if d := r.paper.now.Sub(began); d > 10*time.Second {
		t.Fatalf("freed only after %v", d)
	}
}

func TestGiveUp(t *testing.T) {
	for _, way := range []string{"id", "gs_r"} {
		r := newRig(t, way, nil)
		r.in(3*time.Second, r.never)
		base := r.received
		r.onByte = func(n int) { r.end = r.end || n == base+200 }
		_ = r.submit("a")
		if r.in(9*time.Minute, r.told("a")) {
			t.Fatal("given up too early")
		}
		r.in(3*time.Minute, r.told("a"))
		r.expect("a", wire.PrintFailed, "paper_out")
		r.onByte, r.end = nil, false
		r.in(20*time.Second, r.never)
		if r.came("a") {
			t.Fatal("it came out afterwards")
		}
		_ = r.submit("b")
		r.in(time.Minute, r.told("b"))
		r.expect("b", wire.Printed, "")
	}
}

func TestTimeOutIsUnknown(t *testing.T) {
	for _, way := range []string{"id", "gs_r", "status"} {
		r := newRig(t, way, nil)
		r.in(3*time.Second, r.never)
		r.silent = true
		_ = r.submit("a")
		r.in(time.Minute, r.told("a"))
		r.expect("a", wire.PrintUnknown, TimeOut)
		r.in(20*time.Second, r.never)
		if s, _ := r.State(); s != queue.DeviceUnknown {
			t.Fatalf("a printer that does not answer is %s", s)
		}
		r.silent = false
		r.in(20*time.Second, r.never)
		if s, _ := r.State(); s != queue.DeviceReady {
			t.Fatalf("after answering again it is %s", s)
		}
		_ = r.submit("b")
		r.in(time.Minute, r.told("b"))
		if s := r.result("b").State; s == wire.PrintUnknown {
			t.Fatal("the next one is unknown too")
		}
		r.agree("b")
	}
}

func TestKnownJobsDoNothing(t *testing.T) {
	r := newRig(t, "id", nil)
	_ = r.submit("a")
	_ = r.submit("a")
	r.in(time.Minute, r.told("a"))
	_ = r.submit("a")
	r.kill()
	_ = r.submit("a")
	r.in(20*time.Second, r.never)
	r.expect("a", wire.Printed, "")
	if len(r.results) != 1 || r.Waiting() != 0 {
		t.Fatalf("results %v", r.results)
	}
	r.paper.now = r.paper.now.Add(24 * time.Hour) // tomorrow it is forgotten
	r.Keep()
	if ids, err := r.Box.List(); err != nil || len(ids) != 0 {
		t.Fatalf("left %v, %v", ids, err)
	}
}

func TestBacklog(t *testing.T) {
	r := newRig(t, "id", nil)
	r.in(3*time.Second, r.never)
	for i := range 30 {
		if err := r.submit(fmt.Sprint("j", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.submit("more"); !errors.Is(err, ErrBusy) {
		t.Fatalf("got %v", err)
	}
	if !r.Full() {
		t.Fatal("30 wait, and it is not full")
	}
	if err := r.submit("j3"); err != nil {
		t.Fatalf("a known job: %v", err)
	}
	r.in(2*time.Minute, func() bool { return r.Waiting() == 21 })
	if err := r.submit("more"); !errors.Is(err, ErrBusy) {
		t.Fatalf("at 21 got %v", err)
	}
	r.in(time.Minute, func() bool { return r.Waiting() == 20 })
	if r.Full() {
		t.Fatal("20 wait, and it is still full")
	}
	if err := r.submit("more"); err != nil {
		t.Fatal(err)
	}
	r.in(4*time.Minute, r.told("more"))
	for i := range 30 {
		r.expect(fmt.Sprint("j", i), wire.Printed, "")
	}
	if !slices.Contains(r.states, queue.DeviceBusy) || r.states[len(r.states)-1] == queue.DeviceBusy {
		t.Fatalf("states %v", r.states)
	}
}

func TestRefusedOutcomeComesAgain(t *testing.T) {
	r := newRig(t, "id", nil)
	r.refuse = true
	_ = r.submit("a")
	r.in(20*time.Second, r.told("a"))
	r.kill()
	r.refuse = false
	r.in(5*time.Second, r.told("a"))
	r.expect("a", wire.Printed, "")
}

func TestBadTicketFails(t *testing.T) {
	r := newRig(t, "id", nil)
	_ = r.Submit(wire.PrintJob{Job: "a.1", Visit: "a", Number: "bad"})
	_ = r.submit("b")
	r.in(time.Minute, r.told("a.1", "b"))
	r.expect("a.1", wire.PrintFailed, "error")
	r.expect("b", wire.Printed, "")
	if got := r.result("a.1"); got.Visit != "a" || got.Device != "printer" {
		t.Fatalf("%+v", got)
	}
}

func TestHeldLine(t *testing.T) {
	r := newRig(t, "gs_r", nil)
	r.flow = true
	big := func(o *Options) {
		o.Encode = func(j *wire.PrintJob) ([]byte, int, error) {
			out, rows := ticket(j.Job)
			return append(make([]byte, 8000), out...), rows, nil
		}
	}
	r.change = big
	r.kill()
	r.in(3*time.Second, r.never)
	base := r.received
	r.onByte = func(n int) {
		if n == base+500 {
			r.end = true
			r.after(2*time.Minute, func() { r.end = false })
		}
	}
	_ = r.submit("a")
	r.in(time.Minute, func() bool { s, _ := r.State(); return s == queue.DeviceError })
	if s, _ := r.State(); s != queue.DeviceError {
		t.Fatalf("a held line shows as %s", s)
	}
	r.in(4*time.Minute, r.told("a"))
	r.expect("a", wire.Printed, "")
}

func TestPowerCycleTurnsStatusOnAgain(t *testing.T) {
	r := newRig(t, "id", nil)
	r.in(3*time.Second, r.never)
	if !r.asb {
		t.Fatal("automatic status is not on")
	}
	r.powerCycle()
	r.silent = true
	r.after(8*time.Second, func() { r.silent = false })
	r.in(30*time.Second, r.never)
	if !r.asb {
		t.Fatal("automatic status stays off")
	}
}

// A cancelled number's ticket does not come out when nothing of it has left.
func TestWithdrawn(t *testing.T) {
	r := newRig(t, "id", nil)
	r.end = true
	r.in(3*time.Second, r.never)
	_ = r.submit("a")
	_ = r.submit("b")
	r.Withdraw("a")
	r.in(5*time.Second, r.told("a"))
	r.expect("a", wire.PrintFailed, Cancelled)
	r.end = false
	r.in(20*time.Second, r.told("b"))
	r.expect("b", wire.Printed, "")
	if r.begun("a") != 0 {
		t.Error("the ticket of a cancelled number came out")
	}
}
