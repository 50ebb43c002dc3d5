package staff

import (
	"context"
	"slices"
	"strings"
	"time"

	"motcua/server/sqlite"
)

// OpenSession is a session of a person, without its secret.
type OpenSession struct {
	ID      string    `json:"id"` // the Caller's
	Begun   time.Time `json:"begun"`
	Seen    time.Time `json:"seen"`
	Expires time.Time `json:"expires_at"`
}

// Sessions lists an account's open sessions, newest first.
func (s *Staff) Sessions(account string) []OpenSession {
	s.mu.RLock()
	defer s.mu.RUnlock()
	now, list := s.o.Clock.Now(), []OpenSession{}
	for _, v := range s.sessions {
		if v.account == account && !v.over(now) {
			list = append(list, OpenSession{v.caller.ID, v.begun, time.UnixMilli(v.seen.Load()), v.expires})
		}
	}
	slices.SortFunc(list, func(a, b OpenSession) int { return b.Begun.Compare(a.Begun) })
	return list
}

// Alive tells whether a caller (Caller.ID) may still act: a socket asks, whose session
// may have ended, or whose key may have been revoked, since it was opened. Asking is no
// use of the session. Whoever has neither, as a ticket's holder, is always alive.
func (s *Staff) Alive(callerID string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if id, key := strings.CutPrefix(callerID, keyPrefix); key {
		return s.keyGood(id)
	}
	if !strings.HasPrefix(callerID, sessionPrefix) {
		return true
	}
	now := s.o.Clock.Now()
	for _, v := range s.sessions {
		if v.caller.ID == callerID {
			p, person := s.people[v.account]
			return !v.over(now) && (v.account == "" || person && s.good(p))
		}
	}
	return false
}

// keyGood tells whether a key has not been revoked. Call it with mu held.
func (s *Staff) keyGood(id string) bool {
	if _, fixed := demoKeys[id]; fixed {
		return s.o.Demo
	}
	for _, k := range s.keys {
		if k.ID == id {
			return true
		}
	}
	return false
}

// EndSessions ends every session of an account.
func (s *Staff) EndSessions(ctx context.Context, account string) error {
	return s.EndOtherSessions(ctx, account, "")
}

// EndOtherSessions ends an account's sessions but that of the caller (Caller.ID).
func (s *Staff) EndOtherSessions(ctx context.Context, account, callerID string) error {
	s.saving.Lock()
	defer s.saving.Unlock()
	return s.endSessions(ctx, account, callerID)
}

// endSessions is EndOtherSessions for whoever holds saving. It asks the database which
// there are: the command line runs beside a server that has begun others since.
func (s *Staff) endSessions(ctx context.Context, account, callerID string) error {
	if account == "" { // keys' sessions
		return nil
	}
	begin, own := strings.CutPrefix(callerID, sessionPrefix)
	if !own {
		begin = "-" // no digest begins so
	}
	s.mu.Lock()
	for digest, v := range s.sessions {
		if v.account == account && !strings.HasPrefix(digest, begin) {
			delete(s.sessions, digest)
		}
	}
	s.mu.Unlock()
	_, err := s.db.ExecContext(ctx, "DELETE FROM sessions WHERE account = ? AND substr(digest, 1, ?) <> ?", account, len(begin), begin)
	return sqlite.Wrap("end sessions", err)
}
