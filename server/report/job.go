package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Bounds of reports made on request.
const (
	jobsAtOnce = 2  // making one needs a processor and some memory
	jobsKept   = 50 // waiting, running and ready ones together
	jobKept    = time.Hour
)

// The errors a person can do something about.
var (
	ErrTooManyJobs = errors.New("too many reports are being made: try again when one of them is ready")
	ErrNoJob       = errors.New("there is no such report, or it is no longer kept")
	ErrNotReady    = errors.New("this report is not ready")
)

// The states of a job.
const (
	JobWaiting   = "waiting" // for one of the two places
	JobRunning   = "running"
	JobReady     = "done"
	JobFailed    = "failed"
	JobCancelled = "cancelled"
)

// Source is what reports are made from. Build and Compare read the history; the
// progress they tell is of steps they choose themselves.
type Source struct {
	Build func(ctx context.Context, q Query, progress func(done, of int)) (*Report, error)
	// Compare gives the ranking of branches for reports about several; nil for none.
	Compare func(ctx context.Context, q Query) ([]Ranked, error)
	// Paper gives the letterhead and names of a query's branch in a language.
	Paper func(q Query, lang string) Paper
}

// Job is one file that is being made, or was.
type Job struct {
	ID     string    `json:"id"`
	Format string    `json:"format"`
	Name   string    `json:"name"` // of the file
	State  string    `json:"state"`
	Done   int       `json:"done"` // steps
	Of     int       `json:"of"`
	Size   int64     `json:"size,omitempty"` // bytes, when ready
	Made   time.Time `json:"made"`           // when it was asked for
	Owner  string    `json:"-"`              // who asked
	Query  Query     `json:"query"`
	Lang   string    `json:"lang"`
}

// Request asks for a file.
type Request struct {
	Query  Query
	Format string
	Lang   string
	Owner  string // kept with the job; who may see it is the caller's business
}

// JobOptions is what jobs need. All but Log are required.
type JobOptions struct {
	Folder string // emptied at the start and at the end: files of jobs do not outlive the program
	Clock  func() time.Time
	NewID  func() string // unguessable, file-name safe
	Source Source
	Log    *slog.Logger
}

// Jobs makes files in the background, two at a time, and keeps each for an hour.
type Jobs struct {
	o       JobOptions
	ctx     context.Context
	end     context.CancelFunc
	places  chan struct{}
	running sync.WaitGroup

	mu   sync.Mutex
	jobs map[string]*job
}

type job struct {
	Job
	cancel context.CancelFunc
	ended  time.Time // zero while it waits or runs
}

// NewJobs prepares the folder. Close ends what runs and removes the files.
func NewJobs(o JobOptions) (*Jobs, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if err := emptied(o.Folder); err != nil {
		return nil, err
	}
	ctx, end := context.WithCancel(context.Background())
	return &Jobs{o: o, ctx: ctx, end: end, places: make(chan struct{}, jobsAtOnce), jobs: map[string]*job{}}, nil
}

