package scanner

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Repair undoes what a scanner in the wrong mode does to Vietnamese text: UTF-8
// read as Latin-1 or CP1252 and written as UTF-8 again ("Nguyá»…n"). A text is
// taken for that when its signs, turned back into bytes, are valid UTF-8, which
// Vietnamese written properly never is; any other text is given back as it is.
func Repair(text string) string {
	raw := make([]byte, 0, len(text))
	for _, r := range text {
		b, ok := charmap.Windows1252.EncodeRune(r)
		switch {
		case ok:
		case r < 0x100: // Latin-1, where CP1252 has another sign
			b = byte(r)
		default:
			return text
		}
		raw = append(raw, b)
	}
	if !utf8.Valid(raw) {
		return text
	}
	return string(raw)
}
