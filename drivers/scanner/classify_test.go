package scanner

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	token := "hb" + strings.Repeat("Az9_-", 4) + "ab" // 24 signs
	for _, c := range []struct {
		text  string
		kind  Kind
		value string
	}{
		{"https://hall.example/t/" + token, Ticket, token},
		{"http://192.168.1.5:8080/t/" + token + "/", Ticket, token},
		{"https://hall.example/queue/t/" + token + "?lang=en#x", Ticket, token},
		{"https://somebody.else/t/" + token, Ticket, token}, // the host is not used
		{token, Ticket, token},
		{" " + token + "\r\n", Ticket, token},
		{strings.Repeat("a", 22), Ticket, strings.Repeat("a", 22)},
		{strings.Repeat("a", 21), Unknown, ""},
		{strings.Repeat("a", 33), Unknown, ""},
		{"https://hall.example/t/" + token + "/cancel", Unknown, ""},
		{"https://hall.example/t/" + token + "%2e%2e", Unknown, ""},
		{"https://hall.example/x/" + token, Unknown, ""},
		{"javascript:/t/" + token, Unknown, ""},
		{"ftp://hall.example/t/" + token, Unknown, ""},
		{"/t/" + token, Unknown, ""},
		{"K7M4PX", Code, "K7M4PX"},
		{"k7m4px", Code, "K7M4PX"},
		{"K7M4P", Unknown, ""},
		{"K7M4P0", Unknown, ""}, // no code has a nought
		{"000.00.16.H40-200915-0001", Dossier, "000.00.16.H40-200915-0001"},
		{"h15.50.05.13-261008-0975", Dossier, "H15.50.05.13-261008-0975"},
		{"G12.34-260101-123456", Dossier, "G12.34-260101-123456"},
		{"H15.50.05.13-261008-0975|1.001193|001090000001|Giấy tờ", Dossier, "H15.50.05.13-261008-0975"},
		{"https://dichvucong.example/tra-cuu?ma=H15.50.05.13-261008-0975", Dossier, "H15.50.05.13-261008-0975"},
		{"H15.50.05.13-261008-0975 H15.50.05.13-261008-0976", Unknown, ""},
		{"H15.50.05.13-261008-097512345", Unknown, ""}, // longer than any
		{"XH15.50.05.13-261008-0975", Unknown, ""},
		{"H15.50.05.13-261008", Unknown, ""},
		{card, Person, ""},
		{"DN4010112345678|4e677579e1bb856e2056c4836e2041|01/01/1990|1|48c3a0|01-001|01/01/2026|-|", Foreign, ""},
		{"001090000001|4e677579e1bb856e|01/01/1990|2|48c3a0204ee1bb9969|01-1", Foreign, ""},
		{"https://vneid.gov.vn/qr/abc", Foreign, ""},
		{"VNEID;x", Foreign, ""},
		{"", Unknown, ""},
		{"<script>alert(1)</script>", Unknown, ""},
		{"'; DROP TABLE visits; --", Unknown, ""},
		{"001090000001", Unknown, ""},
		{strings.Repeat("H15.50.05.13-261008-0975 ", 1000), Unknown, ""}, // longer than any scan
	} {
		if kind, value := Parse(c.text); kind != c.kind || value != c.value {
			t.Errorf("%.80q: %s %q, want %s %q", c.text, kind, value, c.kind, c.value)
		}
	}
}

func TestRepair(t *testing.T) {
	all := "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
	all += strings.ToUpper(all)
	for _, r := range all {
		s := "x" + string(r) + "y"
		if got := Repair(mangle(s)); got != s {
			t.Errorf("CP1252: %q, want %q", got, s)
		}
		if got := Repair(latin1(s)); got != s {
			t.Errorf("Latin-1: %q, want %q", got, s)
		}
		if got := Repair(s); got != s {
			t.Errorf("%q was changed to %q", s, got)
		}
	}
	for _, s := range []string{"", "plain", "Lê Thị Hà", "Đỗ Văn Bình", "«Hà Nội»", "Ã", "Nguyá»…n Lê\u1ea1"} {
		if got := Repair(s); got != s {
			t.Errorf("%q was changed to %q", s, got)
		}
	}
}
