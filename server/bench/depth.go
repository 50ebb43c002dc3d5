package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"motcua/server/queue"
	"motcua/server/store"
	"motcua/server/store/embedded"
)

const (
	aimFlat    = 1.3 // times the cost in a small hall
	shortQueue = 10
	longQueue  = 10_000
	manyHalls  = 300
)

// yard is a store in this process, with its engine.
type yard struct {
	*store.Store
	name string
	n    int
	cost func() time.Duration // CPU time of the engine so far
}

// depth measures what a command costs in long queues and with many branches.
func depth(b *bench) error {
	for _, open := range []func(*bench) (*yard, error){openRedisYard, openEmbeddedYard} {
		if err := b.longQueues(open); err != nil {
			return err
		}
		if err := b.manyBranches(open); err != nil {
			return err
		}
		b.endProcesses()
	}
	return nil
}

func openRedisYard(b *bench) (*yard, error) {
	_, addr, err := b.redis()
	if err != nil {
		return nil, err
	}
	engine, err := store.OpenRedis(b.ctx, "redis://"+addr+"/0")
	if err != nil {
		return nil, err
	}
	// Waiting for the disk is the same for all and would hide a difference.
	if err := engine.Put(b.ctx, "CONFIG", "SET", "appendonly", "no"); err != nil {
		return nil, err
	}
	y, err := newYard(engine, "Redis")
	if err != nil {
		return nil, err
	}
	y.cost = func() time.Duration {
		info, _ := engine.Read(context.Background(), "INFO", "cpu")
		return redisTime(fmt.Sprint(info))
	}
	return y, nil
}

// redisTime is the CPU time in what Redis says of itself; finer than /proc has it.
func redisTime(info string) (sum time.Duration) {
	for line := range strings.Lines(info) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		if name != "used_cpu_sys" && name != "used_cpu_user" {
			continue
		}
		seconds, _ := strconv.ParseFloat(value, 64)
		sum += time.Duration(seconds * float64(time.Second))
	}
	return sum
}

func openEmbeddedYard(b *bench) (*yard, error) {
	dir, err := os.MkdirTemp(b.dir, "yard-")
	if err != nil {
		return nil, err
	}
	engine, err := embedded.Open(dir, embedded.Options{SnapshotEvery: 1 << 30}) // its pauses are not what is measured
	if err != nil {
		return nil, err
	}
	y, err := newYard(engine, "embedded")
	if err != nil {
		return nil, err
	}
	y.cost = func() time.Duration {
		var u unix.Rusage
		_ = unix.Getrusage(unix.RUSAGE_SELF, &u)
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	return y, nil
}

func newYard(engine store.Engine, name string) (*yard, error) {
	s, err := store.New(engine, store.Options{Epoch: func() string { return "bench" }})
	return &yard{Store: s, name: name}, err
}

// do completes a command as the settings would and runs it.
func (y *yard) do(set queue.Settings, c queue.Command, n int) error {
	c.Branch = set.ID
	if c.Verb == queue.Take {
		c.Service = set.Services[0].ID
		c.Token, c.Code = fmt.Sprintf("token-%022d", n), fmt.Sprintf("%06d", n)
	}
	if c.Verb != queue.DayOpen {
		c.Request, c.Print = "request-"+strconv.Itoa(n), "print"
	}
	if err := set.Prepare(&c, time.Now()); err != nil {
		return err
	}
	_, err := y.Do(context.Background(), c)
	return err
}

func (y *yard) next() int {
	y.n++
	return y.n
}

// hall makes a branch with so many waiting and one counter open.
func (y *yard) hall(id string, waiting int) (queue.Settings, error) {
	set := queue.DemoSettings()
	set.ID = id
	if err := y.do(set, queue.Command{Verb: queue.DayOpen}, 0); err != nil {
		return set, err
	}
	if err := y.do(set, queue.Command{Verb: queue.Open, Counter: pressed}, y.next()); err != nil {
		return set, err
	}
	var wg sync.WaitGroup
	failed := make(chan error, 64)
	each := (waiting + 63) / 64
	for first := 0; first < waiting; first += each {
		base := y.n
		count := min(each, waiting-first)
		y.n += count
		wg.Go(func() {
			for i := range count {
				if err := y.do(set, queue.Command{Verb: queue.Take}, base+i+1); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	wg.Wait()
	close(failed)
	return set, <-failed
}

// visit is what one visitor does: takes, is called, served and ended. Whoever
// waits longest goes, so the queue keeps its length.
func (y *yard) visit(set queue.Settings) error {
	if err := y.do(set, queue.Command{Verb: queue.Take}, y.next()); err != nil {
		return err
	}
	for _, verb := range []queue.Verb{queue.Call, queue.Serve, queue.End} {
		if err := y.do(set, queue.Command{Verb: verb, Counter: pressed}, y.next()); err != nil {
			return fmt.Errorf("%s: %w", verb, err)
		}
	}
	return nil
}

// price is the engine's cost of a command, in µs, over so many visits.
func (y *yard) price(halls []queue.Settings, visits int) (float64, error) {
	before := y.cost()
	for i := range visits {
		if err := y.visit(halls[i%len(halls)]); err != nil {
			return 0, err
		}
	}
	return micros(y.cost()-before) / float64(4*visits), nil
}

func (b *bench) longQueues(open func(*bench) (*yard, error)) error {
	y, err := open(b)
	if err != nil {
		return err
	}
	defer y.Close()
	short, err := y.hall("short", shortQueue)
	if err != nil {
		return err
	}
	long, err := y.hall("long", longQueue)
	if err != nil {
		return err
	}
	return b.compare(fmt.Sprintf("a command with %d waiting, %s", longQueue, y.name), fmt.Sprintf("with %d waiting", shortQueue),
		side{y, []queue.Settings{long}}, side{y, []queue.Settings{short}})
}

func (b *bench) manyBranches(open func(*bench) (*yard, error)) error {
	one, err := open(b)
	if err != nil {
		return err
	}
	defer one.Close()
	alone, err := one.hall("b0", shortQueue)
	if err != nil {
		return err
	}
	many, err := open(b)
	if err != nil {
		return err
	}
	defer many.Close()
	var halls []queue.Settings
	for i := range manyHalls {
		set, err := many.hall(fmt.Sprintf("b%d", i), shortQueue)
		if err != nil {
			return err
		}
		halls = append(halls, set)
	}
	return b.compare(fmt.Sprintf("a command with %d branches, %s", manyHalls, many.name), "with one",
		side{many, halls}, side{one, []queue.Settings{alone}})
}

// side is one of two things compared.
type side struct {
	y     *yard
	halls []queue.Settings
}

func (b *bench) compare(what, beside string, big, small side) error {
	var a, c, noise []float64
	for range b.rounds(6) {
		watch := b.family.watch()
		for _, s := range []struct {
			side
			to *[]float64
		}{{big, &a}, {small, &c}} {
			price, err := s.y.price(s.halls, 300)
			if err != nil {
				return err
			}
			*s.to = append(*s.to, price)
		}
		noise = append(noise, watch())
	}
	which := calm(noise)
	a, c = pick(a, which), pick(c, which)
	share := median(ratios(a, c))
	b.table.add(row{what: what, ours: fmt.Sprintf("%.0f µs CPU", median(a)), limit: fmt.Sprintf("%.0f µs %s", median(c), beside),
		ratio: times(share), aim: fmt.Sprintf("<= %.1f", aimFlat), ok: share <= aimFlat, noise: noise})
	return nil
}
