package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"motcua/server/metrics"
	"motcua/server/store"
	"motcua/server/store/embedded"
)

// opened is a store ready for commands, with what must be closed after it.
type opened struct {
	store  *store.Store
	engine store.Engine
	leases *store.Leases // nil on the embedded engine
	unlock func()
}

// openStore opens the engine that was asked for; it is never guessed.
func openStore(ctx context.Context, c *config, m *metrics.Metrics, log *slog.Logger) (*opened, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, err
	}
	o := &opened{unlock: func() {}}
	options := store.Options{Epoch: newEpoch, Observe: m.Script}
	if c.embedded() {
		e, err := embedded.Open(c.Data, embedded.Options{
			OnCommit: func(_ int, took time.Duration) { m.Commit(took) }, Log: log})
		if err != nil {
			return nil, err
		}
		o.engine = e
	} else if err := o.openRedis(ctx, c); err != nil {
		return nil, err
	}
	if o.leases != nil {
		options.Fence = o.leases.Fence
	}
	var err error
	o.store, err = store.New(o.engine, options)
	return o, err
}

func (o *opened) openRedis(ctx context.Context, c *config) error {
	unlock, err := embedded.LockDir(c.Data)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	r, err := store.OpenRedis(ctx, c.Store)
	if err != nil {
		unlock()
		return err
	}
	if !c.TrustStore {
		if err := r.CheckDurable(ctx); err != nil {
			r.Close()
			unlock()
			return fmt.Errorf("%s could lose acknowledged tickets: %w (motcua doctor says more; --trust-store where CONFIG is forbidden)", r.Name(), err)
		}
	}
	holder, err := installation(c.Data)
	if err != nil {
		r.Close()
		unlock()
		return err
	}
	o.engine, o.unlock, o.leases = r, unlock, store.NewLeases(r, holder)
	return nil
}

func (o *opened) close() {
	if err := o.engine.Close(); err != nil {
		slog.Error("store did not close cleanly", "error", err)
	}
	o.unlock()
}

// installation gives the id of this data directory, made at the first start:
// after a crash the same installation takes its lease back at once.
func installation(dir string) (string, error) {
	path := filepath.Join(dir, "installation")
	raw, err := os.ReadFile(path)
	if err == nil && len(raw) > 0 {
		return strings.TrimSpace(string(raw)), nil
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	id := randomText(12)
	return id, writeFile(path, []byte(id+"\n"))
}

// writeFile writes a small file so that it is there whole or not at all.
func writeFile(path string, content []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(content)
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

func newEpoch() string { return randomText(9) }

func randomText(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}
