package catalogue

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// checked reads a file of anything: every record it gives is usable and clean,
// every problem has a place and words.
func checked(t *testing.T, name string, data []byte, convert bool) {
	t.Helper()
	err := Read(name, bytes.NewReader(data), Sink{Convert: convert,
		Record: func(r Record) error {
			p := r.Procedure
			if !codeShape.MatchString(p.Code) || p.Name == "" || p.Withdrawn || !json.Valid([]byte(r.Raw)) || r.Place.Row < 1 {
				t.Errorf("record %+v at %v", p, r.Place)
			}
			own, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			var back Procedure
			if err := json.Unmarshal(own, &back); err != nil || !reflect.DeepEqual(cleaned(back), back) {
				t.Errorf("not clean: %s", own)
			}
			if _, parts, err := merged(own, own, nil); err != nil || len(parts) != 0 {
				t.Errorf("differs from itself in %v, %v", parts, err)
			}
			return nil
		},
		Problem: func(p Problem) {
			if p.VI == "" || p.EN == "" || p.Place.Words("vi") == "" || p.Severity != Error && p.Severity != Warning {
				t.Errorf("problem %+v", p)
			}
		}})
	if err != nil {
		t.Error(err)
	}
}

func FuzzJSONLine(f *testing.F) {
	f.Add([]byte(fixture(1, 1, nil)))
	for _, s := range []string{`{"code":1.00119,"name":"x"}`, `{"code":"1.001193","name":"x","results":[{"name":"a","code":"b"},"c"]}`,
		`{"code":"1.001193","name":7,"channels":[{"mode":1}]}`, `[]`, `null`, `{"code":"2.000908.000.00.00.H61","name":"\ud800","effective":"x"}`,
		"{\"CODE\":\"1.000000\",\"name\":\"a\u00ad\u0301\"}\n{", `{"code":"1.000000","name":"Không có thông tin"}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checked(t, "x.jsonl", data, len(data)%2 == 0) })
}

func FuzzTable(f *testing.F) {
	for _, s := range []string{"Mã TTHC,Tên TTHC\n1.001193,Đăng ký\n", "x\n\nMã;Lĩnh vực;Tên;Phí\n1.001193;;a;1\nI. HỘ TỊCH\n;;b\n",
		"Mã TTHC\tTên\tThành phần hồ sơ\tCách thức\n1.000001\tx\t\"Trường hợp a:\n- b: 1 bản chính\"\tBCCI\n",
		"Mã TTHC,Tên TTHC,Thời hạn (ngày)\n,Thủ tục,\n\"1.001193\",§¨ng ký,5\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checked(t, "x.csv", data, len(data)%2 == 0) })
}

func FuzzCell(f *testing.F) {
	for _, s := range []string{"", "7 Ngày làm việc", "2.000908.000.00.00.H61", "§¨ng ký", "Ñaêng kyù", "a\u0301\u0323", "\uf0fc•", "Không có thông tinTừ khóa", "Không có thông tinKhông có thông tinA", "ÐÐ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := Clean(s)
		if Clean(c) != c || !norm.NFC.IsNormalString(c) || !utf8.ValidString(c) || strings.ContainsAny(c, "\r\t\u00a0\u00ad\u200b") || strings.Contains(c, "  ") {
			t.Errorf("Clean(%q) = %q, again %q", s, c, Clean(c))
		}
		if got := ParseCode(s); got.Code != "" && (!codeShape.MatchString(got.Code) || got.Probable != "") {
			t.Errorf("ParseCode(%q) = %+v", s, got)
		}
		if term := ParseTerm(s); term.N < 0 || term.N == 0 && term.Unit != "" || strings.Contains(plain(CleanLine(s)), "lam viec") && term.Unit == UnitDay {
			t.Errorf("ParseTerm(%q) = %+v", s, term)
		}
		if kind, text, ok := DetectLegacy(s); ok && (kind == "" || text == s) || !ok && text != s {
			t.Errorf("DetectLegacy(%q) = %q %q %v", s, kind, text, ok)
		}
		ByProvince(s)
		documentsOf(s, s)
		groupName(s)
	})
}
