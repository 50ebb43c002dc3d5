package report

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

// pdfText gives the pages of a PDF as text, blanks folded.
func pdfText(t *testing.T, data []byte) []string {
	t.Helper()
	out := run(t, tool(t, "pdftotext"), "-layout", stored(t, "r.pdf", data), "-")
	pages := strings.Split(strings.TrimSuffix(out, "\f"), "\f")
	for i := range pages {
		pages[i] = strings.Join(strings.Fields(pages[i]), " ")
	}
	return pages
}

func TestPDFHasTheFormOfADocument(t *testing.T) {
	pages := pdfText(t, exported(t, FormatPDF, "vi"))
	first, all := pages[0], strings.Join(pages, " ")
	for _, want := range []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN PHƯỜNG HÒA BÌNH",
		"HÀNH CHÍNH CÔNG", "Hòa Bình, ngày 01 tháng 12 năm 2026", "BÁO CÁO", "tháng 11 năm 2026", "Số liệu mẫu do chương trình tạo ra",
		"3.874 lượt lấy số", "90% số lượt chờ không quá 36,2 phút", "tỷ lệ trả lời 33,0%"} {
		if !strings.Contains(first, want) {
			t.Errorf("the first page lacks %q", want)
		}
	}
	for _, want := range []string{"GIÁM ĐỐC", "Đỗ Thị Mỹ Hạnh", "Nơi nhận:", "tự đánh giá của đơn vị", "không phải kết quả của Bộ chỉ số theo Quyết định 766/QĐ-TTg",
		"Xuất sắc", "Người cao tuổi đi cùng cháu nhỏ", "Phụ lục: cách tính các chỉ tiêu", "Nghỉ giải lao 14,2 giờ", "Thứ Hai", "93,0% - 98,1%"} {
		if !strings.Contains(all, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if strings.Contains(all, "%!") || strings.Contains(all, "MISSING") {
		t.Error("a sentence was written without its values")
	}
	for i, page := range pages {
		if !strings.Contains(page, "SỐ LIỆU MẪU") {
			t.Errorf("page %d does not say that it is a sample", i+1)
		}
	}
	if strings.HasPrefix(first, "1 ") || !strings.HasPrefix(pages[1], "2 ") {
		t.Error("pages are numbered from the second one on")
	}
	if strings.Contains(all, "Chỉ số 766") {
		t.Error("the self-assessment is called the national index")
	}
}

// A table that goes over to the next page begins there with its heads.
func TestPDFTablesRepeatTheirHeads(t *testing.T) {
	for i, page := range pdfText(t, exported(t, FormatPDF, "vi"))[1:] {
		rest := strings.TrimPrefix(page, strings.Fields(page)[0]+" SỐ LIỆU MẪU ")
		if rest[0] >= '0' && rest[0] <= '9' {
			t.Errorf("page %d begins with a row: %.60q", i+2, rest)
		}
	}
}

func TestPDFPagesAreA4AndDrawn(t *testing.T) {
	path := stored(t, "r.pdf", exported(t, FormatPDF, "en"))
	if info := run(t, tool(t, "pdfinfo"), path); !strings.Contains(info, "A4") || !strings.Contains(info, "Title:") {
		t.Errorf("pdfinfo says\n%s", info)
	}
	for line := range strings.Lines(run(t, tool(t, "pdffonts"), path)) {
		if strings.Contains(line, "TrueType") && !strings.Contains(line, "yes no  yes") {
			t.Errorf("a font is not embedded with its letters: %s", line)
		}
	}
	dir := filepath.Dir(path)
	run(t, tool(t, "pdftoppm"), "-r", "20", "-gray", path, filepath.Join(dir, "p"))
	pictures, err := filepath.Glob(filepath.Join(dir, "p-*.pgm"))
	if err != nil || len(pictures) < 5 {
		t.Fatalf("%d pages drawn: %v", len(pictures), err)
	}
	for _, name := range pictures {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if dark := len(b) - bytes.Count(b, []byte{0xff}); dark < 500 {
			t.Errorf("%s is nearly empty: %d dark points", filepath.Base(name), dark)
		}
	}
}

// A hall without a letterhead, without visits, gets a page that says so.
func TestEveryFormatOfAnEmptyReport(t *testing.T) {
	r := &Report{Query: Query{From: "2026-11-22", To: "2026-11-22"}, Made: time.Date(2026, 11, 23, 0, 0, 0, 0, queue.Zone), By: map[Dimension][]Row{}, Fewest: 5, Ranked: 30}
	for _, format := range []string{FormatPDF, FormatXLSX, FormatCSV} {
		for _, lang := range []string{"vi", "en", ""} {
			var b bytes.Buffer
			if err := Write(t.Context(), &b, format, r, Paper{Lang: lang}); err != nil || b.Len() == 0 {
				t.Errorf("%s in %q: %d bytes, %v", format, lang, b.Len(), err)
			}
			if format == FormatPDF && lang == "vi" {
				if all := strings.Join(pdfText(t, b.Bytes()), " "); !strings.Contains(all, "Không có lượt nào") || strings.Contains(all, "NaN") {
					t.Errorf("the empty page says %q", all)
				}
			}
		}
	}
	if len(Charts(r, Paper{})) != 0 {
		t.Error("charts of nothing")
	}
}

func TestWriteRefusesAndStops(t *testing.T) {
	if err := Write(t.Context(), &bytes.Buffer{}, "doc", exampleReport(), Paper{}); !errors.Is(err, ErrFormat) {
		t.Errorf("an unknown format: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, format := range []string{FormatPDF, FormatXLSX, FormatCSV} {
		if err := Write(ctx, &bytes.Buffer{}, format, exampleReport(), Paper{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s after the end: %v", format, err)
		}
	}
}

func TestFileNamesAreStoredAnywhere(t *testing.T) {
	for want, q := range map[string]Query{
		"bao-cao-hoabinh-2026-11-01-2026-11-30.pdf": {Branches: []string{"hoabinh"}, From: "2026-11-01", To: "2026-11-30"},
		"bao-cao-2026-11-22.pdf":                    {Branches: []string{"a", "b"}, From: "2026-11-22", To: "2026-11-22"},
		"bao-cao-etcx-2026-11-22.pdf":               {Branches: []string{"../etc/x"}, From: "2026-11-22", To: "2026-11-22"},
	} {
		if got := FileName(q, FormatPDF); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Reasons and names are what people typed: nothing in them breaks a file.
func TestEveryFormatBearsWhatPeopleType(t *testing.T) {
	r, paper := exampleReport(), examplePaper("vi")
	for i, text := range []string{"\U0001F600 cười", "a\x00b\x1bc\u200b", "ho\u0300a bi\u0300nh", "\xff\xfe", strings.Repeat("dài", 2000), "\u05d0\u05d1 مرحبا", "=cmd|'/c calc'!A1", "<b>&amp;", strings.Repeat("\n", 50), "]]>\ufffe \xff\U0001F600"} {
		paper.Letterhead.Signer, paper.Letterhead.Body = text, text
		r.Overrides[i].Reason, r.Overrides[i].By, r.By[ByClerk][i%3].Name, r.By[ByService][i%7].Name = text, text, text, text
	}
	for _, format := range []string{FormatPDF, FormatXLSX, FormatCSV} {
		var b bytes.Buffer
		if err := Write(t.Context(), &b, format, r, paper); err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		switch format {
		case FormatPDF:
			if pages := pdfText(t, b.Bytes()); !strings.Contains(strings.Join(pages, " "), "cười") {
				t.Error("the page lacks what was typed")
			}
			if all := strings.Join(pdfText(t, b.Bytes()), " "); strings.Count(all, "dài") > 3000 {
				t.Error("a row is higher than a page")
			}
		case FormatXLSX:
			if len(readSheets(t, b.Bytes())) < 10 {
				t.Error("the workbook is not whole")
			}
		}
	}
}
