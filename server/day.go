package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"motcua/server/queue"
)

// days opens and closes every branch's business days by themselves, also those
// that were missed while the server was off.
type days struct {
	store    queue.Store
	clock    queue.Clock
	log      *slog.Logger
	settings func(branch string) (*queue.Settings, bool)
	wake     func(branch string, seq int64)
	archive  func(ctx context.Context, branch string, day queue.Day) error
	renew    func()                                                       // after a day opened: the embedded engine takes fresh memory
	forget   func(today queue.Day) error                                  // destroys what may not outlive its day; nil for nothing
	held     func(ctx context.Context, branch string, day queue.Day) bool // the history has read that day
	over     func(ctx context.Context, branch string) error               // a day has closed: nobody sits at a counter any more
	old      func(today queue.Day) error                                  // removes archived days that are kept no longer; nil for nothing
	date     queue.Day                                                    // when that was done last

	mu sync.Mutex // one at a time: a request may ask while the ticker does
}

// run looks every second until the context ends.
func (d *days) run(ctx context.Context, branches func() []string) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		d.midnight()
		for _, b := range branches() {
			if err := d.ensure(ctx, b); err != nil && ctx.Err() == nil {
				d.log.Error("the day did not open or close", "branch", b, "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// midnight destroys the keys of the days that are over, once a date.
func (d *days) midnight() {
	today := queue.DayOf(d.clock.Now())
	if d.forget == nil || d.date == today {
		return
	}
	if err := d.forget(today); err != nil {
		d.log.Error("the keys of earlier days are still there", "error", err)
		return
	}
	if d.old != nil {
		if err := d.old(today); err != nil { // nothing waits for it: the next midnight tries again
			d.log.Error("old archives were not removed", "error", err)
		}
	}
	d.date = today
}

// ensure does what is due for a branch now.
func (d *days) ensure(ctx context.Context, branch string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	settings, ok := d.settings(branch)
	if !ok {
		return nil
	}
	where, err := d.store.Where(ctx, branch)
	if err != nil {
		return err
	}
	for _, action := range queue.DayPlan(d.clock.Now(), where.Day, where.Open, settings.Calendar) {
		if err := d.do(ctx, settings, action); err != nil {
			return err
		}
		d.log.Info(string(action.Verb), "branch", branch, "day", action.Day)
	}
	return nil
}

func (d *days) do(ctx context.Context, settings *queue.Settings, action queue.DayAction) error {
	c := queue.Command{Verb: action.Verb, Branch: settings.ID, Day: action.Day, By: "hall"}
	if err := settings.Prepare(&c, d.clock.Now()); err != nil {
		return err
	}
	if c.Verb == queue.DayOpen {
		var err error
		if c.DropDays, err = d.past(ctx, settings, action.Day); err != nil {
			return err
		}
	}
	result, err := d.store.Do(ctx, c)
	if err != nil {
		return fmt.Errorf("%s %s: %w", action.Verb, action.Day, err)
	}
	d.wake(settings.ID, result.Seq)
	if c.Verb == queue.DayClose && d.over != nil {
		if err := d.over(ctx, settings.ID); err != nil {
			return err
		}
	}
	if c.Verb == queue.DayOpen && len(c.DropDays) > 0 {
		d.renew()
	}
	return nil
}

// kept is how many calendar days the store keeps at least: a request is
// remembered over the next day's close.
const kept = 2

// oldest is how far back days are looked for that nobody dropped yet, after a
// long time off.
const oldest = 60

// past lists the days whose keys nobody needs any more: no paper rating can come
// for them (it may until the end of the next working day). Their events are
// archived first, and the history has read them.
func (d *days) past(ctx context.Context, settings *queue.Settings, today queue.Day) ([]queue.Day, error) {
	var drop []queue.Day
	for n := kept; n <= oldest; n++ {
		day := today.Add(-n)
		if settings.Calendar.NextWorkingDay(day) >= today {
			continue
		}
		some, err := d.store.Events(ctx, settings.ID, day, 0, 1)
		if err != nil {
			return nil, err
		}
		if len(some) == 0 {
			continue
		}
		if err := d.archive(ctx, settings.ID, day); err != nil {
			return nil, err
		}
		if !d.held(ctx, settings.ID, day) {
			continue
		}
		drop = append(drop, day)
	}
	return drop, nil
}
