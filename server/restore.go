package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"motcua/server/staff"
	"motcua/server/store/embedded"
)

// staffFile is the book of keys and people, in the data directory.
const staffFile = "staff.db"

func runRestore(ctx context.Context, args []string, out io.Writer) error {
	set := flag.NewFlagSet("restore", flag.ContinueOnError)
	data := set.String("data", "", "data directory to make; must be absent or empty")
	from := set.String("from", "", "backup file")
	if err := parse(set, args, 0); err != nil {
		return err
	}
	if *data == "" || *from == "" {
		return fmt.Errorf("%w: motcua restore --data DIR --from FILE", errUsage)
	}
	if entries, err := os.ReadDir(*data); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not empty; restore into a new directory and keep the old one until all is well", *data)
	}
	unlock, err := embedded.LockDir(*data)
	if err != nil {
		return err
	}
	defer unlock()
	m, err := unpack(*from, *data)
	if err != nil {
		return err
	}
	if err := verify(m, *data); err != nil {
		return err
	}
	for name := range m.Files {
		if err := checkSchema(ctx, filepath.Join(*data, filepath.FromSlash(name))); err != nil {
			return fmt.Errorf("%w; %s is of no use to this one", err, *data)
		}
	}
	if _, ok := m.Files[staffFile]; ok {
		if err := staff.Restored(ctx, filepath.Join(*data, staffFile)); err != nil {
			return err
		}
		fmt.Fprintln(out, "Keys revoked, people put off and passwords changed since then are as they were: look at #/devices and #/people")
	}
	fmt.Fprintf(out, "%d files of %s, made %s by %s\n", len(m.Files), *from, m.Made.Format("2006-01-02 15:04"), m.Version)
	return nil
}

// unpack writes the backup's files into a directory. Only names of the manifest
// are written, so a crafted file cannot reach outside.
func unpack(from, to string) (manifest, error) {
	var m manifest
	f, err := os.Open(from)
	if err != nil {
		return m, err
	}
	defer f.Close()
	zip, err := gzip.NewReader(f)
	if err != nil {
		return m, fmt.Errorf("%s is not a backup: %w", from, err)
	}
	tape := tar.NewReader(zip)
	head, err := tape.Next()
	if err != nil || head.Name != "manifest.json" {
		return m, fmt.Errorf("%s is not a backup: no manifest", from)
	}
	if err := json.NewDecoder(io.LimitReader(tape, 8<<20)).Decode(&m); err != nil {
		return m, fmt.Errorf("%s: manifest: %w", from, err)
	}
	if m.Format > backupFormat {
		return m, fmt.Errorf("%s was made by a newer version (%s): update motcua first", from, m.Version)
	}
	for {
		head, err := tape.Next()
		if errors.Is(err, io.EOF) {
			return m, nil
		}
		if err != nil {
			return m, fmt.Errorf("%s is damaged: %w", from, err)
		}
		if m.Files[head.Name] == "" || !filepath.IsLocal(head.Name) {
			continue
		}
		if err := extract(tape, filepath.Join(to, filepath.FromSlash(head.Name))); err != nil {
			return m, err
		}
	}
}

func extract(from io.Reader, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, from)
	return errors.Join(err, out.Sync(), out.Close())
}

func verify(m manifest, dir string) error {
	for name, want := range m.Files {
		got, err := sum(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil || got != want {
			return fmt.Errorf("%s of the backup is missing or damaged; %s is not usable", name, dir)
		}
	}
	return nil
}
