package agent

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
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
			kept, err = true, a.print(ctx, p, e.Visit.ID, 0, e.At)
		}
	case queue.DeviceChanged:
		if p := a.printerNamed(e); p != nil && e.Visit != nil && e.Note == queue.NotePrint {
			kept, err = true, a.print(ctx, p, e.Visit.ID, e.Copy, e.At)
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
// nil. The printer knows a job it had before and does not print it again.
func (a *Agent) print(ctx context.Context, d *device, visit string, copy int, at wire.Time) error {
	job := visit
	if copy > 0 {
		job += "." + strconv.Itoa(copy)
	}
	if when, err := time.Parse(time.RFC3339, string(at)); err == nil && a.hall.now().Sub(when) > tooLate {
		a.Log.Warn("a ticket is too old to be printed", "job", job)
		return a.failed(d, job, visit, queue.PrintTooLate)
	}
	path := a.branchPath("/prints/" + url.PathEscape(visit))
	if copy > 0 {
		path += "?copy=" + strconv.Itoa(copy)
	}
	var p wire.PrintJob
	if err := a.get(ctx, path, &p); err != nil {
		if finally(err) {
			a.Log.Error("the server does not give a ticket to print", "job", job, "error", err)
			return a.failed(d, job, visit, string(queue.DeviceError))
		}
		return fmt.Errorf("ticket to print: %w", err)
	}
	if p.Job != job {
		a.Log.Error("the server gave another job than asked for", "job", job, "got", p.Job)
		p.Job = job
	}
	if p.Machine == "" {
		p.Machine = a.Site.Name
	}
	err := d.printer.Submit(p)
	if errors.Is(err, printer.ErrBusy) {
		return a.failed(d, job, visit, string(queue.DeviceBusy))
	}
	return err
}

func (a *Agent) failed(d *device, job, visit, reason string) error {
	return a.acceptPrint(wire.PrintResult{Job: job, Visit: visit, Device: d.ID, State: wire.PrintFailed, Reason: reason})
}
