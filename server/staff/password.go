package staff

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Weakness says why a password is not taken.
type Weakness string

// The weaknesses. Length counts for more than composition, as NIST SP 800-63B
// advises; two kinds of characters are for security level 2 (docs/people.md).
const (
	TooShort  Weakness = "short"  // fewer characters than the hall asks
	TooLong   Weakness = "long"   // more than LongestPassword
	OneKind   Weakness = "kinds"  // letters alone, digits alone, or marks alone
	LikeLogin Weakness = "login"  // holds the login name
	Common    Weakness = "common" // among those everybody tries first
	UsedLast  Weakness = "used"   // one of the last three
)

// LongestPassword is how many characters a password has at most.
const LongestPassword = 128

// PasswordError says why a password is not taken.
type PasswordError struct {
	Why   Weakness
	Least int // characters a password needs, of TooShort
}

func (e *PasswordError) Error() string {
	return fmt.Sprintf("staff: password refused: %s (at least %d characters)", e.Why, e.Least)
}

// CheckPassword tells whether a password may be an account's, apart from those it
// had before; the error is a *PasswordError.
func CheckPassword(login, password string, least int) error {
	password = norm.NFC.String(password)
	why := weakness(login, password, least)
	if why == "" {
		return nil
	}
	return &PasswordError{Why: why, Least: least}
}

func weakness(login, password string, least int) Weakness {
	n := utf8.RuneCountInString(password)
	folded := strings.ToLower(password)
	switch {
	case n < least:
		return TooShort
	case n > LongestPassword:
		return TooLong
	case isCommon(folded):
		return Common
	case len(login) >= 3 && strings.Contains(folded, strings.ToLower(login)):
		return LikeLogin
	case kinds(password) < 2:
		return OneKind
	}
	return ""
}

// kinds counts the kinds of characters: lower case, upper case, digits, others.
func kinds(password string) int {
	var lower, upper, digit, other int
	for _, r := range password {
		switch {
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsLetter(r):
			lower = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return lower + upper + digit + other
}

// isCommon tells whether what remains without digits and marks at the ends is
// tried first by everybody, or the whole of it is.
func isCommon(folded string) bool {
	core := strings.TrimFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) })
	if common[folded] || common[core] && len(folded)-len(core) <= 6 {
		return true
	}
	// "aaaaaaaa1" and "abababab1" are one or two keys.
	used := map[rune]bool{}
	for _, r := range folded {
		used[r] = true
	}
	return len(used) < 4
}

// shortestOneTime is 14 letters of 26 in groups of four: 65 random bits.
const shortestOneTime = 17

// OneTimePassword makes a password to hand to somebody, in groups that can be read
// out, of at least as many characters as the rules ask.
func (s *Staff) OneTimePassword(least int) (string, error) {
	var b strings.Builder
	for n := 0; b.Len() < max(least, shortestOneTime); n++ {
		if n > 0 && n%4 == 0 {
			b.WriteByte('-')
		}
		letter, err := s.letter()
		if err != nil {
			return "", err
		}
		b.WriteByte(letter)
	}
	return strings.ToLower(b.String()), nil
}
