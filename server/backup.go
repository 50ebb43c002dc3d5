package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"motcua/server/sqlite"
)

// manifest is the first entry of a backup: what it holds, with checksums.
type manifest struct {
	Format  int               `json:"format"` // 1
	Version string            `json:"version"`
	Made    time.Time         `json:"made"`
	Files   map[string]string `json:"files"` // path to SHA-256
}

const backupFormat = 1

// left says which files of a data directory a backup does not copy.
func left(name string) bool {
	if name == dossierFolder || strings.HasPrefix(filepath.ToSlash(name), dossierFolder+"/") {
		return true // files of the one-stop software: they hold what we do not keep
	}
	if name == firstKeyName || name == sqlite.BeforeUpgrade || strings.HasPrefix(filepath.ToSlash(name), sqlite.BeforeUpgrade+"/") {
		return true // the key is shown once, the copies are of this machine's last upgrade
	}
	return name == "lock" || name == backupMark || strings.HasSuffix(name, "-wal") || strings.HasSuffix(name, "-shm") || strings.HasPrefix(filepath.Base(name), ".")
}

func runBackup(ctx context.Context, args []string, out io.Writer) error {
	set := flag.NewFlagSet("backup", flag.ContinueOnError)
	data := set.String("data", "", "data directory")
	to := set.String("to", "", "file to write, for example backup-2026-11-21.tar.gz")
	if err := parse(set, args, 0); err != nil {
		return err
	}
	if *data == "" || *to == "" {
		return fmt.Errorf("%w: motcua backup --data DIR --to FILE", errUsage)
	}
	copyDir, err := os.MkdirTemp(filepath.Dir(*to), ".backup-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(copyDir)
	m := manifest{Format: backupFormat, Version: Version, Made: time.Now().UTC(), Files: map[string]string{}}
	if err := copyData(ctx, *data, copyDir, m.Files); err != nil {
		return err
	}
	if err := pack(copyDir, m, *to); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d files in %s\n", len(m.Files), *to)
	if err := markBackup(*data, m.Made); err != nil {
		fmt.Fprintf(out, "The backup is good; that it was made could not be noted: %v\n", err)
	}
	return nil
}

// copyData copies a data directory beside a running server: databases by
// SQLite's own copy, so that each is whole.
func copyData(ctx context.Context, from, to string, sums map[string]string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil || name == "." || left(name) {
			return err
		}
		target := filepath.Join(to, name)
		if d.IsDir() {
			return os.MkdirAll(target, 0o700)
		}
		if !d.Type().IsRegular() {
			return nil // the cables of the demo's devices: whoever opens one waits for a byte
		}
		if strings.HasSuffix(name, ".db") {
			err = copyDatabase(ctx, path, target)
		} else {
			err = copyFile(path, target)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		sums[filepath.ToSlash(name)], err = sum(target)
		return err
	})
}

func copyDatabase(ctx context.Context, from, to string) error {
	db, err := sqlite.Open(ctx, from, sqlite.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer db.Close()
	return sqlite.Copy(ctx, db, to)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

func sum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

// pack writes the copy as one file, the manifest first; it is there whole or
// not at all.
func pack(dir string, m manifest, to string) error {
	temp, err := os.CreateTemp(filepath.Dir(to), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	zip := gzip.NewWriter(temp)
	tape := tar.NewWriter(zip)
	head, err := json.MarshalIndent(m, "", "  ")
	if err == nil {
		err = writeEntry(tape, "manifest.json", head)
	}
	if err == nil {
		err = tape.AddFS(os.DirFS(dir))
	}
	err = errors.Join(err, tape.Close(), zip.Close(), temp.Sync(), temp.Close())
	if err != nil {
		return err
	}
	return os.Rename(temp.Name(), to)
}

func writeEntry(tape *tar.Writer, name string, content []byte) error {
	if err := tape.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content))}); err != nil {
		return err
	}
	_, err := tape.Write(content)
	return err
}
