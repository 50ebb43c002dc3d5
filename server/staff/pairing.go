package staff

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"motcua/server/sqlite"
)

// PairingLife is how long a code on a device's screen is good.
const PairingLife = 15 * time.Minute

// mostPairings bounds what strangers can make us keep; the oldest give way.
const mostPairings = 200

// pairingLetters has no letter or digit that looks like another one on a bad screen.
const pairingLetters = "ACDEFGHJKLMNPQRTUVWXY34679"

// Pairing is a device that asks to belong to the hall. It shows Code; whoever
// stands before it approves that code, and the device gets a key of its own.
type Pairing struct {
	ID      string    `json:"id"`
	Code    string    `json:"code"` // K7M-2Q4
	Name    string    `json:"name"`
	Kind    string    `json:"kind"`             // agent or screen
	Wish    string    `json:"branch,omitempty"` // the branch it would like to be in
	Address string    `json:"address"`
	Made    time.Time `json:"made"`
	Expires time.Time `json:"expires_at"`
	By      string    `json:"approved_by,omitempty"`
	Grant   Key       `json:"-"` // what was approved
}

// Errors of pairing.
var (
	ErrNoPairing = errors.New("staff: no such pairing, or its time is over")
	ErrNameTaken = errors.New("staff: another agent has this name")
	ErrPaired    = errors.New("staff: this pairing has been approved already")
)

// Pair notes a device's wish and gives the secret it asks with.
func (s *Staff) Pair(ctx context.Context, name, kind, branch, address string) (Pairing, string, error) {
	now := s.o.Clock.Now()
	if err := s.forgetPairings(ctx, now); err != nil {
		return Pairing{}, "", err
	}
	secret, err := s.secret()
	if err != nil {
		return Pairing{}, "", err
	}
	digest := digestOf(secret)
	p := Pairing{ID: digest[:16], Name: name, Kind: kind, Wish: branch, Address: address,
		Made: now, Expires: now.Add(PairingLife)}
	if p.Code, err = s.pairingCode(); err != nil {
		return p, "", err
	}
	_, err = s.db.ExecContext(ctx, "INSERT INTO pairings(id, code, digest, name, kind, wish, address, made, expires) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
		p.ID, p.Code, digest, p.Name, p.Kind, p.Wish, p.Address, millis(now), millis(p.Expires))
	return p, secret, sqlite.Wrap("note pairing", err)
}

func (s *Staff) pairingCode() (string, error) {
	raw := make([]byte, 6)
	if _, err := io.ReadFull(s.o.Rand, raw); err != nil {
		return "", fmt.Errorf("no random bytes: %w", err)
	}
	for i, b := range raw {
		raw[i] = pairingLetters[int(b)%len(pairingLetters)]
	}
	return string(raw[:3]) + "-" + string(raw[3:]), nil
}

