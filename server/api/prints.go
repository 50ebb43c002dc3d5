package api

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/wire"
)

// Most copies of one ticket: at a kiosk by the visitor, and in all.
const (
	mostOwnCopies = 1
	mostCopies    = 9
)

// printJob gives an agent what its printer needs to know of a ticket.
func (s *Server) printJob(c *fiber.Ctx) error {
	branch, err := s.branchFor(c, mayReport)
	if err != nil {
		return err
	}
	if list, ok := s.listToPrint(c, branch); ok {
		return c.JSON(list)
	}
	copies, err := queryOf(c, "copy", 2)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(cmp.Or(copies, "0"))
	if err != nil || n < 0 {
		return refuse(queue.BadParameter, "copy")
	}
	ctx, cancel := s.life()
	defer cancel()
	if err := s.Push.Feed.WaitFor(ctx, branch); err != nil {
		return err
	}
	base := s.base(c)
	var job wire.PrintJob
	found := false
	s.Push.Feed.View(branch, func(st *queue.State, set *queue.Settings) {
		v := st.Visits[param(c, "visit")]
		if v == nil || v.Token == "" {
			return
		}
		job, found = s.jobOf(st, set, v, n, base), true
	})
	if !found {
		return refuse(queue.UnknownTicket, "")
	}
	return c.JSON(job)
}

func (s *Server) jobOf(st *queue.State, set *queue.Settings, v *queue.Visit, copies int, base string) wire.PrintJob {
	info := s.Push.ticket(st, set, v)
	service, _ := set.Service(v.Service)
	job := wire.PrintJob{Job: v.ID, Copy: copies, Visit: v.ID, Number: v.Number, Hall: set.Name, Place: set.Place,
		Service: service.Name, Lang: cmp.Or(v.Lang, "vi"), Ahead: info.Ahead, Estimate: info.Estimate, Area: append([]string{}, info.Area...),
		Code: v.Code, IssuedAt: wire.TimeOf(v.Taken.Time()),
		WiFi: set.Paper.WiFi, WiFiKey: set.Paper.WiFiKey, Notes: set.Paper.Notes, Promise: wire.PromiseText(set.PromiseOn(service, st.Day))}
	job.Person, job.Training = set.Address, set.Training
	if info.Procedure != nil { // what holds for it goes before what holds for the service
		job.Procedure, job.Late, job.Promise = info.Procedure, info.Late, info.Promise
	}
	if base != "" { // without one there is the short code alone
		job.URL = wire.TicketURL(base, v.Token)
	}
	if copies > 0 {
		job.Job += "." + itoa(copies)
	}
	if p, ok := set.Priority(v.Priority); ok {
		job.Priority = p.Name
	}
	return job
}

// sampleJobs gives a ticket of each service and language without number and
// secrets: what of it is the same on every ticket, a printer can keep in its memory.
func (s *Server) sampleJobs(c *fiber.Ctx) error {
	branch, err := s.branchFor(c, mayReport)
	if err != nil {
		return err
	}
	jobs := []wire.PrintJob{}
	s.Push.Feed.View(branch, func(st *queue.State, set *queue.Settings) {
		for _, lang := range []string{"vi", "en"} {
			for i := range set.Services {
				v := &queue.Visit{Service: set.Services[i].ID, State: queue.Waiting, Lang: lang, Taken: queue.MillisOf(s.Clock.Now())}
				jobs = append(jobs, s.jobOf(st, set, v, 0, ""))
			}
		}
	})
	return c.JSON(fiber.Map{"jobs": jobs})
}

// printAgain lets the desk have a ticket printed again, marked as a copy.
func (s *Server) printAgain(c *fiber.Ctx) error {
	p, err := s.at(c, mayServe)
	if err != nil {
		return err
	}
	caller, set := p.caller, p.set
	var number, printer string
	if err := decode(c.Body(), fields{"number": &number, "printer": &printer}); err != nil {
		return err
	}
	var k checker
	k.word("number", &number, maxID)
	k.that(number != "", "number")
	k.text("printer", &printer, 200)
	if k.err != nil {
		return k.err
	}
	return s.askForPaper(c, set, caller, printer, mostCopies, func(st *queue.State) *queue.Visit {
		return st.Find(queue.ByNumber, strings.ToUpper(number))
	})
}