// emptied makes the folder and removes what an earlier run left in it.
func emptied(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(folder, "export-*"))
	if err != nil {
		return err
	}
	for _, name := range old {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Start begins a file and answers at once.
func (j *Jobs) Start(r Request) (Job, error) {
	if ContentType(r.Format) == ContentType("") && r.Format != FormatCSV {
		return Job{}, ErrFormat
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.ctx.Err(); err != nil {
		return Job{}, err
	}
	j.forget()
	if len(j.jobs) >= jobsKept && !j.dropOldest() {
		return Job{}, ErrTooManyJobs
	}
	ctx, cancel := context.WithCancel(j.ctx)
	one := &job{cancel: cancel, Job: Job{ID: j.o.NewID(), Format: r.Format, Name: FileName(r.Query, r.Format), State: JobWaiting,
		Made: j.o.Clock(), Owner: r.Owner, Query: r.Query, Lang: r.Lang}}
	j.jobs[one.ID] = one
	j.running.Add(1)
	go j.work(ctx, one)
	return one.Job, nil
}

// Get tells how far a job is; ErrNoJob when there is none.
func (j *Jobs) Get(id string) (Job, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.forget()
	if one := j.jobs[id]; one != nil {
		return one.Job, nil
	}
	return Job{}, ErrNoJob
}

// List gives the jobs of an owner, newest first.
func (j *Jobs) List(owner string) []Job {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.forget()
	list := []Job{}
	for _, one := range j.jobs {
		if one.Owner == owner {
			list = append(list, one.Job)
		}
	}
	slices.SortFunc(list, func(a, b Job) int { return cmp.Or(b.Made.Compare(a.Made), strings.Compare(a.ID, b.ID)) })
	return list
}

// Cancel stops a job that waits or runs, and removes the file of one that is ready.
func (j *Jobs) Cancel(id string) (Job, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.forget()
	one := j.jobs[id]
	if one == nil {
		return Job{}, ErrNoJob
	}
	if one.State != JobFailed {
		one.State = JobCancelled
	}
	one.cancel()
	j.remove(one)
	return one.Job, nil
}

// Open opens the file of a ready job; the caller closes it.
func (j *Jobs) Open(id string) (*os.File, Job, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.forget()
	one := j.jobs[id]
	if one == nil {
		return nil, Job{}, ErrNoJob
	}
	if one.State != JobReady {
		return nil, one.Job, ErrNotReady
	}
	f, err := os.Open(j.path(one))
	return f, one.Job, err
}

// Close cancels what runs, waits for it and removes the files.
func (j *Jobs) Close() error {
	j.end()
	j.running.Wait()
	j.mu.Lock()
	defer j.mu.Unlock()
	clear(j.jobs)
	return emptied(j.o.Folder)
}

func (j *Jobs) path(one *job) string { return filepath.Join(j.o.Folder, "export-"+one.ID) }

// forget drops what ended more than an hour ago. The caller holds the lock.
func (j *Jobs) forget() {
	oldest := j.o.Clock().Add(-jobKept)
	for id, one := range j.jobs {
		if !one.ended.IsZero() && one.ended.Before(oldest) {
			j.remove(one)
			delete(j.jobs, id)
		}
	}
}

// dropOldest makes room by dropping what ended first; false when nothing has ended.
func (j *Jobs) dropOldest() bool {
	var oldest *job
	for _, one := range j.jobs {
		if !one.ended.IsZero() && (oldest == nil || one.ended.Before(oldest.ended)) {
			oldest = one
		}
	}
	if oldest == nil {
		return false
	}
	j.remove(oldest)
	delete(j.jobs, oldest.ID)
	return true
}

func (j *Jobs) remove(one *job) {
	if err := os.Remove(j.path(one)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		j.o.Log.Warn("the file of a report was not removed", "error", err)
	}
}

// work makes one file. Whatever the making does, the job ends in one of its states.
func (j *Jobs) work(ctx context.Context, one *job) {
	defer j.running.Done()
	defer one.cancel()
	var err error
	select {
	case j.places <- struct{}{}:
		defer func() { <-j.places }()
		j.mu.Lock()
		if one.State == JobWaiting {
			one.State = JobRunning
		}
		j.mu.Unlock()
		err = j.write(ctx, one)
	case <-ctx.Done():
		err = ctx.Err()
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	one.ended = j.o.Clock()
	switch {
	case one.State == JobCancelled || ctx.Err() != nil:
		one.State = JobCancelled
		j.remove(one)
	case err != nil:
		one.State = JobFailed
		j.remove(one)
		j.o.Log.Error("a report could not be made", "format", one.Format, "error", err)
	default:
		one.State, one.Done = JobReady, one.Of
		if info, err := os.Stat(j.path(one)); err == nil {
			one.Size = info.Size()
		}
	}
}

func (j *Jobs) write(ctx context.Context, one *job) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("a report panicked: %v", r)
		}
	}()
	f, err := os.OpenFile(j.path(one), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = j.o.Source.file(ctx, f, Request{Query: one.Query, Format: one.Format, Lang: one.Lang}, func(done, of int) {
		j.mu.Lock()
		defer j.mu.Unlock()
		one.Done, one.Of = done, of
	})
	return errors.Join(err, f.Close())
}
