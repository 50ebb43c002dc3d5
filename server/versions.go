package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"motcua/server/versions"
)

// keepVersions keeps the settings in force before anybody can save others, and
// follows those of every branch in the background. A full disk closes no hall: what
// is not kept now is tried again.
func (h *hall) keepVersions(ctx, background context.Context) error {
	if err := h.saved.CatchUp(ctx, h.opened.store); err != nil {
		h.log.Error("the versions of the settings are not kept yet", "error", err)
	}
	h.running.Add(1)
	go func() {
		defer h.running.Done()
		h.saved.Follow(background, h.opened.store, h.log)
	}()
	return ctx.Err()
}

// checkVersions tells of which branches the versions of the settings are kept.
func checkVersions(ctx context.Context, dir string) []finding {
	path := filepath.Join(dir, versions.File)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil // before its first start
	}
	book, err := versions.Look(ctx, path)
	if err != nil {
		return []finding{{what: versions.File + ": " + err.Error(), help: "put the file aside: the versions of the settings begin anew, and the hall goes on"}}
	}
	defer book.Close()
	branches, newest, err := book.Branches(ctx)
	if err != nil {
		return []finding{{what: versions.File + ": " + err.Error(), help: "put the file aside: the versions of the settings begin anew, and the hall goes on"}}
	}
	kept := make([]string, len(branches))
	for i, branch := range branches {
		kept[i] = fmt.Sprintf("%s version %d", branch, newest[i])
	}
	return []finding{{ok: true, what: "versions of the settings: " + strings.Join(kept, ", ")}}
}
