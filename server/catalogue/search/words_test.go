package search

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Đăng ký khai sinh": "dang ki khai sinh", norm.NFD.String("HOÀ  giải,Đất-đai"): "hoa giai dat dai", "Ðất": "dat",
		"quyền\u00a0sử\u00addụng": "quyen sudung", "tay, máy; thủy": "tay may thuy", "": "", "1.001193": "1 001193", "quý": "quy", "ý kiến": "y kien",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestKeys(t *testing.T) {
	for in, want := range map[string]string{
		"ddaats": "đất", "thuwowngf": "thường", "chuwngs": "chứng", "trus": "trú", "hooj": "hộ", "nguwowif": "người", "ddor": "đỏ", "wng": "ưng", "dangd": "đang",
	} {
		if w, ok := telex(in); !ok || !w.same(analyse(want)) {
			t.Errorf("telex(%q) = %+v, want %q", in, w, want)
		}
	}
	for in, want := range map[string]string{"d9at1": "đát", "d9a6t1": "đất", "thu7o7ng2": "thường", "thuo7ng2": "thường", "ho65": "hộ", "a8n": "ăn"} {
		if w, ok := vni(in); !ok || !w.same(analyse(want)) {
			t.Errorf("vni(%q) = %+v, want %q", in, w, want)
		}
	}
	for _, in := range []string{"khai", "sinh", "đất", "b"} {
		if _, ok := telex(in); ok {
			t.Errorf("telex(%q) is read", in)
		}
		if _, ok := vni(in); ok {
			t.Errorf("vni(%q) is read", in)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		d    int
	}{{"sinh", "sinh", 0}, {"sinh", "sin", 1}, {"sinh", "sinhh", 1}, {"sinh", "snih", 1}, {"sinh", "xinh", 1}, {"sinh", "xin", 2}, {"abcd", "wxyz", 2}} {
		if got := distance(c.a, c.b, 1); got != c.d {
			t.Errorf("distance(%s, %s) = %d, want %d", c.a, c.b, got, c.d)
		}
	}
}

func TestSynonymsOfAHall(t *testing.T) {
	hall, err := ParseSynonyms(strings.NewReader("\ufeff# of our ward\r\ngiấy hồng\t>\ttình trạng hôn nhân\r\nsao y\t>\tchữ ký\n1.004222\t+\t5\n"))
	if err != nil {
		t.Fatal(err)
	}
	x := New(small, DefaultSynonyms().With(hall))
	for q, code := range map[string]string{"giay hong": "1.004873", "sao y": "2.000884", "giấy độc thân": "1.004873"} {
		if h := x.Search(q, Options{}).Hits; len(h) == 0 || h[0].Code != code {
			t.Errorf("%q: want %s, got\n%s", q, code, listed(h[:min(2, len(h))]))
		}
	}
	// Marks that a person types are meant: a plan is no land paper.
	if h := x.Search("sơ đồ", Options{}).Hits; len(h) > 0 && h[0].Rule == RuleSynonym {
		t.Errorf("sơ đồ finds %s", listed(h[:1]))
	}
	for in, want := range map[string]string{
		"một cột": "line 1: 1 columns", "a\t?\tb": `line 1: sign "?"`, "\na\t>\t": "line 2: \"a\" means nothing", "Hộ tịch\t+\tx": `"x": want points`, "-\t-": "no words",
	} {
		if _, err := ParseSynonyms(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
}
