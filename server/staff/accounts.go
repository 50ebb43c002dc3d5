package staff

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// Errors of accounts.
var (
	ErrNoAccount  = errors.New("staff: no such account")
	ErrLoginTaken = errors.New("staff: another account has this login name")
)

// person is an account with what nobody outside may see.
type person struct {
	Account
	secret secret
}

type secret struct {
	Hash     string    `json:"hash"`
	Old      []string  `json:"old,omitempty"` // hashes of the passwords before, newest first
	Set      time.Time `json:"set"`           // when the password was set
	Wrong    int       `json:"wrong,omitempty"`
	Locks    int       `json:"locks,omitempty"` // since the last good login
	Begun    []byte    `json:"begun,omitempty"` // seed that waits for its first code
	Seed     []byte    `json:"seed,omitempty"`
	Step     int64     `json:"step,omitempty"`     // last time step a code was taken of
	Recovery []string  `json:"recovery,omitempty"` // digests of the codes not used yet
	Mark     string    `json:"mark,omitempty"`     // what browsers show that the account was logged in at
	Marked   tries     `json:"marked,omitzero"`    // in vain, at those browsers
	Demo     bool      `json:"demo,omitempty"`     // the password is the demo's, which everybody knows
}

// keptPasswords is how many passwords may not be used again, the present one too.
const keptPasswords = 3

// Accounts lists all accounts, sorted by login name.
func (s *Staff) Accounts() []Account {
	s.mu.RLock()
	defer s.mu.RUnlock()
	list := make([]Account, 0, len(s.people))
	for _, p := range s.people {
		list = append(list, p.Account)
	}
	slices.SortFunc(list, func(a, b Account) int { return strings.Compare(a.Login, b.Login) })
	return list
}

// Account finds an account by its id.
func (s *Staff) Account(id string) (Account, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	p, ok := s.people[id]
	return p.Account, ok
}

// FullName is the full name of whoever bears a name in the day's events: of who sits at
// the counter (account, may be empty), or else of the only one it can be. Where it may
// be several, or a machine's, it stays as it is.
func (s *Staff) FullName(name, account string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if p, ok := s.people[account]; ok && p.Name == name {
		return p.FullName()
	}
	var found []Account
	for _, p := range s.people {
		if p.Name == name {
			found = append(found, p.Account)
		}
	}
	for _, k := range s.keys {
		if k.Name == name {
			return name
		}
	}
	if len(found) != 1 {
		return name
	}
	return found[0].FullName()
}

// AddAccount makes an account from the fields a person may set, with its first
// password. Errors: *AccountError, *PasswordError, ErrLoginTaken.
func (s *Staff) AddAccount(ctx context.Context, a Account, password string, rules queue.PeopleSetting) (Account, error) {
	a = tidy(a)
	if err := a.check(); err != nil {
		return a, err
	}
	if err := CheckPassword(a.Login, password, rules.LeastLength(a.Role == Admin)); err != nil {
		return a, err
	}
	hash, err := s.hasher.make(ctx, password)
	if err != nil {
		return a, err
	}
	if a.ID, err = s.accountID(); err != nil {
		return a, err
	}
	now := s.o.Clock.Now()
	a.Made, a.Seen, a.Locked, a.Factor = now, time.Time{}, time.Time{}, false
	p := person{Account: a, secret: secret{Hash: hash, Set: now}}
	if err := s.insert(ctx, p); err != nil {
		return a, err
	}
	return a, nil
}

func (s *Staff) accountID() (string, error) {
	raw := make([]byte, 6)
	if _, err := io.ReadFull(s.o.Rand, raw); err != nil {
		return "", fmt.Errorf("no random bytes: %w", err)
	}
	return "a-" + hex.EncodeToString(raw), nil
}

// tidy brings what people typed into the form that is kept.
func tidy(a Account) Account {
	a.Login = plainLogin(a.Login)
	a.Name = norm.NFC.String(strings.Join(strings.Fields(a.Name), " "))
	a.Title.VI = norm.NFC.String(strings.TrimSpace(a.Title.VI))
	a.Title.EN = norm.NFC.String(strings.TrimSpace(a.Title.EN))
	return a
}

