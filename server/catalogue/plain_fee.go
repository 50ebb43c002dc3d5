package catalogue

import (
	"regexp"
	"slices"
	"strings"
)

// plainFees gives each fee once, with the channels that have it, direct first.
// The province's own fee takes the place of what is left to the province, or of
// everything where the record leaves nothing to it.
func plainFees(channels []Channel, own *Own) []PlainFee {
	list := []PlainFee{}
	left := slices.ContainsFunc(channels, func(c Channel) bool { return c.ByProvince })
	for _, c := range byMode(channels) {
		if left && c.Note == "" && free(c.Fee) {
			c.ByProvince = true // "Miễn phí" is also what the portal puts where nothing was entered
		}
		f := plainFee(c)
		if own.Fee != "" && (c.ByProvince || !left) {
			f = ownFee(own)
		}
		if f.Text == "" && f.Note == "" && !f.ByProvince {
			continue
		}
		f.Modes = []string{c.Mode}
		same := slices.IndexFunc(list, func(o PlainFee) bool {
			return o.Text == f.Text && o.Note == f.Note && o.ByProvince == f.ByProvince && o.Resolution == f.Resolution
		})
		if same < 0 {
			list = append(list, f)
		} else if !slices.Contains(list[same].Modes, c.Mode) {
			list[same].Modes = append(list[same].Modes, c.Mode)
		}
	}
	if own.Fee != "" && len(channels) == 0 {
		f := ownFee(own)
		f.Modes = []string{}
		return append(list, f)
	}
	return list
}

func ownFee(own *Own) PlainFee {
	return PlainFee{Text: own.Fee, Resolution: own.Resolution, From: own.FeeFrom}
}

var (
	tiny      = regexp.MustCompile(`^\d{1,3} đồng$`)
	dong      = regexp.MustCompile(`(?i)^(?:việt nam đồng|vnđ|vnd)\s*`)
	amount    = regexp.MustCompile(`^(\d{1,3}(?:[,.]\d{3})*|\d+)\s*(?:VNĐ|VND|đồng|đ)?$`)
	sum       = regexp.MustCompile(`\d[\d.,]* ?(?:dong|d\b|vnd|usd|trieu|nghin|ngan|%)`)
	elsewhere = regexp.MustCompile(`theo (?:quy dinh|thong tu|nghi quyet|nghi dinh|luat|bieu|muc)|quy dinh tai|muc thu|muc phi|muc le phi`)
	notTaken  = regexp.MustCompile(`\b(?:mien|khong thu|khong quy dinh|khong phai nop|khong co)\b`)
	aboutFee  = regexp.MustCompile(`\b(?:phi|le phi|dong|vnd|usd)\b`)
	perUnit   = regexp.MustCompile(`^/ ?[^();.]{1,40}$`)
	saysNone  = regexp.MustCompile(`^\W*(?:khong(?: co| quy dinh)?|chua quy dinh)\W*$`)
)

// freeWords are the ways records say that nothing is to be paid, folded.
var freeWords = []string{"mien phi", "mien le phi", "khong", "khong thu", "khong thu phi", "khong mat phi", "khong co", "0", "0 dong"}

// plainFee reads the fee of a channel. The portal keeps in its note, one after
// the other: the currency, what was said of the fee in brackets, and what was said
// of the channel as a whole, which is mostly about time.
func plainFee(c Channel) PlainFee {
	inner, rest := feeNote(c.Note)
	f := PlainFee{Text: sumText(c.Fee), Note: inner, ByProvince: c.ByProvince}
	if f.Note == "" && (f.Text == "" || c.ByProvince) && aboutFee.MatchString(plain(rest)) {
		f.Note = rest
	}
	if saysNone.MatchString(plain(f.Note)) {
		f.Note = ""
	}
	if perUnit.MatchString(f.Note) && f.Text != "" {
		f.Text, f.Note = f.Text+f.Note, ""
	}
	switch {
	case c.ByProvince, tiny.MatchString(f.Text):
		f.Text = "" // no fee is below 1.000 đồng: thousands were left out, or "1" stands for nothing entered
	case free(f.Text) && doubted(f.Note):
		f.Text = "" // the record says free, and in the same breath what it costs
	case free(f.Text):
		f.Text = freeText
	case f.Text == "" && amount.MatchString(f.Note):
		f.Text, f.Note = sumText(f.Note), ""
	}
	return f
}

const freeText = "Miễn phí"

func free(text string) bool { return slices.Contains(freeWords, strings.Trim(plain(text), " .")) }

// doubted tells whether the note of a fee that is said to be free names a sum or
// a rule that sets one, and does not speak of an exemption.
func doubted(note string) bool {
	s := plain(note)
	return (sum.MatchString(s) || elsewhere.MatchString(s)) && !notTaken.MatchString(s)
}

// sumText writes a sum as it is written here: "50,000 VNĐ" is "50.000 đồng". What
// is no bare sum stays.
func sumText(s string) string {
	m := amount.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	digits := strings.NewReplacer(",", "", ".", "").Replace(m[1])
	digits = strings.TrimLeft(digits, "0")
	if digits == "" {
		return freeText
	}
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(r)
	}
	return b.String() + " đồng"
}

// feeNote parts a note into what its brackets say of the fee and the rest. A note
// that does not begin with a bracket is all rest; one from another source, which
// has no such order, is taken as a note on the fee when it speaks of it.
func feeNote(note string) (inner, rest string) {
	note = strings.TrimSpace(dong.ReplaceAllString(note, ""))
	if !strings.HasPrefix(note, "(") {
		if s := plain(note); aboutFee.MatchString(s) && !strings.HasPrefix(s, "cach thuc") && !strings.Contains(note, "\n") && len([]rune(note)) <= 300 {
			return note, ""
		}
		return "", note
	}
	depth := 0
	for i, r := range note {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			return unwrap(note[1:i]), strings.TrimSpace(note[i+1:])
		}
	}
	return unwrap(note[1:]), "" // a bracket that is never closed
}

// unwrap takes further brackets around the whole away.
func unwrap(s string) string {
	s = strings.TrimSpace(s)
	for strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") && strings.Count(s, "(") == 1 {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	if strings.HasPrefix(s, "(") && strings.Count(s, "(") > strings.Count(s, ")") {
		s = s[1:] // one that is never closed
	}
	return CleanLine(strings.TrimSpace(strings.TrimLeft(s, "-+*• ")))
}
