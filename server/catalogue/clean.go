package catalogue

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// nothing is what the portal writes for an empty part. Copies of its page carry
// the headings of the next parts along, glued to it: that is pageEnd. Glued to
// other words it stands for an empty part between two that are not: glued.
const nothing = "Không có thông tin"

var (
	pageEnd = regexp.MustCompile(nothing + `(?:Từ khóa|Mô tả|Cơ quan |Chọn cơ quan|Địa chỉ tiếp nhận|Kết quả thực hiện|Căn cứ pháp lý|Yêu cầu, điều kiện)`)
	glued   = regexp.MustCompile(` ?` + nothing + `(\p{Lu})`)
)

// lineBreaks are the ways files end a line.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n")

// Clean gives the text as it is shown and searched: NFC, plain spaces, no
// invisible characters, "•" for the bullets of symbol fonts, Đ for the Icelandic
// letter that looks like it, lines without blanks around them. "Không có thông
// tin" is empty text. What the source says otherwise stays as it is.
func Clean(s string) string {
	s = norm.NFC.String(s)
	s = lineBreaks.Replace(s)
	s = strings.Map(cleanRune, s)
	s = strings.ReplaceAll(s, "•", "• ")
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	s = strings.Join(lines, "\n")
	for strings.Contains(s, nothing) {
		if at := pageEnd.FindStringIndex(s); at != nil {
			s = strings.TrimSpace(s[:at[0]])
			continue
		}
		apart := strings.TrimSpace(glued.ReplaceAllString(s, "\n$1"))
		if apart == s {
			break
		}
		s = apart
	}
	if strings.EqualFold(strings.TrimRight(s, ". "), nothing) {
		return ""
	}
	return norm.NFC.String(s) // dropping a character may have brought a mark to its letter
}

// CleanLine is Clean for what stands on one line.
func CleanLine(s string) string { return strings.Join(strings.Fields(Clean(s)), " ") }

func cleanRune(r rune) rune {
	switch {
	case r == '\n':
		return r
	case r == 'Ð': // Eth
		return 'Đ'
	case r == 'ð':
		return 'đ'
	case r >= 0xE000 && r <= 0xF8FF:
		return '•'
	case unicode.IsSpace(r), unicode.Is(unicode.Zs, r):
		return ' '
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r), r == unicode.ReplacementChar:
		return -1
	}
	return r
}

// cleaned is the procedure with every text clean, and its times and fees read.
func cleaned(p Procedure) Procedure {
	for _, s := range []*string{&p.Code, &p.Name, &p.Field, &p.Decision, &p.Kind, &p.Source, &p.AsOf} {
		*s = CleanLine(*s)
	}
	for _, s := range []*string{&p.Agency, &p.Authority, &p.Reception, &p.Steps, &p.Requirements, &p.LegalBasis} {
		*s = Clean(*s)
	}
	p.Levels, p.Subjects, p.Results, p.Keywords = lines(p.Levels), lines(p.Subjects), lines(p.Results), lines(p.Keywords)
	p.Channels = cleanChannels(p.Channels)
	p.Documents = cleanDocuments(p.Documents)
	return p
}

// lines cleans a list and leaves out what is empty or said twice.
func lines(list []string) []string {
	var out []string
	said := map[string]bool{}
	for _, s := range list {
		if s = CleanLine(s); s != "" && !said[s] {
			said[s] = true
			out = append(out, s)
		}
	}
	return out
}

func cleanChannels(list []Channel) []Channel {
	var out []Channel
	for _, c := range list {
		c.Mode, c.Time, c.Fee, c.Note = CleanLine(c.Mode), CleanLine(c.Time), CleanLine(c.Fee), Clean(c.Note)
		c.Term = ParseTerm(c.Time)
		c.ByProvince = ByProvince(c.Fee) || ByProvince(c.Note)
		out = append(out, c)
	}
	return out
}

func cleanDocuments(groups []DocumentGroup) []DocumentGroup {
	var out []DocumentGroup
	for _, g := range groups {
		clean := DocumentGroup{Case: CleanLine(g.Case)}
		for _, d := range g.Items {
			d.Name, d.Form = Clean(d.Name), CleanLine(d.Form)
			if d.Name != "" {
				clean.Items = append(clean.Items, d)
			}
		}
		if len(clean.Items) > 0 {
			out = append(out, clean)
		}
	}
	return out
}

// plain folds text to compare words with: no accents, lower case, đ as d, single
// spaces; marks like "." stay.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'đ' || r == 'Đ' || r == 'ð' || r == 'Ð':
			return 'd'
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
	return strings.Join(strings.Fields(s), " ")
}
