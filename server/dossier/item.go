package dossier

import (
	"regexp"
	"strings"
	"time"
)

// value is what one part of a line holds.
type value struct {
	text   string
	number bool // kept as a number by a spreadsheet
	at     Place
}

// record is one line of a file or item of a request, before it is understood.
type record struct {
	at    Place
	parts map[string]value
	wrong []Problem // met while it was read
}

// item is one line understood.
type item struct {
	Dossier
	at     Place
	own    bool   // it says itself when it was updated
	digits string // the hash, made while reading
}

// most characters of texts.
const (
	mostCollect = 80
	mostNote    = 300
)

// procedureCode is a code of the catalogue, maybe with the tail provinces add.
var procedureCode = regexp.MustCompile(`^(\d{1,2}\.\d{6})(?:\..*)?$`)

// stageTimes are the parts that say when a stage was reached; of the first it is
// the day of receipt.
var stageTimes = []struct {
	part  string
	stage Stage
}{{partProcessing, Processing}, {partSupplement, Supplement}, {partReady, Ready}, {partReturned, Returned}}

// reader understands the parts of a record and collects what is wrong.
type reader struct {
	record
	store *Store
	code  string
	wrong []Problem
}

// item understands a record. Everything wrong with it is told; with anything
// wrong it is not taken.
func (s *Store) item(r record) (item, []Problem) {
	d := &reader{record: r, store: s}
	it := item{at: r.at}
	it.At = map[Stage]When{}
	d.readCode(&it)
	for _, p := range r.wrong {
		p.Code = d.code
		d.wrong = append(d.wrong, p)
	}
	d.readStage(&it)
	it.Branch = line(d.text(partBranch))
	d.readProcedure(&it)
	it.Received, it.Due, it.Reappointed = d.when(partReceived), d.when(partDue), d.when(partReappointed)
	if d.text(partSecond) != "" {
		d.say(partSecond, "again_twice")
	}
	if it.Received != "" {
		it.At[Received] = it.Received
	}
	for _, told := range stageTimes {
		if w := d.when(told.part); w != "" {
			it.At[told.stage] = w
		}
	}
	if w := d.when(partUpdated); w != "" {
		it.own, it.Updated = true, w.Start()
	}
	it.Collect = masked(d.short(partCollect, mostCollect))
	it.Note = masked(d.short(partNote, mostNote))
	d.readDigits(&it)
	return it, d.wrong
}

func (d *reader) text(part string) string { return strings.TrimSpace(d.parts[part].text) }

func (d *reader) say(part, kind string) {
	at := d.at
	if v, ok := d.parts[part]; ok {
		at = v.at
	}
	d.wrong = append(d.wrong, problem(at, d.code, part, kind))
}

func (d *reader) readCode(it *item) {
	text := d.text(partCode)
	if text == "" {
		d.say(partCode, "no_code")
		return
	}
	code, ok := ParseCode(text)
	if !ok {
		d.say(partCode, "code")
		return
	}
	it.Code, d.code = code, code
}

func (d *reader) readStage(it *item) {
	text := fold(d.text(partStage))
	if text == "" {
		d.say(partStage, "no_stage")
		return
	}
	stage, ok := stageWords[text]
	if !ok {
		d.say(partStage, "stage")
	}
	it.Stage = stage
}

func (d *reader) readProcedure(it *item) {
	text := d.text(partProcedure)
	if text == "" {
		return
	}
	if found := procedureCode.FindStringSubmatch(text); found != nil {
		it.Procedure = found[1]
		return
	}
	d.say(partProcedure, "procedure")
}

func (d *reader) when(part string) When {
	v := d.parts[part]
	if strings.TrimSpace(v.text) == "" {
		return ""
	}
	w, ok := readWhen(v.text, v.number)
	if !ok {
		d.say(part, "date")
	}
	return w
}

func (d *reader) short(part string, most int) string {
	text := line(d.text(part))
	if len([]rune(text)) > most {
		d.say(part, "long")
		return ""
	}
	return text
}

// readDigits hashes the digits at once; from here on nobody has them.
func (d *reader) readDigits(it *item) {
	text := d.text(partDigits)
	if text == "" {
		return
	}
	digits, ok := lastDigits(text)
	if !ok {
		d.say(partDigits, "digits")
		return
	}
	if it.Code != "" {
		it.digits = d.store.hash(it.Code, digits)
	}
}

// merged is what is known once a line has been taken: what it does not speak of
// stays as it was.
func merged(known *Dossier, it *item, now time.Time) Dossier {
	next := it.Dossier
	next.digits = it.digits
	next.At = map[Stage]When{}
	if known != nil {
		next.Procedure = or(next.Procedure, known.Procedure)
		next.Received = or(next.Received, known.Received)
		next.Due = or(next.Due, known.Due)
		next.Reappointed = or(next.Reappointed, known.Reappointed)
		next.Collect = or(next.Collect, known.Collect)
		next.Note = or(next.Note, known.Note)
		next.digits = or(next.digits, known.digits)
		for stage, at := range known.At {
			next.At[stage] = at
		}
	}
	for stage, at := range it.At {
		next.At[stage] = at
	}
	if next.At[next.Stage] == "" {
		at := it.Updated
		if !it.own {
			at = now
		}
		next.At[next.Stage] = AtMoment(at)
	}
	return next
}

func or[T ~string](a, b T) T {
	if a != "" {
		return a
	}
	return b
}

// fits checks a dossier as a whole against what was known of it.
func fits(known *Dossier, next *Dossier, it *item) []Problem {
	var wrong []Problem
	say := func(part, kind string) { wrong = append(wrong, problem(it.at, it.Code, part, kind)) }
	if next.Due != "" && next.Received != "" && next.Due.Day() < next.Received.Day() {
		say(partDue, "due_before")
	}
	switch {
	case next.Reappointed == "":
	case next.Due == "":
		say(partReappointed, "no_due")
	case known != nil && known.Reappointed != "" && known.Reappointed.Day() != next.Reappointed.Day():
		say(partReappointed, "again_twice")
	case next.Reappointed.Day() <= next.Due.Day():
		say(partReappointed, "again_early")
	}
	return wrong
}
