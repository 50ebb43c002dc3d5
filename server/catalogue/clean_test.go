package catalogue

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		norm.NFD.String("Đăng ký hộ tịch"):                 "Đăng ký hộ tịch",
		"c\u01a1\u0300 quan":                               "cờ quan",
		"a\u00a0 b\u2003c\td":                              "a b c d",
		"\u200ehai\u00ad dòng\u200b\r\n\r\n  ba\u202e \r":  "hai dòng\nba",
		"\uf0fc mục một\n\uf0a7mục hai":                    "• mục một\n• mục hai",
		"Ðất \u00f0ai":                                     "Đất đai",
		"Không có thông tin":                               "",
		" không có thông tin. ":                            "",
		"Không có thông tinTừ khóaKhông có thông tinMô tả": "",
		"Phải đủ 18 tuổi.\nKhông có thông tinTừ khóaKhông có thông tinNộp hồ sơ": "Phải đủ 18 tuổi.",
		"Không có thông tinCơ quan thực hiệnTòa án":                              "",
		"điện tử.Không có thông tinTại Trung tâm":                                "điện tử.\nTại Trung tâm",
		"Không có thông tin thêm":                                                "Không có thông tin thêm",
		"a\u00ad\u0301":                                                          "á",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := CleanLine("một\n hai"); got != "một hai" {
		t.Errorf("CleanLine gives %q", got)
	}
}

func TestParseCode(t *testing.T) {
	for in, want := range map[string]Code{
		"1.001193": {Code: "1.001193"}, " 1.001193\u00a0": {Code: "1.001193"},
		"2.000908.000.00.00.H61": {Code: "2.000908", Tail: ".000.00.00.H61"},
		"2.000908.h61":           {Code: "2.000908", Tail: ".H61"},
		"1.00119":                {Probable: "1.001190"}, "1.1": {Probable: "1.100000"},
		"1,001193": {Probable: "1.001193"}, "1001193": {Probable: "1.001193"},
		"": {}, "abc": {}, "1.0011933": {}, "11.001193": {}, "1.001193x": {}, "1.001193;2.000908": {},
	} {
		if got := ParseCode(in); got != want {
			t.Errorf("ParseCode(%q) = %+v, want %+v", in, got, want)
		}
	}
}

func TestParseTerm(t *testing.T) {
	for in, want := range map[string]Term{
		"": {}, "1": {N: 1}, "20 Ngày": {20, UnitDay}, "7 Ngày làm việc": {7, UnitWorkingDay}, "07 ngày làm việc": {7, UnitWorkingDay},
		"1.5 Ngày làm việc": {1.5, UnitWorkingDay}, "0,5 ngày": {0.5, UnitDay}, "01 buổi": {1, UnitHalfDay}, "trong ngày": {1, UnitSameDay},
		"Ngay trong ngày làm việc": {1, UnitSameDay}, "24 Giờ": {24, UnitHour}, "4 Tháng": {4, UnitMonth},
		"Không quá 05 (năm) ngày làm việc": {5, UnitWorkingDay}, "Trong thời hạn 3 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ": {3, UnitWorkingDay},
		"15 ngày kể từ ngày nhận hồ sơ": {15, UnitDay}, norm.NFD.String("10 Ngày làm việc"): {10, UnitWorkingDay},
		"120,000": {}, "1100": {}, "0": {}, "0 ngày": {}, "3 - 5 ngày": {}, "3 ngày làm việc; 5 ngày nếu xác minh": {}, "20 ngày (không kể ngày nghỉ)": {},
		"ngày": {}, "5 quả": {}, "theo quy định": {},
	} {
		if got := ParseTerm(in); got != want {
			t.Errorf("ParseTerm(%q) = %+v, want %+v", in, got, want)
		}
	}
}

