package staff

import (
	"context"
	"slices"
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

// Alive tells whether the caller of a session (Caller.ID) may still act: a socket
// asks, whose session may have ended since it was opened. Asking is no use of the
// session. Callers that are no session's are always alive.
func (s *Staff) Alive(callerID string) bool {
	if len(callerID) < len(sessionPrefix) || callerID[:len(sessionPrefix)] != sessionPrefix {
		return true
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	now := s.o.Clock.Now()
	for _, v := range s.sessions {
		if v.caller.ID == callerID {
			p, person := s.people[v.account]
			return !v.over(now) && (v.account == "" || person && s.good(p))
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

// endSessions is EndOtherSessions for whoever holds saving.
func (s *Staff) endSessions(ctx context.Context, account, callerID string) error {
	s.mu.Lock()
	var ended []string
	for digest, v := range s.sessions {
		if v.account == account && account != "" && v.caller.ID != callerID {
			delete(s.sessions, digest)
			ended = append(ended, digest)
		}
	}
	s.mu.Unlock()
	for _, digest := range ended {
		if _, err := s.db.ExecContext(ctx, "DELETE FROM sessions WHERE digest = ?", digest); err != nil {
			return sqlite.Wrap("end sessions", err)
		}
	}
	return nil
}
