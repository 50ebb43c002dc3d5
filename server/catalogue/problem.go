package catalogue

import (
	"fmt"
	"strings"
)

// Severity of a problem: with an error nothing is applied.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Place says where in a file something stands, as the program shows it that people opened the file with.
type Place struct {
	Sheet  string // when it is not the first
	Row    int    // 0 for the file as a whole
	Column string // of a table: A, B …
	Field  string // of a JSON line
}

// Words gives the place in a language, vi or en.
func (p Place) Words(lang string) string {
	words := [4]string{"trang %q", "dòng %d", "cột %s", "mục %s"}
	if lang == "en" {
		words = [4]string{"sheet %q", "row %d", "column %s", "field %s"}
	}
	var parts []string
	if p.Sheet != "" {
		parts = append(parts, fmt.Sprintf(words[0], p.Sheet))
	}
	if p.Row > 0 {
		parts = append(parts, fmt.Sprintf(words[1], p.Row))
	}
	if p.Column != "" {
		parts = append(parts, fmt.Sprintf(words[2], p.Column))
	}
	if p.Field != "" {
		parts = append(parts, fmt.Sprintf(words[3], p.Field))
	}
	if len(parts) == 0 {
		return map[string]string{"vi": "Cả tệp", "en": "The file"}[lang]
	}
	s := strings.Join(parts, ", ")
	return strings.ToUpper(s[:1]) + s[1:]
}

func (p Place) String() string {
	// "dòng" begins with an ASCII letter, as do the others.
	return p.Words("vi")
}

// MarshalText gives the place as people read it.
func (p Place) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Problem is something in a file that somebody should look at.
type Problem struct {
	Place    Place    `json:"place"`
	Severity Severity `json:"severity"`
	Code     string   `json:"code"` // a stable word of words
	VI       string   `json:"vi"`
	EN       string   `json:"en"`
}

// word is the sentence of a kind of problem; both languages take the same arguments.
type word struct {
	severity Severity
	vi, en   string
}

