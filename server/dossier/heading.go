package dossier

import "motcua/server/sheet"

// The parts of a dossier in a file, by their names in JSON.
const (
	partCode        = "code"
	partBranch      = "branch"
	partProcedure   = "procedure"
	partStage       = "stage"
	partReceived    = "received"
	partDue         = "due"
	partReappointed = "reappointed"
	partSecond      = "reappointed_2" // not allowed to hold anything
	partProcessing  = "processing_at"
	partSupplement  = "supplement_at"
	partReady       = "ready_at"
	partReturned    = "returned_at"
	partCollect     = "collect"
	partNote        = "note"
	partDigits      = "digits"
	partUpdated     = "updated"
	partNumbering   = "stt"
)

// column is one column of a table: its part, the template's heading, and what
// else it is called in exports, folded.
type column struct {
	part  string
	title string
	names []string
}

var columns = []column{
	{partNumbering, "", []string{"stt", "tt", "so tt"}},
	{partCode, "Mã hồ sơ", []string{"so ho so", "ma so ho so", "ma ho so mot cua", "so bien nhan", "ma bien nhan", "code"}},
	{partBranch, "Trung tâm", []string{"ma trung tam", "chi nhanh", "ma chi nhanh", "diem tiep nhan", "branch"}},
	{partProcedure, "Mã TTHC", []string{"ma thu tuc", "ma thu tuc hanh chinh", "procedure"}},
	{partStage, "Trạng thái", []string{"tinh trang", "tinh trang ho so", "trang thai ho so", "tinh trang xu ly", "trang thai xu ly", "stage"}},
	{partReceived, "Ngày tiếp nhận", []string{"ngay nhan", "ngay nhan ho so", "thoi gian tiep nhan", "ngay nop", "received"}},
	{partDue, "Ngày hẹn trả", []string{"han tra", "ngay hen", "ngay hen tra ket qua", "han xu ly", "han giai quyet", "han tra ket qua", "due"}},
	{partReappointed, "Ngày hẹn lại", []string{"ngay hen tra lai", "hen lai", "ngay hen lai lan 1", "hen lai lan 1", "ngay gia han", "reappointed"}},
	{partSecond, "", []string{"ngay hen lai lan 2", "hen lai lan 2", "reappointed 2"}},
	{partProcessing, "Ngày chuyển giải quyết", []string{"ngay chuyen xu ly", "ngay xu ly", "processing at"}},
	{partSupplement, "Ngày yêu cầu bổ sung", []string{"ngay bo sung", "supplement at"}},
	{partReady, "Ngày có kết quả", []string{"ngay ket thuc xu ly", "ngay hoan thanh", "ngay giai quyet xong", "ready at"}},
	{partReturned, "Ngày trả kết quả", []string{"ngay tra", "ngay da tra", "returned at"}},
	{partCollect, "Nơi trả kết quả", []string{"quay tra ket qua", "noi nhan ket qua", "dia diem tra ket qua", "quay tra", "collect"}},
	{partNote, "Lời xin lỗi", []string{"noi dung xin loi", "thu xin loi", "ly do tre han", "note"}},
	{partDigits, "4 số cuối CCCD", []string{"4 so cuoi", "bon so cuoi", "bon so cuoi cccd", "4 so cuoi dinh danh", "4 so cuoi so dinh danh", "digits"}},
	{partUpdated, "Cập nhật lúc", []string{"ngay cap nhat", "thoi gian cap nhat", "cap nhat", "updated"}},
}

var partOf = func() map[string]string {
	parts := map[string]string{}
	for _, c := range columns {
		if c.title != "" {
			parts[fold(c.title)] = c.part
		}
		for _, name := range c.names {
			parts[name] = c.part
		}
	}
	return parts
}()

// stageWords are what software calls the stages, folded.
var stageWords = func() map[string]Stage {
	words := map[string]Stage{}
	for stage, names := range map[Stage][]string{
		Received:   {"received", "tiep nhan", "da tiep nhan", "moi tiep nhan", "da nhan", "cho xu ly", "cho giai quyet"},
		Processing: {"processing", "dang giai quyet", "dang xu ly", "dang tham dinh", "da chuyen xu ly", "trinh ky", "dang trinh ky", "cho phe duyet"},
		Supplement: {"supplement", "cho bo sung", "yeu cau bo sung", "bo sung ho so", "can bo sung", "dang bo sung", "cho cong dan bo sung"},
		Ready:      {"ready", "co ket qua", "da co ket qua", "cho tra ket qua", "cho tra", "da giai quyet", "da xu ly xong", "da giai quyet xong", "chua tra ket qua"},
		Returned:   {"returned", "da tra", "da tra ket qua", "da nhan ket qua", "ket thuc", "da ket thuc"},
	} {
		for _, name := range names {
			words[name] = stage
		}
	}
	return words
}()

// headingWithin is how many rows of titles may stand above the headings.
const headingWithin = 40

// layout says which part each column holds.
type layout struct {
	parts   map[int]string
	ignored []string // headings of columns that are not read
}

// layoutOf reads a heading row; false when it is not one: headings name the code
// and one part more.
func layoutOf(row sheet.Row) (layout, bool) {
	l := layout{parts: map[int]string{}}
	taken := map[string]bool{}
	for i, cell := range row.Cells {
		title := line(cell.Text)
		part, known := partOf[fold(title)]
		switch {
		case title == "" || part == partNumbering:
		case known && !taken[part]:
			l.parts[i], taken[part] = part, true
		default:
			l.ignored = append(l.ignored, clipped(title, 60))
		}
	}
	return l, taken[partCode] && len(taken) >= 2
}
