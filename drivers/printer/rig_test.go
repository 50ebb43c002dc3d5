package printer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"motcua/drivers/box"
	"motcua/firmware-config"
	"motcua/server/queue"
	"motcua/server/wire"
)

// profiles of each kind of confirmation.
func profileOf(confirms string) *firmware.Printer {
	p := &firmware.Printer{Dots: 512, DPI: 180, Speed: 150, Band: 24, Cut: "feed_partial", NearEnd: true}
	p.ID, p.Serial.Baud = "model", []int{19200}
	switch confirms {
	case "id":
		p.ProcessID, p.GSR, p.DLEEOT, p.ASB = true, true, true, true
	case "gs_r":
		p.GSR, p.DLEEOT, p.ChineseOff = true, true, true
	case "status":
		p.DLEEOT = true
	}
	return p
}

var ways = []string{"id", "gs_r", "status", "none"}

// rig is a driver, its box and a printer. Results and states outlive the driver.
type rig struct {
	t tester
	*paper
	*Printer
	dir     string
	results []wire.PrintResult
	states  []queue.DeviceState
	life    *life
	over    func() bool
	steps   int
	killAt  int // step at which the process dies; 0 never
	refuse  bool
	change  func(*Options)
}

type killed struct{}

// tester is *testing.T or *rapid.T.
type tester interface {
	Helper()
	Fatal(...any)
}

func newRig(t *testing.T, confirms string, change func(*Options)) *rig {
	t.Helper()
	r := rigIn(t, folder(t), confirms, change)
	t.Cleanup(r.kill)
	return r
}

// folder is a new folder, in memory where there is such a place: thousands of small
// synced files would else measure the disk.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "printer")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func rigIn(t tester, dir, confirms string, change func(*Options)) *rig {
	p := profileOf(confirms)
	m := &paper{now: time.Date(2026, 11, 23, 8, 0, 0, 0, queue.Zone), profile: p, baud: 19200, plugged: true}
	m.silent = confirms == "none"
	r := &rig{t: t, paper: m, dir: dir, change: change}
	r.boot()
	return r
}

// boot starts the driver anew on the same box.
func (r *rig) boot() {
	b, err := box.Open(r.dir)
	if err != nil {
		r.fatal(err)
	}
	o := Options{Profile: r.profile, Box: b, Device: "printer", Clock: queue.ClockFunc(func() time.Time { return r.paper.now }),
		Encode: func(j *wire.PrintJob) ([]byte, int, error) {
			r.step(nil)
			if j.Number == "bad" {
				return nil, 0, errors.New("no such letter")
			}
			out, rows := ticket(j.Job)
			return out, rows, nil
		},
		Changed: func(s queue.DeviceState, _ string) {
			r.step(nil)
			r.states = append(r.states, s)
		},
		Done: func(res wire.PrintResult) error {
			r.step(nil)
			if r.refuse {
				return errors.New("full")
			}
			r.results = append(r.results, res)
			r.step(nil) // it may die between storing and saying so
			return nil
		}}
	if r.change != nil {
		r.change(&o)
	}
	p, err := New(o)
	if err != nil {
		r.fatal(err)
	}
	r.Printer = p
}

func (r *rig) fatal(v ...any) {
	r.t.Helper()
	r.t.Fatal(v...)
}

// step counts what the driver does to the world, and is where it can be killed; of
// what it was writing the first half then left.
func (r *rig) step(write []byte) {
	if r.steps++; r.steps == r.killAt {
		r.kernel = append(r.kernel, write[:len(write)/2]...)
		panic(killed{})
	}
}

func (r *rig) submit(job string) error {
	return r.Submit(wire.PrintJob{Job: job, Visit: job, Number: job})
}

// in lets the driver live until the condition holds, or for as long as told; then
// time stands still for it. A killed driver is started again; a pulled cable is
// waited for.
func (r *rig) in(limit time.Duration, enough func() bool) bool {
	end := r.paper.now.Add(limit)
	r.over = func() bool { return enough() || !r.paper.now.Before(end) }
	for !r.over() {
		switch {
		case r.life != nil:
			r.life.goOn <- true
			r.rested()
		case !r.plugged:
			r.survive(func() {
				r.paper.advance(r.paper.now.Add(time.Second))
				r.Keep()
			})
		default:
			r.life = &life{rig: r, goOn: make(chan bool), rests: make(chan any)}
			go r.life.run()
			r.rested()
		}
	}
	return enough()
}

// rested waits until the driver stands still, or ended, or died.
func (r *rig) rested() {
	switch what := (<-r.life.rests).(type) {
	case nil:
	case error:
		r.life = nil
	case killed:
		r.life = nil
		r.killAt = 0
		r.boot()
	default:
		panic(what)
	}
}

func (r *rig) survive(do func()) {
	defer func() {
		if dead := recover(); dead == (killed{}) {
			r.killAt = 0
			r.boot()
		} else if dead != nil {
			panic(dead)
		}
	}()
	do()
}

// life is one call of Run; as its context it makes the driver rest when the test
// wants to look.
type life struct {
	context.Context
	*rig
	goOn  chan bool
	rests chan any
}

func (l *life) run() {
	l.Context = context.Background()
	defer func() {
		if dead := recover(); dead != nil {
			l.rests <- dead
		}
	}()
	err := l.Run(l, &port{paper: l.paper, step: l.step})
	l.rests <- err
}

// Err is what the driver asks before each turn.
func (l *life) Err() error {
	if l.over() {
		l.rests <- nil
		if !<-l.goOn {
			panic(killed{})
		}
	}
	return nil
}

// kill ends the driver as kill -9 does.
func (r *rig) kill() {
	if r.life != nil {
		r.life.goOn <- false
		r.rested()
		return
	}
	r.boot()
}

// result gives what was last told of a job.
func (r *rig) result(job string) (last wire.PrintResult) {
	for _, res := range r.results {
		if res.Job == job {
			last = res
		}
	}
	return last
}

func (r *rig) told(jobs ...string) func() bool {
	return func() bool {
		for _, j := range jobs {
			if r.result(j).State == "" {
				return false
			}
		}
		return true
	}
}

func (r *rig) never() bool { return false }

// expect checks the outcome of a job and that the paper agrees with it.
func (r *rig) expect(job, state, reason string) {
	r.t.Helper()
	got := r.result(job)
	if got.State != state || got.Reason != reason {
		r.fatal(fmt.Sprintf("%s: %q because %q, want %q %q; papers %q", job, got.State, got.Reason, state, reason, r.papers))
	}
	r.agree(job)
}

// agree: no ticket begins twice, and what is called printed is on a paper of its own.
func (r *rig) agree(job string) {
	r.t.Helper()
	if n := r.begun(job); n > 1 {
		r.fatal(fmt.Sprintf("%s began %d times: %q", job, n, r.papers))
	}
	if s := r.result(job).State; (s == wire.Printed) && !r.came(job) {
		r.fatal(fmt.Sprintf("%s is called %s, papers are %q, page %q", job, s, r.papers, r.page.String()))
	}
	told := ""
	for _, res := range r.results {
		if res.Job == job && told != "" && res.State != told {
			r.fatal(fmt.Sprintf("%s was told %s, then %s", job, told, res.State))
		}
		if res.Job == job {
			told = res.State
		}
	}
}
