package catalogue

import (
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	// listMark is what lists begin their lines with: "-", "a)", "(ii)", "3.2.1.".
	listMark = regexp.MustCompile(`^(?:[-–+*•.:;,/]+\s*|\(?(?:[ivx]{1,4}|[a-zđ]|\d{1,2})(?:\.\d{1,2})*\)\s*|(?:\d{1,2}\.)+(?:\d{1,2})?\s+|[a-zđ]\.\d{0,2}\)?\s+)+`)
	// formFile is the name of a form's file, which the portal glues to the paper's name.
	formFile = regexp.MustCompile(`(?i)\.(?:docx?|pdf|xlsx?|rar|zip|jpe?g|png)\s*$`)
	glueEnd  = regexp.MustCompile(`[\p{Ll}).;,:”"]\p{Lu}|;\d`)
	// byForm is where a name only goes on to say which form it is written on.
	byForm = regexp.MustCompile(`(?i),?\s*\(?\s*(?:được lập |lập |thực hiện )?theo (?:mẫu|biểu mẫu)(?:[\s,.;:)(].*)?$`)
	formNo = regexp.MustCompile(`(?i)mẫu(?: số)?:? ?([0-9][0-9A-Za-zĐđ./-]*|[A-Z][0-9A-Z./-]*\d[0-9A-Za-zĐđ./-]*)`)
	// shown is a paper that is looked at and given back.
	shown    = regexp.MustCompile(`\(\s*(?:bản chính\s*)?(?:để )?xuất trình[^)]*\)\s*$`)
	toShow   = regexp.MustCompile(`^xuất trình |^(?:giấy tờ )?(?:phải )?xuất trình(?::|$)`)
	remark   = regexp.MustCompile(`^(?:trường hợp|đối với|lưu ý|ghi chú|nếu|ngoài ra|người |cơ quan |cá nhân |tổ chức |việc |khi |các giấy tờ |cán bộ |công dân |hoặc |tài liệu bằng |thành phần hồ sơ|giấy tờ do )`)
	noteMark = regexp.MustCompile(`(?i)^(?:lưu ý|ghi chú)\s*:\s*[-+*]?\s*`)
	// overNet is a paper only for those who file online: it says so at its end.
	overNet   = regexp.MustCompile(`(?i)\s*\((?:[^()]*,\s*)?nếu [^()]{0,80}trực tuyến\s*\)?[\s;.,]*$`)
	setsOf    = regexp.MustCompile(`(?i)(?:số lượng(?: hồ sơ)?\s*:?\s*|nộp\s+|lập\s+)(\d{1,2})\s*(?:\([^)]{1,20}\)\s*)?bộ`)
	firstWord = regexp.MustCompile(`^\p{L}+`)
)

// mostCopies is beyond any true number of copies: "Mẫu … 2026" and "1" run
// together in the source make 20261.
const mostCopies = 99

const onlineOnly = " (khi nộp trực tuyến)"

// paper reads one paper of a record. show says that those of its list are shown only.
func paper(d Document, show bool, forms map[string]string) PlainPaper {
	whole := d.Name
	name, form := paperAndForm(strings.TrimSpace(whole))
	p := PlainPaper{Originals: pieces(d.Originals), Copies: pieces(d.Copies), Form: form, Show: show}
	if d.Form != "" {
		p.Form = d.Form
	}
	name = strings.TrimSpace(listMark.ReplaceAllString(strings.TrimSpace(name), ""))
	lower := strings.ToLower(name)
	p.Note = isRemark(lower, d)
	if m := showsAtEnd(lower); m != nil && m[0] > 0 {
		p.Show, name = true, strings.TrimSpace(strings.TrimRight(name[:m[0]], " ,;"))
	} else if toShow.MatchString(lower) {
		p.Show = true
	}
	if p.Note {
		p.Show = false
		name = noteMark.ReplaceAllString(name, "")
	} else if m := formClause(name); m != nil && utf8.RuneCountInString(name[:m[0]]) >= 6 {
		if no := formNo.FindStringSubmatch(name[m[0]:]); no != nil && p.Form == "" {
			p.Form = "Mẫu số " + strings.TrimRight(no[1], ".-/")
		}
		name = name[:m[0]]
	}
	online := ""
	if m := overNet.FindStringIndex(name); m != nil && m[0] > 0 && !p.Note {
		name, online = name[:m[0]], onlineOnly
	}
	name = strings.TrimRight(strings.TrimSpace(name), " ;,.:/(")
	if !p.Note && utf8.RuneCountInString(name) > fitsTwoLines {
		name = withoutCopyKinds(name)
	}
	p.Name = capital(brief(name)) + online
	if p.Name == online {
		p.Name = brief(CleanLine(whole))
	}
	if p.Name != bare(whole) {
		p.Whole = whole
	}
	p.FormURL = formURL(forms, p, whole)
	return p
}

