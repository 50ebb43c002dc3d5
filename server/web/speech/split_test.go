package speech

import (
	"slices"
	"testing"
)

func TestPieces(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Ông/bà cần làm thủ tục gì hôm nay?", []string{"Ông/bà cần làm thủ tục gì hôm nay?"}},
		{"Chạm vào một ô bên dưới để lấy số.\nĐang có {n} chờ tại sảnh.",
			[]string{"Chạm vào một ô bên dưới để lấy số", "Đang có,", "chờ tại sảnh"}},
		{"Trước ông/bà có {n} người, chờ khoảng {m} phút.", []string{"Trước ông/bà có,", "người, chờ khoảng,", "phút"}},
		{"{n} người · khoảng {m} phút", []string{"người", "khoảng,", "phút"}},
		{"Lấy số {field}?", []string{"Lấy số,"}},
		{"Hủy số {number} ngay?", []string{"Hủy số,", "ngay?"}},
		{"Mã: {code}", []string{"Mã"}},
		{"Bấm nhầm? Hủy số này", []string{"Bấm nhầm?", "Hủy số này"}},
		{"Đang mở…", []string{"Đang mở"}},
		{"trực tuyến tại dichvucong.gov.vn.", []string{"trực tuyến tại dichvucong.gov.vn"}},
		{"{a} – {b}", nil},
		{"", nil},
	} {
		if got := Pieces(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q is cut into %q, want %q", c.text, got, c.want)
		}
	}
}
