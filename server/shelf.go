package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"motcua/server/catalogue"
	"motcua/server/queue"
)

// shelfLook is how often the server looks whether somebody has imported: the
// contract promises the new catalogue within 2 s, and a busy machine needs most of
// that to read and index it. Looking costs next to nothing.
const shelfLook = time.Second / 4

// tellLooks is after how many looks a branch that could not be told is tried again.
const tellLooks = 4

// openShelf opens the catalogue and follows it in the background; the demo's is
// filled from the sample unless it holds one already.
func (h *hall) openShelf(ctx, background context.Context) error {
	var err error
	if h.shelf, err = catalogue.Open(ctx, filepath.Join(h.config.Data, catalogueFile)); err != nil {
		return err
	}
	if err := fillShelf(ctx, h.shelf, h.config.demo, h.clock.Now()); err != nil {
		return err
	}
	words := &ownWords{dir: h.config.Data, log: h.log}
	if _, err := h.found.Update(ctx, h.shelf, words.tables()); err != nil {
		return err
	}
	h.running.Add(1)
	go func() {
		defer h.running.Done()
		h.keepShelf(background, words)
	}()
	return nil
}

// fillShelf gives an empty demo the sample.
func fillShelf(ctx context.Context, store *catalogue.Store, demo bool, now time.Time) error {
	edition, err := store.Version(ctx)
	if err != nil || !demo || edition != 0 {
		return err
	}
	_, err = store.Import(ctx, catalogue.Sample(), catalogue.ImportOptions{File: catalogue.SampleName, Now: now})
	return err
}

// keepShelf follows imports, of other processes too, and the hall's own words
// until ctx ends, and tells every branch.
func (h *hall) keepShelf(ctx context.Context, words *ownWords) {
	looks := time.NewTicker(shelfLook)
	defer looks.Stop()
	told := &teller{store: h.opened.store, clock: h.clock, log: h.log, wake: h.push.Feed.Wake, done: map[string]string{}}
	failed := false
	for look := 0; ; look++ {
		fresh, err := h.found.Update(ctx, h.shelf, words.tables())
		switch {
		case err != nil && ctx.Err() == nil && !failed:
			h.log.Error("the catalogue cannot be read; the one before is shown", "err", err)
		case fresh:
			h.log.Info("a new catalogue is shown", "procedures", h.found.Len())
		}
		failed = err != nil
		if fresh || look%tellLooks == 0 {
			edition, mark := h.found.Edition()
			told.tell(ctx, h.push.Feed.Branches(), edition, mark, h.found.Len())
		}
		select {
		case <-ctx.Done():
			return
		case <-looks.C:
		}
	}
}

// teller tells the branches which catalogue is shown. Each is told once, also
// over restarts and by several servers: the store knows the request again.
type teller struct {
	store interface {
		Do(context.Context, queue.Command) (queue.Result, error)
	}
	clock queue.Clock
	log   *slog.Logger
	wake  func(branch string, seq int64)
	done  map[string]string // branch -> what it was told last
	times map[string]int    // by branch and what: how often it was told
	said  bool              // that the store refuses
}

// tell tells the branches that do not know yet. Where the day is not open it can
// only be told later, and is tried each time; screens learn more than this when
// a day opens.
func (t *teller) tell(ctx context.Context, branches []string, edition int64, mark string, procedures int) {
	if edition == 0 && mark == "" {
		return
	}
	what := fmt.Sprintf("catalogue %d %s", edition, mark)
	refused := false
	for _, branch := range branches {
		if t.done[branch] == what || ctx.Err() != nil {
			continue
		}
		// What was true before may become so again: words put back as they were.
		name := what
		if n := t.times[branch+" "+what]; n > 0 {
			name = fmt.Sprintf("%s again %d", what, n)
		}
		err := t.one(ctx, branch, name, int(edition), procedures)
		switch {
		case err == nil:
			t.done[branch] = what
			if t.times == nil {
				t.times = map[string]int{}
			}
			t.times[branch+" "+what]++
		case queue.CodeOf(err) == queue.DayChanged:
		default:
			if !t.said && !refused && ctx.Err() == nil {
				t.log.Warn("a branch could not be told of the new catalogue; it is tried again", "branch", branch, "error", err)
			}
			refused = true
		}
	}
	t.said = refused
}

// noteEmpty says that there is nothing to look up any more.
const noteEmpty = "empty"

func (t *teller) one(ctx context.Context, branch, what string, edition, procedures int) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	now := t.clock.Now()
	sum := sha256.Sum256([]byte(what))
	id := hex.EncodeToString(sum[:16])
	note := ""
	if procedures == 0 {
		note = noteEmpty
	}
	result, err := t.store.Do(ctx, queue.Command{Verb: queue.Note, Kind: queue.CatalogueChanged, Branch: branch, By: "catalogue", Note: note,
		Now: queue.MillisOf(now), Day: queue.DayOf(now), Version: edition, Request: id, Print: id})
	if err == nil {
		t.wake(branch, result.Seq)
	}
	return err
}
