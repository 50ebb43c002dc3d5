package catalogue

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"motcua/server/sheet"
)

// mistake is one row of a broken table, and what is said of it.
type mistake struct {
	column string // where it is told; A code, B name, C field, D level, E time, F fee, G note, H effective, I steps
	code   string // the problem's code
	says   string // part of its Vietnamese words
	change func(row []any)
}

var mistakes = []mistake{
	{"A", "no_code", "Thiếu mã", func(r []any) { r[0] = nil }},
	{"A", "number_zeros", "có thể là 1.001190", func(r []any) { r[0] = 1.00119 }},
	{"A", "lost_zeros", "có thể là 1.001200", func(r []any) { r[0] = "1.0012" }},
	{"A", "code_sign", "có thể là 1.001193", func(r []any) { r[0] = "1,001193" }},
	{"A", "code_sign", "có thể là 1.001194", func(r []any) { r[0] = 1001194 }},
	{"A", "bad_code", "không đúng dạng", func(r []any) { r[0] = "KS-01" }},
	{"A", "many_codes", "nhiều mã", func(r []any) { r[0] = "1.001193, 1.000894" }},
	{"A", "code_number", "được lưu là số", func(r []any) { r[0] = 1.001195 }},
	{"A", "tail", "000.00.00.H61", func(r []any) { r[0] = "2.000908.000.00.00.H61" }},
	{"A", "twice", "đã có ở Dòng 6, cột A", func(r []any) { r[0], r[1] = "5.000000", "Thủ tục khác" }},
	{"A", "repeated", "lặp lại Dòng 6, cột A", func(r []any) { r[0], r[1] = "5.000000", "Thủ tục đúng" }},
	{"B", "no_name", "Thiếu tên", func(r []any) { r[1] = " \u00a0" }},
	{"B", "legacy_name", "TCVN3 (ABC): \"Đăng ký khai sinh\"", func(r []any) { r[1] = typed(TCVN3, "Đăng ký khai sinh") }},
	{"B", "legacy_name", "VNI: \"Chứng thực chữ ký\"", func(r []any) { r[1] = typed(VNI, "Chứng thực chữ ký") }},
	{"B", "lost_name", "đã mất dấu", func(r []any) { r[1] = "??ng k? khai sinh" }},
	{"B", "cell_error", "#REF!", func(r []any) { r[1] = "#REF!" }},
	{"B", "long_name", "ký tự", func(r []any) { r[1] = strings.Repeat("Tên dài ", 200) }},
	{"C", "carried", "dòng trên", func(r []any) { r[2] = nil }},
	{"C", "legacy", "Hộ tịch", func(r []any) { r[2] = typed(TCVN3, "Hộ tịch") }},
	{"D", "level", "Cấp thôn", func(r []any) { r[3] = "Cấp thôn" }},
	{"E", "time_unit", "không ghi đơn vị", func(r []any) { r[4] = "5" }},
	{"E", "time", "giữ nguyên chữ", func(r []any) { r[4] = "3 - 5 ngày" }},
	{"E", "cell_error", "#N/A", func(r []any) { r[4] = "#N/A" }},
	{"F", "fee_unit", "không ghi đơn vị tiền", func(r []any) { r[5] = 20000 }},
	{"F", "free_council", "HĐND tỉnh", func(r []any) { r[6] = "Mức lệ phí do Hội đồng nhân dân tỉnh quyết định" }},
	{"H", "date", "ngày/tháng/năm", func(r []any) { r[7] = "31/02/2026" }},
	{"I", "lost", "đã mất dấu", func(r []any) { r[8] = "N?p h? s? t?i b? ph?n m?t c?a" }},
}

