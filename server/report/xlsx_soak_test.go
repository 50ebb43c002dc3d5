package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A spreadsheet program opens the workbook, draws its charts and prints its sheets.
func TestXLSXIsOpenedByASpreadsheetSoak(t *testing.T) {
	office := tool(t, "soffice", "libreoffice")
	path := stored(t, "report.xlsx", exported(t, FormatXLSX, "vi"))
	dir := filepath.Dir(path)
	t.Setenv("HOME", dir) // its profile goes with the test
	run(t, office, "--headless", "--convert-to", "pdf", "--outdir", dir, path)
	pdf, err := os.ReadFile(filepath.Join(dir, "report.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	shots(t, "workbook.pdf", pdf)
	pages := pdfText(t, pdf)
	all := strings.Join(pages, " ")
	for _, want := range []string{"Lượt lấy số theo ngày", "Thời gian của các quầy (giờ)", "Tự đánh giá theo thang 18", "Bản đồ nhiệt", "02/11/2026", "30/11/2026 04:00", "Phụ lục: cách tính"} {
		if !strings.Contains(all, want) {
			t.Errorf("the printed workbook lacks %q", want)
		}
	}
	if strings.Contains(all, "###") || strings.Contains(all, "#REF") || strings.Contains(all, "#NAME") {
		t.Error("a cell shows no value")
	}
}
