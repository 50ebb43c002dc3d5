package catalogue

import (
	"encoding/json"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"time"

	"motcua/server/queue"
	"motcua/server/sheet"
)

// headingWithin is how many rows of titles may stand above the headings.
const headingWithin = 40

// table reads the rows of officials' lists.
type table struct {
	sink   Sink
	layout *layout // nil until the headings of this sheet were found
	sheet  string
	looked int  // rows looked at for headings
	fresh  bool // the row above was the headings
	found  bool // some sheet had headings
	group  string
	field  string // of the row above
}

func readTable(rows iter.Seq2[sheet.Row, error], sink Sink) error {
	t := &table{sink: sink}
	for row, err := range rows {
		if err != nil {
			return unreadable(sink, err)
		}
		if err := t.row(row); err != nil {
			return err
		}
	}
	if !t.found {
		sink.Problem(problem(Place{}, "no_header"))
	}
	return nil
}

func (t *table) row(row sheet.Row) error {
	if row.Sheet != t.sheet {
		*t = table{sink: t.sink, sheet: row.Sheet, found: t.found}
	}
	if t.layout == nil {
		t.look(row)
		return nil
	}
	if t.fresh {
		t.fresh = false
		if t.layout.isBelow(row) {
			for _, p := range t.layout.add(row) {
				if p.Code != "column_twice" { // the merged heading above and its part
					t.sink.Problem(p)
				}
			}
			return nil
		}
	}
	if t.isGroup(row) {
		return nil
	}
	return t.record(row)
}

func (t *table) look(row sheet.Row) {
	if t.looked++; t.looked > headingWithin {
		return
	}
	l, problems, ok := layoutOf(row)
	if !ok {
		return
	}
	t.layout, t.fresh, t.found = l, true, true
	for _, p := range problems {
		t.sink.Problem(p)
	}
}

var (
	groupStart = regexp.MustCompile(`^(?:(?:[ivxlc]+|[a-z]|\d{1,2})[.)/:\-] ?)?(?:cac )?(?:thu tuc |tthc )?(?:thuoc )?(?:linh vuc|nhom)\b[:. ]*`)
	romanStart = regexp.MustCompile(`^[IVXLC]+[.)/:\-]? +\pL|^[IVXLC]+$`)
	numbering  = regexp.MustCompile(`^\(?\d{1,3}\)?$`)
)

// isGroup takes rows that are no procedure: "II. LĨNH VỰC CHỨNG THỰC" between
// the rows, the row (1) (2) (3) below the headings, headings said again.
func (t *table) isGroup(row sheet.Row) bool {
	var texts []string
	numbers := 0
	for _, c := range row.Cells {
		if s := CleanLine(c.Text); s != "" {
			texts = append(texts, s)
			if numbering.MatchString(s) {
				numbers++
			}
		}
	}
	if len(texts) == 0 || len(texts) > 1 && numbers == len(texts) {
		return true
	}
	if _, _, again := layoutOf(row); again && partOf[headingKey(row.Text(t.layout.column("code")))] == "code" {
		return true
	}
	if len(texts) > 2 || CleanLine(row.Text(t.layout.column("code"))) != "" && len(texts) > 1 {
		return false
	}
	said := strings.Join(texts, " ")
	if m := groupStart.FindString(plain(said)); m != "" || romanStart.MatchString(said) {
		t.group = groupName(said)
		t.field = ""
		return true
	}
	return false
}

var groupLead = regexp.MustCompile(`(?i)^(?:[ivxlc]+|[a-z]|\d{1,2})?[.)/:\- ]*(?:các )?(?:thủ tục |tthc )?(?:thuộc )?(?:lĩnh vực|nhóm)?[:. ]*`)

// groupName is the field in a heading between the rows, in the case fields have.
func groupName(s string) string {
	name := groupLead.ReplaceAllString(s, "")
	if name == "" {
		name = s
	}
	if name != "" && name == strings.ToUpper(name) {
		r := []rune(strings.ToLower(name))
		name = strings.ToUpper(string(r[:1])) + string(r[1:])
	}
	return name
}

func (t *table) record(row sheet.Row) error {
	l := t.layout
	c := &checker{sink: t.sink, at: func(part string) Place {
		return placeOf(row, l.column(part))
	}}
	get := func(part string) string {
		i := l.column(part)
		s := row.Text(i)
		if trimmed := strings.TrimSpace(s); strings.HasPrefix(trimmed, "#") && excelErrors[strings.TrimRight(trimmed, "!?")] {
			c.say(part, "cell_error", trimmed)
			return ""
		}
		return s
	}
	p := Procedure{Name: get("name"), Field: get("field"), Decision: get("decision"), Kind: get("kind"), Agency: get("agency"),
		Authority: get("authority"), Reception: get("reception"), Steps: get("steps"), Requirements: get("requirements"),
		LegalBasis: get("legal_basis"), Source: get("source"), AsOf: get("as_of"),
		Levels: parted(get("levels"), ",;\n"), Subjects: parted(get("subjects"), ";\n"), Results: parted(get("results"), ";\n"),
		Keywords: parted(get("keywords"), ",;\n"), Documents: documentsOf(get("documents"), get("form")),
		Channels: channelsOf(get("mode"), withUnit(get("time"), l.unit), get("fee"), get("note"))}
	if day := CleanLine(get("effective")); day != "" {
		if p.Effective = readDay(day); p.Effective == "" {
			c.say("effective", "date", shortened(day))
		}
	}
	t.fillField(&p, c)
	code := get("code")
	number := l.column("code") >= 0 && l.column("code") < len(row.Cells) && row.Cells[l.column("code")].Number
	if !c.check(&p, code, number) {
		return nil
	}
	return t.sink.Record(Record{Procedure: p, Raw: rawOf(row, l), Place: placeOf(row, l.column("code")), Parts: l.speaksOf(t.group)})
}