// broken makes the table: title rows, headings, one good row, the mistakes, a
// row of numbers below the headings, an empty row.
func broken(t testing.TB) []byte {
	t.Helper()
	good := func(i int) []any {
		return []any{fmt.Sprintf("5.%06d", i), "Thủ tục đúng", "Hộ tịch", "Cấp xã", "3 ngày làm việc", "Miễn phí", "", "1/7/2026", "Nộp hồ sơ"}
	}
	table := sheet.Table{Name: "Danh mục", Titles: []string{"ỦY BAN NHÂN DÂN PHƯỜNG", "DANH MỤC THỦ TỤC HÀNH CHÍNH"},
		Headings: []sheet.Heading{{Name: "Mã số\u00a0TTHC"}, {Name: "TÊN THỦ TỤC"}, {Name: "Lĩnh vực"}, {Name: "Cấp thực hiện"},
			{Name: "Thời hạn giải quyết"}, {Name: "Phí, lệ phí"}, {Name: "Ghi chú"}, {Name: "Ngày hiệu lực"}, {Name: "Trình tự thực hiện"}, {Name: "Người lập"}, {Name: "Phí"}}}
	table.Rows = append(table.Rows, []any{"(1)", "(2)", "(3)", "(4)"}, []any{}, good(0))
	for i, m := range mistakes {
		row := good(i + 1)
		m.change(row)
		table.Rows = append(table.Rows, row)
	}
	var b bytes.Buffer
	if err := sheet.Write(&b, table, sheet.Table{Name: "Trang 2", Headings: []sheet.Heading{{Name: "Mã TTHC"}, {Name: "Tên TTHC"}}, Rows: [][]any{{"x", "Tên"}}}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const firstMistake = 7 // the row of the spreadsheet it stands in

func TestEveryMistakeIsToldByItsCell(t *testing.T) {
	s := newTest(t)
	plan := imports(t, s, "hỏng.xlsx", broken(t), nil)
	said := func(place, code, says string) bool {
		for _, p := range plan.Problems {
			if p.Place.String() == place && p.Code == code && strings.Contains(p.VI, says) {
				return true
			}
		}
		return false
	}
	kinds := map[string]bool{}
	for i, m := range mistakes {
		kinds[m.code+m.column] = true
		if place := fmt.Sprintf("Dòng %d, cột %s", firstMistake+i, m.column); !said(place, m.code, m.says) {
			t.Errorf("%s: %s %q is not told", place, m.code, m.says)
		}
	}
	for _, other := range [][3]string{{"Dòng 3, cột J", "unknown", "Người lập"}, {"Dòng 3, cột K", "column_twice", "Phí"}, {`Trang "Trang 2", dòng 2, cột A`, "bad_code", "x"}} {
		kinds[other[1]] = true
		if !said(other[0], other[1], other[2]) {
			t.Errorf("%v is not told", other)
		}
	}
	if len(kinds) < 20 {
		t.Errorf("only %d kinds of mistakes", len(kinds))
	}
	for _, p := range plan.Problems {
		if strings.Contains(p.VI+p.EN, "%!") || p.VI == "" || p.EN == "" {
			t.Errorf("words: %+v", p)
		}
	}
	if all, err := s.All(t.Context()); err != nil || len(all) != 0 || plan.Version != 0 {
		t.Errorf("a file with errors was applied: %d procedures, %v", len(all), err)
	}
	if t.Failed() {
		for _, p := range plan.Problems {
			t.Log(p.Place, p.Severity, p.Code, p.VI)
		}
	}
}

func TestTheGoodRowsSayNothing(t *testing.T) {
	kept := mistakes
	defer func() { mistakes = kept }()
	mistakes = nil
	plan := imports(t, newTest(t), "x.xlsx", broken(t), nil)
	for _, p := range plan.Problems {
		if p.Place.Sheet == "" && p.Place.Row != 3 {
			t.Errorf("%s %s", p.Place, p.VI)
		}
	}
	if plan.Records != 1 {
		t.Errorf("%d records", plan.Records)
	}
}

func TestOldFontsAreConvertedWhenAskedTo(t *testing.T) {
	s := newTest(t)
	table := "Mã TTHC,Tên TTHC,Lĩnh vực\n1.000001," + typed(TCVN3, "Đăng ký khai sinh") + "," + typed(VNI, "Hộ tịch") + "\n"
	if plan := imports(t, s, "a.csv", []byte(table), nil); plan.Errors != 1 {
		t.Errorf("unasked: %s", counts(plan))
	}
	plan := imports(t, s, "a.csv", []byte(table), func(o *ImportOptions) { o.Convert = true })
	p, err := s.Get(t.Context(), "1.000001")
	if err != nil || plan.Errors != 0 || plan.Warnings != 2 || p.Name != "Đăng ký khai sinh" || p.Field != "Hộ tịch" {
		t.Errorf("%s %+v %v", counts(plan), p, err)
	}
}

// Tables as halls keep them: merged headings in two rows, fields between the
// rows, several ways to file, papers by case.
func TestTablesAsOfficialsKeepThem(t *testing.T) {
	table := sheet.Table{Name: "a", Titles: []string{"Phụ lục", "(Kèm theo Quyết định số 1610/QĐ-UBND)"}, Rows: [][]any{
		{"STT", "Thông tin thủ tục", "Mã TTHC", "Thời hạn giải quyết (ngày làm việc)", "Cách thức thực hiện", "Thành phần hồ sơ"},
		{nil, "Tên thủ tục hành chính"},
		{"I", "LĨNH VỰC CHỨNG THỰC"},
		{1, "Chứng thực chữ ký", "2.000884", 1, "Trực tiếp; trực tuyến; BCCI", "Trường hợp tại trụ sở:\n- Căn cước: 01 bản chính\n- Giấy tờ sẽ ký\nTrường hợp ngoài trụ sở:\n+ Đơn: 1 bản chính, 2 bản sao"},
		{"II", "HỘ TỊCH"},
		{2, "Đăng ký khai tử", "1.000656", "trong ngày"},
	}}
	var b bytes.Buffer
	if err := sheet.Write(&b, table); err != nil {
		t.Fatal(err)
	}
	s := newTest(t)
	plan := imports(t, s, "a.xlsx", b.Bytes(), nil)
	p, err := s.Get(t.Context(), "2.000884")
	if err != nil || plan.Errors != 0 || plan.Added != 2 {
		t.Fatalf("%s %+v %v", counts(plan), plan.Problems, err)
	}
	if p.Field != "Chứng thực" || len(p.Channels) != 3 || p.Channels[1].Mode != "online" || p.Channels[0].Term != (Term{1, UnitWorkingDay}) {
		t.Errorf("%+v", p)
	}
	if d := p.Documents; len(d) != 2 || d[0].Case != "Trường hợp tại trụ sở" || len(d[0].Items) != 2 || d[0].Items[0].Originals != 1 ||
		d[1].Items[0].Originals != 1 || d[1].Items[0].Copies != 2 {
		t.Errorf("documents %+v", d)
	}
	if p, _ := s.Get(t.Context(), "1.000656"); p.Field != "Hộ tịch" || p.Channels[0].Term.Unit != UnitSameDay {
		t.Errorf("%+v", p)
	}
}
