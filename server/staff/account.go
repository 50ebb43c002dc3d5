package staff

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"motcua/server/queue"
)

// Account is a person who logs in with a name and a password. Its secrets (the
// argon2id hash, the seed of the second factor) never leave this package.
type Account struct {
	ID       string     `json:"id"`    // "a-" and 12 hex digits; never used for anybody else
	Login    string     `json:"login"` // a-z 0-9 . _ -, 2 to 40 of them
	Name     string     `json:"name"`  // what events, reports and, where the hall allows, displays say
	Title    queue.Text `json:"title,omitzero"`
	Photo    string     `json:"photo,omitempty"`    // of the hall's media
	Role     Role       `json:"role"`               // one of PersonRoles
	Branch   string     `json:"branch,omitempty"`   // empty for all: inspectors and administrators only
	Services []string   `json:"services,omitempty"` // a clerk's skills: what may be called; all when empty
	Off      bool       `json:"off,omitempty"`      // may not log in
	Renew    bool       `json:"renew,omitempty"`    // the password was given by somebody else and must be changed first
	Factor   bool       `json:"factor,omitempty"`   // has a second factor
	Made     time.Time  `json:"made"`
	Seen     time.Time  `json:"seen,omitzero"`         // last login
	Locked   time.Time  `json:"locked_until,omitzero"` // after wrong passwords
}

// caller is what the account's holder may do.
func (a Account) caller() Caller {
	return Caller{Name: a.Name, Role: a.Role, Branch: a.Branch, Account: a.ID, Login: a.Login, Services: a.Services}
}

// FullName names a person where two of one name must not be taken for each other, as
// in the audit log: "Nguyễn Thị Lan (lan)".
func (a Account) FullName() string { return a.Name + " (" + a.Login + ")" }

// Sitting is how the day's events tell of the account at a counter.
func (a Account) Sitting() *queue.Sitting {
	return &queue.Sitting{Account: a.ID, Name: a.Name, Title: a.Title, Photo: a.Photo}
}

// everywhere tells whether the account may administer every branch.
func (a Account) everywhere() bool { return a.Role == Admin && a.Branch == "" && !a.Off }

// Powerful tells whether a session left alone is worth ending early: of whoever
// changes settings, oversees the hall or reads its figures.
func (r Role) Powerful() bool { return r == Admin || r == Head || r == Reader }

// AccountError says which field of an account is wrong: login, name, role, branch,
// title, photo or services.
type AccountError struct{ Field string }

func (e *AccountError) Error() string { return fmt.Sprintf("staff: account: wrong %s", e.Field) }

const (
	longestName  = 80
	mostServices = 100
)

var loginPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,39}$`)

// plainLogin is a login name as it is kept: phones begin words with a capital.
func plainLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// check tells what is wrong with an account, as a *AccountError.
func (a Account) check() error {
	wrong := ""
	switch {
	case !loginPattern.MatchString(a.Login):
		wrong = "login"
	case a.Name == "" || len([]rune(a.Name)) > longestName:
		wrong = "name"
	case !slices.Contains(PersonRoles, a.Role):
		wrong = "role"
	case a.Branch == "" && a.Role != Admin && a.Role != Reader:
		wrong = "branch"
	case len([]rune(a.Title.VI)) > longestName || len([]rune(a.Title.EN)) > longestName:
		wrong = "title"
	case len(a.Photo) > longestName:
		wrong = "photo"
	case len(a.Services) > mostServices:
		wrong = "services"
	default:
		return nil
	}
	return &AccountError{Field: wrong}
}

// Seat is the counter a clerk works at: one at a time, with one clerk at a time.
type Seat struct {
	Account string    `json:"account"`
	Branch  string    `json:"branch"`
	Counter string    `json:"counter"`
	Since   time.Time `json:"since"`
}
