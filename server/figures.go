package main

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"motcua/server/api"
	"motcua/server/history"
	"motcua/server/queue"
	"motcua/server/report"
)

// figures reads the history for the edge. What is asked of today is read from the
// stream first, so that a figure counts all that was accepted before the question.
type figures struct {
	report.Bound
	history *history.History
	clock   queue.Clock
	live    func() []string // the branches of this server
}

// Build makes a report.
func (f *figures) Build(ctx context.Context, q report.Query) (*report.Report, error) {
	f.catchUp(ctx, q)
	return f.Bound.Build(ctx, q)
}

// BuildWith makes a report and tells how far it is.
func (f *figures) BuildWith(ctx context.Context, q report.Query, progress func(done, of int)) (*report.Report, error) {
	f.catchUp(ctx, q)
	return f.Bound.BuildWith(ctx, q, progress)
}

// Compare compares branches.
func (f *figures) Compare(ctx context.Context, q report.Query) ([]report.Ranked, error) {
	f.catchUp(ctx, q)
	return f.Bound.Compare(ctx, q)
}

// Officers lists the clerks.
func (f *figures) Officers(ctx context.Context, q report.Query) ([]report.Officer, error) {
	f.catchUp(ctx, q)
	return f.Bound.Officers(ctx, q)
}

// Visits gives the visits behind a figure.
func (f *figures) Visits(ctx context.Context, q report.VisitQuery) (report.VisitPage, error) {
	f.catchUp(ctx, q.Query)
	return f.Bound.Visits(ctx, q)
}

// Results gives what a branch publishes.
func (f *figures) Results(ctx context.Context, branch string) (report.Results, error) {
	f.catchUp(ctx, report.Query{Branches: []string{branch}, To: queue.DayOf(f.clock.Now())})
	return f.Bound.Results(ctx, branch)
}

// catchUp reads what the streams have, when a query is about today. When it fails
// the figures are those of a moment ago, and the history itself says why.
func (f *figures) catchUp(ctx context.Context, q report.Query) {
	if q.To < queue.DayOf(f.clock.Now()) {
		return
	}
	var wanted []string
	for _, b := range f.live() {
		for _, named := range q.Branches {
			if named == b {
				wanted = append(wanted, b)
			}
		}
		if len(q.Branches) == 0 {
			wanted = append(wanted, b)
		}
	}
	if len(wanted) > 0 {
		_ = f.history.CatchUp(ctx, wanted...)
	}
}

// openFigures opens the history for reading, and what makes files of it; those that
// the settings ask for write themselves in the background.
func (h *hall) openFigures(ctx, background context.Context) error {
	reader, err := report.Open(ctx, filepath.Join(h.config.Data, history.File))
	if err != nil {
		return err
	}
	h.figures = &figures{history: h.history, clock: h.clock, live: h.push.Feed.Branches, Bound: report.Bound{Reader: reader,
		Options: report.Options{Clock: h.clock, Settings: h.settingsOf, Procedure: h.procedureName, Dossiers: h.dossiersOf}}}
	source := report.Source{Build: h.figures.BuildWith, Compare: h.figures.Compare, Paper: h.paperOf}
	h.exports, err = report.NewJobs(report.JobOptions{Folder: filepath.Join(h.config.Data, "tmp"), Clock: h.clock.Now,
		NewID: func() string { return randomText(12) }, Source: source, Log: h.log})
	if err != nil {
		return err
	}
	schedule := report.NewSchedule(report.ScheduleOptions{Folder: filepath.Join(h.config.Data, "reports"), Clock: h.clock.Now,
		Branches: h.scheduled, Source: source, Ready: h.readUpTo, Log: h.log})
	h.running.Add(1)
	go func() {
		defer h.running.Done()
		schedule.Run(background)
	}()
	return nil
}

// closeFigures ends what openFigures began.
func (h *hall) closeFigures() error {
	var err error
	if h.exports != nil {
		err = h.exports.Close()
	}
	if h.figures != nil {
		err = errors.Join(err, h.figures.Close())
	}
	return err
}

// figureDeps gives the edge what it asks of the history.
func (h *hall) figureDeps(d *api.Deps) {
	d.Figures, d.History, d.Exports, d.Paper = h.figures, h.history, h.exports, h.paperOf
}

func (h *hall) settingsOf(branch string) *queue.Settings {
	set, known := h.push.Feed.Settings(branch)
	if !known && h.config.demo {
		return sampleUnit(branch)
	}
	return set
}

func (h *hall) procedureName(code string) string {
	p, _ := h.found.Procedure(code)
	return p.Name
}

// dossiersPatience bounds the counting of dossiers, which a report can do without.
const dossiersPatience = 5 * time.Second

// dossiersOf gives what the one-stop software told of a branch; nil when it told nothing.
func (h *hall) dossiersOf(branch string, from, to queue.Day) *report.Dossiers {
	ctx, cancel := context.WithTimeout(context.Background(), dossiersPatience)
	defer cancel()
	if told, err := h.files.Fresh(ctx, branch); err != nil || told.IsZero() {
		return nil
	}
	n, err := h.files.Between(ctx, branch, from, to, h.clock.Now())
	if err != nil {
		h.log.Warn("a report has no dossiers", "branch", branch, "error", err)
		return nil
	}
	return &report.Dossiers{Received: n.Received, Resolved: n.Resolved, Pending: n.Pending, Overdue: n.Overdue}
}

// paperOf gives the letterhead of the branch a report is about; one about several
// has that of the server's own.
func (h *hall) paperOf(q report.Query, lang string) report.Paper {
	branch := h.config.Branch
	if len(q.Branches) == 1 {
		branch = q.Branches[0]
	}
	set := h.settingsOf(branch)
	if set == nil {
		return report.Paper{}
	}
	paper := report.Paper{Letterhead: set.Report.Letterhead, Body: set.Name.In(lang)}
	for _, level := range set.Rating.Levels {
		paper.Levels = append(paper.Levels, level.Name.In(lang))
	}
	return paper
}

// scheduled lists what the branches want written by itself.
func (h *hall) scheduled() []report.ScheduledBranch {
	var list []report.ScheduledBranch
	for _, branch := range h.push.Feed.Branches() {
		if set := h.settingsOf(branch); set != nil {
			list = append(list, report.ScheduledBranch{ID: branch, Reports: set.Report.Scheduled})
		}
	}
	return list
}

// readUpTo tells whether the history has all of a branch's day.
func (h *hall) readUpTo(branch string, day queue.Day) bool {
	ctx, cancel := context.WithTimeout(context.Background(), holdsPatience)
	defer cancel()
	held, err := h.history.Holds(ctx, branch, day)
	return err == nil && held
}