func TestByProvince(t *testing.T) {
	for in, want := range map[string]bool{
		"(Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh, thành phố trực thuộc Trung ương quyết định. Miễn lệ phí cho hộ nghèo)": true,
		"(Mức lệ phí (nếu có) theo quy định của Hội đồng nhân dân cấp tỉnh.)":                                                 true,
		"Theo quy định của HĐND tỉnh":   true,
		"Theo Nghị quyết của HĐND tỉnh": true,
		"10 ngày kể từ ngày nhận được văn bản đề nghị của Hội đồng thanh lý.": false,
		"Hội đồng nhân dân tỉnh bầu Chủ tịch":                                 false,
		"20.000 đồng/trường hợp":                                              false, "Miễn phí": false, "": false,
	} {
		if got := ByProvince(in); got != want {
			t.Errorf("ByProvince(%q) = %v", in, got)
		}
	}
}

// typed gives text as a file holds it that was typed with a font of an old encoding.
func typed(kind Legacy, s string) string {
	var out strings.Builder
	if kind == TCVN3 {
		back := map[rune]rune{}
		for old, r := range fromTCVN3 {
			back[r] = old
		}
		for _, r := range s {
			if old, ok := back[r]; ok {
				r = old
			}
			out.WriteRune(r)
		}
		return out.String()
	}
	back := map[rune]string{}
	for _, letter := range "aeouyAEOUY" {
		for mark, marks := range vniMarks {
			if r := []rune(norm.NFC.String(string(letter) + marks)); len(r) == 1 {
				back[r[0]] = string(letter) + string(mark)
			}
		}
	}
	for old, r := range vniLetters {
		back[r] = string(old)
		if r == 'ơ' || r == 'ư' {
			for _, mark := range "øùûõï" {
				back[[]rune(norm.NFC.String(string(r) + vniMarks[mark]))[0]] = string(old) + string(mark)
			}
		}
	}
	for _, r := range s {
		if old, ok := back[r]; ok {
			out.WriteString(old)
		} else if r == 'Đ' {
			out.WriteRune('Ñ')
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

func TestOldFontsAreFound(t *testing.T) {
	// As it stands in such files, not as our own tables make it.
	for in, want := range map[string]string{"§¨ng ký khai sinh": "Đăng ký khai sinh", "Ñaêng kyù keát hoân": "Đăng ký kết hôn",
		"ThÎ c\u00adíc c«ng d©n": "Thẻ cước công dân", "Söûa ñoåi": "Sửa đổi"} {
		if _, text, ok := DetectLegacy(in); !ok || text != want {
			t.Errorf("%q: %v %q, want %q", in, ok, text, want)
		}
	}
	for _, name := range []string{"Đăng ký khai sinh", "Chứng thực bản sao từ bản chính giấy tờ, văn bản", "Cấp Giấy chứng nhận quyền sử dụng đất lần đầu",
		"Cấp Giấy xác nhận tình trạng hôn nhân", "Thủ tục hưởng chế độ thai sản", "Tách thửa hoặc hợp thửa đất", "Hộ tịch"} {
		for _, kind := range []Legacy{TCVN3, VNI} {
			found, text, ok := DetectLegacy(typed(kind, name))
			if !ok || found != kind || text != name {
				t.Errorf("%s in %s is %q: found %q %v: %q", name, kind, typed(kind, name), found, ok, text)
			}
		}
	}
	shown, err := charmap.Windows1252.NewDecoder().String("\xa7\xa8ng k\xfd khai sinh")
	if kind, text, ok := DetectLegacy(shown); err != nil || !ok || kind != TCVN3 || text != "Đăng ký khai sinh" {
		t.Errorf("bytes of a TCVN3 file: %q %v %q", kind, ok, text)
	}
	for _, fine := range []string{"", "abc", "Đăng ký khai sinh", "là tôi", "Hà Tĩnh", "có", "Mẫu số 05 § 3", "© 2026", "Müller & Söhne", "café", "50 µm",
		"«văn bản»", "±5%", "Phí: 5 €", "Bà và cô là công nhân", "hòa", "thành lập", "quà", "Lê Văn Tám", "20°C", "a·b"} {
		if kind, text, ok := DetectLegacy(fine); ok {
			t.Errorf("%q is taken for %s: %q", fine, kind, text)
		}
	}
}
