package scanner

import (
	"net/url"
	"regexp"
	"strings"
)

// Kind is what a scanned text is.
type Kind string

// The kinds of scans. A booking's code has the same form as a ticket's, so both
// are Code and the server knows which one it is.
const (
	Ticket  Kind = "ticket"   // the address or the token of a ticket
	Code    Kind = "code"     // six characters: of a ticket or of a booking
	Dossier Kind = "dossier"  // the code of a dossier, alone or among other things
	Person  Kind = "identity" // an identity card
	Foreign Kind = "foreign"  // known to be of no use here: health insurance card, VNeID
	Unknown Kind = "unknown"
)

// maxScan is the longest text that is looked at, in bytes.
const maxScan = 4096

var (
	bareToken   = regexp.MustCompile(`^[A-Za-z0-9_-]{22,32}$`)
	ticketPath  = regexp.MustCompile(`/t/([A-Za-z0-9_-]{22,32})/?$`)
	bareCode    = regexp.MustCompile(`^[3467ACDEFGHJKMNPQRTWXY9]{6}$`) // no sign that is taken for another
	dossierCode = regexp.MustCompile(`(?:\d{3}\.\d{2}\.\d{2}\.[GH]\d{2}|[GH]\d{2}(?:\.\d{1,3}){1,3})-\d{6}-\d{4,8}`)
)

// Classify says what a scan is. The text is untrusted: no part of it is used
// that does not fit a pattern.
func Classify(text string) Kind {
	kind, _ := Parse(text)
	return kind
}

// Parse gives the kind and the part of the text that may be used: a ticket's
// token, a code or a dossier code in upper case. The host of an address is dropped,
// a scan never decides whom to ask. For the other kinds the value is empty; of a
// card, ReadIdentity gives what may be known.
func Parse(text string) (Kind, string) {
	if len(text) > maxScan {
		return Unknown, ""
	}
	text = tidy(text)
	if token := tokenOf(text); token != "" {
		return Ticket, token
	}
	upper := strings.ToUpper(text)
	if bareCode.MatchString(upper) {
		return Code, upper
	}
	if _, ok := readCard(text); ok {
		return Person, ""
	}
	if isForeign(text) {
		return Foreign, ""
	}
	// A paper's QR also holds the number of a person, which goes no further.
	if code := dossierIn(upper); code != "" {
		return Dossier, code
	}
	return Unknown, ""
}

// tidy repairs a text and takes off what scanners put round it.
func tidy(text string) string { return strings.Trim(Repair(text), " \t\r\n\x00\ufeff") }

func tokenOf(text string) string {
	if bareToken.MatchString(text) {
		return text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	if m := ticketPath.FindStringSubmatch(u.EscapedPath()); m != nil {
		return m[1]
	}
	return ""
}

// dossierIn finds the one dossier code of a text; two different ones are none,
// and one that goes on in letters or digits was cut out of something longer.
func dossierIn(upper string) string {
	code := ""
	for _, at := range dossierCode.FindAllStringIndex(upper, -1) {
		if joined(upper, at[0]-1) || joined(upper, at[1]) {
			continue
		}
		if found := upper[at[0]:at[1]]; code == "" || code == found {
			code = found
		} else {
			return ""
		}
	}
	return code
}

// joined tells whether the sign at a place belongs to a code beside it.
func joined(s string, at int) bool {
	if at < 0 || at >= len(s) {
		return false
	}
	c := s[at]
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '.' || c == '-' || c == '_'
}

var hexName = regexp.MustCompile(`^(?:[0-9a-fA-F]{2}){3,}$`)

// isForeign knows the health insurance card, number|hex of the name|birth|1 or 2|…,
// and what names VNeID, whose codes mean nothing outside the Ministry's service.
func isForeign(text string) bool {
	if strings.Contains(strings.ToLower(text), "vneid") {
		return true
	}
	f := strings.Split(text, "|")
	return len(f) >= 4 && len(f[0]) >= 10 && hexName.MatchString(f[1]) && (f[3] == "1" || f[3] == "2")
}