func (s *Staff) forgetPairings(ctx context.Context, now time.Time) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM pairings WHERE expires < ? OR id NOT IN
		(SELECT id FROM pairings ORDER BY made DESC LIMIT ?)`, millis(now), mostPairings-1)
	return sqlite.Wrap("forget pairings", err)
}

const pairingColumns = "id, code, name, kind, wish, address, made, expires, role, branch, counters, approved_by, screen"

// Pairings lists those that wait for approval, oldest first.
func (s *Staff) Pairings(ctx context.Context) ([]Pairing, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT "+pairingColumns+" FROM pairings WHERE approved_by = '' AND expires >= ? ORDER BY made, id",
		millis(s.o.Clock.Now()))
	if err != nil {
		return nil, sqlite.Wrap("list pairings", err)
	}
	defer rows.Close()
	list := []Pairing{}
	for rows.Next() {
		p, err := scanPairing(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, sqlite.Wrap("list pairings", rows.Err())
}

func scanPairing(row interface{ Scan(...any) error }) (Pairing, error) {
	var p Pairing
	var made, expires int64
	var counters, screen string
	err := row.Scan(&p.ID, &p.Code, &p.Name, &p.Kind, &p.Wish, &p.Address, &made, &expires,
		&p.Grant.Role, &p.Grant.Branch, &counters, &p.By, &screen)
	if errors.Is(err, sql.ErrNoRows) {
		return p, ErrNoPairing
	}
	p.Made, p.Expires, p.Grant.Counters = time.UnixMilli(made), time.UnixMilli(expires), split(counters)
	p.Grant.Name, p.Grant.Screen = p.Name, screenFrom(screen)
	return p, sqlite.Wrap("read pairing", err)
}

// Approve grants the device with this code what k says; an empty name keeps the
// one the device gave itself. It may be called by another process than the server.
func (s *Staff) Approve(ctx context.Context, code string, k Key, by string) (Pairing, error) {
	if !slices.Contains(Roles, k.Role) {
		return Pairing{}, fmt.Errorf("staff: no role %q", k.Role)
	}
	if taken, err := s.nameTaken(ctx, code, k); taken || err != nil {
		return Pairing{}, errors.Join(err, ErrNameTaken)
	}
	result, err := s.db.ExecContext(ctx, `UPDATE pairings SET role = ?, branch = ?, counters = ?, approved_by = ?, screen = ?,
		name = CASE WHEN ? = '' THEN name ELSE ? END WHERE code = ? AND expires >= ? AND approved_by = ''`,
		k.Role, k.Branch, strings.Join(k.Counters, ","), by, k.Screen.text(), k.Name, k.Name, PairingCode(code), millis(s.o.Clock.Now()))
	if err != nil {
		return Pairing{}, sqlite.Wrap("approve pairing", err)
	}
	p, err := scanPairing(s.db.QueryRowContext(ctx, "SELECT "+pairingColumns+" FROM pairings WHERE code = ? AND expires >= ?",
		PairingCode(code), millis(s.o.Clock.Now())))
	if err != nil {
		return p, err
	}
	if n, err := result.RowsAffected(); err == nil && n == 0 {
		return p, ErrPaired
	}
	return p, nil
}

// nameTaken tells whether an agent would share its name with another one: tickets
// are printed by that name.
func (s *Staff) nameTaken(ctx context.Context, code string, k Key) (bool, error) {
	if k.Role != Agent {
		return false, nil
	}
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM keys WHERE revoked = 0 AND role = ? AND branch = ? AND name =
		CASE WHEN ? = '' THEN (SELECT name FROM pairings WHERE code = ?) ELSE ? END`,
		Agent, k.Branch, k.Name, PairingCode(code), k.Name).Scan(&n)
	return n > 0, sqlite.Wrap("look for the name", err)
}

// PairingCode gives a code as it is stored: people type it in any case, and
// without its dash.
func PairingCode(typed string) string {
	kept := strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToUpper(typed))
	if len(kept) == 6 {
		return kept[:3] + "-" + kept[3:]
	}
	return kept
}

// Claim gives an approved device its key, again and again until it first uses
// it: the answer may be lost on the way. false while nobody has approved it.
func (s *Staff) Claim(ctx context.Context, id, secret string) (Key, string, bool, error) {
	row := s.db.QueryRowContext(ctx, "SELECT "+pairingColumns+" FROM pairings WHERE id = ? AND digest = ? AND expires >= ?",
		id, digestOf(secret), millis(s.o.Clock.Now()))
	p, err := scanPairing(row)
	if err != nil || p.By == "" {
		return Key{}, "", false, err
	}
	if err := s.takeBack(ctx, id); err != nil {
		return Key{}, "", false, err
	}
	k, key, err := s.Make(ctx, p.Grant)
	if err != nil {
		return k, "", false, err
	}
	_, err = s.db.ExecContext(ctx, "UPDATE pairings SET key = ? WHERE id = ?", k.ID, id)
	return k, key, err == nil, sqlite.Wrap("hand over key", err)
}

// takeBack revokes the key of an answer that never arrived.
func (s *Staff) takeBack(ctx context.Context, id string) error {
	var before string
	if err := s.db.QueryRowContext(ctx, "SELECT key FROM pairings WHERE id = ?", id).Scan(&before); err != nil {
		return sqlite.Wrap("read pairing", err)
	}
	if before == "" {
		return nil
	}
	if err := s.Revoke(ctx, before); err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	return nil
}

// Paired ends a pairing: the device has used its key.
func (s *Staff) Paired(ctx context.Context, keyID string) error {
	_, err := s.db.ExecContext(ctx, "DELETE FROM pairings WHERE key = ?", keyID)
	return sqlite.Wrap("end pairing", err)
}
