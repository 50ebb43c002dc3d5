package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

func collect(t *testing.T, rows iter.Seq2[Row, error]) []Row {
	t.Helper()
	var all []Row
	for row, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	return all
}

func failure(rows iter.Seq2[Row, error]) error {
	for _, err := range rows {
		if err != nil {
			return err
		}
	}
	return nil
}

func written(t *testing.T, tables ...Table) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, tables...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestNumbersAndTextAreToldApart(t *testing.T) {
	file := written(t, Table{Name: "Danh mục", Titles: []string{"DANH MỤC"},
		Headings: []Heading{{Name: "Mã", Text: true}, {Name: "Tên", Width: 40}, {Name: "Số"}},
		Rows:     [][]any{{"1.001190", "Đăng ký", 1.00119}, {nil, nil, nil}, {1.00119, "=1+1", "x"}}},
		Table{Name: "Hai", Rows: [][]any{{"a"}}})
	rows := collect(t, Read(bytes.NewReader(file)))
	if len(rows) != 5 {
		t.Fatalf("%d rows: %+v", len(rows), rows)
	}
	first, last := rows[2], rows[3]
	if first.N != 3 || first.Cells[0] != (Cell{"1.001190", false}) || first.Cells[2] != (Cell{"1.00119", true}) {
		t.Errorf("row 3 is %+v", first)
	}
	if last.N != 5 || last.Cells[0] != (Cell{"1.00119", true}) || last.Cells[1] != (Cell{"=1+1", false}) {
		t.Errorf("row 5 is %+v", last)
	}
	if !first.First || rows[4].First || rows[4].Sheet != "Hai" || rows[4].N != 1 {
		t.Errorf("second sheet: %+v", rows[4])
	}
	if first.Text(1) != "Đăng ký" || first.Text(-1) != "" || first.Text(9) != "" {
		t.Error("Text gives another cell")
	}
}

func TestColumnNames(t *testing.T) {
	for i, want := range map[int]string{0: "A", 2: "C", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA"} {
		if got := Column(i); got != want || columnOf(want+"7", 0) != i {
			t.Errorf("column %d is %s, read back as %d", i, got, columnOf(want+"7", 0))
		}
	}
}

func TestCSVAsSpreadsheetsSaveIt(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("Mã\tTên\r\n1.000001\tHộ tịch\r\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"comma": "Mã,Tên\n1.000001,Hộ tịch\n", "mark": "\ufeffMã,Tên\r\n1.000001,Hộ tịch",
		"semicolon": "Mã;Tên\r\n1.000001;\"Hộ tịch\"\r\n", "tab": "Mã\tTên\n1.000001\tHộ tịch\n", "utf16": utf16,
	} {
		rows := collect(t, CSV(strings.NewReader(text)))
		if len(rows) != 2 || rows[0].Text(0) != "Mã" || rows[1].Text(1) != "Hộ tịch" || rows[1].N != 2 {
			t.Errorf("%s: %+v", name, rows)
		}
	}
	rows := collect(t, CSV(strings.NewReader("a,b\n\n\"x\ny\",\"says \"\"so\"\"\"\nlast,,\n")))
	if len(rows) != 3 || rows[1].N != 3 || rows[1].Text(1) != `says "so"` || rows[2].N != 4 || len(rows[2].Cells) != 1 {
		t.Errorf("rows are not numbered as a spreadsheet shows them: %+v", rows)
	}
	if rows := collect(t, CSV(strings.NewReader("a,\xa8ng k\xfd\n"))); rows[0].Text(1) != "¨ng ký" {
		t.Errorf("bytes of an old font: %q", rows[0].Text(1))
	}
}

func TestCSVWrittenIsReadBack(t *testing.T) {
	var b bytes.Buffer
	if err := WriteCSV(&b, []string{"Mã", "Tên"}, [][]string{{"1.000001", "có \"ngoặc\"; và\nhai dòng"}, {"=cmd()", ""}}); err != nil {
		t.Fatal(err)
	}
	rows := collect(t, CSV(&b))
	if len(rows) != 3 || rows[1].Text(1) != "có \"ngoặc\"; và\nhai dòng" || rows[2].Text(0) != "'=cmd()" {
		t.Errorf("%+v", rows)
	}
}

func TestWhatIsNoTableIsRefused(t *testing.T) {
	good := written(t, Table{Name: "a", Rows: [][]any{{"x", 1}, {"y", 2}}})
	for name, test := range map[string]struct {
		data []byte
		want error
	}{
		"old Excel": {append([]byte{0xD0, 0xCF, 0x11, 0xE0}, make([]byte, 600)...), ErrOldExcel},
		"text":      {[]byte("hello"), ErrNotSheet},
		"cut":       {good[:len(good)/2], ErrNotSheet},
		"cell":      {written(t, Table{Name: "a", Rows: wide(MaxRows + 1)}), ErrTooLarge},
		"a sheet that breaks off": {rezipped(t, good, "xl/worksheets/sheet1.xml", func(s string) string {
			return s[:strings.Index(s, "</row>")]
		}), ErrNotSheet},
	} {
		if err := failure(Read(bytes.NewReader(test.data))); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	if err := failure(CSV(strings.NewReader("a," + strings.Repeat("x", MaxCell+1)))); !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "row 1, column B") {
		t.Errorf("a cell too long: %v", err)
	}
	if err := failure(CSV(io.LimitReader(zeros{}, MaxFile+1))); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a file too long: %v", err)
	}
}

func wide(n int) [][]any {
	rows := make([][]any, n)
	for i := range rows {
		rows[i] = []any{i}
	}
	return rows
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

// A small file that unpacks to more than memory is refused before it is unpacked.
func TestZipBombAtFullSize(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 3 {
		f, err := z.Create(fmt.Sprintf("xl/%d.xml", i))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(f, io.LimitReader(zeros{}, MaxUnzipped/2)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := failure(Read(&b)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a zip bomb: %v", err)
	}
}

// rezipped changes one part of an XLSX file.
func rezipped(t testing.TB, data []byte, name string, change func(string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == name {
			text = []byte(change(string(text)))
		}
		w, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func checkRows(t *testing.T, rows iter.Seq2[Row, error]) {
	for row, err := range rows {
		if err != nil {
			return
		}
		if row.N < 1 || len(row.Cells) == 0 || len(row.Cells) > MaxColumns {
			t.Fatalf("row %+v", row)
		}
		for _, c := range row.Cells {
			if len(c.Text) > MaxCell {
				t.Fatal("a cell over its bound")
			}
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2", "\ufeffa;b\n\"x\ny\";z", "\xff\xfea\x00,\x00", "\"", "\xa8\xfd", "a\tb\r\n\r\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkRows(t, CSV(bytes.NewReader(data))) })
}

// The part a worksheet is kept in, as anybody may have written it.
func FuzzSheet(f *testing.F) {
	var b bytes.Buffer
	if err := Write(&b, Table{Name: "a", Rows: [][]any{{"x"}}}); err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{`<row r="1"><c r="A1"><v>1.5</v></c></row>`, `<row><c t="inlineStr"><is><t>x</t></is></c></row>`,
		`<row r="9"><c r="ZZ9" t="s"><v>7</v></c>`, `<row r="-1"/>`, `<row r="2"/><row r="1"><c/></row>`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, inner string) {
		file := rezipped(t, b.Bytes(), "xl/worksheets/sheet1.xml", func(string) string {
			return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + inner + `</sheetData></worksheet>`
		})
		checkRows(t, Read(bytes.NewReader(file)))
	})
}