// SaveAccount changes the fields a person may set. Whoever is put off, or gets
// another role or branch, loses the open sessions and the seat; otherwise open
// sessions follow. Who becomes an administrator chooses a new password, by the rules
// of administrators. Errors: *AccountError, ErrLoginTaken, ErrNoAccount, ErrLastAdmin.
func (s *Staff) SaveAccount(ctx context.Context, a Account) (Account, error) {
	a = tidy(a)
	if err := a.check(); err != nil {
		return a, err
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	if !a.everywhere() && s.LastAdmin(a.ID) {
		return a, ErrLastAdmin
	}
	var moved bool
	p, err := s.change(ctx, a.ID, func(p *person) error {
		moved = a.Off || a.Role != p.Role || a.Branch != p.Branch
		if a.Role == Admin && p.Role != Admin { // whose password must be longer
			p.Renew = true
		}
		p.Login, p.Name, p.Title, p.Photo = a.Login, a.Name, a.Title, a.Photo
		p.Role, p.Branch, p.Services, p.Off = a.Role, a.Branch, a.Services, a.Off
		return nil
	})
	if err != nil || !moved {
		return p.Account, err
	}
	_, err = s.Stand(ctx, a.ID)
	return p.Account, errors.Join(err, s.endSessions(ctx, a.ID, ""))
}

func (s *Staff) insert(ctx context.Context, p person) error {
	account, hidden, err := p.texts()
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, "INSERT INTO accounts(id, login, account, secret) VALUES(?, ?, ?, ?)", p.ID, p.Login, account, hidden)
	if err != nil {
		return s.taken(ctx, p, err)
	}
	s.mu.Lock()
	s.people[p.ID] = p
	s.mu.Unlock()
	return nil
}

// change rewrites one account within a transaction: the command line may write at
// the same time. When f refuses, nothing is written.
func (s *Staff) change(ctx context.Context, id string, f func(p *person) error) (person, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return person{}, sqlite.Wrap("change account", err)
	}
	p, err := readPerson(tx.QueryRowContext(ctx, "SELECT account, secret FROM accounts WHERE id = ?", id))
	if err == nil {
		err = f(&p)
	}
	if err == nil {
		err = p.write(ctx, tx)
	}
	if err != nil {
		if undone := tx.Rollback(); undone != nil {
			return p, errors.Join(err, undone)
		}
		return p, s.taken(ctx, p, err)
	}
	if err := tx.Commit(); err != nil {
		return p, sqlite.Wrap("change account", err)
	}
	s.mu.Lock()
	s.people[id] = p
	s.mu.Unlock()
	return p, nil
}

func (p person) write(ctx context.Context, tx *sql.Tx) error {
	account, hidden, err := p.texts()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE accounts SET login = ?, account = ?, secret = ? WHERE id = ?", p.Login, account, hidden, p.ID)
	return sqlite.Wrap("change account", err)
}

// taken says ErrLoginTaken when that is why the account could not be written.
func (s *Staff) taken(ctx context.Context, p person, err error) error {
	other, found := s.byLogin(ctx, p.Login)
	if found == nil && other.ID != p.ID {
		return ErrLoginTaken
	}
	return err
}

func (p person) texts() (account, hidden string, err error) {
	a, err := json.Marshal(p.Account)
	if err != nil {
		return "", "", err
	}
	h, err := json.Marshal(p.secret)
	return string(a), string(h), err
}

func readPerson(row interface{ Scan(...any) error }) (person, error) {
	var p person
	var account, hidden string
	switch err := row.Scan(&account, &hidden); {
	case errors.Is(err, sql.ErrNoRows):
		return p, ErrNoAccount
	case err != nil:
		return p, sqlite.Wrap("read account", err)
	}
	return p, errors.Join(json.Unmarshal([]byte(account), &p.Account), json.Unmarshal([]byte(hidden), &p.secret))
}

func (s *Staff) byLogin(ctx context.Context, login string) (person, error) {
	return readPerson(s.db.QueryRowContext(ctx, "SELECT account, secret FROM accounts WHERE login = ?", login))
}

func (s *Staff) byID(ctx context.Context, id string) (person, error) {
	return readPerson(s.db.QueryRowContext(ctx, "SELECT account, secret FROM accounts WHERE id = ?", id))
}

func (s *Staff) loadPeople(ctx context.Context) error {
	rows, err := s.db.QueryContext(ctx, "SELECT account, secret FROM accounts")
	if err != nil {
		return sqlite.Wrap("read accounts", err)
	}
	defer rows.Close()
	s.people = map[string]person{}
	for rows.Next() {
		p, err := readPerson(rows)
		if err != nil {
			return err
		}
		s.people[p.ID] = p
	}
	return sqlite.Wrap("read accounts", rows.Err())
}
