package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"motcua/server/queue"
	"motcua/server/store"
	"motcua/server/store/embedded"
)

// runExport works beside a running server: it reads a copy.
func runExport(ctx context.Context, args []string, out io.Writer) error {
	set := flag.NewFlagSet("export", flag.ContinueOnError)
	data := set.String("data", "", "data directory")
	branch := set.String("branch", "", "branch to export")
	day := set.String("day", "", "day as 2026-11-21; the last one opened when empty")
	what := set.String("what", "events", "events or settings")
	address := set.String("store", "embedded", "embedded, or redis://host:port")
	if err := parse(set, args, 0); err != nil {
		return err
	}
	if *branch == "" || (*data == "" && *address == "embedded") || (*what != "events" && *what != "settings") {
		return fmt.Errorf("%w: motcua export --data DIR --branch ID [--day DAY] [--what events|settings]", errUsage)
	}
	engine, done, err := openCopy(ctx, *data, *address)
	if err != nil {
		return err
	}
	defer done()
	s, err := store.New(engine, store.Options{Epoch: newEpoch})
	if err != nil {
		return err
	}
	return export(ctx, s, *branch, queue.Day(*day), *what, out)
}

func export(ctx context.Context, s *store.Store, branch string, day queue.Day, what string, out io.Writer) error {
	where, err := s.Where(ctx, branch)
	if err != nil {
		return err
	}
	if where.Epoch == "" {
		return fmt.Errorf("there is no branch %q in this store", branch)
	}
	if what == "settings" {
		document, _, err := s.Settings(ctx, branch)
		if err != nil {
			return err
		}
		var doc any
		if err := json.Unmarshal(document, &doc); err != nil {
			return err
		}
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(doc)
	}
	if day == "" {
		day = where.Day
	} else if _, err := queue.ParseDay(string(day)); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	buffer := bufio.NewWriter(out)
	if err := writeEvents(ctx, s, branch, day, buffer); err != nil {
		return err
	}
	return buffer.Flush()
}

// openCopy opens a copy of the embedded store, or the Redis itself.
func openCopy(ctx context.Context, data, address string) (store.Engine, func(), error) {
	if address != "embedded" {
		r, err := store.OpenRedis(ctx, address)
		if err != nil {
			return nil, nil, err
		}
		return r, func() { r.Close() }, nil
	}
	temp, err := os.MkdirTemp("", "motcua-export-")
	if err != nil {
		return nil, nil, err
	}
	remove := func() { os.RemoveAll(temp) }
	if err := embedded.BackupDir(ctx, data, filepath.Join(temp, "queue.db")); err != nil {
		remove()
		return nil, nil, err
	}
	e, err := embedded.Open(temp, embedded.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		remove()
		return nil, nil, err
	}
	return e, func() { e.Close(); remove() }, nil
}
