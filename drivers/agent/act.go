package agent

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"motcua/drivers/printer"
	"motcua/server/queue"
	"motcua/server/wire"
)

// tooLate is how old a ticket may be that is still printed. Its visitor has the
// number on the screen, or has gone; paper that comes out later confuses the next one.
const tooLate = time.Minute

// act does what an event asks of this machine. kept tells that something is on the
// disk now which the position must follow.
func (a *Agent) act(ctx context.Context, seq int64, e *wire.Event) (kept bool, err error) {
	switch queue.Kind(e.Kind) {
	case queue.TicketTaken, queue.BookingArrived: // who arrives with a booking gets a ticket too
		if p := a.printerOf(e.Machine); p != nil && e.Visit != nil {
			kept, err = a.print(ctx, p, e.Visit.ID, 0, e.At)
		}
	case queue.DeviceChanged:
		kept, err = a.asked(ctx, e)
	case queue.TicketCancelled:
		if e.Visit != nil {
			a.withdraw(e.Visit.ID)
		}
	case queue.DayOpened:
		go a.fetchDayKey(ctx)
	case queue.SettingsChanged:
		if a.signs.wanted() {
			go a.peek(ctx)
		}
	}
	if e.Counter != nil && err == nil {
		a.signs.counter(seq, *e.Counter, queue.Kind(e.Kind) == queue.RatingInvited)
	}
	return kept, err
}

// asked prints what somebody asked one of this machine's printers for: a ticket
// again, or a list of what to bring.
func (a *Agent) asked(ctx context.Context, e *wire.Event) (kept bool, err error) {
	p := a.printerNamed(e)
	if p == nil {
		return false, nil
	}
	if list, ok := queue.ListOf(e.Note); ok {
		return a.print(ctx, p, list, 0, e.At)
	}
	if e.Note == queue.NotePrint && e.Visit != nil {
		return a.print(ctx, p, e.Visit.ID, e.Copy, e.At)
	}
	return false, nil
}

// printerOf finds the printer for tickets taken under a key's name.
func (a *Agent) printerOf(machine string) *device {
	if machine == "" {
		return nil
	}
	for _, d := range a.devices {
		if d.printer == nil {
			continue
		}
		if slices.Contains(d.Prints, machine) || len(d.Prints) == 0 && machine == a.name() {
			return d
		}
	}
	return nil
}

func (a *Agent) printerNamed(e *wire.Event) *device {
	for _, d := range a.devices {
		if d.printer != nil && e.Device != nil && e.Device.ID == a.fullID(d.ID) {
			return d
		}
	}
	return nil
}

// print hands a ticket to a printer, which has it on the disk when this returns
// nil; kept tells that something is on the disk. The printer knows a job it had
// before and does not print it again.
//
// A ticket more than the printer can take is reported as failed, without a question
// to the server. After the first hundred of a rush they cost nothing at all, and the
// printer's detail gives their number: a rush in the hall must not become one here.
func (a *Agent) print(ctx context.Context, d *device, visit string, copy int, at wire.Time) (kept bool, err error) {
	if copy == 0 && d.printer.Full() {
		if a.skip(d) > namedSkips {
			return false, nil
		}
		return true, a.failed(d, visit, visit, string(queue.DeviceBusy))
	}
	job := visit
	if copy > 0 {
		job += "." + strconv.Itoa(copy)
	}
	if when, err := time.Parse(time.RFC3339, string(at)); err == nil && a.hall.now().Sub(when) > tooLate {
		a.Log.Warn("a ticket is too old to be printed", "job", job)
		return true, a.failed(d, job, visit, queue.PrintTooLate)
	}
	p, err := a.jobOf(ctx, job, visit, copy)
	switch {
	case err != nil && finally(err):
		a.Log.Error("the server does not give a ticket to print", "job", job, "error", err)
		return true, a.failed(d, job, visit, string(queue.DeviceError))
	case err != nil:
		return false, fmt.Errorf("ticket to print: %w", err)
	}
	err = d.printer.Submit(p)
	if errors.Is(err, printer.ErrBusy) {
		err = a.failed(d, job, visit, string(queue.DeviceBusy))
	}
	return true, err
}

// jobOf asks the server for a ticket's text.
func (a *Agent) jobOf(ctx context.Context, job, visit string, copy int) (p wire.PrintJob, err error) {
	path := a.branchPath("/prints/" + url.PathEscape(visit))
	if copy > 0 {
		path += "?copy=" + strconv.Itoa(copy)
	}
	if err := a.get(ctx, path, &p); err != nil {
		return p, err
	}
	if p.Job != job {
		a.Log.Error("the server gave another job than asked for", "job", job, "got", p.Job)
		p.Job = job
	}
	if p.Machine == "" {
		p.Machine = a.Site.Name
	}
	return p, nil
}

// namedSkips is how many tickets of a rush are reported one by one.
const namedSkips = 100

// skip counts a ticket that a full printer does not get, and gives its number in
// this rush.
func (a *Agent) skip(d *device) int {
	d.mu.Lock()
	d.busySkipped++
	n := d.busySkipped
	d.mu.Unlock()
	if n == 1 {
		a.Log.Warn("tickets are not printed: too many wait already", "device", d.ID)
	}
	return n
}

// printerChanged takes what a printer says of itself. When it has room again, its
// detail tells how many tickets it did not get.
func (a *Agent) printerChanged(d *device, is queue.DeviceState, detail string) {
	if !d.printer.Full() {
		d.mu.Lock()
		n := d.busySkipped
		d.busySkipped = 0
		d.mu.Unlock()
		if n > 0 {
			a.Log.Warn("the printer has room again", "device", d.ID, "not_printed", n)
			detail = strings.TrimSuffix(fmt.Sprintf("%d tickets were not printed: too many at once; %s", n, detail), "; ")
		}
	}
	a.changed(d, 0, is, detail)
}

func (a *Agent) failed(d *device, job, visit, reason string) error {
	return a.acceptPrint(wire.PrintResult{Job: job, Visit: visit, Device: d.ID, State: wire.PrintFailed, Reason: reason})
}

// withdraw keeps a cancelled visit's ticket from being printed, if it still can.
func (a *Agent) withdraw(visit string) {
	for _, d := range a.devices {
		if d.printer != nil {
			d.printer.Withdraw(visit)
		}
	}
}