var excelErrors = map[string]bool{"#REF": true, "#N/A": true, "#VALUE": true, "#NAME": true, "#DIV/0": true, "#NUM": true, "#NULL": true}

// fillField takes the field from the heading above, or from the cell above when
// the column is merged over several rows.
func (t *table) fillField(p *Procedure, c *checker) {
	switch {
	case CleanLine(p.Field) != "":
		t.field = p.Field
	case t.group != "":
		p.Field = t.group
	case t.field != "" && t.layout.column("field") >= 0:
		p.Field = t.field
		c.say("field", "carried", shortened(CleanLine(t.field)))
	}
}

// speaksOf gives the parts of a Procedure that these columns make.
func (l *layout) speaksOf(group string) map[string]bool {
	if l.parts == nil {
		l.parts = map[string]bool{}
		for part := range l.columns {
			switch part {
			case "mode", "time", "fee", "note":
				part = "channels"
			case "form":
				continue
			}
			l.parts[part] = true
		}
	}
	if group != "" {
		l.parts["field"] = true
	}
	return l.parts
}

func rawOf(row sheet.Row, l *layout) string {
	cells := map[string]string{}
	for i, c := range row.Cells {
		if c.Text != "" {
			title := l.titles[i]
			if _, taken := cells[title]; taken || title == "" {
				title = sheet.Column(i)
			}
			cells[title] = c.Text
		}
	}
	raw, err := json.Marshal(cells)
	if err != nil {
		return "{}"
	}
	return string(raw)
}

// withUnit gives a bare number the unit its heading names.
func withUnit(s, unit string) string {
	if n := CleanLine(s); unit != "" && bareShape.MatchString(n) {
		return n + " " + unit
	}
	return s
}

func parted(s, by string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(by, r) })
}

// readDay reads a day as officials write it; empty when it cannot.
func readDay(s string) queue.Day {
	for _, form := range []string{"2/1/2006", "2-1-2006", "2.1.2006", time.DateOnly} {
		if d, err := time.Parse(form, s); err == nil {
			return queue.Day(d.Format(time.DateOnly))
		}
	}
	return ""
}

// channelsOf finds the ways to file in a cell's words; the counter when it names none.
func channelsOf(mode, limit, fee, note string) []Channel {
	said := plain(CleanLine(mode))
	if said+CleanLine(limit)+CleanLine(fee)+CleanLine(note) == "" {
		return nil
	}
	var list []Channel
	for _, m := range []struct{ mode, words string }{{"direct", "truc tiep"}, {"online", "truc tuyen"}, {"post", "buu chinh"}} {
		if strings.Contains(said, m.words) || m.mode == "post" && strings.Contains(said, "bcci") {
			list = append(list, Channel{Mode: m.mode, Time: limit, Fee: fee, Note: note})
		}
	}
	if list == nil && said == "" {
		said = "direct"
	}
	if list == nil {
		list = []Channel{{Mode: said, Time: limit, Fee: fee, Note: note}}
	}
	return list
}

var (
	bullet    = regexp.MustCompile(`^(?:[-+*•–]|\d{1,2}[.)]|[a-zđ][.)]) ?`)
	caseLine  = regexp.MustCompile(`(?i)^(?:trường hợp|đối với) .*:$`)
	originals = regexp.MustCompile(`(?i)(\d{1,2})(?: ?\([^()]*\))? ?(?:bản chính|bản gốc)|bản chính ?: ?(\d{1,2})`)
	copies    = regexp.MustCompile(`(?i)(\d{1,2})(?: ?\([^()]*\))? ?(?:bản sao|bản chụp|bản photo)|bản sao ?: ?(\d{1,2})`)
)

// documentsOf reads a cell of papers, one a line; "Trường hợp …:" begins a case.
func documentsOf(cell, form string) []DocumentGroup {
	var groups []DocumentGroup
	current := DocumentGroup{}
	for text := range strings.SplitSeq(Clean(cell), "\n") {
		item := bullet.ReplaceAllString(text, "")
		switch {
		case item == "":
		case caseLine.MatchString(item):
			if len(current.Items) > 0 {
				groups = append(groups, current)
			}
			current = DocumentGroup{Case: strings.TrimSuffix(item, ":")}
		default:
			current.Items = append(current.Items, Document{Name: item, Originals: counted(originals, item), Copies: counted(copies, item)})
		}
	}
	if len(current.Items) > 0 {
		groups = append(groups, current)
	}
	if form = CleanLine(form); form != "" && len(groups) > 0 {
		groups[0].Items[0].Form = form
	}
	return groups
}

func counted(shape *regexp.Regexp, s string) int {
	m := shape.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1] + m[2])
	return n
}
