package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"time"

	"motcua/server/catalogue"
	"motcua/server/catalogue/search"
)

// shelfLook is how often the server looks whether somebody has imported: the
// contract promises the new catalogue within 2 s.
const shelfLook = time.Second

// openShelf opens the catalogue and follows it in the background; the demo's is
// filled from the sample unless it holds one already.
func (h *hall) openShelf(ctx, background context.Context) (*search.Shelf, error) {
	var err error
	if h.shelf, err = catalogue.Open(ctx, filepath.Join(h.config.Data, catalogueFile)); err != nil {
		return nil, err
	}
	shelf := &search.Shelf{}
	if err := fillShelf(ctx, h.shelf, shelf, h.config.demo, h.clock.Now()); err != nil {
		return nil, err
	}
	h.running.Add(1)
	go func() {
		defer h.running.Done()
		keepShelf(background, h.shelf, shelf, h.log)
	}()
	return shelf, nil
}

func fillShelf(ctx context.Context, store *catalogue.Store, shelf *search.Shelf, demo bool, now time.Time) error {
	edition, err := store.Version(ctx)
	if err != nil {
		return err
	}
	if demo && edition == 0 {
		if _, err := store.Import(ctx, catalogue.Sample(), catalogue.ImportOptions{File: catalogue.SampleName, Now: now}); err != nil {
			return err
		}
	}
	_, err = shelf.Update(ctx, store, search.DefaultSynonyms())
	return err
}

// keepShelf follows imports of other processes until ctx ends.
func keepShelf(ctx context.Context, store *catalogue.Store, shelf *search.Shelf, log *slog.Logger) {
	look := time.NewTicker(shelfLook)
	defer look.Stop()
	for failed := false; ; {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
		fresh, err := shelf.Update(ctx, store, search.DefaultSynonyms())
		switch {
		case err != nil && ctx.Err() == nil && !failed:
			log.Error("the catalogue cannot be read; the one before is shown", "err", err)
		case fresh:
			log.Info("a new catalogue is shown", "procedures", shelf.Len())
		}
		failed = err != nil
	}
}
