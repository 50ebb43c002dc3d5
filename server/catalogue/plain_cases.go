package catalogue

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// partOfAll is a heading over some of the papers that everybody brings, not a
	// case to choose: "Giấy tờ phải nộp", "Giấy tờ phải xuất trình", "Lưu ý".
	partOfAll = regexp.MustCompile(`^(?:(?:các )?(?:loại )?(?:giấy tờ|chứng từ)(?: cần)?(?: phải)?(?: nộp| xuất trình| gửi)|lưu ý|ghi chú|chú ý|thành phần(?: hồ sơ)?(?:,? ?(?:bao )?gồm(?: có)?)?$|(?:hồ sơ )?(?:bao )?gồm(?: có)?$|hồ sơ$|trong phiếu|phiếu được|người yêu cầu .{0,40}nộp 01|người có yêu cầu)`)
	remarks   = regexp.MustCompile(`^(?:lưu ý|ghi chú|chú ý)`)
	showList  = regexp.MustCompile(`giấy tờ.{0,20}xuất trình`)
	// further is a case whose papers come on top of everybody's.
	further = regexp.MustCompile(`ủy quyền|uỷ quyền|bổ sung thêm|kèm theo|còn có|còn phải|chưa có thông tin|chưa có tài khoản`)
	leads   = regexp.MustCompile(`(?i)[\s,:;.(-]*(?:thì )?(?:thành phần hồ sơ |hồ sơ )?(?:phải )?(?:bao gồm|gồm|kèm theo|còn có|phải có|phải nộp|là)(?: có)?(?:(?: \p{L}+){0,7} sau(?: đây)?)?\s*[:.;]*$`)
	// within is where a title goes on to the papers themselves.
	within = regexp.MustCompile(`(?i)[\s,.;:]+(?:thì )?thành phần hồ sơ (?:bao )?gồm`)
	head   = regexp.MustCompile(`(?i)^(?:thành phần hồ sơ|hồ sơ) (?:đối với|trong) `)
	number = regexp.MustCompile(`^\W{0,3}(\d{1,2})[.)]`)
	letter = regexp.MustCompile(`^\W{0,3}([a-z])\)`)
	// asForm begins the papers that one fills in oneself.
	sometimes = regexp.MustCompile(`^(?:trường hợp|đối với|nếu) `)
	asForm    = regexp.MustCompile(`^(?:tờ khai|đơn|giấy đề nghị|mẫu|phiếu (?:đề nghị|yêu cầu|khai)|văn bản (?:đề nghị|yêu cầu)|thông báo)`)
)

// usualCase names the case of those to whom none of the others applies.
const usualCase = "Trường hợp thông thường"

// plainCases gives what to bring, a case at a time. Headings that only part the
// papers of everybody are joined; cases get the papers of everybody too.
func plainCases(groups []DocumentGroup, forms map[string]string) []PlainCase {
	var all, notes []PlainPaper
	var cases []DocumentGroup
	for _, g := range groups {
		title := strings.ToLower(caseTitle(g.Case))
		if title != "" && !partOfAll.MatchString(title) {
			cases = append(cases, g)
			continue
		}
		papers := papersOf(g, showList.MatchString(title), forms)
		if remarks.MatchString(title) {
			for i := range papers {
				papers[i].Note, papers[i].Show = true, false
			}
			notes = append(notes, papers...)
			continue
		}
		all = append(all, papers...)
	}
	all = append(all, notes...)
	sets := setsIn(groups)
	byNumber(cases)
	if len(cases) == 1 && len(all) == 0 {
		return []PlainCase{{Name: brief(caseTitle(cases[0].Case)), Bring: ordered(papersOf(cases[0], false, forms)), Sets: sets}}
	}
	list := []PlainCase{}
	if len(cases) == 0 || len(all) > 0 && slices.ContainsFunc(cases, addsToAll) {
		list = append(list, PlainCase{Bring: ordered(all), Sets: sets})
		if len(cases) > 0 {
			list[0].Name = usualCase
		}
	}
	for _, g := range cases {
		papers := append(slices.Clone(all), papersOf(g, false, forms)...)
		list = append(list, PlainCase{Name: brief(caseTitle(g.Case)), Bring: ordered(papers), Sets: sets})
	}
	return apart(list, cases)
}

// apart makes names that were cut to the same text different again.
func apart(list []PlainCase, cases []DocumentGroup) []PlainCase {
	count := func(name string) (n int) {
		for _, c := range list {
			if c.Name == name {
				n++
			}
		}
		return n
	}
	first := len(list) - len(cases)
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.Name
		if i >= first && count(c.Name) > 1 {
			names[i] = atWordIfLong(caseTitle(cases[i-first].Case))
		}
	}
	for i := range list {
		list[i].Name = names[i]
	}
	for i, c := range list {
		names[i] = c.Name
		if count(c.Name) > 1 {
			names[i] = byPaper(list, i)
		}
	}
	for i := range list {
		list[i].Name = names[i]
	}
	for i := range list {
		if count(list[i].Name) > 1 {
			list[i].Name = fmt.Sprintf("%s (%d)", list[i].Name, i-first+1)
		}
	}
	return list
}

