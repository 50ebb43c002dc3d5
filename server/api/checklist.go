package api

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"motcua/server/catalogue"
	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/wire"
)

// A list of what to bring is printed like a ticket and is none: it has no visit, so
// the day's record tells only that a printer was asked. What it says lives here in
// memory, for as long as a printer might still ask for it.

const (
	listPrefix = "list-" // begins the job's id
	listLife   = 15 * time.Minute
	mostLists  = 200
)

// listJob is one list and what became of it.
type listJob struct {
	branch, printer string
	caller          string // id of the key that asked
	job             wire.PrintJob
	code            string
	which           int // the case, from 1; 0 when none was chosen
	state, reason   string
	at              time.Time
}

// same tells whether two are the same wish.
func (l listJob) same(as listJob) bool {
	return l.caller == as.caller && l.code == as.code && l.which == as.which && l.job.Lang == as.job.Lang
}

// listJobs keeps them by id.
type listJobs struct {
	clock queue.Clock
	mu    sync.Mutex
	byID  map[string]*listJob
}

func newListJobs(clock queue.Clock) *listJobs {
	return &listJobs{clock: clock, byID: map[string]*listJob{}}
}

// add keeps a list, and forgets the old ones.
func (l *listJobs) add(id string, job *listJob) {
	l.mu.Lock()
	defer l.mu.Unlock()
	job.at = l.clock.Now()
	oldest := ""
	for other, old := range l.byID {
		if job.at.Sub(old.at) > listLife {
			delete(l.byID, other)
		} else if oldest == "" || old.at.Before(l.byID[oldest].at) {
			oldest = other
		}
	}
	if len(l.byID) >= mostLists {
		delete(l.byID, oldest)
	}
	l.byID[id] = job
}

// find gives a copy of one.
func (l *listJobs) find(branch, id string) (listJob, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	job := l.byID[id]
	if job == nil || job.branch != branch {
		return listJob{}, false
	}
	return *job, true
}

// waiting finds a list like this one that no printer has told of yet: who presses
// again while it is on its way wants no second.
func (l *listJobs) waiting(like listJob) (id string, found listJob, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, job := range l.byID {
		if job.branch == like.branch && job.state == listQueued && job.same(like) && l.clock.Now().Sub(job.at) <= listLife {
			return id, *job, true
		}
	}
	return "", listJob{}, false
}

// told notes what became of one; nothing comes after a word of the printer.
func (l *listJobs) told(branch, id, state, reason string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if job := l.byID[id]; job != nil && job.branch == branch && job.state != wire.Printed {
		job.state, job.reason = state, reason
	}
}

func (l *listJobs) drop(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.byID, id)
}

// listAnswer tells how far a list is: queued, sent (a printer that cannot say more
// took it), printed, failed, unknown.
type listAnswer struct {
	Job     string `json:"job"`
	Printer string `json:"printer"`
	State   string `json:"state"`
	Reason  string `json:"reason,omitempty"`
}

// listQueued is the state of a list that no printer has told of.
const listQueued = "queued"

func listAnswerOf(id string, l listJob) listAnswer {
	return listAnswer{Job: id, Printer: l.printer, State: l.state, Reason: l.reason}
}

// printChecklist has what to bring for a procedure printed where the caller's
// tickets are.
func (s *Server) printChecklist(c *fiber.Ctx) error {
	p, err := s.at(c, mayTake)
	if err != nil {
		return err
	}
	cmd := command{set: p.set}
	if err := s.name(c, &cmd.Command, p.caller.ID); err != nil {
		return err
	}
	list, err := s.checklistInput(c, p)
	if err != nil {
		return err
	}
	ctx, cancel := s.life()
	defer cancel()
	turn := "list " + p.branch + " " + p.caller.ID // one list of a machine after the other
	if err := s.twins.enter(ctx, turn); err != nil {
		return refuse(queue.StoreDown, "")
	}
	defer s.twins.leave(turn)
	list.caller = p.caller.ID
	id := listPrefix + cmd.Request
	if known, ok := s.lists.find(p.branch, id); ok {
		if !known.same(list) {
			return refuse(queue.KeyReused, "")
		}
		return c.Status(fiber.StatusAccepted).JSON(listAnswerOf(id, known))
	}
	d, err := s.listPrinter(ctx, p.branch, p.caller)
	if err != nil {
		return err
	}
	if id, known, ok := s.lists.waiting(list); ok && known.printer == d.ID {
		return c.Status(fiber.StatusAccepted).JSON(listAnswerOf(id, known))
	}
	list.printer, list.job.Job, list.job.Visit = d.ID, id, id
	s.lists.add(id, &list)
	cmd.Verb, cmd.Kind, cmd.Note, cmd.Branch, cmd.By = queue.Note, queue.DeviceChanged, queue.NoteList+id, p.branch, by(p.caller)
	cmd.Device = &d
	if _, err := s.do(cmd); err != nil {
		s.lists.drop(id)
		return err
	}
	return c.Status(fiber.StatusAccepted).JSON(listAnswerOf(id, list))
}

