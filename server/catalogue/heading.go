package catalogue

import (
	"regexp"
	"strings"
	"unicode"

	"motcua/server/sheet"
)

// headings are the columns officials' lists have, under the names they give them
// (folded, without what stands in brackets). The first name is the template's.
var headings = []struct {
	part  string
	names []string
}{
	{"", []string{"stt", "tt", "so tt", "so thu tu"}},
	{"code", []string{"ma tthc", "ma thu tuc", "ma thu tuc hanh chinh", "ma so", "ma so tthc", "ma so thu tuc", "ma so thu tuc hanh chinh", "ma so ho so tthc", "ma so ho so", "ma"}},
	{"name", []string{"ten tthc", "ten thu tuc", "ten thu tuc hanh chinh", "thu tuc hanh chinh", "ten", "thu tuc", "tthc", "noi dung thu tuc"}},
	{"field", []string{"linh vuc", "nhom linh vuc", "nhom thu tuc", "ten linh vuc"}},
	{"levels", []string{"cap thuc hien", "cap giai quyet", "cap"}},
	{"mode", []string{"cach thuc thuc hien", "cach thuc nop", "hinh thuc nop", "hinh thuc nop ho so", "cach thuc"}},
	{"time", []string{"thoi han giai quyet", "thoi gian giai quyet", "thoi han", "thoi gian", "thoi gian thuc hien"}},
	{"fee", []string{"phi le phi", "phi va le phi", "le phi", "phi", "muc phi", "muc thu", "muc thu phi le phi", "phi le phi neu co"}},
	{"note", []string{"ghi chu", "mo ta", "ghi chu phi le phi"}},
	{"documents", []string{"thanh phan ho so", "giay to can nop", "giay to", "ho so", "thanh phan so luong ho so", "thanh phan"}},
	{"form", []string{"mau don", "mau don to khai", "bieu mau", "ten mau don to khai", "to khai"}},
	{"legal_basis", []string{"can cu phap ly", "co so phap ly", "can cu phap ly cua tthc"}},
	{"decision", []string{"so quyet dinh", "quyet dinh cong bo", "quyet dinh", "qd cong bo"}},
	{"effective", []string{"ngay hieu luc", "ngay co hieu luc", "hieu luc"}},
	{"kind", []string{"loai thu tuc", "loai tthc"}},
	{"subjects", []string{"doi tuong thuc hien", "doi tuong"}},
	{"agency", []string{"co quan thuc hien", "co quan giai quyet", "don vi thuc hien", "don vi giai quyet"}},
	{"authority", []string{"co quan co tham quyen", "tham quyen giai quyet"}},
	{"reception", []string{"dia diem thuc hien", "dia chi tiep nhan", "noi tiep nhan", "dia diem tiep nhan", "dia chi tiep nhan ho so"}},
	{"steps", []string{"trinh tu thuc hien", "trinh tu"}},
	{"requirements", []string{"yeu cau dieu kien", "yeu cau dieu kien thuc hien", "dieu kien", "yeu cau"}},
	{"results", []string{"ket qua thuc hien", "ket qua", "ket qua giai quyet"}},
	{"keywords", []string{"tu khoa"}},
	{"source", []string{"nguon", "duong dan", "lien ket"}},
	{"as_of", []string{"ngay lay du lieu", "ngay cap nhat"}},
}

var partOf = func() map[string]string {
	names := map[string]string{}
	for _, h := range headings {
		for _, n := range h.names {
			names[n] = h.part
		}
	}
	return names
}()

var bracketed = regexp.MustCompile(`\([^()]*\)`)

// headingKey folds a heading's text to the form of the table above.
func headingKey(s string) string {
	if _, text, ok := DetectLegacy(s); ok { // the headings of such a file are in the old font too
		s = text
	}
	s = bracketed.ReplaceAllString(plain(Clean(s)), " ")
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }), " ")
}

// layout says which column holds which part.
type layout struct {
	columns map[string]int  // by part, counted from 0
	titles  map[int]string  // what stands above each column
	unit    string          // of bare numbers in the time column, said by its heading
	parts   map[string]bool // what the table speaks of
	sheet   string          // the sheet it belongs to
}

// layoutOf reads a heading row; false when it is not one: a heading row names
// the column of codes or names, and one more.
func layoutOf(row sheet.Row) (*layout, []Problem, bool) {
	l := &layout{columns: map[string]int{}, titles: map[int]string{}, sheet: row.Sheet}
	problems := l.add(row)
	_, code := l.columns["code"]
	_, name := l.columns["name"]
	return l, problems, (code || name) && len(l.columns) >= 2
}

// add takes a row of headings; a merged heading has its parts in the row below.
func (l *layout) add(row sheet.Row) []Problem {
	var problems []Problem
	for i, cell := range row.Cells {
		title := CleanLine(cell.Text)
		if title == "" {
			continue
		}
		l.titles[i] = title
		part, known := partOf[headingKey(cell.Text)]
		_, taken := l.columns[part]
		switch {
		case !known:
			problems = append(problems, problem(placeOf(row, i), "unknown", shortened(title)))
		case part == "":
		case taken:
			problems = append(problems, problem(placeOf(row, i), "column_twice", shortened(title)))
		default:
			l.columns[part] = i
			if part == "time" {
				l.unit = unitOf(title)
			}
		}
	}
	return problems
}

// isBelow tells whether a row is the second row of merged headings: headings
// only, and no code.
func (l *layout) isBelow(row sheet.Row) bool {
	if ParseCode(row.Text(l.column("code"))).Code != "" {
		return false
	}
	known := 0
	for _, cell := range row.Cells {
		if CleanLine(cell.Text) == "" {
			continue
		}
		if _, ok := partOf[headingKey(cell.Text)]; !ok {
			return false
		}
		known++
	}
	return known > 0
}

func (l *layout) column(part string) int {
	if i, ok := l.columns[part]; ok {
		return i
	}
	return -1
}

// unitOf finds the unit in a heading like "Thời hạn giải quyết (ngày làm việc)".
func unitOf(title string) string {
	inside := plain(bracketed.FindString(title))
	switch {
	case strings.Contains(inside, "ngay lam viec"):
		return "ngày làm việc"
	case strings.Contains(inside, "ngay"):
		return "ngày"
	case strings.Contains(inside, "gio"):
		return "giờ"
	}
	return ""
}

func placeOf(row sheet.Row, column int) Place {
	at := Place{Row: row.N}
	if !row.First {
		at.Sheet = row.Sheet
	}
	if column >= 0 {
		at.Column = sheet.Column(column)
	}
	return at
}
