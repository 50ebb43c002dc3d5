package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"motcua/server/api"
	"motcua/server/history"
	"motcua/server/metrics"
	"motcua/server/queue"
)

// openHistory opens the hall's history; followHistory has it read.
func (h *hall) openHistory(ctx context.Context, m *metrics.Metrics) error {
	var err error
	h.history, err = history.Open(ctx, history.Options{
		Path: filepath.Join(h.config.Data, history.File), Clock: h.clock, Log: h.log,
		Archive:  filepath.Join(h.config.Data, "archive"),
		Told:     api.Told,
		Settings: func(branch string) (*queue.Settings, bool) { return h.push.Feed.Settings(branch) },
	})
	if err != nil {
		return err
	}
	m.Gauge("history_behind_events", "Events of the store that the history has not read yet.", []string{"branch"}, func() []metrics.Sample {
		var list []metrics.Sample
		for branch, n := range h.history.Behind() {
			list = append(list, metrics.Sample{Labels: []string{branch}, Value: float64(n)})
		}
		return list
	})
	return nil
}

// followHistory reads the streams in the background from where the history stands.
func (h *hall) followHistory(background context.Context) {
	h.running.Add(1)
	go func() {
		defer h.running.Done()
		h.history.Follow(background, h.opened.store)
	}()
}

// holdsPatience is how long the opening of a day waits for the history.
const holdsPatience = 5 * time.Second

// heldByHistory tells whether a day may leave the live store. A history in trouble
// keeps days there, and no hall closed.
func (h *hall) heldByHistory(ctx context.Context, branch string, day queue.Day) bool {
	ctx, cancel := context.WithTimeout(ctx, holdsPatience)
	defer cancel()
	held, err := h.history.Holds(ctx, branch, day)
	if err != nil || !held {
		h.log.Warn("a day stays in the live store: the history has not read it", "branch", branch, "day", day, "error", err)
	}
	return held
}

// checkHistory tells how large the history is and how far each branch was read.
func checkHistory(ctx context.Context, dir string) []finding {
	path := filepath.Join(dir, history.File)
	about, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // before its first start
	}
	read, err := history.Standings(ctx, path)
	if err != nil {
		return []finding{{what: history.File + ": " + err.Error(), help: "stop the server and restore the last backup: motcua restore"}}
	}
	var to []string
	for _, s := range read {
		to = append(to, fmt.Sprintf("%s to %s", s.Branch, s.Day))
	}
	what := fmt.Sprintf("history: %d MiB", about.Size()>>20)
	if len(to) > 0 {
		what += ", read: " + strings.Join(to, ", ")
	}
	return []finding{{ok: true, what: what}}
}
