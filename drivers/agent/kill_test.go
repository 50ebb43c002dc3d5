package agent

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/drivers/box"
	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
	"motcua/server/wire"
)

// TestMain plays the agent that is killed when it is told to.
func TestMain(m *testing.M) {
	if os.Getenv("MOTCUA_VICTIM") != "" {
		if err := victim(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// spoolPrinter stores a job before it takes it and tells its result later, as the
// real one does.
type spoolPrinter struct {
	mu  sync.Mutex
	box *box.Box
}

func (p *spoolPrinter) Full() bool { return false }

func (p *spoolPrinter) Withdraw(string) {}

func (p *spoolPrinter) Submit(job wire.PrintJob) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.box.Has(job.Job) {
		return nil
	}
	return p.box.Put(job.Job, []byte("waits"))
}

func (p *spoolPrinter) tell(done func(wire.PrintResult) error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	ids, err := p.box.List()
	for _, id := range ids {
		if body, _ := p.box.Get(id); string(body) != "waits" {
			continue
		}
		if err := done(wire.PrintResult{Job: id, Visit: id, Device: "printer", State: wire.Printed}); err != nil {
			return err
		}
		if err := p.box.Put(id, []byte("told")); err != nil {
			return err
		}
	}
	return err
}

// victim presses keys until it dies, and says which ones were accepted. With
// MOTCUA_VICTIM=rest it only delivers.
func victim() error {
	data := os.Getenv("MOTCUA_DATA")
	spool, err := box.Open(filepath.Join(data, "spool"))
	if err != nil {
		return err
	}
	p := &spoolPrinter{box: spool}
	a, err := newAgent(Options{Server: os.Getenv("MOTCUA_SERVER"), Key: "k1", Site: site(), Data: data,
		Log: slog.New(slog.NewTextHandler(os.Stderr, nil))}, makers{
		driver: func(_ *Agent, d *device) (showing, error) {
			d.head = firmware.Head{Kind: d.ID}
			if d.ID == "printer" {
				d.printer = p
			}
			return nil, nil
		},
		keep: func(ctx context.Context, _ serial.Settings, _ func(bool, error), _ func(context.Context, serial.Port) error) {
			<-ctx.Done()
		},
	})
	if err != nil {
		return err
	}
	go func() {
		for {
			time.Sleep(5 * time.Millisecond)
			if err := p.tell(a.acceptPrint); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		}
	}()
	boot, _ := strconv.Atoi(os.Getenv("MOTCUA_VICTIM"))
	go func() {
		for seq := 1; boot > 0; seq++ {
			err := a.acceptPress(wire.Press{Device: "keypads:1", Counter: "1", Do: "rate", Level: 1, Boot: boot, Seq: seq}, a.hall.now())
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				continue
			}
			fmt.Println("ack", seq) // one write: it is whole or not there
			time.Sleep(4 * time.Millisecond)
		}
	}()
	return a.Run(context.Background())
}

// grave is the data folder whose agents are killed, and what they said before.
type grave struct {
	t    *testing.T
	f    *fakeServer
	data string
	acks []string // boot.seq, in order
}

func (g *grave) start(boot string) (*exec.Cmd, *bufio.Scanner) {
	g.t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "MOTCUA_VICTIM="+boot, "MOTCUA_DATA="+g.data, "MOTCUA_SERVER="+g.f.url())
	out, err := c.StdoutPipe()
	if err != nil {
		g.t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		g.t.Fatal(err)
	}
	return c, bufio.NewScanner(out)
}

// life lets one agent live for a while, and kills it.
func (g *grave) life(boot int, long time.Duration) {
	c, out := g.start(strconv.Itoa(boot))
	time.AfterFunc(long, func() { c.Process.Kill() })
	for out.Scan() {
		seq, is := strings.CutPrefix(out.Text(), "ack ")
		if is {
			g.acks = append(g.acks, fmt.Sprintf("%d.%s", boot, seq))
		}
	}
	if err := c.Wait(); err == nil || c.ProcessState.ExitCode() != -1 {
		g.t.Fatalf("the agent ended by itself: %v", err)
	}
}

