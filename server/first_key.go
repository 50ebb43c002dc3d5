package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"motcua/server/staff"
)

// firstKeyName is the file of the first key where the package keeps it; no backup takes it along.
const firstKeyName = "first-admin-key"

// showFirst prints the first administrator's key: on out, which a service manager
// keeps in its journal, or into a file of its own where the configuration names one.
func (h *hall) showFirst(ctx context.Context, out io.Writer) error {
	file := h.config.FirstKeyFile
	if file != "" { // a place that cannot be written must be known before the key is made: it is shown once
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return fmt.Errorf("first_key_file: %w", err)
		}
		if err := probe(filepath.Dir(file)); err != nil {
			return fmt.Errorf("first_key_file: %w", err)
		}
	}
	key, err := h.staff.First(ctx)
	if err != nil || key == "" {
		return err
	}
	if file == "" {
		fmt.Fprintf(out, "First admin key, shown once, keep it safe: %s\n", key)
		return nil
	}
	if err := writeFile(file, []byte(key+"\n")); err != nil { // mode 0600
		return err
	}
	fmt.Fprintf(out, "First admin key: in the file %s until there is a second administrator\n", file)
	return nil
}

// probe tells whether files can be made in a folder.
func probe(dir string) error {
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// firstKeyLook is how often it is looked whether the first key's file may go.
const firstKeyLook = 10 * time.Second

// forgetFirst removes the first key's file once somebody else administers, until ctx ends.
func (h *hall) forgetFirst(ctx context.Context) {
	file := h.config.FirstKeyFile
	if file == "" {
		return
	}
	tick := time.NewTicker(firstKeyLook)
	defer tick.Stop()
	for {
		if done, err := dropFirst(file, administrators(h.staff)); done {
			return
		} else if err != nil {
			h.log.Error("the first key's file is still there", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// dropFirst is done when there is no file (any more).
func dropFirst(file string, administrators int) (done bool, err error) {
	if _, err := os.Lstat(file); errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if administrators < 2 {
		return false, nil
	}
	if err := os.Remove(file); err != nil {
		return false, err
	}
	return true, nil
}

// administrators counts those of all branches: the first key is one of them.
func administrators(s *staff.Staff) (n int) {
	for _, k := range s.Keys() {
		if k.Role == staff.Admin && k.Branch == "" {
			n++
		}
	}
	for _, a := range s.Accounts() {
		if a.Role == staff.Admin && a.Branch == "" && !a.Off {
			n++
		}
	}
	return n
}
