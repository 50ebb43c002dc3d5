package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// oldArchives removes the archived days that are older than a branch keeps single events
// (report.keep_events): what the history has forgotten must not stand beside it. A branch
// without settings keeps all.
func oldArchives(data string, settings func(branch string) (*queue.Settings, bool), today queue.Day) error {
	files, err := filepath.Glob(filepath.Join(data, "archive", "*", "*.jsonl.gz"))
	if err != nil {
		return err
	}
	for _, file := range files {
		set, ok := settings(filepath.Base(filepath.Dir(file)))
		if !ok {
			continue
		}
		day := queue.Day(strings.TrimSuffix(filepath.Base(file), ".jsonl.gz"))
		if oldest := queue.DayOf(today.Start().AddDate(0, -set.Report.EventMonths(), 0)); len(day) == len(oldest) && day < oldest {
			err = errors.Join(err, os.Remove(file))
		}
	}
	return err
}

// copiesKept is how long the copies of databases stay that an upgrade made: time enough
// to go back to the older program, and no way round what the databases themselves forget.
const copiesKept = 30 * 24 * time.Hour

// oldCopies removes those that are older.
func oldCopies(data string, now time.Time) error {
	files, err := filepath.Glob(filepath.Join(data, sqlite.BeforeUpgrade, "*"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if info, failed := os.Stat(file); failed == nil && now.Sub(info.ModTime()) > copiesKept {
			err = errors.Join(err, os.Remove(file))
		}
	}
	return err
}
