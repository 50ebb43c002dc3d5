package staff

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"motcua/server/sqlite"
)

// Screen is what a browser on a wall or a counter is used as. Its key's role
// follows from its page.
type Screen struct {
	Page    string `json:"page"`              // one of ScreenPages
	Layout  string `json:"layout,omitempty"`  // of a board: the page's own word for it
	Zone    string `json:"zone,omitempty"`    // the part of the hall it stands in; all of it when empty
	Counter string `json:"counter,omitempty"` // where a counter's display or a rating tablet stands
	Sound   bool   `json:"sound,omitempty"`   // a board with a loudspeaker
}

// ScreenPages are the pages a screen can show.
var ScreenPages = []string{"board", "counter", "lookup", "kiosk", "rate"}

// Role is the right a screen with this page needs; empty for a page that no screen shows.
func (v Screen) Role() Role {
	switch v.Page {
	case "board", "counter":
		return Display
	case "lookup", "kiosk":
		return Kiosk
	case "rate":
		return Device
	}
	return ""
}

// AtCounter tells whether the page belongs to one counter.
func (v Screen) AtCounter() bool { return v.Page == "counter" || v.Page == "rate" }

// grant is the key a screen gets.
func (v Screen) grant(k Key) Key {
	k.Screen, k.Role, k.Counters = v, v.Role(), nil
	if v.AtCounter() {
		k.Counters = []string{v.Counter}
	}
	return k
}

// ScreenKey is what a key must be for this screen.
func ScreenKey(name, branch string, v Screen) Key { return v.grant(Key{Name: name, Branch: branch}) }

// ScreenLife is how long a screen's session lasts: longer than any holiday. It is
// begun anew each time the screen starts.
const ScreenLife = 400 * 24 * time.Hour

// LoginScreen begins a screen's session in place of its earlier ones; false when
// the key is wrong, or not a screen's. A key that was made for a display before
// anybody said of what kind is a screen too.
func (s *Staff) LoginScreen(ctx context.Context, secret string) (Key, string, bool, error) {
	k, ok := s.KeyOf(secret)
	if !ok || k.Screen.Page == "" {
		return k, "", false, nil
	}
	if _, err := s.db.ExecContext(ctx, "DELETE FROM sessions WHERE key = ?", k.ID); err != nil {
		return k, "", false, sqlite.Wrap("begin session", err)
	}
	s.mu.Lock()
	for digest, v := range s.sessions {
		if v.key == k.ID {
			delete(s.sessions, digest)
		}
	}
	s.mu.Unlock()
	session, ok, err := s.login(ctx, secret, ScreenLife)
	return k, session, ok, err
}

// KeyOf gives the key with this secret; the demo's fixed ones are not among them.
func (s *Staff) KeyOf(secret string) (Key, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	k, ok := s.keys[digestOf(secret)]
	return k, ok
}

// KeyBySession gives the key a session was begun with.
func (s *Staff) KeyBySession(secret string) (Key, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	v, ok := s.sessions[digestOf(secret)]
	if !ok || s.o.Clock.Now().After(v.expires) {
		return Key{}, false
	}
	for _, k := range s.keys {
		if k.ID == v.key {
			return k, true
		}
	}
	return Key{}, false
}

// Screens lists the keys of screens, sorted by name.
func (s *Staff) Screens() []Key {
	return slices.DeleteFunc(s.Keys(), func(k Key) bool { return k.Screen.Page == "" })
}

// Assign gives a screen another name and role; its sessions go on with the new right.
func (s *Staff) Assign(ctx context.Context, id, name string, v Screen) (Key, error) {
	s.mu.RLock()
	at, old := "", Key{}
	for digest, k := range s.keys {
		if k.ID == id && k.Screen.Page != "" {
			at, old = digest, k
		}
	}
	s.mu.RUnlock()
	if at == "" {
		return Key{}, ErrNotFound
	}
	k := v.grant(old)
	if name != "" {
		k.Name = name
	}
	_, err := s.db.ExecContext(ctx, "UPDATE keys SET name = ?, role = ?, counters = ?, screen = ? WHERE id = ? AND revoked = 0",
		k.Name, k.Role, strings.Join(k.Counters, ","), v.text(), id)
	if err != nil {
		return k, sqlite.Wrap("assign screen", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, held := s.keys[at]; !held {
		return k, ErrNotFound // revoked meanwhile
	}
	s.keys[at] = k
	for digest, session := range s.sessions {
		if session.key == id {
			session.caller = k.caller()
			session.caller.ID = "session:" + digest[:16]
			s.sessions[digest] = session
		}
	}
	return k, nil
}

// text is the screen as the database keeps it; empty for none.
func (v Screen) text() string {
	if v.Page == "" {
		return ""
	}
	raw, _ := json.Marshal(v) // strings and a bool always can be
	return string(raw)
}

// screenFrom reads what text wrote; what cannot be read is no screen.
func screenFrom(text string) (v Screen) {
	if text == "" || json.Unmarshal([]byte(text), &v) != nil {
		return Screen{}
	}
	return v
}
