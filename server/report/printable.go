package report

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// printable makes what people typed fit to be drawn: composed letters, no signs that
// steer a machine, "?" for those beyond the plane the PDF library knows (it would
// break off there), as for bytes that are no text.
func printable(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] >= ' ' && s[i] < 0x7f
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		case r > 0xFFFF, r == unicode.ReplacementChar, r >= 0xFFFE:
			return '?'
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "?")))
}

// Text writes one line.
func (p *pen) Text(x, y float64, text string) {
	p.Fpdf.Text(x, y, strings.ReplaceAll(printable(text), "\n", " "))
}

// GetStringWidth is a line's width in millimetres.
func (p *pen) GetStringWidth(text string) float64 {
	return p.Fpdf.GetStringWidth(strings.ReplaceAll(printable(text), "\n", " "))
}
