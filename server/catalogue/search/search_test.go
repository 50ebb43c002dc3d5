package search

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/unicode/norm"

	"motcua/server/catalogue"
)

// small is a hall's shelf in little: enough to tell one rule from another where
// the national catalogue is not at hand.
var small = []Document{
	{Code: "1.001193", Name: "Thủ tục đăng ký khai sinh", Field: "Hộ tịch", Commune: true, Other: []string{"Giấy chứng sinh", "Tờ khai"}},
	{Code: "1.004884", Name: "Thủ tục đăng ký lại khai sinh", Field: "Hộ tịch", Commune: true},
	{Code: "2.000528", Name: "Thủ tục đăng ký khai sinh có yếu tố nước ngoài", Field: "Hộ tịch", Commune: true},
	{Code: "1.000894", Name: "Thủ tục đăng ký kết hôn", Field: "Hộ tịch", Commune: true},
	{Code: "1.004873", Name: "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân", Field: "Hộ tịch", Commune: true},
	{Code: "2.000815", Name: "Chứng thực bản sao từ bản chính giấy tờ, văn bản", Field: "Chứng thực", Commune: true},
	{Code: "2.000884", Name: "Chứng thực chữ ký trong các giấy tờ, văn bản", Field: "Chứng thực", Commune: true},
	{Code: "1.004222", Name: "Đăng ký thường trú", Field: "Đăng ký, quản lý cư trú", Commune: true},
	{Code: "1.004194", Name: "Đăng ký tạm trú", Field: "Đăng ký, quản lý cư trú", Commune: true},
	{Code: "1.012812", Name: "Hòa giải tranh chấp đất đai", Field: "Đất đai", Commune: true},
	{Code: "1.012786", Name: "Cấp lại Giấy chứng nhận do bị mất", Field: "Đất đai"},
	{Code: "1.012783", Name: "Cấp đổi Giấy chứng nhận quyền sử dụng đất", Field: "Đất đai"},
	{Code: "1.001612", Name: "Đăng ký thành lập hộ kinh doanh", Field: "Hộ kinh doanh", Commune: true, Keywords: []string{"tạp hóa"}},
	{Code: "1.013225", Name: "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV và nhà ở riêng lẻ", Field: "Hoạt động xây dựng", Commune: true},
	{Code: "1.001613", Name: "Giải quyết hưởng BHXH một lần", Field: "Thực hiện chính sách BHXH", Commune: true},
	{Code: "3.000333", Name: "Cấp Phiếu Lý lịch tư pháp cho công dân Việt Nam", Field: "Lý lịch tư pháp"},
}

var smallIndex = sync.OnceValue(func() *Index { return New(small, DefaultSynonyms()) })

func TestSmallShelf(t *testing.T) {
	for _, c := range []struct{ q, code string }{
		{"Đăng ký khai sinh", "1.001193"}, {"dang ky khai sinh", "1.001193"}, {"khai sinh đăng ký", "1.001193"},
		{"dang ky khai s", "1.001193"}, {"ket h", "1.000894"}, {"giấy độc thân", "1.004873"}, {"giay doc than", "1.004873"},
		{"sao y", "2.000815"}, {"cong chung photo", "2.000815"}, {"mất sổ đỏ", "1.012786"}, {"xin phép xây nhà", "1.013225"},
		{"mở quán", "1.001612"}, {"tap hoa", "1.001612"}, {"đổi sổ hộ khẩu", "1.004222"}, {"GPXD", "1.013225"}, {"LLTP", "3.000333"},
		{"hộ KD", "1.001612"}, {"BHXH 1 lần", "1.001613"}, {"bao hiem xa hoi mot lan", "1.001613"}, {"GCN QSDĐ", "1.012783"},
		{"thuong trru", "1.004222"}, {"dang ky ket hno", "1.000894"}, {"tranh chap datt dai", "1.012812"}, {"khaisinh", "1.001193"},
		{"dat ddai", "1.012812"}, {"d9at1 d9ai", "1.012812"}, {"khai sinhh", "1.001193"}, {"chuwngs thuwcj chuwx kys", "2.000884"},
		{"hòa giải", "1.012812"}, {"hoà giải", "1.012812"}, {"HOÀ GIẢI", "1.012812"}, {norm.NFD.String("hòa giải"), "1.012812"}, {"chữ kí", "2.000884"},
		{"1.001193", "1.001193"}, {"1001193", "1.001193"}, {"mã 1-001193", "1.001193"}, {"001193", "1.001193"}, {"1.0011", "1.001193"},
		{"giấy chứng sinh", "1.001193"}, {"hộ tịch kết hôn", "1.000894"},
	} {
		hits := smallIndex().Search(c.q, Options{}).Hits
		if len(hits) == 0 || hits[0].Code != c.code {
			t.Errorf("%q: want %s first, got\n%s", c.q, c.code, listed(hits[:min(3, len(hits))]))
		}
	}
	for _, q := range []string{"", "   ", ".,!?", "xqzwxqzw", "🙂"} {
		if r := smallIndex().Search(q, Options{}); r.Total != 0 || r.Hits == nil {
			t.Errorf("%q finds %d", q, r.Total)
		}
	}
}

