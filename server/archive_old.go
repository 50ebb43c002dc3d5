package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"motcua/server/queue"
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
