package main

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"time"

	"motcua/server/box"
)

// openBox opens the suggestion box and empties what is old in it, now and then
// every hour.
func (h *hall) openBox(ctx, background context.Context) (*box.Store, error) {
	var err error
	if h.box, err = box.Open(ctx, filepath.Join(h.config.Data, "box.db"), h.clock, rand.Reader); err != nil {
		return nil, err
	}
	h.running.Add(1)
	go func() {
		defer h.running.Done()
		hours := time.NewTicker(box.Often)
		defer hours.Stop()
		h.box.Keep(background, hours.C, h.keepDays, func(err error) {
			h.log.Error("old suggestions were not emptied", "error", err)
		})
	}()
	return h.box, nil
}

// keepDays gives how long each branch keeps the texts of its box.
func (h *hall) keepDays() map[string]int {
	days := map[string]int{}
	for _, branch := range h.push.Feed.Branches() {
		if set, ok := h.push.Feed.Settings(branch); ok {
			days[branch] = set.Box.KeepDays
		}
	}
	return days
}