// With all else equal the rules rank in the order the specification gives.
func TestRulesRankInOrder(t *testing.T) {
	table, err := ParseSynonyms(strings.NewReader("trồng hoa\t>\tươm cành\n"))
	if err != nil {
		t.Fatal(err)
	}
	names := []string{ // each four words, found by "trồng hoa" in another way
		"Việc trồng hoa này", "Việc trông hoa này", "Hoa việc này trồng", "Hoan việc này trồng", "Việc này cành ươm",
	}
	want := []Rule{RuleExact, RulePhrase, RuleWords, RulePrefix, RuleSynonym}
	docs := make([]Document, len(names))
	for i, n := range names {
		docs[i] = Document{Code: string(rune('9' - i)), Name: n}
	}
	x := New(docs, table)
	at := func(q string, i int) (int, Rule) {
		for k, h := range x.Search(q, Options{}).Hits {
			if h.Name == names[i] {
				return k, h.Rule
			}
		}
		return -1, ""
	}
	last := -1
	for i := range 2 { // accents: the same marks before other marks
		k, _ := at("trồng hoa", i)
		if k <= last {
			t.Errorf("%q stands at %d, want after %d", names[i], k, last)
		}
		last = k
	}
	last = -1
	for _, i := range []int{0, 2, 3} { // no accents: phrase, words, prefix (equally far apart)
		k, r := at("trong hoa", i)
		if k <= last {
			t.Errorf("%q (%s) stands at %d, want after %d", names[i], r, k, last)
		}
		if i > 0 && r != want[i] {
			t.Errorf("%q: rule %s, want %s", names[i], r, want[i])
		}
		last = k
	}
	if k, r := at("trong hoa", 4); r != RuleSynonym || k < 0 {
		t.Errorf("%q: rule %q at %d, want %s", names[4], r, k, RuleSynonym)
	}
	if _, r := at("trong hoaq ", 0); r != RuleTypo {
		t.Errorf("a slip is told as %q", r)
	}
}

func TestTies(t *testing.T) {
	docs := []Document{
		{Code: "3", Name: "Cấp thẻ"}, {Code: "2", Name: "Cấp thẻ"}, {Code: "1", Name: "Cấp thẻ", Commune: true},
		{Code: "0", Name: "Cấp thẻ", Field: "Hộ tịch", Commune: true}, {Code: "4", Name: "Cấp thẻ dài"},
	}
	var got []string
	for _, h := range New(docs, DefaultSynonyms()).Search("cấp thẻ", Options{}).Hits {
		got = append(got, h.Code)
	}
	if want := []string{"0", "1", "2", "3", "4"}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v: everyday field, commune, code, shorter name", got, want)
	}
}