// byPaper tells a case from another of the same name by a paper only it asks for.
func byPaper(list []PlainCase, at int) string {
	name := list[at].Name
	room := min(mostShort-utf8.RuneCountInString(name)-len(": "), 70)
	for _, p := range list[at].Bring {
		elsewhere := slices.ContainsFunc(list, func(c PlainCase) bool {
			return c.Name == name && !slices.Equal(c.Bring, list[at].Bring) && slices.Contains(c.Bring, p)
		})
		if room >= 30 && !elsewhere && !p.Note && !asForm.MatchString(strings.ToLower(p.Name)) {
			if utf8.RuneCountInString(p.Name) <= room {
				return name + ": " + p.Name
			}
			return name + ": " + atWord(strings.TrimSuffix(p.Name, "…"), room)
		}
	}
	return name
}

func atWordIfLong(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= mostShort {
		return s
	}
	return atWord(s, mostShort)
}

func addsToAll(g DocumentGroup) bool { return further.MatchString(strings.ToLower(g.Case)) }

// tailOfTitle is how much of a title's end may say "gồm các giấy tờ sau", in bytes.
const tailOfTitle = 160

// wholeRunes gives the first place from at on where a letter begins.
func wholeRunes(s string, at int) int {
	for at < len(s) && !utf8.RuneStart(s[at]) {
		at++
	}
	return at
}

// caseTitle is the name of a case without the marks of a list around it.
func caseTitle(s string) string {
	s = strings.TrimSpace(listMark.ReplaceAllString(strings.TrimPrefix(strings.TrimSpace(s), "(*)"), ""))
	if m := within.FindStringIndex(s); m != nil && utf8.RuneCountInString(s[:m[0]]) >= leastShort {
		s = s[:m[0]]
	}
	tail := wholeRunes(s, max(0, len(s)-tailOfTitle))
	title := strings.TrimRight(s[:tail]+leads.ReplaceAllString(s[tail:], ""), " :;,.-(")
	if strings.Count(title, " ") < 2 { // nothing is left of it
		title = strings.TrimRight(s, " :;,.-(")
	}
	return capital(head.ReplaceAllString(title, "Đối với "))
}

// papersOf reads the papers of a group. A line that ends with ":" and speaks of
// showing stands over those that follow it.
func papersOf(g DocumentGroup, show bool, forms map[string]string) []PlainPaper {
	list := []PlainPaper{}
	for _, d := range g.Items {
		if strings.IndexFunc(d.Name, unicode.IsLetter) < 0 { // ";" stands in some lists
			continue
		}
		lower := strings.ToLower(d.Name)
		if strings.HasSuffix(strings.TrimSpace(lower), ":") && strings.Contains(lower, "giấy tờ") {
			switch shows, gives := strings.Contains(lower, "xuất trình"), strings.Contains(lower, "nộp"); {
			case shows && !gives:
				show = true
			case gives:
				show = false
			}
		}
		list = append(list, paper(d, show, forms))
	}
	return list
}

// ordered puts forms to fill in first, then papers, those to show, those that only
// some people need, and remarks last; the source has them in no order. What is said twice stands once.
func ordered(papers []PlainPaper) []PlainPaper {
	list := []PlainPaper{}
	for _, p := range papers {
		if !slices.ContainsFunc(list, func(o PlainPaper) bool { return o == p }) {
			list = append(list, p)
		}
	}
	rank := func(p PlainPaper) int {
		switch {
		case p.Note:
			return 4
		case sometimes.MatchString(strings.ToLower(p.Name)), strings.HasSuffix(p.Name, onlineOnly):
			return 3
		case p.Show:
			return 2
		case asForm.MatchString(strings.ToLower(p.Name)):
			return 0
		}
		return 1
	}
	slices.SortStableFunc(list, func(a, b PlainPaper) int { return rank(a) - rank(b) })
	return list
}

// byNumber sorts cases that are all numbered, or all lettered.
func byNumber(cases []DocumentGroup) {
	for _, mark := range []*regexp.Regexp{number, letter} {
		rank := func(g DocumentGroup) (int, bool) {
			m := mark.FindStringSubmatch(g.Case)
			if m == nil {
				return 0, false
			}
			if n, err := strconv.Atoi(m[1]); err == nil {
				return n, true
			}
			return int(m[1][0]), true
		}
		if slices.ContainsFunc(cases, func(g DocumentGroup) bool { _, ok := rank(g); return !ok }) {
			continue
		}
		slices.SortStableFunc(cases, func(a, b DocumentGroup) int {
			x, _ := rank(a)
			y, _ := rank(b)
			return x - y
		})
		return
	}
}

// setsIn finds how many sets of the papers are asked for, where the record says so.
func setsIn(groups []DocumentGroup) string {
	for _, g := range groups {
		texts := []string{g.Case}
		for _, d := range g.Items {
			texts = append(texts, d.Name)
		}
		for _, text := range texts {
			if !strings.Contains(text, "bộ") {
				continue
			}
			if m := setsOf.FindStringSubmatch(text); m != nil {
				if n, err := strconv.Atoi(m[1]); err == nil && n > 0 {
					return strconv.Itoa(n) + " bộ"
				}
			}
		}
	}
	return ""
}
