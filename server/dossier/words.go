package dossier

import (
	"fmt"
	"strings"

	"motcua/server/queue"
	"motcua/server/sheet"
)

// Place says where in a file or a request something stands.
type Place struct {
	Sheet  string // when it is not the first
	Line   int    // as the program shows it that people opened the file with; of a request, the item's number from 1
	Column string // of a table: A, B …
	Field  string // of JSON
}

// Words gives the place in a language, vi or en.
func (p Place) Words(lang string) string {
	words := [4]string{"trang %q", "dòng %d", "cột %s", "mục %s"}
	whole := "Cả tệp"
	if lang == "en" {
		words, whole = [4]string{"sheet %q", "row %d", "column %s", "field %s"}, "The file"
	}
	var parts []string
	if p.Sheet != "" {
		parts = append(parts, fmt.Sprintf(words[0], p.Sheet))
	}
	if p.Line > 0 {
		parts = append(parts, fmt.Sprintf(words[1], p.Line))
	}
	if p.Column != "" {
		parts = append(parts, fmt.Sprintf(words[2], p.Column))
	}
	if p.Field != "" {
		parts = append(parts, fmt.Sprintf(words[3], p.Field))
	}
	if parts == nil {
		return whole
	}
	s := strings.Join(parts, ", ")
	return strings.ToUpper(s[:1]) + s[1:]
}

// Problem is why a line was refused. It never repeats what a cell holds, except
// a dossier's code: what stands in a wrong column may be somebody's name.
type Problem struct {
	Line  int        `json:"line"`  // 0 for the whole file
	Code  string     `json:"code"`  // the dossier's; empty when it could not be read
	Field string     `json:"field"` // a part by its name in JSON; empty for the line
	Kind  string     `json:"kind"`  // a stable word of problemWords
	Where queue.Text `json:"where"`
	Why   queue.Text `json:"why"`
}

var problemWords = map[string]queue.Text{
	"file_large":  {VI: "Tệp hoặc một ô lớn hơn mức cho phép.", EN: "The file or one cell is larger than allowed."},
	"file_old":    {VI: "Đây là tệp .xls hoặc tệp có mật khẩu; mở bằng Excel và lưu lại thành .xlsx không có mật khẩu.", EN: "This is an .xls or has a password; open it in Excel and save it as .xlsx without one."},
	"file_broken": {VI: "Tệp không phải .xlsx, .csv, hoặc bị hỏng.", EN: "The file is no .xlsx or .csv, or is damaged."},
	"file_kind":   {VI: "Tên tệp phải kết thúc bằng .xlsx, .csv hoặc .jsonl.", EN: "The file's name must end in .xlsx, .csv or .jsonl."},
	"no_header":   {VI: "Không tìm thấy dòng tiêu đề có cột “Mã hồ sơ” và “Trạng thái”.", EN: "There is no heading row with the columns “Mã hồ sơ” and “Trạng thái”."},
	"empty":       {VI: "Tệp không có hồ sơ nào.", EN: "The file holds no dossier."},
	"json":        {VI: "Dòng này không phải là một đối tượng JSON.", EN: "This is not a JSON object."},
	"no_code":     {VI: "Thiếu mã hồ sơ.", EN: "The code is missing."},
	"code":        {VI: "Mã hồ sơ không đúng dạng, ví dụ H15.50.05.13-261008-0975.", EN: "The code has not the shape of one, for example H15.50.05.13-261008-0975."},
	"no_stage":    {VI: "Thiếu trạng thái.", EN: "The stage is missing."},
	"stage":       {VI: "Trạng thái không có trong danh sách: Tiếp nhận, Đang giải quyết, Chờ bổ sung, Có kết quả, Đã trả kết quả.", EN: "The stage is none of: received, processing, supplement, ready, returned."},
	"date":        {VI: "Không đọc được ngày; hãy ghi ngày/tháng/năm với đủ bốn chữ số của năm.", EN: "The date cannot be read; write day/month/year with four digits for the year."},
	"due_before":  {VI: "Ngày hẹn trả trước ngày tiếp nhận.", EN: "The due day is before the day of receipt."},
	"again_early": {VI: "Ngày hẹn lại phải sau ngày hẹn trả.", EN: "The new day must be after the due day."},
	"no_due":      {VI: "Có ngày hẹn lại mà không có ngày hẹn trả.", EN: "There is a new day but no due day."},
	"again_twice": {VI: "Hồ sơ đã hẹn lại một lần; không được hẹn lại lần nữa.", EN: "The dossier has been re-appointed once; a second time is not allowed."},
	"digits":      {VI: "Phải là 4 số cuối, định dạng cột này là Văn bản (Text) để không mất số 0 đầu.", EN: "These must be the last 4 digits; format the column as Text so that zeros at the front stay."},
	"procedure":   {VI: "Mã thủ tục không đúng dạng, ví dụ 1.004873.", EN: "The procedure's code has not the shape of one, for example 1.004873."},
	"branch":      {VI: "Không có trung tâm này.", EN: "There is no such branch."},
	"not_yours":   {VI: "Khóa này không được gửi hồ sơ của trung tâm khác.", EN: "This key may not send dossiers of another branch."},
	"long":        {VI: "Nội dung quá dài.", EN: "The text is too long."},
	"kind":        {VI: "Phải là chữ (chuỗi) hoặc số.", EN: "This must be a string or a number."},
	"many":        {VI: "Quá nhiều hồ sơ trong một lần gửi.", EN: "Too many dossiers in one request."},
}

