package staff

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"motcua/server/sqlite"
)

// Key is a device's or a person's right, without the secret.
type Key struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Role     Role     `json:"role"`
	Branch   string   `json:"branch,omitempty"`
	Counters []string `json:"counters,omitempty"`
	Screen   Screen   `json:"screen,omitzero"` // of a browser that is a screen of the hall
	// Made is when it was made; it is told with its last use.
	Made time.Time `json:"-"`
}

func (k Key) caller() Caller {
	return Caller{ID: keyPrefix + k.ID, Name: k.Name, Key: k.ID, Role: k.Role, Branch: k.Branch, Counters: k.Counters}
}

// demoKeys are the fixed keys of the demo (outer contract).
var demoKeys = map[string]Role{"demo-kiosk": Kiosk, "demo-desk": Desk, "demo-display": Display,
	"demo-device": Device, "demo-admin": Admin}

// ByKey finds who holds a key.
func (s *Staff) ByKey(secret string) (Caller, bool) {
	if role, fixed := demoKeys[secret]; fixed {
		// In serve a demo key is a wrong key like any other.
		return Caller{ID: keyPrefix + secret, Name: secret, Role: role}, s.o.Demo
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	k, ok := s.keys[digestOf(secret)]
	return k.caller(), ok
}

// Make makes a key and gives its secret, which nobody can read again.
func (s *Staff) Make(ctx context.Context, k Key) (Key, string, error) {
	if !slices.Contains(Roles, k.Role) {
		return k, "", fmt.Errorf("staff: no role %q", k.Role)
	}
	secret, err := s.secret()
	if err != nil {
		return k, "", err
	}
	digest := digestOf(secret)
	k.ID, k.Made = digest[:12], s.o.Clock.Now()
	_, err = s.db.ExecContext(ctx, "INSERT INTO keys(id, digest, name, role, branch, counters, made, screen) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
		k.ID, digest, k.Name, k.Role, k.Branch, strings.Join(k.Counters, ","), millis(k.Made), k.Screen.text())
	if err != nil {
		return k, "", sqlite.Wrap("make key", err)
	}
	s.mu.Lock()
	s.keys[digest] = k
	s.mu.Unlock()
	return k, secret, nil
}

// Lend makes a key that this process alone knows and that ends with it: for what
// runs inside the server, as the demo's devices do.
func (s *Staff) Lend(k Key) (string, error) {
	if !slices.Contains(Roles, k.Role) {
		return "", fmt.Errorf("staff: no role %q", k.Role)
	}
	secret, err := s.secret()
	if err != nil {
		return "", err
	}
	digest := digestOf(secret)
	k.ID = digest[:12]
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys[digest], s.lent[digest] = k, k
	return secret, nil
}

// LastAdmin tells whether a key or an account (by its id) is the only one left that
// may do everything. In the demo a fixed key always may.
func (s *Staff) LastAdmin(id string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var others, it bool
	count := func(one string) {
		it = it || one == id
		others = others || one != id
	}
	for _, k := range s.keys {
		if k.Role == Admin && k.Branch == "" {
			count(k.ID)
		}
	}
	for _, p := range s.people {
		if p.everywhere() && s.good(p) {
			count(p.ID)
		}
	}
	return it && !others && !s.o.Demo
}

// Revoke ends a key and every session begun with it. The last key that may do
// everything stays (ErrLastAdmin): nobody could make another one.
func (s *Staff) Revoke(ctx context.Context, id string) error {
	s.saving.Lock()
	defer s.saving.Unlock()
	if s.LastAdmin(id) {
		return ErrLastAdmin
	}
	result, err := s.db.ExecContext(ctx, "UPDATE keys SET revoked = ? WHERE id = ? AND revoked = 0", millis(s.o.Clock.Now()), id)
	if err != nil {
		return sqlite.Wrap("revoke key", err)
	}
	if n, err := result.RowsAffected(); err == nil && n == 0 {
		return ErrNotFound
	}
	for _, table := range []string{"sessions", "uses"} {
		if _, err := s.db.ExecContext(ctx, "DELETE FROM "+table+" WHERE key = ?", id); err != nil {
			return sqlite.Wrap("revoke key", err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for digest, k := range s.keys {
		if k.ID == id {
			delete(s.keys, digest)
		}
	}
	for digest, v := range s.sessions {
		if v.key == id {
			delete(s.sessions, digest)
		}
	}
	return nil
}

// Keys lists the keys that are good, sorted by name.
func (s *Staff) Keys() []Key {
	s.mu.RLock()
	defer s.mu.RUnlock()
	list := make([]Key, 0, len(s.keys))
	for _, k := range s.keys {
		list = append(list, k)
	}
	slices.SortFunc(list, func(a, b Key) int { return strings.Compare(a.Name+"\x00"+a.ID, b.Name+"\x00"+b.ID) })
	return list
}

// First makes the first admin key if there has never been a key and there is no
// administrator's account, and gives its secret to print, once; empty when there is nothing to print.
func (s *Staff) First(ctx context.Context) (string, error) {
	var n int
	if err := s.db.QueryRowContext(ctx, "SELECT count(*) FROM keys").Scan(&n); err != nil {
		return "", sqlite.Wrap("count keys", err)
	}
	if n > 0 || s.administered() {
		return "", nil
	}
	_, secret, err := s.Make(ctx, Key{Name: "admin", Role: Admin})
	return secret, err
}

// administered tells whether somebody with an account may do everything.
func (s *Staff) administered() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, p := range s.people {
		if p.everywhere() && s.good(p) {
			return true
		}
	}
	return false
}
