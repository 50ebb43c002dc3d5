package report

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"motcua/server/sheet"
)

// readBack prints a workbook as another library sees it: sheets with their frozen
// pane, charts and cells, dates as days.
const readBack = `
import datetime, json, sys
import openpyxl
book = openpyxl.load_workbook(sys.argv[1])
def cell(c):
    v = c.value
    return {"date": v.isoformat(), "format": c.number_format} if isinstance(v, datetime.datetime) else v
print(json.dumps([{"name": s.title, "frozen": s.freeze_panes, "charts": len(s._charts),
                   "rows": [[cell(c) for c in row] for row in s.iter_rows()]} for s in book]))
`

type readSheet struct {
	Name   string  `json:"name"`
	Frozen string  `json:"frozen"`
	Charts int     `json:"charts"`
	Rows   [][]any `json:"rows"`
}

func readSheets(t *testing.T, data []byte) map[string]readSheet {
	t.Helper()
	// Debian's library belongs to Debian's interpreter.
	out := run(t, tool(t, "/usr/bin/python3", "python3"), "-c", readBack, stored(t, "r.xlsx", data))
	var list []readSheet
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		t.Fatal(err)
	}
	sheets := map[string]readSheet{}
	for _, s := range list {
		sheets[s.Name] = s
	}
	return sheets
}

// find gives the cell below a head in the row that begins with a name.
func (s readSheet) find(t *testing.T, row, head string) any {
	t.Helper()
	for i, cells := range s.Rows {
		for column, v := range cells {
			if v != head {
				continue
			}
			for _, below := range s.Rows[i+1:] {
				if day, is := below[0].(map[string]any); below[0] == row || is && day["date"] == row {
					return below[column]
				}
			}
		}
	}
	t.Errorf("%s has no %q of %q", s.Name, head, row)
	return nil
}

func TestXLSXReadBack(t *testing.T) {
	sheets, r := readSheets(t, exported(t, FormatXLSX, "vi")), exampleReport()
	for _, c := range []struct {
		sheet, row, head string
		want             float64
	}{
		{"Kết quả chung", "Lấy số", "Giá trị", float64(r.Total.Taken)},
		{"Kết quả chung", "Chờ, trung vị", "Giá trị", r.Total.Wait.Median / 60},
		{"Hàng chờ", "Tổng", "Đã phục vụ", float64(r.Total.Served)},
		{"Hàng chờ", "Hộ tịch", "Chờ, P90 (phút)", r.By[ByService][1].Wait.P90 / 60},
		{"Quầy", "Quầy 03", "Tạm nghỉ (giờ)", r.By[ByCounter][2].Use.Paused / 3600},
		{"Ngày", "2026-11-30T00:00:00", "Lấy số", float64(r.By[ByDay][20].Taken)},
		{"Bản đồ nhiệt", "Thứ Sáu", "13 giờ", float64(r.Heat[5][13].Taken)},
		{"Bản đồ nhiệt, chờ (phút)", "Thứ Hai", "07 giờ", r.Heat[1][7].Wait / 60},
		{"Đánh giá", "Chứng thực", "Tỷ lệ trả lời", float64(r.By[ByService][0].Rating.Rated) / float64(r.By[ByService][0].Rating.Asked)},
		{"Đánh giá", "Tổng", "Không hài lòng", float64(r.Total.Rating.Levels[3])},
		{"Đánh giá", "Tổng", "Khoảng 95%, từ", r.Total.Rating.Low},
		{"Tạm nghỉ", "Họp đột xuất", "Thời gian (giờ)", r.Pauses[1].Value / 3600},
		{"Tự đánh giá", "Đơn vị thứ 3", "Quy về thang 18", 14.6},
	} {
		if got, is := sheets[c.sheet].find(t, c.row, c.head).(float64); !is || math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s, %s, %s is %v, want %v", c.sheet, c.row, c.head, got, c.want)
		}
	}
	if day := sheets["Ngày"].Rows[6][0].(map[string]any); day["date"] != "2026-11-02T00:00:00" || day["format"] != "dd/mm/yyyy" {
		t.Errorf("a day is %v", day)
	}
	if at := sheets["Ngoài thứ tự"].Rows[5][0].(map[string]any); at["date"] != "2026-11-30T04:00:00" {
		t.Errorf("a moment is %v, not what the hall's clock showed", at)
	}
	if n := sheets["Biểu đồ"].Charts; n != 8 {
		t.Errorf("%d charts", n)
	}
	for name, s := range sheets {
		if name != "Biểu đồ" && s.Frozen != "B6" {
			t.Errorf("%s: the heads are frozen at %q", name, s.Frozen)
		}
	}
	if sheets["Định nghĩa"].Rows == nil || len(sheets["Định nghĩa"].Rows) < len(Definitions()) {
		t.Error("the definitions are not complete")
	}
	if small := sheets["Đánh giá"].find(t, "Hướng dẫn", "Mẫu nhỏ"); small != "có" {
		t.Errorf("the small sample is marked %v", small)
	}
}

func TestXLSXInEnglish(t *testing.T) {
	sheets := readSheets(t, exported(t, FormatXLSX, "en"))
	for _, name := range []string{"Summary", "Charts", "Service", "Heat map", "Ratings", "Definitions"} {
		if len(sheets[name].Rows) == 0 {
			t.Errorf("there is no sheet %q", name)
		}
	}
}

func TestCSVAsVietnameseExcelOpensIt(t *testing.T) {
	data := exported(t, FormatCSV, "vi")
	if !bytes.HasPrefix(data, []byte("\ufeff\"Chiều\";\"Mã\";\"Tên\";\"Lấy số\"")) {
		t.Errorf("it begins %.60q", data)
	}
	var rows []sheet.Row
	for row, err := range sheet.CSV(bytes.NewReader(data)) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	column := func(head string) int {
		for i := range allFigures {
			if rows[0].Text(3+i) == head {
				return 3 + i
			}
		}
		t.Fatalf("no column %q", head)
		return 0
	}
	total, r := rows[1], exampleReport()
	if total.Text(0) != "Tổng" || total.Text(column("Chờ, trung vị (phút)")) != "14,1667" || total.Text(column("Chờ trong mục tiêu (%)")) != "85,9989" || total.Text(column("Lấy số")) != "3874" {
		t.Errorf("the total is %+v", total)
	}
	n := 1
	for _, d := range Dimensions {
		n += len(r.By[d])
	}
	if got := len(rows) - 2; got != n { // heads and the mark of the sample
		t.Errorf("%d rows, want %d", got, n)
	}
	english := string(exported(t, FormatCSV, "en"))
	if !strings.HasPrefix(english, "\ufeff\"Dimension\",\"Id\"") || !strings.Contains(english, `"14.1667"`) {
		t.Errorf("the English one begins %.200q", english)
	}
}