func problem(at Place, code, field, kind string) Problem {
	why, ok := problemWords[kind]
	if !ok {
		why = problemWords["file_broken"]
	}
	return Problem{Line: at.Line, Code: code, Field: field, Kind: kind, Why: why,
		Where: queue.Text{VI: at.Words("vi"), EN: at.Words("en")}}
}

// String is a line of a report, for the official who keeps the file.
func (p Problem) String() string {
	where := p.Where.VI
	if p.Code != "" {
		where += " (" + p.Code + ")"
	}
	return where + ": " + p.Why.VI
}

// Apology is what the hall tells about a dossier that is late or was given a new
// day; both empty when there is nothing to be sorry for.
func Apology(d *Dossier, late bool) queue.Text {
	first, again := spoken(d.Due), spoken(d.Reappointed)
	switch {
	case again != "" && late:
		return queue.Text{
			VI: fmt.Sprintf("Trung tâm xin lỗi ông/bà: hồ sơ %s đã hẹn lại ngày %s mà chưa có kết quả. Mời ông/bà gặp nơi trả kết quả để được trả lời.", d.Code, again),
			EN: fmt.Sprintf("We apologise: dossier %s was promised again for %s and has no result yet. Please ask where results are handed out.", d.Code, again)}
	case again != "" && d.Pending():
		return queue.Text{
			VI: fmt.Sprintf("Trung tâm xin lỗi ông/bà: hồ sơ %s chưa có kết quả đúng hẹn ngày %s. Ngày trả kết quả mới là %s; trung tâm chỉ hẹn lại một lần.", d.Code, first, again),
			EN: fmt.Sprintf("We apologise: dossier %s will not be ready on %s. The new day is %s; a day is changed only once.", d.Code, first, again)}
	case late:
		return queue.Text{
			VI: fmt.Sprintf("Trung tâm xin lỗi ông/bà: hồ sơ %s chưa có kết quả đúng hẹn ngày %s. Trung tâm sẽ báo ngày trả kết quả mới.", d.Code, first),
			EN: fmt.Sprintf("We apologise: dossier %s was not ready on %s. We will tell you the new day.", d.Code, first)}
	}
	return queue.Text{}
}

// spoken is a day as people write it.
func spoken(w When) string {
	if w == "" {
		return ""
	}
	return w.Start().In(queue.Zone).Format("2/1/2006")
}

func placeOf(row sheet.Row, columnAt int) Place {
	at := Place{Line: row.N}
	if !row.First {
		at.Sheet = row.Sheet
	}
	if columnAt >= 0 {
		at.Column = sheet.Column(columnAt)
	}
	return at
}
