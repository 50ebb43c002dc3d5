package staff

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"motcua/server/sqlite"
)

// SessionLife is how long a session lasts: a working day and its evening, so
// that nobody is logged out with a visitor before them.
const SessionLife = 14 * time.Hour

// mostSessions bounds what anybody can make this server keep.
const mostSessions = 10_000

// A Caller's ID starts with one of them.
const (
	sessionPrefix = "session:"
	keyPrefix     = "key:"
)

// session is a browser's right: that of a key, of a person, or in the demo of a role.
type session struct {
	key     string // id of the key; empty in the demo and for people
	account string // id of the person; empty for a key
	caller  Caller // of a person only the ID counts: the rest is what the book says now
	begun   time.Time
	expires time.Time
	idle    time.Duration // ends after so long without a request; 0 for never
	seen    *atomic.Int64 // last request, in milliseconds
	noted   *atomic.Int64 // the same as the database knows it
}

func newSession(v session, now time.Time) session {
	v.begun, v.seen, v.noted = now, new(atomic.Int64), new(atomic.Int64)
	v.seen.Store(millis(now))
	v.noted.Store(millis(now))
	return v
}

func (v session) lastSeen() int64 {
	if v.seen == nil {
		return 0
	}
	return v.seen.Load()
}

// over tells whether the session has ended by age or by idleness.
func (v session) over(now time.Time) bool {
	return now.After(v.expires) || v.idle > 0 && now.Sub(time.UnixMilli(v.seen.Load())) > v.idle
}

// Login begins a session with a key; false when the key is wrong.
func (s *Staff) Login(ctx context.Context, key string) (secret string, ok bool, err error) {
	return s.login(ctx, key, SessionLife)
}

func (s *Staff) login(ctx context.Context, key string, life time.Duration) (secret string, ok bool, err error) {
	caller, ok := s.ByKey(key)
	if !ok {
		return "", false, nil
	}
	id := strings.TrimPrefix(caller.ID, keyPrefix)
	secret, err = s.begin(ctx, session{key: id, caller: caller}, life)
	return secret, err == nil, err
}

// begin keeps a session, in the database first: what is read anew from there must
// not forget one that was just begun.
func (s *Staff) begin(ctx context.Context, v session, life time.Duration) (string, error) {
	secret, err := s.secret()
	if err != nil {
		return "", err
	}
	digest := digestOf(secret)
	now := s.o.Clock.Now()
	v = newSession(v, now)
	v.expires = now.Add(life)
	v.caller.ID = sessionPrefix + digest[:16]
	_, err = s.db.ExecContext(ctx, "INSERT INTO sessions(digest, key, account, begun, seen, idle, expires) VALUES(?, ?, ?, ?, ?, ?, ?)",
		digest, v.key, v.account, millis(now), millis(now), v.idle.Milliseconds(), millis(v.expires))
	if err != nil {
		return "", sqlite.Wrap("begin session", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.sessions) >= mostSessions {
		s.forget(now)
	}
	s.sessions[digest] = v
	return secret, nil
}

// forget drops what has expired, and if that is not enough whatever expires first.
func (s *Staff) forget(now time.Time) {
	var oldest string
	for digest, v := range s.sessions {
		if v.over(now) {
			delete(s.sessions, digest)
			continue
		}
		if oldest == "" || v.expires.Before(s.sessions[oldest].expires) {
			oldest = digest
		}
	}
	if len(s.sessions) >= mostSessions {
		delete(s.sessions, oldest)
	}
}

// BySession finds whose session it is, and counts as use of it.
func (s *Staff) BySession(secret string) (Caller, bool) { return s.bySession(secret, true) }

// LookSession finds whose session it is, and is no use of it: a page asks by itself
// while nobody sits before it.
func (s *Staff) LookSession(secret string) (Caller, bool) { return s.bySession(secret, false) }

func (s *Staff) bySession(secret string, use bool) (Caller, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	v, ok := s.sessions[digestOf(secret)]
	now := s.o.Clock.Now()
	if !ok || v.over(now) {
		return Caller{}, false
	}
	if use {
		v.seen.Store(millis(now))
	}
	if v.account == "" {
		return v.caller, true
	}
	p, ok := s.people[v.account]
	caller := p.caller()
	caller.ID = v.caller.ID
	return caller, ok && s.good(p)
}

// Logout ends a session.
func (s *Staff) Logout(ctx context.Context, secret string) error {
	digest := digestOf(secret)
	s.mu.Lock()
	delete(s.sessions, digest)
	s.mu.Unlock()
	_, err := s.db.ExecContext(ctx, "DELETE FROM sessions WHERE digest = ?", digest)
	return sqlite.Wrap("end session", err)
}

func (s *Staff) loadSessions(ctx context.Context) error {
	now := s.o.Clock.Now()
	if _, err := s.db.ExecContext(ctx, "DELETE FROM sessions WHERE expires < ?", millis(now)); err != nil {
		return sqlite.Wrap("forget sessions", err)
	}
	byID := map[string]Key{}
	for _, k := range s.keys {
		byID[k.ID] = k
	}
	if s.o.Demo {
		for secret, role := range demoKeys {
			byID[secret] = Key{ID: secret, Name: secret, Role: role}
		}
	}
	before := s.sessions
	rows, err := s.db.QueryContext(ctx, "SELECT digest, key, account, begun, seen, idle, expires FROM sessions")
	if err != nil {
		return sqlite.Wrap("read sessions", err)
	}
	defer rows.Close()
	s.sessions = map[string]session{}
	for rows.Next() {
		var digest string
		var begun, seen, idle, expires int64
		var v session
		if err := rows.Scan(&digest, &v.key, &v.account, &begun, &seen, &idle, &expires); err != nil {
			return sqlite.Wrap("read sessions", err)
		}
		k, ok := byID[v.key]
		if _, person := s.people[v.account]; !ok && !person {
			continue // of a key that was revoked, or of the demo
		}
		v = newSession(v, time.UnixMilli(begun))
		v.noted.Store(seen)
		v.seen.Store(max(seen, before[digest].lastSeen()))
		v.expires, v.idle = time.UnixMilli(expires), time.Duration(idle)*time.Millisecond
		if v.account == "" {
			v.caller = k.caller()
		}
		v.caller.ID = sessionPrefix + digest[:16]
		s.sessions[digest] = v
	}
	return sqlite.Wrap("read sessions", rows.Err())
}