// killMany kills an agent many times and looks whether everything it had accepted
// arrived once and in order, and no ticket was forgotten.
func killMany(t *testing.T, kills int) {
	r, faults := rand.New(rand.NewPCG(1, uint64(kills))), rand.New(rand.NewPCG(2, uint64(kills)))
	g := &grave{t: t, f: newFakeServer(t), data: t.TempDir()}
	g.f.set(func() {
		g.f.faults = func(record) fault {
			if n := faults.IntN(40); n < 4 {
				return fault(n + 1) // not deny
			}
			return fine
		}
		g.f.refuses = func() bool { return faults.IntN(4) == 0 }
	})
	tickets, lives := 0, 0
	// On a busy machine many agents die before their first press: then more must live.
	for boot := 1; boot <= kills || len(g.acks) < kills && boot <= 10*kills; boot++ {
		lives = boot
		if boot == 2 {
			until(t, "a first position", func() bool {
				left, _ := filepath.Glob(filepath.Join(g.data, "state", "position.json"))
				return len(left) == 1 || g.again()
			})
		}
		quit := make(chan struct{})
		var source sync.WaitGroup
		if boot > 1 { // a ticket before the first position is not the agent's business
			source.Go(func() {
				for {
					tickets++
					g.f.happen(taken(fmt.Sprintf("v%04d", tickets)))
					select {
					case <-quit:
						return
					case <-time.After(30 * time.Millisecond):
					}
				}
			})
		}
		g.life(boot, 60*time.Millisecond+time.Duration(r.IntN(250))*time.Millisecond)
		close(quit)
		source.Wait()
	}
	c, _ := g.start("rest")
	defer func() { c.Process.Kill(); c.Wait() }()
	everything := func() bool {
		left, _ := filepath.Glob(filepath.Join(g.data, "outbox", "*"))
		return len(left) == 0 && len(g.f.got(kindPrint)) >= tickets
	}
	for !everything() { // thousands of tickets take their time; as long as they come it is only slow
		before := len(g.f.got(kindPrint))
		until(t, "the next ticket", func() bool { return everything() || len(g.f.got(kindPrint)) > before })
	}
	g.check(kills, lives, tickets)
}

// again runs an agent until it has been on line once.
func (g *grave) again() bool {
	g.life(1, 500*time.Millisecond)
	return false
}

// check counts a press or more for each of the kills that were asked for; lives
// is how many agents were killed.
func (g *grave) check(kills, lives, tickets int) {
	got := map[string]bool{}
	last := [2]int{}
	var all []record
	g.f.set(func() { all = slices.Clone(g.f.reports) })
	for _, r := range all {
		p := r.Report.Press
		if p == nil {
			continue
		}
		id := fmt.Sprintf("%d.%d", p.Boot, p.Seq)
		if got[id] {
			g.t.Errorf("press %s arrived twice under different keys", id)
		}
		got[id] = true
		if slices.Compare([]int{p.Boot, p.Seq}, last[:]) <= 0 && p.Boot > 1 {
			g.t.Errorf("press %s came after %v", id, last)
		}
		last = [2]int{p.Boot, p.Seq}
	}
	for _, id := range g.acks {
		if !got[id] {
			g.t.Errorf("press %s was accepted and never arrived", id)
		}
	}
	if extra := len(got) - len(slices.Compact(slices.Sorted(slices.Values(g.acks)))); extra > lives {
		g.t.Errorf("%d presses arrived that were never accepted, with %d kills", extra, lives)
	}
	var want []string
	for n := 1; n <= tickets; n++ {
		want = append(want, fmt.Sprintf("print.v%04d.printed", n))
	}
	prints := g.f.got(kindPrint)
	slices.Sort(prints) // the order of results is the printer's business
	if !slices.Equal(prints, want) {
		g.t.Errorf("tickets %d, printed %v", tickets, prints)
	}
	g.t.Logf("%d kills, %d presses accepted, %d tickets, %d repeats", lives, len(g.acks), tickets, g.f.repeats)
	if len(g.acks) < kills {
		g.t.Errorf("only %d presses in %d lives: this test proves little", len(g.acks), lives)
	}
}

// What an agent has accepted survives kill -9 at any moment.
func TestKill(t *testing.T) { killMany(t, 20) }

// The same for longer; make soak runs it.
func TestKillSoak(t *testing.T) { killMany(t, 300) }
