package staff

import (
	"context"
	"time"

	"motcua/server/sqlite"
)

// Use tells when a key was last used, from which address, and by which program as it
// names itself ("motcua-agent/0.1.0"; empty for a browser).
type Use struct {
	At      time.Time
	Address string
	Program string
}

// heldUse is a Use, and when the database last heard of it.
type heldUse struct {
	Use
	noted time.Time
}

// Used notes that a key was used; keys that stand in no database are passed over. A
// use without a program's name keeps the name that is known: the browser of a kiosk
// comes through the same agent.
func (s *Staff) Used(key string, use Use) {
	if key == "" {
		return
	}
	s.using.Lock()
	defer s.using.Unlock()
	held, known := s.uses[key]
	if !known && len(s.uses) >= mostSessions {
		return
	}
	if use.Program == "" {
		use.Program = held.Program
	}
	held.Use = use
	s.uses[key] = held
}

// LastUse gives the last use of a key; the zero Use when it was never used.
func (s *Staff) LastUse(key string) Use {
	s.using.Lock()
	defer s.using.Unlock()
	return s.uses[key].Use
}

func (s *Staff) loadUses(ctx context.Context) error {
	s.uses = map[string]heldUse{}
	rows, err := s.db.QueryContext(ctx, "SELECT key, at, address, program FROM uses")
	if err != nil {
		return sqlite.Wrap("read uses of keys", err)
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		var at int64
		var held heldUse
		if err := rows.Scan(&key, &at, &held.Address, &held.Program); err != nil {
			return sqlite.Wrap("read uses of keys", err)
		}
		held.At = time.UnixMilli(at)
		held.noted = held.At
		s.uses[key] = held
	}
	return sqlite.Wrap("read uses of keys", rows.Err())
}

// usedEvery is how old the last use of a key that stands in the database may be: the
// list is looked at by people, and devices ask every few seconds.
const usedEvery = 5 * time.Minute

// noteUses writes when keys were last used, and forgets the uses of keys that are gone.
func (s *Staff) noteUses(ctx context.Context) error {
	kept := map[string]bool{}
	s.mu.RLock()
	for _, k := range s.keys {
		kept[k.ID] = true
	}
	for _, k := range s.lent {
		kept[k.ID] = false
	}
	s.mu.RUnlock()
	for key, use := range s.dueUses(kept) {
		_, err := s.db.ExecContext(ctx, `INSERT INTO uses(key, at, address, program)
			SELECT id, ?, ?, ? FROM keys WHERE id = ? AND revoked = 0
			ON CONFLICT(key) DO UPDATE SET at = excluded.at, address = excluded.address, program = excluded.program`,
			millis(use.At), use.Address, use.Program, key)
		if err != nil {
			return sqlite.Wrap("note use of key", err)
		}
	}
	return nil
}

// dueUses gives the uses that the database does not know yet.
func (s *Staff) dueUses(kept map[string]bool) map[string]Use {
	s.using.Lock()
	defer s.using.Unlock()
	due := map[string]Use{}
	for key, held := range s.uses {
		stored, good := kept[key]
		switch {
		case !good:
			delete(s.uses, key)
		case stored && held.At.Sub(held.noted) >= usedEvery:
			held.noted = held.At
			s.uses[key], due[key] = held, held.Use
		}
	}
	return due
}
