package dossier

import (
	"strings"
	"testing"
)

func TestParseCode(t *testing.T) {
	for typed, want := range map[string]string{
		"H15.50.05.13-261008-0975":      "H15.50.05.13-261008-0975",
		" h15.50.05.13-261008-0975\n":   "H15.50.05.13-261008-0975",
		"000.00.16.H40-200915-0001":     "000.00.16.H40-200915-0001",
		"H15.50.05.13–261008–100975":    "H15.50.05.13-261008-100975", // a ministry's system
		"G10.16.02-261020-10031234":     "G10.16.02-261020-10031234",
		"H61.7 - 261231 - 1234567":      "H61.7-261231-1234567",
		"H15.50.05.13-261308-0975":      "", // no such month
		"H15.50.05.13-261008-097":       "",
		"H15.50.05.13-261008-123456789": "",
		"K15.50.05.13-261008-0975":      "",
		"H15-261008-0975":               "",
		"H15.50.05.13-261008-0975x":     "",
		"":                              "",
		strings.Repeat("H", 100):        "",
	} {
		got, ok := ParseCode(typed)
		if got != want || ok != (want != "") {
			t.Errorf("ParseCode(%q) = %q, %v; want %q", typed, got, ok, want)
		}
	}
}

// Whatever else a receipt's code holds is given to nobody.
func TestExtract(t *testing.T) {
	for scanned, want := range map[string]string{
		"H15.50.05.13-261008-0975": "H15.50.05.13-261008-0975",
		"H15.50.05.13-261008-0975|1.004873|001099012345|Giấy tiếp nhận|20261008":         "H15.50.05.13-261008-0975",
		"001099012345;Nguyễn Văn A;000.00.16.h40-200915-0001;15/9/2020":                  "000.00.16.H40-200915-0001",
		`{"maHoSo":"H15.50.05.13-261008-100975","dinhDanh":"001099012345"}`:              "H15.50.05.13-261008-100975",
		"https://dichvucong.example.vn/tra-cuu?ma=H15.50.05.13-261008-0975&cccd=0010990": "H15.50.05.13-261008-0975",
		"xH15.50.05.13-261008-0975":                              "",
		"H15.50.05.13-261008-0975123456":                         "",
		"9H15.50.05.13-261008-0975 H15.50.05.13-261008-0976":     "H15.50.05.13-261008-0976",
		"001099012345|Nguyễn Văn A|01011999|Nam|Hà Nội|01012021": "",
		"": "",
	} {
		got, ok := Extract(scanned)
		if got != want || ok != (want != "") {
			t.Errorf("Extract(%q) = %q, %v; want %q", scanned, got, ok, want)
		}
	}
}

func FuzzExtract(f *testing.F) {
	f.Add("H15.50.05.13-261008-0975|1.004873|001099012345|Giấy tiếp nhận")
	f.Add("000.00.16.H40-200915-0001")
	f.Add("—H15.50.05.13—261008—0975—")
	f.Fuzz(func(t *testing.T, scanned string) {
		code, ok := Extract(scanned)
		if !ok {
			if code != "" {
				t.Fatalf("%q without ok", code)
			}
			return
		}
		if again, good := ParseCode(code); !good || again != code {
			t.Fatalf("%q is not a code of ours", code)
		}
		if !strings.Contains(strings.ToUpper(dashes.Replace(scanned)), code) {
			t.Fatalf("%q is not in the text", code)
		}
		if again, _ := Extract(code); again != code {
			t.Fatalf("%q becomes %q", code, again)
		}
	})
}
