package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"motcua/server/queue"
)

// seed makes a branch from settings if the store does not hold it yet: its first
// day, then its first settings. Both are commands like any other.
func seed(ctx context.Context, store queue.Store, set queue.Settings, now time.Time) error {
	if err := set.Validate(); err != nil {
		return err
	}
	where, err := store.Where(ctx, set.ID)
	if err != nil {
		return err
	}
	if where.Day == "" {
		first := queue.Command{Verb: queue.DayOpen, Branch: set.ID, Day: queue.DayOf(now), Now: queue.MillisOf(now), By: "hall"}
		if _, err := store.Do(ctx, first); err != nil {
			return fmt.Errorf("first day of %s: %w", set.ID, err)
		}
	}
	if _, version, err := store.Settings(ctx, set.ID); err != nil || version > 0 {
		return err
	}
	set.Version = 1
	document, err := json.Marshal(set)
	if err != nil {
		return err
	}
	c := queue.Command{Verb: queue.Settle, Branch: set.ID, Day: queue.DayOf(now), Now: queue.MillisOf(now),
		By: "hall", Document: string(document)}
	if _, err := store.Do(ctx, c); err != nil {
		return fmt.Errorf("first settings of %s: %w", set.ID, err)
	}
	return nil
}
