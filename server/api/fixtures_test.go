package api_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"motcua/server/catalogue"
	"motcua/server/sheet"
)

// wardFields are fields of a ward, those with most procedures first.
var wardFields = []string{"Hộ tịch", "Đất đai", "Chứng thực", "Đăng ký, quản lý cư trú", "Bảo trợ xã hội", "Thực hiện chính sách BHXH",
	"Hoạt động xây dựng", "Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)", "Nuôi con nuôi", "Hòa giải ở cơ sở", "Người có công", "Giảm nghèo"}

// ward makes the list of a hall: n procedures in some fields, as an official keeps
// it in Excel, and how many each field has. The same every time: names are the
// sample's, said for different people; fields get fewer and fewer.
func ward(t *testing.T, n, fields int) (file []byte, counts map[string]int) {
	t.Helper()
	var names []string
	for lines := bufio.NewScanner(catalogue.Sample()); lines.Scan(); {
		var p struct{ Name string }
		must(t, json.Unmarshal(lines.Bytes(), &p))
		names = append(names, p.Name)
	}
	people := []string{"", " cho người cao tuổi", " cho người nước ngoài", " tại nhà"}
	times := []string{"1 ngày", "3 ngày làm việc", "5 ngày làm việc", "trong ngày", "15 ngày"}
	fees := []string{"Miễn phí", "8.000 đồng", "Mức lệ phí theo nghị quyết của Hội đồng nhân dân tỉnh"}
	counts = map[string]int{}
	table := sheet.Table{Name: "Danh mục", Titles: []string{"DANH MỤC THỦ TỤC HÀNH CHÍNH", fmt.Sprintf("%d thủ tục, %d lĩnh vực", n, fields)}}
	for _, h := range []string{"Mã TTHC", "Tên TTHC", "Lĩnh vực", "Thời hạn giải quyết", "Phí, lệ phí", "Thành phần hồ sơ"} {
		table.Headings = append(table.Headings, sheet.Heading{Name: h, Text: true})
	}
	for i := range n {
		at := 0
		for left := i % (fields * (fields + 1) / 2); left >= fields-at; at++ {
			left -= fields - at
		}
		field := wardFields[at]
		counts[field]++
		table.Rows = append(table.Rows, []any{fmt.Sprintf("1.%06d", 1000+i*37), names[i%len(names)] + people[i/len(names)%len(people)], field,
			times[i%len(times)], fees[i%len(fees)], "Tờ khai theo mẫu\nGiấy tờ tùy thân (xuất trình)"})
	}
	var b bytes.Buffer
	must(t, sheet.Write(&b, table))
	return b.Bytes(), counts
}

// Halls have posted 254 procedures in 12 fields, and 144 in 11. Their lists are
// imported as they are kept, and the screens count them by field.
func TestListsOfHalls(t *testing.T) {
	h := newHall(t, options{demo: true, shelf: true})
	for i, size := range []struct{ procedures, fields int }{{254, 12}, {144, 11}} {
		file, counts := ward(t, size.procedures, size.fields)
		plan, err := h.book.Import(context.Background(), bytes.NewReader(file), catalogue.ImportOptions{File: "danh-muc.xlsx", Complete: true,
			Now: morning.Add(time.Duration(i+1) * time.Hour)})
		must(t, err)
		if plan.Errors != 0 || plan.Records != size.procedures {
			t.Fatalf("%+v", plan)
		}
		h.newEdition()
		a := h.get(catalogued, "demo-display")
		if a.body["total"] != float64(size.procedures) || len(a.list("fields")) != size.fields || len(counts) != size.fields {
			t.Errorf("%v procedures in %d fields, want %d in %d", a.body["total"], len(a.list("fields")), size.procedures, size.fields)
		}
		for _, f := range a.list("fields") {
			if name := f["name"].(string); f["count"] != float64(counts[name]) {
				t.Errorf("%s has %v, want %d", name, f["count"], counts[name])
			}
		}
		board := h.get(catalogued+"/fees?limit=50", "demo-display")
		if board.body["total"] != float64(size.procedures) {
			t.Errorf("%v on the fee board", board.body["total"])
		}
	}
}
