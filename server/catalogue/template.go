package catalogue

import (
	"io"

	"motcua/server/sheet"
)

// WriteTemplate writes the table a hall fills in for an import: the columns by
// the names officials use, all formatted as text so that codes keep their zeros.
func WriteTemplate(w io.Writer) error {
	t := sheet.Table{Name: "Thủ tục", Titles: []string{"DANH MỤC THỦ TỤC HÀNH CHÍNH"}}
	for _, h := range []sheet.Heading{{Name: "Mã TTHC", Width: 14}, {Name: "Tên TTHC", Width: 60}, {Name: "Lĩnh vực", Width: 24},
		{Name: "Cấp thực hiện", Width: 16}, {Name: "Cách thức thực hiện", Width: 28}, {Name: "Thời hạn giải quyết", Width: 22},
		{Name: "Phí, lệ phí", Width: 24}, {Name: "Ghi chú", Width: 30}, {Name: "Thành phần hồ sơ", Width: 60}, {Name: "Mẫu đơn", Width: 30},
		{Name: "Căn cứ pháp lý", Width: 40}, {Name: "Số quyết định", Width: 18}, {Name: "Ngày hiệu lực", Width: 14}} {
		h.Text = true
		t.Headings = append(t.Headings, h)
	}
	return sheet.Write(w, t)
}
