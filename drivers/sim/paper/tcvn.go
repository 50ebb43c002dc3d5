package paper

const unknownRune = '\uFFFD'

// The two Vietnamese code pages as Epson, Bixolon and Citizen have them: bytes
// 0x80 to 0xFF, a blank where there is no letter (receipt-print-hq's printer
// database, CC BY 4.0). Capitals live in a page of their own, and not at the
// places of their small letters.
var (
	tcvnLower = []rune("                " + "                " + "        ăâêôơưđ " + "     àảãáạ ằẳẵắ " +
		"      ặầẩẫấậè ẻẽ" + "éẹềểễếệìỉ   ĩíịò" + " ỏõóọồổỗốộờởỡớợù" + " ủũúụừửữứựỳỷỹýỵ ")
	tcvnUpper = []rune("                " + "                " + " ĂÂ    Đ  ÊÔƠƯ  " + "     ÀẢÃÁẠ ẰẲẴẮ " +
		"      ẶẦẨẪẤẬÈ ẺẼ" + "ÉẸỀỂỄẾỆÌỈ   ĨÍỊÒ" + " ỎÕÓỌỒỔỖỐỘỜỞỠỚỢÙ" + " ỦŨÚỤỪỬỮỨỰỲỶỸÝỴ ")
)

// decode reads one byte in the code page that is set.
func (m *Machine) decode(b byte) rune {
	if b < 0x80 {
		return rune(b)
	}
	letters := tcvnLower
	switch m.mode.page {
	case m.o.Lower:
	case m.o.Upper:
		letters = tcvnUpper
	default:
		return unknownRune
	}
	if r := letters[b-0x80]; r != ' ' {
		return r
	}
	return unknownRune
}
