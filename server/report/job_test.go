package report

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/server/queue"
)

// bench is jobs with a clock and a source that a test holds in its hands.
type jobBench struct {
	*Jobs
	t       *testing.T
	mu      sync.Mutex
	now     time.Time
	ids     int
	started chan string                       // who began to build
	build   func(ctx context.Context) error   // what building does before its report is there
	told    func(progress func(done, of int)) // what it tells on the way
	folder  string
}

func newJobs(t *testing.T) *jobBench {
	b := &jobBench{t: t, now: time.Date(2026, 11, 22, 8, 0, 0, 0, queue.Zone), started: make(chan string, 100), folder: filepath.Join(t.TempDir(), "tmp")}
	b.build = func(context.Context) error { return nil }
	b.told = func(func(done, of int)) {}
	jobs, err := NewJobs(JobOptions{Folder: b.folder, Clock: func() time.Time { b.mu.Lock(); defer b.mu.Unlock(); return b.now },
		NewID: func() string { b.ids++; return "id" + strconv.Itoa(b.ids) },
		Source: Source{Build: func(ctx context.Context, q Query, progress func(done, of int)) (*Report, error) {
			b.started <- q.Service
			b.told(progress)
			return exampleReport(), b.build(ctx)
		}}})
	if err != nil {
		t.Fatal(err)
	}
	b.Jobs = jobs
	t.Cleanup(func() { jobs.Close() })
	return b
}

func (b *jobBench) start(name string) Job {
	b.t.Helper()
	job, err := b.Start(Request{Query: Query{From: "2026-11-01", To: "2026-11-30", Service: name}, Format: FormatCSV, Lang: "vi", Owner: "an"})
	if err != nil {
		b.t.Fatal(err)
	}
	return job
}

// until waits for a state.
func (b *jobBench) until(id, state string) Job {
	b.t.Helper()
	for range 6000 {
		if job, err := b.Get(id); err != nil || job.State == state {
			if err != nil {
				b.t.Fatal(err)
			}
			return job
		}
		time.Sleep(time.Millisecond)
	}
	job, _ := b.Get(id)
	b.t.Fatalf("the job stays %s, want %s", job.State, state)
	return job
}

func (b *jobBench) pass(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = b.now.Add(d)
}

func (b *jobBench) files() int {
	names, err := filepath.Glob(filepath.Join(b.folder, "export-*"))
	if err != nil {
		b.t.Fatal(err)
	}
	return len(names)
}

func TestJobMakesAFileAndKeepsItAnHour(t *testing.T) {
	b := newJobs(t)
	job := b.until(b.start("").ID, JobReady)
	if job.Size == 0 || job.Done != job.Of || job.Name != "bao-cao-2026-11-01-2026-11-30.csv" {
		t.Errorf("%+v", job)
	}
	f, _, err := b.Open(job.ID)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(f)
	f.Close()
	if err != nil || int64(len(data)) != job.Size || !strings.Contains(string(data), "Chứng thực") {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	b.pass(59 * time.Minute)
	if _, err := b.Get(job.ID); err != nil {
		t.Errorf("after 59 minutes: %v", err)
	}
	b.pass(2 * time.Minute)
	if _, _, err := b.Open(job.ID); !errors.Is(err, ErrNoJob) || b.files() != 0 {
		t.Errorf("after an hour: %v, %d files", err, b.files())
	}
}

func TestJobsRunTwoAtOnceAndTellTheirProgress(t *testing.T) {
	b, release := newJobs(t), make(chan struct{})
	b.told = func(progress func(done, of int)) { progress(3, 12) }
	b.build = func(context.Context) error { <-release; return nil }
	first, second, third := b.start("a"), b.start("b"), b.start("c")
	<-b.started
	<-b.started
	running, waiting := 0, 0
	for _, id := range []string{first.ID, second.ID, third.ID} {
		switch job, _ := b.Get(id); job.State {
		case JobRunning:
			if running++; job.Of != 0 && (job.Done != 3 || job.Of != 13) {
				t.Errorf("told %d of %d", job.Done, job.Of)
			}
		case JobWaiting:
			waiting++
		}
	}
	if running != 2 || waiting != 1 || len(b.started) != 0 {
		t.Errorf("%d run, %d wait", running, waiting)
	}
	if _, _, err := b.Open(first.ID); !errors.Is(err, ErrNotReady) {
		t.Errorf("opened before it is ready: %v", err)
	}
	close(release)
	for _, id := range []string{first.ID, second.ID, third.ID} {
		b.until(id, JobReady)
	}
	if list := b.List("an"); len(list) != 3 || len(b.List("other")) != 0 {
		t.Errorf("lists %d", len(list))
	}
}

func TestJobIsCancelled(t *testing.T) {
	b := newJobs(t)
	b.build = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	running := b.start("a")
	<-b.started
	if job, err := b.Cancel(running.ID); err != nil || job.State != JobCancelled {
		t.Errorf("%+v, %v", job, err)
	}
	b.running.Wait()
	if job, _ := b.Get(running.ID); job.State != JobCancelled || b.files() != 0 {
		t.Errorf("%s, %d files left", job.State, b.files())
	}
	if _, err := b.Cancel("nothing"); !errors.Is(err, ErrNoJob) {
		t.Errorf("cancelling nothing: %v", err)
	}
}

func TestJobThatFailsOrPanicsLeavesNothing(t *testing.T) {
	b := newJobs(t)
	for _, build := range []func(context.Context) error{
		func(context.Context) error { return errors.New("the disk is full") },
		func(context.Context) error { panic("a mistake") },
	} {
		b.build = build
		job := b.until(b.start("").ID, JobFailed)
		if _, _, err := b.Open(job.ID); !errors.Is(err, ErrNotReady) || b.files() != 0 {
			t.Errorf("%v, %d files", err, b.files())
		}
	}
	b.build = func(context.Context) error { return nil }
	b.until(b.start("").ID, JobReady) // the places are free again
	if _, err := b.Start(Request{Format: "doc"}); !errors.Is(err, ErrFormat) {
		t.Errorf("an unknown format: %v", err)
	}
}

// However many are asked for, a bounded number waits; what is ready makes room.
func TestJobsAreBounded(t *testing.T) {
	b, release := newJobs(t), make(chan struct{})
	b.build = func(context.Context) error { <-release; return nil }
	var last Job
	for range jobsKept {
		last = b.start("")
	}
	if _, err := b.Start(Request{Format: FormatCSV}); !errors.Is(err, ErrTooManyJobs) {
		t.Errorf("one more: %v", err)
	}
	close(release)
	b.until(last.ID, JobReady)
	b.running.Wait()
	b.start("")
	b.running.Wait()
	if n := b.files(); n != jobsKept {
		t.Errorf("%d files kept", n)
	}
}

// What a run of the program left behind goes with the next start; strangers stay.
func TestJobsClearTheirFolder(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"export-old", "other"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	jobs, err := NewJobs(JobOptions{Folder: folder, Clock: time.Now, NewID: func() string { return "a" }})
	if err != nil {
		t.Fatal(err)
	}
	left, _ := os.ReadDir(folder)
	if len(left) != 1 || left[0].Name() != "other" {
		t.Errorf("%v is left", left)
	}
	if err := jobs.Close(); err != nil {
		t.Error(err)
	}
	if _, err := jobs.Start(Request{Format: FormatCSV}); err == nil {
		t.Error("a job began after the end")
	}
}