// printTicket lets a visitor at the kiosk have the paper again, once.
func (s *Server) printTicket(c *fiber.Ctx) error {
	h, err := s.holder(c)
	if err != nil {
		return err
	}
	caller, err := s.allow(c, mayTake, h.branch)
	if err != nil {
		return err
	}
	if err := decode(c.Body(), fields{}); err != nil {
		return err
	}
	return s.askForPaper(c, h.set, caller, "", mostOwnCopies, func(st *queue.State) *queue.Visit { return st.Visits[h.visit.ID] })
}

// askedForPaper answers who wants a ticket again.
type askedForPaper struct {
	Job     string `json:"job"`
	Printer string `json:"printer"`
	Copy    int    `json:"copy"`
}

func (s *Server) askForPaper(c *fiber.Ctx, set *queue.Settings, caller staff.Caller, printer string, most int,
	find func(*queue.State) *queue.Visit) error {
	cmd := command{set: set}
	if err := s.name(c, &cmd.Command, caller.ID); err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	d, v, copies, err := s.whereToPrint(ctx, set.ID, caller, printer, find)
	if err != nil {
		return err
	}
	cmd.Verb, cmd.Kind, cmd.Note, cmd.Branch, cmd.By = queue.Note, queue.DeviceChanged, queue.NotePrint, set.ID, by(caller)
	cmd.Device, cmd.Visit, cmd.Copy = &d, v.ID, copies
	var result queue.Result
	if copies > most {
		// The same request may have asked before, for the last copy there is.
		result, err = s.answered(ctx, cmd, refuse(codeTooManyCopies, v.Number))
	} else {
		result, err = s.do(cmd)
	}
	if err != nil {
		return err
	}
	answer := askedForPaper{Job: v.ID + "." + itoa(result.Copy), Copy: result.Copy}
	if result.Device != nil {
		answer.Printer = result.Device.ID
	}
	return c.Status(fiber.StatusAccepted).JSON(answer)
}

// whereToPrint finds the visit, the printer that shall print it, and which copy it is.
func (s *Server) whereToPrint(ctx context.Context, branch string, caller staff.Caller, printer string,
	find func(*queue.State) *queue.Visit) (d queue.Device, v queue.Visit, copies int, err error) {
	if err := s.Push.Feed.WaitFor(ctx, branch); err != nil {
		return d, v, 0, err
	}
	s.Push.Feed.View(branch, func(st *queue.State, _ *queue.Settings) {
		found := find(st)
		if found == nil || found.Token == "" {
			err = refuse(queue.UnknownTicket, "")
			return
		}
		v, copies = *found, st.Prints[found.ID].Copies+1
		var ok bool
		if d, ok = choosePrinter(st, caller.Name, printer); !ok && printer != "" {
			err = refuse(codeUnknownDevice, clip(printer))
		} else if !ok {
			err = refuse(codeNoPrinter, "")
		}
	})
	return d, v, copies, err
}

// choosePrinter takes the one named, else the caller's own, else the first that can print.
func choosePrinter(st *queue.State, caller, named string) (queue.Device, bool) {
	var best *queue.Device
	rank := func(d *queue.Device) int {
		switch {
		case d.ID == named:
			return 3
		case slices.Contains(d.Prints, caller):
			return 2
		}
		return 1
	}
	for _, d := range st.Devices {
		if d.Kind != "printer" || (named != "" && d.ID != named) || (d.ID != named && !d.State.Prints()) {
			continue
		}
		if best == nil || rank(d) > rank(best) || (rank(d) == rank(best) && d.ID < best.ID) {
			best = d
		}
	}
	if best == nil {
		return queue.Device{}, false
	}
	return *best, true
}
