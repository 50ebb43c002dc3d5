// Package staff knows who may do what: the keys of devices, and the sessions of
// people at browsers. Of a key or a session only its digest is kept.
package staff

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Role says what its holder is in the hall.
type Role string

// The roles. Citizen is whoever has no key.
const (
	Citizen Role = "citizen"
	Kiosk   Role = "kiosk"
	Desk    Role = "desk"
	Display Role = "display"
	Device  Role = "device"
	Agent   Role = "agent"  // the program beside the devices of a kiosk or counter PC
	Feed    Role = "feed"   // the one-stop software, which tells where dossiers stand
	Reader  Role = "reader" // reads the hall's figures, and changes nothing
	Admin   Role = "admin"

	// These are people's alone: no key has them.
	Clerk Role = "clerk" // serves at one counter at a time
	Guide Role = "guide" // helps citizens in the hall
	Head  Role = "head"  // head of hall: oversees the day, changes no settings
)

// Roles lists the roles a key can have.
var Roles = []Role{Kiosk, Desk, Display, Device, Agent, Feed, Reader, Admin}

// PersonRoles lists the roles an account can have. Reader is the inspector's.
var PersonRoles = []Role{Clerk, Guide, Head, Reader, Admin}

// Caller is who a request comes from.
type Caller struct {
	ID       string // stable and no secret; what idempotency keys belong to
	Name     string // for events and logs, never a citizen's
	Key      string // id of the key that speaks, or that the session was begun with; empty for people and the demo
	Role     Role
	Branch   string   // the only branch it may touch; any when empty
	Counters []string // the only counters it may touch; all when empty
	// Account is the id of the person's account, Login the name to log in; empty for a key.
	Account  string
	Login    string
	Services []string // what a clerk is skilled for; all when empty
}

// MayBranch tells whether the caller may touch a branch. Whoever works in a hall may
// practise in its hall for practice.
func (c Caller) MayBranch(branch string) bool {
	return c.Branch == "" || c.Branch == branch || branch == queue.TrainingID(c.Branch)
}

// MayCounter tells whether the caller may touch a counter of its branch.
func (c Caller) MayCounter(counter string) bool {
	return len(c.Counters) == 0 || slices.Contains(c.Counters, counter)
}

// Options of the staff's book.
type Options struct {
	Demo  bool // the fixed keys are good, and pages open sessions by themselves
	Clock queue.Clock
	Rand  io.Reader
	Cost  Cost // of hashing passwords; what production uses when zero
}

// Staff is the book of keys and sessions. All are in memory as well: they are
// few, and every request asks.
type Staff struct {
	db *sql.DB
	o  Options

	hasher    *hasher
	strangers *strangers

	version atomic.Int64 // of the database as it was read last

	saving   sync.Mutex // held while administrators, seats or who is inside may change
	mu       sync.RWMutex
	keys     map[string]Key // by digest
	lent     map[string]Key // those of them that stand in no database
	sessions map[string]session
	people   map[string]person // by id
	seats    map[string]Seat   // by account

	using sync.Mutex
	uses  map[string]heldUse // by id of the key
}

var schema = []string{`
CREATE TABLE keys(
	id TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
	branch TEXT NOT NULL, counters TEXT NOT NULL, made INTEGER NOT NULL, revoked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE sessions(digest TEXT PRIMARY KEY, key TEXT NOT NULL, expires INTEGER NOT NULL) STRICT;
`, `
CREATE TABLE pairings(
	id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
	wish TEXT NOT NULL, address TEXT NOT NULL, made INTEGER NOT NULL, expires INTEGER NOT NULL,
	role TEXT NOT NULL DEFAULT '', branch TEXT NOT NULL DEFAULT '', counters TEXT NOT NULL DEFAULT '',
	approved_by TEXT NOT NULL DEFAULT '', key TEXT NOT NULL DEFAULT ''
) STRICT;
`, `
ALTER TABLE keys ADD COLUMN screen TEXT NOT NULL DEFAULT '';
ALTER TABLE pairings ADD COLUMN screen TEXT NOT NULL DEFAULT '';
`, `
CREATE TABLE accounts(id TEXT PRIMARY KEY, login TEXT NOT NULL UNIQUE, account TEXT NOT NULL, secret TEXT NOT NULL) STRICT;
CREATE TABLE seats(
	account TEXT PRIMARY KEY REFERENCES accounts(id), branch TEXT NOT NULL, counter TEXT NOT NULL, since INTEGER NOT NULL,
	UNIQUE(branch, counter)
) STRICT;
ALTER TABLE sessions ADD COLUMN account TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN idle INTEGER NOT NULL DEFAULT 0;
`, `
CREATE TABLE uses(
	key TEXT PRIMARY KEY REFERENCES keys(id) ON DELETE CASCADE,
	at INTEGER NOT NULL, address TEXT NOT NULL, program TEXT NOT NULL
) STRICT;
`}

// Open reads the book from the database at path, made when absent.
func Open(ctx context.Context, path string, o Options) (*Staff, error) {
	db, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	s := &Staff{db: db, o: o, hasher: newHasher(o), strangers: newStrangers(), lent: map[string]Key{}}
	s.version.Store(-1) // not read yet
	err = sqlite.Migrate(ctx, db, schema)
	if err == nil {
		err = s.Refresh(ctx)
	}
	if err == nil {
		err = s.loadUses(ctx) // the keys are known by now
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return s, nil
}

// Close closes the book.
func (s *Staff) Close() error { return s.db.Close() }

// load reads the whole book anew.
func (s *Staff) load(ctx context.Context) error {
	s.saving.Lock()
	defer s.saving.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, part := range []func(context.Context) error{s.loadKeys, s.loadPeople, s.loadSeats, s.loadSessions} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (s *Staff) loadKeys(ctx context.Context) error {
	s.keys = map[string]Key{}
	maps.Copy(s.keys, s.lent)
	rows, err := s.db.QueryContext(ctx, "SELECT digest, id, name, role, branch, counters, screen, made FROM keys WHERE revoked = 0")
	if err != nil {
		return sqlite.Wrap("read keys", err)
	}
	defer rows.Close()
	for rows.Next() {
		var k Key
		var digest, counters, screen string
		var made int64
		if err := rows.Scan(&digest, &k.ID, &k.Name, &k.Role, &k.Branch, &counters, &screen, &made); err != nil {
			return sqlite.Wrap("read keys", err)
		}
		k.Counters, k.Screen, k.Made = split(counters), screenFrom(screen), time.UnixMilli(made)
		s.keys[digest] = k
	}
	return sqlite.Wrap("read keys", rows.Err())
}

func split(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

// secret makes 256 random bits as text.
func (s *Staff) secret() (string, error) {
	raw := make([]byte, 32)
	if _, err := io.ReadFull(s.o.Rand, raw); err != nil {
		return "", fmt.Errorf("no random bytes: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

func digestOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// ErrNotFound says that there is no such key.
var ErrNotFound = errors.New("staff: no such key")

// ErrLastAdmin says that without this key or account nobody could administer the server.
var ErrLastAdmin = errors.New("staff: the last administrator")

// millis is a time as the database keeps it.
func millis(t time.Time) int64 { return t.UnixMilli() }
