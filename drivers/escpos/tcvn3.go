package escpos

import "strings"

// TCVN-3 as printers hold it (code pages 30 and 31 of Epson, Bixolon and Citizen;
// 27 of many others): the lower-case letters in one page, the capitals in another
// one at the same places, but for Ă, Â and Đ. The blank of each row keeps its place.
const (
	lowerPage = "        ăâêôơưđ " + // A0
		"     àảãáạ ằẳẵắ " + // B0
		"      ặầẩẫấậè ẻẽ" + // C0
		"éẹềểễếệìỉ   ĩíịò" + // D0
		" ỏõóọồổỗốộờởỡớợù" + // E0
		" ủũúụừửữứựỳỷỹýỵ " // F0
	upperPage = " ĂÂ    Đ  ÊÔƠƯ  " +
		"     ÀẢÃÁẠ ẰẲẴẮ " +
		"      ẶẦẨẪẤẬÈ ẺẼ" +
		"ÉẸỀỂỄẾỆÌỈ   ĨÍỊÒ" +
		" ỎÕÓỌỒỔỖỐỘỜỞỠỚỢÙ" +
		" ỦŨÚỤỪỬỮỨỰỲỶỸÝỴ "
)

// letter is a place in one of the two pages.
type letter struct {
	upper bool
	code  byte
}

var tcvn3 = func() map[rune]letter {
	all := map[rune]letter{}
	for _, page := range []string{lowerPage, upperPage} {
		code := byte(0xa0)
		for _, r := range page {
			if r != ' ' {
				all[r] = letter{page == upperPage, code}
			}
			code++
		}
	}
	return all
}()

// typography is what no code page of the printers has, with its plain form.
var typography = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "–", "-", "—", "-", "·", "-", "…", "...", "\u00a0", " ", "₫", "d")

// ascii takes the marks off: for a printer that knows no Vietnamese at all.
func ascii(text string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		if base, ok := bare[r]; ok {
			return base
		}
		return '?'
	}, typography.Replace(text))
}

// bare are the letters without their marks.
var bare = func() map[rune]rune {
	all := map[rune]rune{}
	for base, marked := range map[rune]string{
		'a': "àảãáạăằẳẵắặâầẩẫấậ", 'e': "èẻẽéẹêềểễếệ", 'i': "ìỉĩíị", 'o': "òỏõóọôồổỗốộơờởỡớợ",
		'u': "ùủũúụưừửữứự", 'y': "ỳỷỹýỵ", 'd': "đ",
	} {
		for _, r := range marked {
			all[r] = base
		}
		for _, r := range strings.ToUpper(marked) {
			all[r] = base - 'a' + 'A'
		}
	}
	return all
}()
