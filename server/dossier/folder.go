package dossier

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"motcua/server/queue"
)

// Folder takes in the files that the one-stop software puts into DIR/in, or into
// DIR/in/BRANCH for another branch than the usual one. A file goes to done or to
// failed, with a report beside it.
type Folder struct {
	Dir      string // "dossiers" in the data directory
	Store    *Store
	Branch   string          // of the files in DIR/in itself
	Branches func() []string // those there are
	Clock    queue.Clock
	Log      *slog.Logger

	seen map[string]stamp
	said map[string]bool // mistakes told already
}

// stamp tells whether a file is still being written.
type stamp struct {
	size  int64
	at    time.Time
	still int // looks since it changed
}

// The folders beside in.
const (
	doneFolder   = "done"
	failedFolder = "failed"
)

const (
	// FolderLook is how often the folder is looked at.
	FolderLook = time.Second
	// stillLooks is how many looks in a row a file must not have changed.
	stillLooks = 2
	// KeepFiles is how long files taken in are kept: they hold what we do not keep.
	KeepFiles = 7 * 24 * time.Hour
	// nameTime begins the name of a file taken in.
	nameTime = "20060102-150405"
)

// Prepare makes the folders.
func (f *Folder) Prepare() error {
	f.seen, f.said = map[string]stamp{}, map[string]bool{}
	for _, name := range []string{"in", doneFolder, failedFolder} {
		if err := os.MkdirAll(filepath.Join(f.Dir, name), 0o700); err != nil {
			return err
		}
	}
	return nil
}

// Run looks until ctx ends, and once a day deletes what is too old.
func (f *Folder) Run(ctx context.Context) {
	look := time.NewTicker(FolderLook)
	defer look.Stop()
	var cleaned queue.Day
	for {
		if today := queue.DayOf(f.Clock.Now()); today != cleaned {
			f.clean(ctx)
			cleaned = today
		}
		f.Look(ctx)
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
	}
}

// Look takes in what has stopped growing.
func (f *Folder) Look(ctx context.Context) {
	in := filepath.Join(f.Dir, "in")
	there := map[string]bool{}
	f.lookIn(ctx, in, f.Branch, there)
	for _, branch := range f.Branches() {
		f.lookIn(ctx, filepath.Join(in, branch), branch, there)
	}
	for path := range f.seen {
		if !there[path] {
			delete(f.seen, path)
		}
	}
}

func (f *Folder) lookIn(ctx context.Context, dir, branch string, there map[string]bool) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			f.once("the folder of dossiers cannot be read", err)
		}
		return
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() == 0 || unfinished(e.Name()) || ctx.Err() != nil {
			continue
		}
		there[path] = true
		now := stamp{size: info.Size(), at: info.ModTime()}
		if last, ok := f.seen[path]; ok && last.size == now.size && last.at.Equal(now.at) {
			now.still = last.still + 1
		}
		f.seen[path] = now
		if now.still == stillLooks {
			f.take(ctx, path, branch, info.ModTime())
		}
	}
}

// unfinished names what programs write while they are at it.
func unfinished(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || strings.HasSuffix(lower, ".tmp") ||
		strings.HasSuffix(lower, ".part") || strings.HasSuffix(lower, ".crdownload")
}

// once tells a mistake that every look would meet again.
func (f *Folder) once(what string, err error) {
	err = unnamed(err)
	if key := what + err.Error(); !f.said[key] {
		f.said[key] = true
		f.Log.Error(what, "err", err)
	}
}

// unnamed is an error without the file it is about: people name files after people.
func unnamed(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return fmt.Errorf("%s: %w", path.Op, path.Err)
	case errors.As(err, &link):
		return fmt.Errorf("%s: %w", link.Op, link.Err)
	}
	return err
}