// bare is a text without the marks of the list it stood in.
func bare(s string) string {
	s = strings.TrimSpace(listMark.ReplaceAllString(strings.TrimSpace(s), ""))
	return capital(strings.TrimRight(s, " ;,.:/("))
}

// copyWords are those of "Bản chính hoặc bản sao có chứng thực …", which long
// names begin with: what the paper is comes after them, and how many originals
// and copies are wanted stands beside it.
var copyWords = wordSet("bản chính gốc sao y chụp điện tử hoặc có được đã chứng thực công kèm theo để đối chiếu và xuất trình từ sổ hợp lệ cấp của các một trong những 01 1")

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}

func withoutCopyKinds(name string) string {
	fields := strings.Fields(name)
	n := 0
	for n < len(fields) && copyWords[strings.ToLower(strings.Trim(fields[n], ",/"))] {
		n++
	}
	rest := strings.Join(fields[n:], " ")
	if n < 2 || !strings.EqualFold(fields[0], "bản") || utf8.RuneCountInString(rest) < leastShort || !startsWord.MatchString(rest) {
		return name
	}
	return rest
}

var startsWord = regexp.MustCompile(`^\p{L}{2}`)

// formURL finds the address of a form: by the name of its paper, short or whole,
// or by its own; a record may hold the address itself.
func formURL(forms map[string]string, p PlainPaper, whole string) string {
	for _, name := range []string{whole, CleanLine(whole), p.Name, p.Form} {
		if address := forms[name]; name != "" && address != "" {
			return address
		}
	}
	if webAddress(p.Form) {
		return p.Form
	}
	return ""
}

// The two look for words before they look for their shape: texts may run over pages.

func showsAtEnd(lower string) []int {
	if !strings.Contains(lower, "xuất trình") {
		return nil
	}
	return shown.FindStringIndex(lower)
}

func formClause(name string) []int {
	line, _, _ := strings.Cut(name, "\n")
	if lower := strings.ToLower(line); !strings.Contains(lower, "theo mẫu") && !strings.Contains(lower, "theo biểu mẫu") {
		return nil
	}
	return byForm.FindStringIndex(line)
}

func pieces(n int) int {
	if n > mostCopies {
		return max(n%10, 1)
	}
	return max(n, 0)
}

// paperAndForm takes the name of a form's file from the end of a paper's name.
func paperAndForm(s string) (name, form string) {
	if !formFile.MatchString(s[max(0, len(s)-16):]) {
		return s, ""
	}
	at := 0
	for _, m := range glueEnd.FindAllStringIndex(s, -1) {
		_, size := utf8.DecodeRuneInString(s[m[0]:])
		rest := s[m[0]+size:]
		if utf8.RuneCountInString(rest) <= fitsTwoLines && !strings.Contains(rest, "; ") && !strings.Contains(rest, ". ") {
			at = m[0] + size
			break
		}
	}
	if nl := strings.LastIndexByte(s, '\n') + 1; nl > at {
		at = nl
	}
	file := strings.TrimSpace(s[at:])
	if at == 0 || utf8.RuneCountInString(s[:at]) < 4 || utf8.RuneCountInString(file) > mostShort {
		return strings.TrimSuffix(s, path.Ext(s)), ""
	}
	return s[:at], strings.TrimSuffix(file, path.Ext(file))
}

// isRemark tells whether a line of a list is a remark on the papers and not one
// of them. Who needs nothing handed in counts no original and no copy.
func isRemark(lower string, d Document) bool {
	if strings.HasSuffix(strings.TrimSpace(lower), ":") && d.Originals+d.Copies == 0 {
		return true
	}
	return d.Originals == 0 && d.Copies == 0 && remark.MatchString(lower) && showsAtEnd(lower) == nil
}

// capital begins a name with a large letter.
func capital(s string) string {
	word := firstWord.FindString(s)
	if word == "" || word != strings.ToLower(word) {
		return s
	}
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}
