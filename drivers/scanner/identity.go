package scanner

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"log/slog"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Date is a birth date; Month and Day are 0 where a card does not say them.
type Date struct{ Year, Month, Day int }

// Identity is all that may be known of a card: the number, for the day's hash, and
// the birth date, for the age. It prints as "identity" wherever it is printed; a
// struct that holds one must export the field, or fmt looks inside.
type Identity struct {
	Number string // 12 digits
	Born   Date
}

// Format keeps the number out of every %-verb.
func (Identity) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("identity")) }

// String is "identity".
func (Identity) String() string { return "identity" }

// GoString is "identity".
func (Identity) GoString() string { return "identity" }

// LogValue keeps the number out of logs.
func (Identity) LogValue() slog.Value { return slog.StringValue("identity") }

// MarshalJSON is "identity".
func (Identity) MarshalJSON() ([]byte, error) { return []byte(`"identity"`), nil }

// MarshalText is "identity", for XML and map keys.
func (Identity) MarshalText() ([]byte, error) { return []byte("identity"), nil }

// Format keeps a birth date out of every %-verb.
func (Date) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("birth date")) }

// LogValue keeps it out of logs.
func (Date) LogValue() slog.Value { return slog.StringValue("birth date") }

// MarshalText keeps it out of JSON and XML.
func (Date) MarshalText() ([]byte, error) { return []byte("birth date"), nil }

var (
	twelve  = regexp.MustCompile(`^[0-9]{12}$`)
	oldID   = regexp.MustCompile(`^(?:[0-9]{9})?$`)
	packed  = regexp.MustCompile(`^([0-9]{2})([0-9]{2})([0-9]{4})$`)
	slashed = regexp.MustCompile(`^([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})$`)
	year    = regexp.MustCompile(`^()()([0-9]{4})$`)
)

// fewest fields of a card: number, name, birth, sex, address, issue.
const fewest = 6

// ReadIdentity reads the QR of an identity card, of the form of 2021 (seven fields)
// or of 2024 (the same, then more). The first digits of the number are not looked
// at: what they meant lapsed on 1 July 2024.
func ReadIdentity(text string) (Identity, bool) {
	if len(text) > maxScan {
		return Identity{}, false
	}
	return readCard(tidy(text))
}

func readCard(text string) (Identity, bool) {
	f := strings.Split(norm.NFC.String(text), "|")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	if len(f) < fewest || !twelve.MatchString(f[0]) {
		return Identity{}, false
	}
	rest := f[1:]
	if oldID.MatchString(rest[0]) {
		rest = rest[1:]
	}
	if !isName(rest[0]) {
		return Identity{}, false
	}
	born, ok := birthIn(rest[1:])
	return Identity{Number: f[0], Born: born}, ok
}

// isName tells a name from the hex of a name, which an insurance card has there.
func isName(s string) bool {
	return strings.ContainsFunc(s, unicode.IsLetter) && !strings.ContainsFunc(s, unicode.IsDigit)
}

// birthIn finds the first date behind the name. It does not look beyond the sex:
// the date after that is the day of issue.
func birthIn(f []string) (Date, bool) {
	for _, s := range f[:min(2, len(f))] {
		if isSex(s) {
			break
		}
		if d, ok := readDate(s); ok {
			return d, true
		}
	}
	return Date{}, false
}

func isSex(s string) bool {
	switch strings.ToLower(s) {
	case "nam", "nữ", "nu", "male", "female":
		return true
	}
	return false
}

// readDate reads ddMMyyyy, dd/MM/yyyy, the same with 00 for what is not known, and
// a year alone.
func readDate(s string) (Date, bool) {
	for _, form := range []*regexp.Regexp{packed, slashed, year} {
		m := form.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		n := [3]int{}
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+1]) // empty is 0: not known
		}
		d := Date{Day: n[0], Month: n[1], Year: n[2]}
		if d.Month == 0 {
			d.Day = 0
		}
		return d, d.possible()
	}
	return Date{}, false
}

func (d Date) possible() bool {
	return d.Year >= 1880 && d.Year <= 2200 && d.Month <= 12 && d.Day <= d.lastDay()
}

func (d Date) lastDay() int {
	if d.Month == 0 {
		return 0
	}
	return time.Date(d.Year, time.Month(d.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Age gives whole years on the date of on, which the caller takes in the hall's
// zone. Where the day or month is not known it is the least the age can be, so
// that nobody is given a right by guessing. Someone born later is -1.
func Age(born Date, on time.Time) int {
	month, day := born.Month, born.Day
	if month == 0 {
		month = 12
	}
	if day == 0 {
		day = Date{Year: born.Year, Month: month}.lastDay()
	}
	age := on.Year() - born.Year
	if m := int(on.Month()); m < month || m == month && on.Day() < day {
		age--
	}
	return max(age, -1)
}

// Hash is what the server may know of a number: the day's key makes it another one
// tomorrow. 43 characters, base64url(HMAC-SHA256(key, number)).
func Hash(dayKey []byte, number string) string {
	h := hmac.New(sha256.New, dayKey)
	h.Write([]byte(number))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}
