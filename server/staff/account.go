package staff

import (
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

// Seat is the counter a clerk works at: one at a time, with one clerk at a time.
type Seat struct {
	Account string    `json:"account"`
	Branch  string    `json:"branch"`
	Counter string    `json:"counter"`
	Since   time.Time `json:"since"`
}
