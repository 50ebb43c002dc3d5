package box

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestMask(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		// Telephone numbers as people write them.
		{"Gọi tôi 0912345678 nhé", "Gọi tôi [đã che số] nhé"},
		{"0912 345 678", "[đã che số]"},
		{"0912.345.678, cảm ơn", "[đã che số], cảm ơn"},
		{"(0912) 345-678", "([đã che số]"},
		{"+84 912 345 678.", "+[đã che số]."},
		{"84912345678", "[đã che số]"},
		{"912 345 678", "[đã che số]"},
		{"0 9 1 2 3 4 5 6 7 8", "[đã che số]"},
		{"0912 – 345 – 678", "[đã che số]"},
		{"09\u200b12\u00a0345\u202f678", "[đã che số]"},
		{"0912\n345 678", "[đã che số]"},
		{"０９１２３４５６７８", "[đã che số]"},
		{"0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "[đã che số]\u20e3"},
		{"0234 3823 456 hoặc 0234.3823.457", "[đã che số] hoặc [đã che số]"},
		// Identity numbers, new and old; cards and accounts.
		{"CCCD 046 190 001 234", "CCCD [đã che số]"},
		{"cccd:046190001234", "cccd:[đã che số]"},
		{"CMND 191.234.567", "CMND [đã che số]"},
		{"thẻ 9704 3600 1234 5678", "thẻ [đã che số]"},
		{"STK 0011001234567 VCB", "STK [đã che số] VCB"},
		// E-mail.
		{"thư: nguyen.van-a+1@gmail.com.", "thư: [đã che email]."},
		{"nguyễn@ví-dụ.vn", "[đã che email]"},
		{"a @ b . vn nhé", "[đã che email] nhé"},
		{"a(at)b.vn", "[đã che email]"},
		{"lan[a còng]b.vn", "[đã che email]"},
		// What stays: it leads to nobody.
		{"Quầy 3 chờ 45 phút, số A042", "Quầy 3 chờ 45 phút, số A042"},
		{"Ngày 22/11/2026 lúc 8:30", "Ngày 22/11/2026 lúc 8:30"},
		{"từ 01/11/2026 - 15/11/2026", "từ 01/11/2026 - 15/11/2026"},
		{"1-9-2026, 2-9-2026", "1-9-2026, 2-9-2026"},
		{"Thủ tục 1.001193", "Thủ tục 1.001193"},
		{"quầy 1, 2, 3, 4, 5, 6, 7, 8, 9, 10", "quầy 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"},
		{"Đường dây 1900 1234", "Đường dây 1900 1234"},
		{"lệ phí 1.500.000 đồng", "lệ phí 1.500.000 đồng"},
		// No date covers a number.
		{"22/11/20261234", "[đã che số]"},
		{"22/11/2026/1234", "[đã che số]"},
	} {
		if got := Mask(test.text); got != norm.NFC.String(test.want) {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}

// anyDate is what Mask leaves standing; written here in another way than there.
var anyDate = regexp.MustCompile(`\d{1,2}[/-]\d{1,2}[/-]20\d\d`)

// longNumber tells whether nine digits stand in a text with no letter between
// them, other than in dates and lists.
func longNumber(text string) bool {
	n, gap := 0, 0
	for _, r := range anyDate.ReplaceAllString(text, "x") {
		switch {
		case unicode.IsDigit(r):
			n, gap = n+1, 0
		case strings.ContainsRune(" .-", r) && gap < mostBetween:
			gap++
		default:
			n, gap = 0, 0
		}
		if n >= fewestDigits {
			return true
		}
	}
	return false
}

// However a number is spaced and whatever stands around it, it is covered.
func TestMaskCoversEveryNumber(t *testing.T) {
	words := []string{"xin", "quầy 3", "ngày 22/11/2026", "chờ lâu", "số", ":", "(", "A042", "Thủ tục 1.001193", "-", "…"}
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.SampledFrom([]string{"09", "03", "+84 9", "84", "046", "19", "9704"}).Draw(t, "first")
		rest := rapid.StringMatching(`[0-9]{8,12}`).Draw(t, "rest")
		var number strings.Builder
		number.WriteString(first)
		for _, digit := range rest {
			number.WriteString(rapid.SampledFrom([]string{"", "", "", " ", ".", "-", " - ", "\u00a0"}).Draw(t, "between"))
			number.WriteRune(digit)
		}
		before := rapid.SampledFrom(words).Draw(t, "before")
		after := rapid.SampledFrom(words).Draw(t, "after")
		text := before + " " + number.String() + " " + after
		masked := Mask(text)
		if longNumber(masked) || !strings.Contains(masked, maskedNumber) {
			t.Fatalf("%q: %q", text, masked)
		}
		if again := Mask(masked); again != masked {
			t.Fatalf("masked twice: %q, %q", masked, again)
		}
	})
}

func FuzzMask(f *testing.F) {
	for _, seed := range []string{"0912 345 678", "a@b.vn", "22/11/2026", "0️⃣", "e\u0301", "1-1-2026 0912345678 @", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		masked := Mask(text)
		if utf8.ValidString(text) && !norm.NFC.IsNormalString(masked) {
			t.Errorf("%q: %q is not NFC", text, masked)
		}
		if longNumber(masked) {
			t.Errorf("%q: %q", text, masked)
		}
		if email.MatchString(masked) {
			t.Errorf("%q: %q", text, masked)
		}
	})
}
