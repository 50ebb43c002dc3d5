package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"motcua/server/queue"
)

// archived is one line of an archive: an event with its place in the sequence.
type archived struct {
	Seq int64 `json:"seq"`
	queue.Event
}

// archive keeps a day's events as JSON lines under DATA/archive/<branch>/<day>.jsonl.gz,
// so that nothing is lost when the live store drops the day. An archive that is
// there already is left alone: a closed day does not change.
func archive(store queue.Store, data string) func(context.Context, string, queue.Day) error {
	return func(ctx context.Context, branch string, day queue.Day) error {
		dir := filepath.Join(data, "archive", branch)
		path := filepath.Join(dir, string(day)+".jsonl.gz")
		if _, err := os.Stat(path); err == nil {
			return nil
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		var out bytes.Buffer
		zip := gzip.NewWriter(&out)
		if err := writeEvents(ctx, store, branch, day, zip); err != nil {
			return err
		}
		if err := zip.Close(); err != nil {
			return err
		}
		return writeFile(path, out.Bytes())
	}
}

// writeEvents writes a day's events as JSON lines. Tokens and codes are left
// out: they are keys to a citizen's ticket and of no use afterwards.
func writeEvents(ctx context.Context, store queue.Store, branch string, day queue.Day, to io.Writer) error {
	lines := json.NewEncoder(to)
	for after := int64(0); ; {
		events, err := store.Events(ctx, branch, day, after, 1000)
		if err != nil {
			return fmt.Errorf("events of %s %s: %w", branch, day, err)
		}
		if len(events) == 0 {
			return nil
		}
		for _, e := range events {
			after = e.Seq
			if e.Visit != nil {
				e.Visit.Token, e.Visit.Code = "", ""
			}
			if err := lines.Encode(archived{e.Seq, e}); err != nil {
				return err
			}
		}
	}
}
