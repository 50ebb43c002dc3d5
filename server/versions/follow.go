package versions

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"motcua/server/queue"
)

// again is how long the book waits after it could not be written.
const again = 5 * time.Second

// Reset notes the version in force: it may have been saved while nobody listened.
func (s *Store) Reset(branch string, _ *queue.State, set *queue.Settings, events []queue.Event) {
	if set != nil {
		s.heard(branch, set.Version, saver{})
	}
	for i := range events {
		s.Applied(branch, nil, set, &events[i])
	}
}

// Applied notes a version that somebody has just saved.
func (s *Store) Applied(branch string, _ *queue.State, _ *queue.Settings, e *queue.Event) {
	if e.Kind != queue.SettingsChanged {
		return
	}
	at, _ := strconv.ParseInt(string(e.At), 10, 64) // one without a time is of now
	s.heard(branch, e.Version, saver{at, e.By})
}

// Flush does nothing: the bell has rung.
func (s *Store) Flush(string) {}

func (s *Store) heard(branch string, version int, by saver) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pending[branch] == nil {
		s.pending[branch] = map[int]saver{}
	}
	if len(s.pending[branch]) >= Most {
		clear(s.pending[branch]) // nobody takes them up; the version in force is read anyway
	}
	s.pending[branch][version] = by
	s.ring()
}

// Follow keeps the version in force of every branch that has changed until the
// context ends. What cannot be kept now is tried again.
func (s *Store) Follow(ctx context.Context, store queue.Store, log *slog.Logger) {
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.bell:
		}
		err := s.CatchUp(ctx, store)
		if err == nil {
			failing = false
			continue
		}
		if ctx.Err() == nil && !failing {
			log.Error("a version of the settings is not kept yet", "error", err)
		}
		failing = true
		select {
		case <-ctx.Done():
			return
		case <-time.After(again):
			s.ring()
		}
	}
}

func (s *Store) ring() {
	select {
	case s.bell <- struct{}{}:
	default:
	}
}

// CatchUp keeps what was heard of. A version that another has replaced meanwhile is
// gone: only the one in force can be read.
func (s *Store) CatchUp(ctx context.Context, store queue.Store) error {
	s.mu.Lock()
	branches := make([]string, 0, len(s.pending))
	for branch := range s.pending {
		branches = append(branches, branch)
	}
	s.mu.Unlock()
	for _, branch := range branches {
		document, version, err := store.Settings(ctx, branch)
		if err != nil {
			return err
		}
		s.mu.Lock()
		by := s.pending[branch][version]
		s.mu.Unlock()
		if len(document) > 0 {
			if err := s.Keep(ctx, branch, version, document, by.who, by.at); err != nil {
				return err
			}
		}
		s.forget(branch, version)
	}
	return nil
}

// forget drops what was heard up to a version.
func (s *Store) forget(branch string, version int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for v := range s.pending[branch] {
		if v <= version {
			delete(s.pending[branch], v)
		}
	}
	if len(s.pending[branch]) == 0 {
		delete(s.pending, branch)
	}
}
