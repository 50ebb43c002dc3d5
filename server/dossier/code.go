package dossier

import (
	"regexp"
	"strings"
	"time"
	"unicode"
)

// The shapes of a code: 000.00.16.H40-200915-0001 until January 2026, and
// H15.50.05.13-261008-0975 since. H is a province, G a ministry; the serial has
// four digits or more (reference: domain.md 1.4).
const shape = `(?:\d{3}\.\d{2}\.\d{2}\.[GH]\d{2}|[GH]\d{2}(?:\.\d{1,3}){1,3})-\d{6}-\d{4,8}`

var (
	whole  = regexp.MustCompile(`^` + shape + `$`)
	within = regexp.MustCompile(`(?i)` + shape)
)

// longest is more than any code has, with the blanks people type.
const longest = 64

// dashes are what programs and keyboards make of "-".
var dashes = strings.NewReplacer("–", "-", "—", "-", "−", "-", "‐", "-", "‑", "-")

// ParseCode gives a code as it is kept: upper case, without blanks. False when it
// is no code.
func ParseCode(s string) (string, bool) {
	if len(s) > longest {
		return "", false
	}
	code := strings.ToUpper(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, dashes.Replace(s)))
	if !whole.MatchString(code) || !dated(code) {
		return "", false
	}
	return code, true
}

// dated tells whether the six digits in the middle are a day.
func dated(code string) bool {
	_, err := time.Parse("060102", strings.Split(code, "-")[1])
	return err == nil
}

// mostScanned is how much of a scanned text is looked at; no QR code holds more.
const mostScanned = 8 << 10

// Extract finds the dossier's code in whatever a receipt's barcode or QR code
// holds. Beside the code that may be an identity number and a name: nothing but
// the code is given, and the caller forgets the rest.
func Extract(scanned string) (string, bool) {
	if len(scanned) > mostScanned {
		scanned = scanned[:mostScanned]
	}
	scanned = dashes.Replace(scanned)
	for from := 0; from < len(scanned); {
		at := within.FindStringIndex(scanned[from:])
		if at == nil {
			return "", false
		}
		begin, end := from+at[0], from+at[1]
		if alone(scanned, begin, end) {
			if code, ok := ParseCode(scanned[begin:end]); ok {
				return strings.Clone(code), true
			}
		}
		from = begin + 1
	}
	return "", false
}

// alone tells whether what was found is not the middle of something longer.
func alone(s string, begin, end int) bool {
	if begin > 0 && (inWord(s[begin-1]) || s[begin-1] == '.') {
		return false
	}
	return end == len(s) || !inWord(s[end])
}

func inWord(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}