// take imports a file and moves it away. What fails for our own reasons stays
// where it is, and is tried again.
func (f *Folder) take(ctx context.Context, path, branch string, made time.Time) {
	report, err := f.read(ctx, path, branch, made)
	if err != nil {
		if ctx.Err() == nil {
			f.once("a file of dossiers could not be taken in; it is tried again", err)
		}
		delete(f.seen, path)
		return
	}
	to := doneFolder
	if !report.OK() {
		to = failedFolder
	}
	// The file's name is not logged: people name files after people.
	f.Log.Info("a file of dossiers was taken in", "import", report.ID, "branch", branch, "accepted", report.Accepted,
		"unchanged", report.Unchanged, "refused", report.Bad)
	if err := f.move(path, to, &report); err != nil {
		f.once("a file of dossiers was taken in but could not be moved away", err)
	}
}

func (f *Folder) read(ctx context.Context, path, branch string, made time.Time) (Report, error) {
	file, err := os.Open(path)
	if err != nil {
		return Report{}, err
	}
	defer file.Close()
	return f.Store.Import(ctx, file, Options{File: filepath.Base(path), Source: FromFolder, Branch: branch, Branches: f.Branches(),
		Now: f.Clock.Now(), AsOf: made})
}

// move puts a file and its report away, under a name that is still free.
func (f *Folder) move(path, to string, r *Report) error {
	now, name := f.Clock.Now().In(queue.Zone).Format(nameTime), shortened(filepath.Base(path))
	target := filepath.Join(f.Dir, to, now+"-"+name)
	for n := 2; exists(target); n++ {
		target = filepath.Join(f.Dir, to, fmt.Sprintf("%s-%d-%s", now, n, name))
	}
	return errors.Join(os.WriteFile(target+".txt", []byte(r.Text()), 0o600), os.Rename(path, target))
}

// mostName leaves room in a file's name, which has 255 bytes at most, for the time,
// a number and the report's ending.
const mostName = 220

func shortened(name string) string {
	if len(name) <= mostName {
		return name
	}
	end := filepath.Ext(name)
	if len(end) > len(".jsonl") {
		end = ""
	}
	return strings.ToValidUTF8(name[:mostName-len(end)], "") + end
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// clean deletes old dossiers, and the files taken in some days ago.
func (f *Folder) clean(ctx context.Context) {
	now := f.Clock.Now()
	if n, err := f.Store.Purge(ctx, now); err != nil {
		f.once("old dossiers could not be deleted", err)
	} else if n > 0 {
		f.Log.Info("old dossiers were deleted", "dossiers", n)
	}
	for _, name := range []string{doneFolder, failedFolder} {
		dir := filepath.Join(f.Dir, name)
		entries, err := os.ReadDir(dir)
		if err != nil {
			f.once("the folder of dossiers cannot be read", err)
			continue
		}
		for _, e := range entries {
			if tooOld(e, now) {
				if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
					f.once("an old file of dossiers could not be deleted", err)
				}
			}
		}
	}
}

// tooOld looks at the time in the name, which is ours; a file somebody else put
// there goes by its own.
func tooOld(e fs.DirEntry, now time.Time) bool {
	if e.IsDir() {
		return false
	}
	if name := e.Name(); len(name) > len(nameTime) {
		if t, err := time.ParseInLocation(nameTime, name[:len(nameTime)], queue.Zone); err == nil {
			return now.Sub(t) > KeepFiles
		}
	}
	info, err := e.Info()
	return err == nil && now.Sub(info.ModTime()) > KeepFiles
}

// Text is the report as people read it.
func (r *Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Tệp: %s\nLúc: %s\nMới hoặc có thay đổi: %d\nKhông đổi: %d\nDòng lỗi: %d\n", r.File,
		r.At.In(queue.Zone).Format("15:04:05 2/1/2006"), r.Accepted, r.Unchanged, r.Bad)
	if r.Again {
		b.WriteString("Tệp này đã được nhập trước đó; không có gì thay đổi.\n")
	}
	for _, name := range r.Ignored {
		fmt.Fprintf(&b, "Cột “%s”: bỏ qua, không lưu.\n", name)
	}
	for _, p := range r.Refused {
		b.WriteString(p.String() + "\n")
	}
	lines := map[int]bool{}
	for _, p := range r.Refused {
		lines[p.Line] = true
	}
	if more := r.Bad - len(lines); more > 0 {
		fmt.Fprintf(&b, "… và %d dòng lỗi nữa\n", more)
	}
	return b.String()
}
