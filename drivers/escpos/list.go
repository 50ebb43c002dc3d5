package escpos

import (
	"cmp"
	"strconv"
	"strings"

	"motcua/firmware-config"
	"motcua/server/wire"
)

// List is what to bring for a procedure, on the paper of tickets. Empty texts are
// left out.
type List struct {
	Hall, Place string
	Title       string
	Name        string // of the procedure
	Code        string // its code, in words
	Case        string
	Papers      []Paper
	More        string // in place of what has no room; {n} is how many
	Facts       []Fact
	Notes       []string
	Sample      string // the mark of sample data
	URL         string // behind the QR code
	ScanText    string // above it
	WiFi        string
	Join        string
	JoinText    string
	Footer      string
}

// Paper is one paper to bring, and in which form.
type Paper struct{ Name, Form string }

// ListOf puts a print job with a checklist into words.
func ListOf(job *wire.PrintJob) List {
	w, c := words(job.Lang), job.Checklist
	l := List{
		Hall: job.Hall.In(job.Lang), Place: job.Place.In(job.Lang), Title: w["list"],
		Name: c.Name, Code: fill(w["list.code"], "code", c.Procedure),
		Facts: listFacts(job, w), URL: job.URL, ScanText: w["list.scan"], Footer: footer(job),
	}
	switch {
	case c.Case == "":
	case strings.HasPrefix(strings.ToLower(c.Case), "trường hợp"): // most records begin like this
		l.Case = c.Case
	default:
		l.Case = fill(w["list.case"], "case", c.Case)
	}
	for _, p := range c.Papers {
		l.Papers = append(l.Papers, Paper{Name: p.Name, Form: formOf(p, w)})
	}
	l.More = w["list.more"]
	if job.URL == "" {
		l.More = w["list.more.ask"]
	}
	l.Notes = []string{c.Late.In(job.Lang), c.Promise.In(job.Lang)}
	if c.Online {
		l.Notes = append(l.Notes, w["list.online"])
	}
	if c.AsOf != "" {
		l.Notes = append(l.Notes, fill(w["list.as_of"], "date", c.AsOf))
	}
	if c.Sample {
		l.Sample = w["list.sample"]
	}
	if job.Training {
		l.Sample = w["training"]
	}
	if job.WiFi != "" && job.URL != "" {
		l.WiFi = fill(w["wifi"], "ssid", job.WiFi)
		if l.Join = joinCode(job.WiFi, job.WiFiKey); l.Join != "" {
			l.JoinText, l.ScanText = fill(w["join"], "ssid", job.WiFi), w["list.scan2"]
		}
	}
	return l
}

// formOf says how many of a paper are wanted: "1 bản chính, 2 bản sao".
func formOf(p wire.ChecklistPaper, w map[string]string) string {
	var parts []string
	if p.Originals > 0 {
		parts = append(parts, fill(w["list.originals"], "n", strconv.Itoa(p.Originals)))
	}
	if p.Copies > 0 {
		parts = append(parts, fill(w["list.copies"], "n", strconv.Itoa(p.Copies)))
	}
	if p.Show {
		parts = append(parts, w["list.show"])
	}
	return strings.Join(parts, ", ")
}

// listFacts are the time, the fee and the place. Who files is named only where it
// makes a difference.
func listFacts(job *wire.PrintJob, w map[string]string) []Fact {
	c := job.Checklist
	var facts []Fact
	if c.Sets != "" {
		facts = append(facts, Fact{Label: w["list.sets"], Value: c.Sets})
	}
	for _, t := range c.Times {
		facts = append(facts, Fact{Label: byMode(w["list.time"], t.Modes, len(c.Times), w), Value: t.Text})
	}
	for _, f := range c.Fees {
		text := f.Text
		if f.ByProvince || text == "" {
			text = w["list.by_province"]
		}
		if f.Resolution != "" {
			text += " (" + f.Resolution + ")"
		}
		facts = append(facts, Fact{Label: byMode(w["list.fee"], f.Modes, len(c.Fees), w), Value: text})
	}
	switch {
	case len(c.Counters) > 0:
		facts = append(facts, Fact{Label: w["list.where"], Value: fill(w["counters"], "area", ranges(c.Counters))})
	case c.Office != "":
		facts = append(facts, Fact{Label: w["list.where"], Value: c.Office})
	}
	return facts
}

// byMode adds the ways to file to a label when there are several facts of it.
func byMode(label string, modes []string, n int, w map[string]string) string {
	var names []string
	for _, mode := range modes {
		names = append(names, cmp.Or(w["mode."+mode], mode))
	}
	if n < 2 || len(names) == 0 {
		return label
	}
	return label + " (" + strings.Join(names, ", ") + ")"
}

// cleaned gives the list with every text clean.
func (l List) cleaned() List {
	for _, text := range []*string{&l.Hall, &l.Place, &l.Title, &l.Name, &l.Code, &l.Case, &l.More, &l.Sample,
		&l.ScanText, &l.WiFi, &l.JoinText, &l.Footer} {
		*text = clean(*text)
	}
	papers := make([]Paper, len(l.Papers))
	for i, p := range l.Papers {
		papers[i] = Paper{clean(p.Name), clean(p.Form)}
	}
	facts := make([]Fact, len(l.Facts))
	for i, f := range l.Facts {
		facts[i] = Fact{clean(f.Label), clean(f.Value), false}
	}
	var notes []string
	for _, note := range l.Notes {
		if note = clean(note); note != "" {
			notes = append(notes, note)
		}
	}
	l.Papers, l.Facts, l.Notes = papers, facts, notes
	codes := l.codes().cleaned()
	l.URL, l.Join = codes.URL, codes.Join
	return l
}

// codes is the part of the list that is laid out as on a ticket.
func (l List) codes() Ticket {
	return Ticket{URL: l.URL, Join: l.Join, JoinText: l.JoinText, ScanText: l.ScanText, WiFi: l.WiFi}
}

// EncodeList writes a list for a printer; of the memory it uses the logo alone.
func EncodeList(list List, p *firmware.Printer, s *Stored) (Job, error) {
	if err := usable(p); err != nil {
		return Job{}, err
	}
	list = list.cleaned()
	w := &writer{prof: p}
	w.begin()
	if p.Text == "tcvn3" || p.Text == "ascii" {
		w.lines(listText(list, p))
	} else {
		w.ticket(layList(list, p, s))
	}
	w.cut()
	return w.job()
}