var words = map[string]word{
	"file":         {Error, "Không đọc được tệp: %[1]s.", "The file cannot be read: %[2]s."},
	"no_header":    {Error, "Không tìm thấy dòng tiêu đề có cột “Mã TTHC” và “Tên TTHC”.", "There is no heading row with the columns “Mã TTHC” and “Tên TTHC”."},
	"empty":        {Error, "Tệp không có thủ tục nào.", "The file holds no procedure."},
	"bad_json":     {Error, "Dòng này không phải là một đối tượng JSON: %s.", "This line is not a JSON object: %s."},
	"no_code":      {Error, "Thiếu mã thủ tục.", "The code is missing."},
	"bad_code":     {Error, "Mã %q không đúng dạng 1.234567.", "The code %q is not of the form 1.234567."},
	"many_codes":   {Error, "Ô mã có nhiều mã (%s); mỗi dòng chỉ ghi một mã.", "The code cell holds several codes (%s); one row takes one code."},
	"lost_zeros":   {Error, "Mã %q thiếu chữ số, có thể là %s: định dạng cột này là Văn bản (Text) rồi gõ lại mã.", "The code %q lacks digits, it may be %s: format the column as Text and type the code again."},
	"number_zeros": {Error, "Excel đã lưu mã thành số %q và bỏ các số 0 ở cuối, có thể là %s: định dạng cột này là Văn bản (Text) rồi gõ lại mã.", "Excel keeps this code as the number %q and dropped the zeros at its end, it may be %s: format the column as Text and type the code again."},
	"code_sign":    {Error, "Mã %q viết sai dấu, có thể là %s.", "The code %q has a wrong sign, it may be %s."},
	"code_number":  {Warning, "Mã %s được lưu là số; nên định dạng cột là Văn bản (Text).", "The code %s is kept as a number; the column should be formatted as Text."},
	"tail":         {Warning, "Mã có phần đuôi của địa phương %[2]q; danh mục dùng mã %[1]s.", "The code has the local tail %[2]q; the catalogue uses %[1]s."},
	"twice":        {Error, "Mã %s đã có ở %s với nội dung khác.", "The code %[1]s stands already at %[3]s with other content."},
	"repeated":     {Warning, "Mã %s lặp lại %s, nội dung giống nhau.", "The code %[1]s repeats %[3]s with the same content."},
	"no_name":      {Error, "Thiếu tên thủ tục.", "The name is missing."},
	"long_name":    {Warning, "Tên dài %d ký tự; có thể ô này chứa cả nội dung khác.", "The name has %d characters; the cell may hold something else too."},
	"legacy_name":  {Error, "Chữ theo bảng mã %s: %q. Đổi sang Unicode rồi nhập lại.", "Text typed with the old font encoding %s: %q. Convert it to Unicode and import again."},
	"legacy":       {Warning, "Chữ theo bảng mã %s; nội dung là: %q. Chưa đổi, cần sửa sang Unicode.", "Text typed with the old font encoding %s; it reads: %q. Not converted, it should be changed to Unicode."},
	"converted":    {Warning, "Chữ theo bảng mã %s đã đổi sang Unicode: %q.", "Text typed with the old font encoding %s was converted to Unicode: %q."},
	"lost_name":    {Error, "Tên có chữ đã mất dấu thành “?”: %q.", "Letters of the name were lost and became “?”: %q."},
	"lost":         {Warning, "Có chữ đã mất dấu thành “?”: %q.", "Letters were lost and became “?”: %q."},
	"cell_error":   {Warning, "Ô báo lỗi %s của Excel; nội dung được bỏ trống.", "The cell shows Excel's error %s; it is taken as empty."},
	"no_field":     {Warning, "Thiếu lĩnh vực.", "The field is missing."},
	"carried":      {Warning, "Ô lĩnh vực trống; lấy theo dòng trên: %q.", "The field is empty; taken from the row above: %q."},
	"level":        {Warning, "Cấp thực hiện %q không phải cấp bộ, tỉnh, xã hay cơ quan khác.", "The level %q is not one of ministry, province, commune or other agency."},
	"time_unit":    {Warning, "Thời hạn %q không ghi đơn vị (ngày, ngày làm việc, giờ).", "The time limit %q has no unit (day, working day, hour)."},
	"time":         {Warning, "Thời hạn %q được giữ nguyên chữ, không đọc thành số được.", "The time limit %q is kept as words, it could not be read as a number."},
	"fee_unit":     {Warning, "Mức phí %q không ghi đơn vị tiền.", "The fee %q names no currency."},
	"free_council": {Warning, "Ghi “Miễn phí” nhưng ghi chú nói HĐND tỉnh quyết định mức thu; sẽ hiện theo ghi chú.", "It says “Miễn phí” but the note says that the province's council sets the fee; the note is shown."},
	"mode":         {Warning, "Hình thức nộp %q không phải trực tiếp, trực tuyến hay bưu chính.", "The way to file %q is not at the counter, online or by post."},
	"date":         {Warning, "Ngày %q không đọc được; hãy ghi ngày/tháng/năm.", "The date %q cannot be read; write day/month/year."},
	"unknown":      {Warning, "Không biết cột (mục) %q; nội dung chỉ giữ ở bản gốc.", "The column (field) %q is not known; it is kept in the raw record only."},
	"column_twice": {Warning, "Cột %q có hai lần; chỉ đọc cột đầu.", "The column %q stands twice; the first is read."},
	"kind":         {Warning, "Mục %s sai kiểu dữ liệu; phần này được bỏ trống.", "The field %s has the wrong type; the part is taken as empty."},
}

// problem puts a kind of problem into words.
func problem(at Place, code string, args ...any) Problem {
	w := words[code]
	p := Problem{Place: at, Severity: w.severity, Code: code, VI: w.vi, EN: w.en}
	if len(args) > 0 {
		p.VI, p.EN = sprintf(w.vi, args), sprintf(w.en, args)
	}
	return p
}

// sprintf leaves arguments out that a language does not use.
func sprintf(format string, args []any) string {
	s, _, _ := strings.Cut(fmt.Sprintf(format, args...), "%!(EXTRA")
	return s
}

// shortened cuts text for a message.
func shortened(s string) string {
	const most = 120
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most]) + "…"
}