func TestWhyAndMarks(t *testing.T) {
	h := smallIndex().Search("ket hon", Options{}).Hits[0]
	r := []rune(h.Name)
	if len(h.Marks) != 1 || string(r[h.Marks[0][0]:h.Marks[0][1]]) != "kết hôn" {
		t.Errorf("marks %v of %q", h.Marks, h.Name)
	}
	sum := 0
	for _, p := range h.Why.Points {
		sum += p.N
	}
	if sum != h.Score {
		t.Errorf("the points make %d, the score is %d", sum, h.Score)
	}
	if len(h.Why.Words) != 2 || h.Why.Words[1] != (Match{Asked: "hon", Found: "hôn", Place: "name", How: "whole"}) {
		t.Errorf("words %+v", h.Why.Words)
	}
	// An abbreviation in the name is highlighted as a whole, once.
	h = smallIndex().Search("bảo hiểm xã hội một lần", Options{}).Hits[0]
	r = []rune(h.Name)
	if len(h.Marks) != 1 || string(r[h.Marks[0][0]:h.Marks[0][1]]) != "BHXH một lần" {
		t.Errorf("marks %v of %q", h.Marks, h.Name)
	}
	h = smallIndex().Search("chứng sinh", Options{}).Hits[0]
	if len(h.Why.Words) == 0 || h.Why.Words[0].Place != "other" {
		t.Errorf("a paper's word: %+v", h.Why.Words)
	}
}

func TestFieldAndLimit(t *testing.T) {
	r := smallIndex().Search("đăng ký", Options{Field: "ho tich", Limit: 2})
	if len(r.Hits) != 2 || r.Total != 4 {
		t.Errorf("%d of %d, want 2 of 4", len(r.Hits), r.Total)
	}
}

// Whatever order the documents come in, and however many ask at once, the same
// question has the same answer.
func TestSameAnswer(t *testing.T) {
	docs := small
	if all, err := real(); err == nil {
		docs = all
	}
	back := slices.Clone(docs)
	slices.Reverse(back)
	a, b := New(docs, DefaultSynonyms()), New(back, DefaultSynonyms())
	qs := queries(t)
	var group sync.WaitGroup
	for w := range 4 {
		group.Go(func() {
			for i := w; i < len(qs); i += 4 {
				q := qs[i].text
				one, two, again := a.Search(q, Options{Limit: 10}), b.Search(q, Options{Limit: 10}), a.Search(q, Options{Limit: 10})
				if !reflect.DeepEqual(one, again) {
					t.Errorf("%q: asked twice, answered twice", q)
				}
				if !reflect.DeepEqual(one, two) {
					t.Errorf("%q: another order of documents, another answer", q)
				}
			}
		})
	}
	group.Wait()
}

func TestFromProcedure(t *testing.T) {
	d := FromProcedure(catalogue.Procedure{Code: "1.001193", Name: "A", Levels: []string{"Cấp tỉnh", "Cấp xã"}, Results: []string{"R"},
		Documents: []catalogue.DocumentGroup{{Items: []catalogue.Document{{Name: "P"}}}}})
	if !d.Commune || !slices.Equal(d.Other, []string{"R", "P"}) {
		t.Errorf("%+v", d)
	}
}

func FuzzSearch(f *testing.F) {
	for _, q := range []string{"đăng ký khai sinh", "d9at1", "GCN QSDĐ", "1.001193", "", "\x00\xff", "ứ̛", strings.Repeat("sổ đỏ ", 40), "w w w", "a\u0300\u0301"} {
		f.Add(q, "Hộ tịch")
	}
	x := smallIndex()
	f.Fuzz(func(t *testing.T, q, field string) {
		for _, o := range []Options{{}, {Field: field, Limit: 3}} {
			r := x.Search(q, o)
			if r.Total < len(r.Hits) {
				t.Errorf("%d hits of %d", len(r.Hits), r.Total)
			}
			for i, h := range r.Hits {
				if i > 0 && h.Score > r.Hits[i-1].Score {
					t.Errorf("%d after %d", h.Score, r.Hits[i-1].Score)
				}
				n := len([]rune(h.Name))
				for k, m := range h.Marks {
					if m[0] < 0 || m[0] >= m[1] || m[1] > n || k > 0 && m[0] < h.Marks[k-1][1] {
						t.Errorf("marks %v in a name of %d", h.Marks, n)
					}
				}
			}
		}
	})
}