// checklistInput reads which list is wanted.
func (s *Server) checklistInput(c *fiber.Ctx, p place) (listJob, error) {
	var code, lang string
	var which int
	if err := decode(c.Body(), fields{"procedure": &code, "case": &which, "lang": &lang}); err != nil {
		return listJob{}, err
	}
	var k checker
	k.word("procedure", &code, maxID)
	k.word("lang", &lang, maxID)
	if k.err != nil {
		return listJob{}, k.err
	}
	found, ok := s.here(p.set, code)
	if !ok {
		return listJob{}, refuse(codeUnknownProcedure, clip(code))
	}
	if which < 0 || which > max(1, len(found.Plain.Cases)) {
		return listJob{}, refuse(queue.BadParameter, "case")
	}
	if err := s.knownLanguage(lang); err != nil {
		return listJob{}, err
	}
	set := p.set
	job := wire.PrintJob{Hall: set.Name, Place: set.Place, Lang: cmp.Or(lang, "vi"), Area: []string{},
		WiFi: set.Paper.WiFi, WiFiKey: set.Paper.WiFiKey, IssuedAt: wire.TimeOf(s.Clock.Now()),
		Training: set.Training, Checklist: s.checklist(set, found, which)}
	return listJob{branch: p.branch, job: job, code: code, which: which, state: listQueued}, nil
}

func (s *Server) checklist(set *queue.Settings, p wholeProcedure, which int) *wire.Checklist {
	list := &wire.Checklist{Procedure: p.Code, Name: p.Name, Papers: []wire.ChecklistPaper{}, Counters: p.Counters,
		Online: p.Online.URL != "", AsOf: p.AsOf, Sample: p.Sample}
	if found, ok := caseAt(p.Plain, which); ok {
		list.Case, list.Sets = found.Name, found.Sets
		for _, paper := range found.Bring {
			list.Papers = append(list.Papers, wire.ChecklistPaper{Name: paper.Name, Originals: paper.Originals, Copies: paper.Copies, Show: paper.Show})
		}
	}
	for _, t := range p.Plain.Times {
		list.Times = append(list.Times, wire.ChecklistTime{Modes: t.Modes, Text: t.Text})
	}
	for _, f := range p.Plain.Fees {
		list.Fees = append(list.Fees, feeLine(f))
	}
	if len(p.Offices) > 0 {
		list.Office = p.Offices[0].Name.VI
	}
	if p.Late != nil {
		list.Late = p.Late.Text
	}
	list.Promise = s.promiseOf(set, p)
	return list
}

// promiseOf is the procedure's own promise, else today's of its service.
func (s *Server) promiseOf(set *queue.Settings, p wholeProcedure) queue.Text {
	if p.Promise != nil {
		return *p.Promise
	}
	if len(p.Services) == 0 {
		return queue.Text{}
	}
	service, _ := set.Service(p.Services[0])
	return wire.PromiseText(set.PromiseOn(service, queue.DayOf(s.Clock.Now())))
}

func feeLine(f catalogue.PlainFee) wire.ChecklistFee {
	return wire.ChecklistFee{Modes: f.Modes, Text: f.Text, ByProvince: f.ByProvince, Resolution: f.Resolution}
}

// listPrinter is the printer of the caller's tickets. Paper that came out of
// another one would be looked for in vain; only staff, who have none, get any.
func (s *Server) listPrinter(ctx context.Context, branch string, caller staff.Caller) (d queue.Device, err error) {
	if err := s.Push.Feed.WaitFor(ctx, branch); err != nil {
		return d, err
	}
	s.Push.Feed.View(branch, func(st *queue.State, _ *queue.Settings) {
		var ok bool
		if d, ok = choosePrinter(st, caller.Name, ""); ok && (caller.Role == staff.Admin || slices.Contains(d.Prints, caller.Name)) {
			return
		}
		err = refuse(codeNoPrinter, "")
		for _, other := range st.Devices {
			if other.Kind == "printer" && slices.Contains(other.Prints, caller.Name) {
				err = refuse(codePrinterNotReady, string(other.State))
			}
		}
	})
	return d, err
}

// listState tells the caller what became of a list.
func (s *Server) listState(c *fiber.Ctx) error {
	p, err := s.at(c, mayTake)
	if err != nil {
		return err
	}
	id := param(c, "job")
	list, ok := s.lists.find(p.branch, id)
	if !ok {
		return refuse(codeNotFound, "job")
	}
	return c.JSON(listAnswerOf(id, list))
}

// listToPrint gives an agent the list behind a job; false when the job is a ticket.
func (s *Server) listToPrint(c *fiber.Ctx, branch string) (wire.PrintJob, bool) {
	id := param(c, "visit")
	list, ok := s.lists.find(branch, id)
	if !ok || !strings.HasPrefix(id, listPrefix) {
		return wire.PrintJob{}, false
	}
	if base := s.base(c); base != "" { // without one the paper has no code
		list.job.URL = procedureURL(base, list.code, s.named(branch), list.which)
	}
	return list.job, true
}
