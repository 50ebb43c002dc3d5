package history

import (
	"bufio"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"motcua/server/queue"
)

// archived is one line of an archive: an event with its place in the sequence.
type archived struct {
	Seq int64 `json:"seq"`
	queue.Event
}

// file is a day's archive.
type file struct {
	day   queue.Day
	path  string
	first int64 // seq of its first event
	epoch string
}

const archiveEnd = ".jsonl.gz"

// archives takes in the archived days of every branch that the history does not
// know, one transaction a day. It looks once: what is archived later was read before.
//
// An archive does not name its epoch: as long as the sequence goes up it is one,
// and the last one is the store's own if that goes on from it.
func (h *History) archives(ctx context.Context) error {
	if h.o.Archive == "" || h.looked {
		return nil
	}
	folders, err := os.ReadDir(h.o.Archive)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for _, f := range folders {
		if err := h.archivesOf(ctx, f.Name()); err != nil {
			return fmt.Errorf("archives of %s: %w", f.Name(), err)
		}
	}
	h.looked = true
	return nil
}

func (h *History) archivesOf(ctx context.Context, branch string) error {
	files, err := filesOf(filepath.Join(h.o.Archive, branch))
	if err != nil || len(files) == 0 {
		return err
	}
	at, err := h.inUse().Where(ctx, branch)
	if err != nil {
		return err
	}
	epochs(files, at)
	known, err := h.daysOf(ctx, branch)
	if err != nil {
		return err
	}
	for _, f := range files {
		if known[dayNumber(f.day)] || at.Day != "" && f.day >= at.Day {
			continue
		}
		began := time.Now()
		if err := h.alone(ctx, func() error { return h.archive(ctx, branch, f) }); err != nil {
			return fmt.Errorf("%s: %w", f.day, err)
		}
		h.rest(ctx, time.Since(began))
	}
	return nil
}

// epochs names the epoch of each file, which are in the order of their days.
func epochs(files []file, at queue.Position) {
	start := 0
	for i := range files {
		if i > 0 && files[i].first <= files[i-1].first {
			start = i
		}
		files[i].epoch = "archive " + string(files[start].day)
	}
	last := files[len(files)-1]
	if last.first > at.Seq {
		return
	}
	for i := start; i < len(files); i++ {
		files[i].epoch = at.Epoch
	}
}

func (h *History) archive(ctx context.Context, branch string, f file) error {
	events, err := readArchive(f.path)
	if err != nil || len(events) == 0 {
		return err
	}
	set := h.settings(branch)
	played := &lines{state: queue.NewState(f.epoch)}
	played.state.Start(f.epoch, events[0].Seq-1)
	return h.write(ctx, "take in an archived day", func(tx *sql.Tx) error {
		b, err := h.batch(ctx, tx, branch, set, f.epoch)
		if err != nil {
			return err
		}
		b.old = true // a rating on paper is entered on the day after
		return h.stream(b, reading{lines: played}, events, set)
	})
}

// filesOf lists a branch's archives by day; none when there is no folder.
func filesOf(dir string) ([]file, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var files []file
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), archiveEnd)
		day, err := queue.ParseDay(name)
		if !ok || err != nil {
			continue
		}
		f := file{day: day, path: filepath.Join(dir, e.Name())}
		err = eachLine(f.path, func(a *archived) error { f.first = a.Seq; return io.EOF })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.path, err)
		}
		files = append(files, f)
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(string(a.day), string(b.day)) })
	return files, nil
}

func readArchive(path string) ([]queue.Event, error) {
	var events []queue.Event
	err := eachLine(path, func(a *archived) error {
		a.Event.Seq = a.Seq
		events = append(events, a.Event)
		return nil
	})
	return events, err
}

// eachLine gives an archive's events until fn answers io.EOF.
func eachLine(path string, fn func(*archived) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	zip, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	lines := json.NewDecoder(bufio.NewReader(zip))
	for {
		var a archived
		err := lines.Decode(&a)
		if err == nil {
			err = fn(&a)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// daysOf gives the days a branch has rows of.
func (h *History) daysOf(ctx context.Context, branch string) (map[int]bool, error) {
	rows, err := h.db.QueryContext(ctx, "SELECT d.day FROM days d JOIN branches b ON b.no = d.branch WHERE b.id = ?", branch)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	days := map[int]bool{}
	for rows.Next() {
		var day int
		if err := rows.Scan(&day); err != nil {
			return nil, err
		}
		days[day] = true
	}
	return days, rows.Err()
}
