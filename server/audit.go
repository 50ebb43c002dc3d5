package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"motcua/server/audit"
	"motcua/server/queue"
)

// auditSweep is how often the queue's exceptions are read into the audit log.
const auditSweep = 5 * time.Second

// openAudit opens the log of who changed what. What the queue tells is read in the
// background, and old lines go once an hour. A log that cannot be opened closes no
// hall: numbers go on, and administrators are refused until it is mended.
func (h *hall) openAudit(ctx, background context.Context) {
	var err error
	if h.audit, err = audit.Open(ctx, filepath.Join(h.config.Data, audit.File), h.clock); err != nil {
		h.log.Error("the audit log cannot be opened: administrators can change nothing until it is mended (motcua doctor)", "error", err)
		h.audit = audit.Unusable(err)
		return
	}
	h.audit.FullName = h.staff.FullName
	h.running.Add(1)
	go func() {
		defer h.running.Done()
		h.keepAudit(background)
	}()
}

func (h *hall) keepAudit(ctx context.Context) {
	sweep, hours := time.NewTicker(auditSweep), time.NewTicker(audit.Often)
	defer sweep.Stop()
	defer hours.Stop()
	h.purgeAudit(ctx)
	failing := false
	for {
		err := h.readQueue(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil && !failing {
			h.log.Error("the audit log is not written", "error", err)
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return
		case <-hours.C:
			h.purgeAudit(ctx)
		case <-sweep.C:
		}
	}
}

func (h *hall) readQueue(ctx context.Context) error {
	var all error
	for _, branch := range h.push.Feed.Branches() {
		all = errors.Join(all, h.audit.ReadQueue(ctx, h.opened.store, branch))
	}
	return all
}

// purgeAudit takes old lines away: those that no branch wants to keep any more.
func (h *hall) purgeAudit(ctx context.Context) {
	months := 0
	for _, branch := range h.push.Feed.Branches() {
		if set, ok := h.push.Feed.Settings(branch); ok {
			months = max(months, set.Report.AuditMonths())
		}
	}
	if months == 0 {
		return
	}
	if _, err := h.audit.Purge(ctx, months); err != nil && ctx.Err() == nil {
		h.log.Error("old lines of the audit log stay", "error", err)
	}
}

// checkAudit verifies the chain and tells its head, to be noted down.
func checkAudit(ctx context.Context, dir string) []finding {
	path := filepath.Join(dir, audit.File)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil // before its first start
	}
	v, err := audit.Check(ctx, path)
	if err != nil {
		return []finding{{what: audit.File + ": " + err.Error(),
			help: "keep this file as it is, compare it with the last backup, and tell who answers for the security of information"}}
	}
	return []finding{{ok: true, what: fmt.Sprintf("audit log: %d lines, whole; head %d %.16s", v.Lines, v.Head.N, v.Head.Digest)}}
}

// commanded makes a change that somebody asks for at the server's console, written
// down first. As on the page, a change that cannot be written down is not made, and
// one that then fails gets a second line.
func commanded(ctx context.Context, dir string, line audit.Line, before, after any, change func() error) error {
	var err error
	if line.Changes, err = audit.Diff(before, after); err != nil {
		return err
	}
	log, err := audit.Open(ctx, filepath.Join(dir, audit.File), queue.SystemClock)
	if err != nil {
		return fmt.Errorf("nothing was changed, since it could not be written down: %w", err)
	}
	defer log.Close()
	line.Who, line.From = "command", "command"
	if _, err := log.Add(ctx, line); err != nil {
		return fmt.Errorf("nothing was changed, since it could not be written down: %w", err)
	}
	if err := change(); err != nil {
		line.Outcome, line.Changes = "failed", nil
		_, wrong := log.Add(ctx, line)
		return errors.Join(err, wrong)
	}
	return nil
}
