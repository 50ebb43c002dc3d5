package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"
)

func bookOf(t *testing.T, pages ...Page) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteBook(&b, pages...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inside gives one part of a workbook.
func inside(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	defer f.Close()
	part, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(part)
}

func TestBookKeepsNumbersDatesAndText(t *testing.T) {
	// Seven in the morning of the hall is midnight in UTC, and another day before that.
	at := time.Date(2026, 11, 22, 6, 30, 0, 0, time.FixedZone("+07", 7*3600))
	data := bookOf(t, Page{Name: "Một", Titles: []string{"TIÊU ĐỀ"}, Columns: []PageColumn{{Name: "Ngày", Kind: Date}, {Name: "Lúc", Kind: Moment}, {Name: "Tỷ lệ", Kind: Share}, {Name: "Phút", Kind: Decimal}, {Name: "Chữ"}},
		Rows: [][]any{{at, at, 0.934, 12.25, "=1+1"}, {nil, nil, nil, 3, "x"}}, Notes: []string{"ghi chú"}})
	rows := collect(t, Read(bytes.NewReader(data)))
	first := rows[2]
	for i, want := range []string{"22/11/2026", "22/11/2026 06:30", "93.4%", "12.3", "=1+1"} {
		if first.Text(i) != want {
			t.Errorf("column %d shows %q, want %q", i, first.Text(i), want)
		}
	}
	if rows[3].Text(3) != "3" || rows[3].Text(0) != "" {
		t.Errorf("a count among decimals: %+v", rows[3])
	}
	if note := rows[len(rows)-1]; note.Text(0) != "ghi chú" {
		t.Errorf("the note is %+v", note)
	}
	if sheet := inside(t, data, "xl/worksheets/sheet1.xml"); !strings.Contains(sheet, `state="frozen"`) || strings.Contains(sheet, "<f>") {
		t.Error("the heads are not frozen, or a text became a formula")
	}
	if book := inside(t, data, "xl/workbook.xml"); !strings.Contains(book, "Print_Titles") {
		t.Error("the heads are not printed again")
	}
}

func TestBookNamesSheetsAsSpreadsheetsTakeThem(t *testing.T) {
	long := strings.Repeat("Quầy số một ", 5)
	data := bookOf(t, Page{Name: long, Rows: [][]any{{1}}, Columns: []PageColumn{{Name: "a"}}}, Page{Name: long + "hai", Columns: []PageColumn{{Name: "a"}}}, Page{Name: "a/b:[c]"})
	var names []string
	for row, err := range Read(bytes.NewReader(data)) {
		if err != nil {
			t.Fatal(err)
		}
		if len(names) == 0 || names[len(names)-1] != row.Sheet {
			names = append(names, row.Sheet)
		}
	}
	if len(names) != 2 || len([]rune(names[0])) > 31 || names[0] == names[1] {
		t.Errorf("names are %q", names)
	}
	if book := inside(t, data, "xl/workbook.xml"); !strings.Contains(book, `name="a b  c"`) {
		t.Error("forbidden signs are not replaced")
	}
}

func TestBookDrawsItsCharts(t *testing.T) {
	table := Page{Name: "Số liệu", Columns: []PageColumn{{Name: "Tên"}, {Name: "Lượt", Kind: Whole}, {Name: "Khác", Kind: Whole}},
		Rows: [][]any{{"Tổng", 9, 9}, {"a", 4, 1}, {"b", 5, 8}}, Bold: 1}
	var charts []Chart
	for _, f := range []Figure{Columns, Bars, Stacked, Lines} {
		charts = append(charts, Chart{Title: "Hình", Figure: f, Page: "Số liệu", Values: []int{1, 2}, Skip: 1})
	}
	charts = append(charts, Chart{Title: "of nothing", Page: "Số liệu", Values: []int{1}, Skip: 3}, Chart{Title: "of no page", Page: "x", Values: []int{1}})
	// The charts' page stands before the one they read.
	data := bookOf(t, Page{Name: "Biểu đồ", Titles: []string{"Biểu đồ"}, Charts: charts}, table)
	for i, want := range []string{"<barChart>", "<barChart>", `<grouping val="stacked"`, "<lineChart>"} {
		part := inside(t, data, "xl/charts/chart"+string(rune('1'+i))+".xml")
		for _, s := range []string{want, "$B$3:$B$4", "$A$3:$A$4", "$C$1", "0F5A50"} {
			if !strings.Contains(part, s) {
				t.Errorf("chart %d lacks %s", i+1, s)
			}
		}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "xl/charts/chart") {
			n++
		}
	}
	if n != 4 {
		t.Errorf("%d charts, want 4", n)
	}
}

func TestBookNeedsAPage(t *testing.T) {
	if err := WriteBook(io.Discard); err == nil {
		t.Error("a book of nothing was written")
	}
}
