package catalogue

import (
	"regexp"
	"strings"
)

var (
	codeShape  = regexp.MustCompile(`^\d\.\d{6}$`)
	tailShape  = regexp.MustCompile(`^(\d\.\d{6})((?:\.[0-9A-Z]{1,6})+|-[0-9A-Z.\-]{1,24})$`)
	shortShape = regexp.MustCompile(`^(\d)[.,](\d{1,5})$`)
	wholeShape = regexp.MustCompile(`^\d{7}$`)
	commaShape = regexp.MustCompile(`^(\d),(\d{6})$`)
)

// Code is a procedure's code as a source writes it.
type Code struct {
	Code string // d.dddddd; empty when the source's is not usable
	Tail string // the local part after it, e.g. ".000.00.00.H61"
	// Probable is what an unusable code most likely was before a spreadsheet took it
	// for a number; it is said to people and never used by itself.
	Probable string
}

// ParseCode reads a code. Provinces hang a tail on the national code; a
// spreadsheet that takes the code for a number drops the zeros at its end.
func ParseCode(s string) Code {
	s = strings.ToUpper(strings.Join(strings.Fields(CleanLine(s)), ""))
	if codeShape.MatchString(s) {
		return Code{Code: s}
	}
	if m := tailShape.FindStringSubmatch(s); m != nil {
		return Code{Code: m[1], Tail: m[2]}
	}
	if m := shortShape.FindStringSubmatch(s); m != nil {
		return Code{Probable: m[1] + "." + m[2] + strings.Repeat("0", 6-len(m[2]))}
	}
	if m := commaShape.FindStringSubmatch(s); m != nil {
		return Code{Probable: m[1] + "." + m[2]}
	}
	if wholeShape.MatchString(s) {
		return Code{Probable: s[:1] + "." + s[1:]}
	}
	return Code{}
}
