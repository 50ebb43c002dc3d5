package report

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"motcua/server/queue"
)

const (
	sweepEvery  = time.Minute
	retryAfter  = 10 * time.Minute // a report that failed is tried again then
	writtenFile = "written.json"
)

// spanWords are the words of the files' names.
var spanWords = map[string]string{"day": "ngay", "week": "tuan", "month": "thang", "quarter": "quy", "year": "nam"}

// ScheduledBranch is what a branch wants written by itself.
type ScheduledBranch struct {
	ID      string
	Reports []queue.ScheduledReport
}

// ScheduleOptions is what the schedule needs. Ready and Log may be nil.
type ScheduleOptions struct {
	Folder   string // one folder a branch is made in it
	Clock    func() time.Time
	Branches func() []ScheduledBranch
	Source   Source
	// Ready tells whether the history has read all of a branch up to the end of a day.
	Ready func(branch string, day queue.Day) bool
	Log   *slog.Logger
}

// Schedule writes reports into a folder after their span has ended, each once. What
// was written last stands beside the files, so a restart repeats nothing and makes
// up for what ended while the server was off; a file somebody deletes stays deleted.
type Schedule struct {
	o     ScheduleOptions
	later map[string]time.Time // after a failure: not before
}

// NewSchedule prepares a schedule; Run starts it.
func NewSchedule(o ScheduleOptions) *Schedule {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Schedule{o: o, later: map[string]time.Time{}}
}

// Run looks every minute whether a report is due, until the context ends.
func (s *Schedule) Run(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := s.Sweep(ctx); err != nil && ctx.Err() == nil {
			s.o.Log.Error("a scheduled report was not written", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Sweep writes what is due now. What fails does not keep the others from being
// written; it is tried again ten minutes later.
func (s *Schedule) Sweep(ctx context.Context) error {
	var failed error
	for _, b := range s.o.Branches() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if len(b.Reports) == 0 {
			continue
		}
		if err := s.branch(ctx, b); err != nil {
			failed = errors.Join(failed, fmt.Errorf("branch %s: %w", b.ID, err))
		}
	}
	return failed
}

func (s *Schedule) branch(ctx context.Context, b ScheduledBranch) error {
	folder := filepath.Join(s.o.Folder, plainName(b.ID))
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	if err := dropHalves(folder); err != nil {
		return err
	}
	written, err := s.readWritten(folder)
	if err != nil {
		return err
	}
	var failed error
	now := s.o.Clock()
	for _, r := range b.Reports {
		key := r.Span + "." + r.Format
		if now.Before(s.later[b.ID+" "+key]) {
			continue
		}
		for _, due := range duePeriods(r.Span, written[key], now) {
			if s.o.Ready != nil && !s.o.Ready(b.ID, due.to) {
				break
			}
			if err := s.write(ctx, folder, b.ID, r, due); err != nil {
				s.later[b.ID+" "+key] = now.Add(retryAfter)
				failed = errors.Join(failed, fmt.Errorf("%s from %s: %w", key, due.from, err))
				break
			}
			written[key] = due.to
			if err := storeWritten(folder, written); err != nil {
				return err
			}
		}
	}
	return failed
}

// write makes one file. A span without a visit gives none: a hall that was closed
// needs no page that says so.
func (s *Schedule) write(ctx context.Context, folder, branch string, r queue.ScheduledReport, due period) error {
	q := Query{Branches: []string{branch}, From: due.from, To: due.to}
	report, err := s.o.Source.Build(ctx, q, func(int, int) {})
	if err != nil {
		return err
	}
	if report.Days == 0 {
		return nil
	}
	name := filepath.Join(folder, fmt.Sprintf("bao-cao-%s-%s.%s", spanWords[r.Span], due.from, r.Format))
	err = replaced(name, func(f *os.File) error {
		return s.o.Source.written(ctx, f, report, Request{Query: q, Format: r.Format, Lang: "vi"})
	})
	if err == nil {
		s.o.Log.Info("a scheduled report was written", "file", name)
	}
	return err
}

// replaced writes a file whole or not at all.
func replaced(name string, write func(*os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".part-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = write(f)
	if err == nil {
		err = f.Chmod(0o640)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// dropHalves removes what a killed program was writing.
func dropHalves(folder string) error {
	halves, err := filepath.Glob(filepath.Join(folder, ".part-*"))
	for _, name := range halves {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// readWritten gives the last day of what was written, by span and format. A list
// that cannot be read counts as empty: then the last span of each is written anew.
func (s *Schedule) readWritten(folder string) (map[string]queue.Day, error) {
	b, err := os.ReadFile(filepath.Join(folder, writtenFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	written := map[string]queue.Day{}
	if err == nil && json.Unmarshal(b, &written) != nil {
		s.o.Log.Warn("the list of scheduled reports is damaged and begins anew", "folder", folder)
		return map[string]queue.Day{}, nil
	}
	return written, nil
}

func storeWritten(folder string, written map[string]queue.Day) error {
	b, err := json.MarshalIndent(written, "", "  ")
	if err != nil {
		return err
	}
	return replaced(filepath.Join(folder, writtenFile), func(f *os.File) error {
		_, err := f.Write(append(b, '\n'))
		return err
	})
}
