package voice

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestSpoken(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"vi", "15 ngày", "mười lăm ngày"},
		{"vi", "20.000 đồng/bản", "hai mươi nghìn đồng, bản"},
		{"vi", "8.000 đ", "tám nghìn đồng"},
		{"vi", "Mã 1.001193", "Mã một không không một một chín ba"},
		{"vi", "1,5 ngày làm việc", "một phẩy năm ngày làm việc"},
		{"vi", "Nộp trước 15:00", "Nộp trước mười lăm giờ"},
		{"vi", "08:05", "tám giờ năm phút"},
		{"vi", "Tờ khai (mẫu CT01)", "Tờ khai, mẫu xê tê không một,"},
		{"vi", "UBND xã, HĐND tỉnh", "Ủy ban nhân dân xã, Hội đồng nhân dân tỉnh"},
		{"vi", "Quyết định 163/QĐ-BTP", "Quyết định một trăm sáu mươi ba, quyết định-BTP"},
		{"vi", "• Giấy chứng sinh\n– Căn cước", "Giấy chứng sinh, Căn cước"},
		{"vi", "01 bản chính", "một bản chính"},
		{"vi", "Giảm 50%", "Giảm năm mươi phần trăm"},
		{"vi", "Gọi 02183123456", "Gọi không hai một tám ba một hai ba bốn năm sáu"},
		{"vi", norm.NFD.String("Hộ khẩu"), "Hộ khẩu"},
		{"vi", "ĐTB đã", "ĐTB đã"}, // "đ" inside a word is no money
		{"en", "15 days", "fifteen days"},
		{"en", "Opens at 07:30", "Opens at seven hours thirty minutes"},
		{"vi", " •• ", ""},
	} {
		if got := Spoken(c.lang, c.text); got != c.want {
			t.Errorf("%q is said %q, want %q", c.text, got, c.want)
		}
	}
}

// Nothing that only a machine can read is left, whatever the text.
func FuzzSpoken(f *testing.F) {
	f.Add("vi", "Thời hạn 15 ngày; lệ phí 8.000 đ (UBND), CT01, 08:05, 1,5%")
	f.Add("en", "1.001193")
	f.Fuzz(func(t *testing.T, lang, text string) {
		got := Spoken(lang, text)
		for _, c := range got {
			if c >= '0' && c <= '9' || c == '\n' || c == '•' {
				t.Fatalf("%q is said %q", text, got)
			}
		}
	})
}
