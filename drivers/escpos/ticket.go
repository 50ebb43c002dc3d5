package escpos

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"motcua/server/wire"
)

// Ticket is what stands on the paper, already in the ticket's language. Empty
// texts are left out.
type Ticket struct {
	Training string // the mark of a hall for practice
	Copy     string // the mark of a reprint
	Hall     string
	Place    string // the ward or commune, under the hall's name
	Title    string // above the number
	Number   string
	Service  string
	Priority string
	Facts    []Fact // people ahead, expected time, waiting area
	URL      string // behind the QR code
	Code     string // to type instead of scanning
	WiFi     string
	Join     string // behind a second QR code: joins the hall's network; empty for none
	JoinText string // above that code, in place of WiFi
	ScanText string // above the first one when there are two
	Missed   string
	Notes    []string
	Promise  string
	Footer   string // when and where it was taken
}

// Fact is one thing to know while waiting.
type Fact struct {
	Label, Value string
	Fixed        bool // the same on every ticket of a service
}

// TicketOf puts a print job into words.
func TicketOf(job *wire.PrintJob) Ticket {
	w := words(job.Lang)
	t := Ticket{
		Hall:    job.Hall.In(job.Lang),
		Place:   job.Place.In(job.Lang),
		Title:   w["title"],
		Number:  job.Number,
		Service: job.Service.In(job.Lang),
		Facts:   facts(job, w),
		URL:     job.URL,
		Code:    job.Code,
		Missed:  w["missed"],
		Promise: job.Promise.In(job.Lang),
		Footer:  footer(job),
	}
	if job.Copy > 0 {
		t.Copy = w["copy"]
	}
	if job.Training {
		t.Training, t.Notes = w["training"], []string{w["training.note"]}
	}
	if group := job.Priority.In(job.Lang); group != "" {
		t.Priority = fill(w["priority"], "group", group)
	}
	// A phone on mobile data cannot reach an address inside the hall.
	if job.WiFi != "" && job.URL != "" {
		t.WiFi = fill(w["wifi"], "ssid", job.WiFi)
		if t.Join = joinCode(job.WiFi, job.WiFiKey); t.Join != "" {
			t.JoinText, t.ScanText = fill(w["join"], "ssid", job.WiFi), w["scan"]
		}
	}
	if late := job.Late.In(job.Lang); late != "" {
		t.Notes = append(t.Notes, late)
	}
	if job.Procedure != nil && job.Procedure.OnlineURL != "" {
		t.Notes = append(t.Notes, w["list.online"])
	}
	for _, note := range job.Notes {
		t.Notes = append(t.Notes, note.In(job.Lang))
	}
	return t
}

// openNetwork stands for the password of a network without one.
const openNetwork = "-"

// joinCode is what a phone's camera joins a network with, in the form that
// Android and iOS know (ZXing, "Barcode Contents: Wi-Fi Network config"); empty
// without a password. A name in other than ASCII letters has none: phones do not
// agree on how it is written.
func joinCode(ssid, key string) string {
	if ssid == "" || key == "" || !typeable(ssid) || !typeable(key) {
		return ""
	}
	escape := strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`, `:`, `\:`, `"`, `\"`)
	if key == openNetwork {
		return "WIFI:T:nopass;S:" + escape.Replace(ssid) + ";;"
	}
	return "WIFI:T:WPA;S:" + escape.Replace(ssid) + ";P:" + escape.Replace(key) + ";;"
}

// typeable tells whether a text is of printable ASCII alone.
func typeable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
}

func facts(job *wire.PrintJob, w map[string]string) []Fact {
	ahead := w["nobody"]
	if job.Ahead > 0 {
		ahead = fill(w["people"], "n", strconv.Itoa(job.Ahead))
	}
	all := []Fact{{Label: addressed(w["ahead"], job.Person), Value: ahead}}
	if at := expected(job); at != "" {
		all = append(all, Fact{Label: w["expected"], Value: fill(w["about"], "time", at)})
	}
	if area := ranges(job.Area); area != "" {
		all = append(all, Fact{Label: w["area"], Value: fill(w["counters"], "area", area), Fixed: true})
	}
	return all
}

// expected is the middle of the estimate on the clock, to five minutes; empty
// when there is no estimate.
func expected(job *wire.PrintJob) string {
	taken, ok := moment(job.IssuedAt)
	if job.Estimate == nil || !ok {
		return ""
	}
	middle := time.Duration(job.Estimate.Low+job.Estimate.High) * time.Minute / 2
	return taken.Add(middle).Round(5 * time.Minute).Format("15:04")
}

func footer(job *wire.PrintJob) string {
	var parts []string
	if taken, ok := moment(job.IssuedAt); ok {
		parts = append(parts, taken.Format("15:04 02/01/2006"))
	}
	if job.Machine != "" {
		parts = append(parts, job.Machine)
	}
	return strings.Join(parts, " · ")
}

// moment reads a time of the server; the offset in it is the hall's.
func moment(at wire.Time) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, string(at))
	return t, err == nil
}

// clean makes a text fit for one line of paper: composed letters (a decomposed
// one draws its marks beside it), no control characters, single spaces. A space
// that must not break stays.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	text = strings.Join(strings.FieldsFunc(norm.NFC.String(text), func(r rune) bool { return r == ' ' }), " ")
	if letters := []rune(text); len(letters) > longest {
		text = string(letters[:longest]) + "…"
	}
	return text
}

// longest is more letters than any part of a ticket has room for.
const longest = 300

// cleaned gives the ticket with every text clean.
func (t Ticket) cleaned() Ticket {
	for _, text := range []*string{&t.Training, &t.Copy, &t.Hall, &t.Place, &t.Title, &t.Number, &t.Service, &t.Priority,
		&t.Code, &t.WiFi, &t.JoinText, &t.ScanText, &t.Missed, &t.Promise, &t.Footer} {
		*text = clean(*text)
	}
	var facts []Fact
	for _, f := range t.Facts {
		facts = append(facts, Fact{clean(f.Label), clean(f.Value), f.Fixed})
	}
	var notes []string
	for _, note := range t.Notes {
		notes = append(notes, clean(note))
	}
	t.Facts, t.Notes = facts, notes
	if strings.ContainsFunc(t.URL, func(r rune) bool { return r <= ' ' || r > '~' }) {
		t.URL = "" // no address: a code that leads nowhere is worse than none
	}
	if !typeable(t.Join) {
		t.Join = ""
	}
	return t
}

// joined is the content of the code that joins the network; empty when there is
// none, or no other code that it would help to open.
func (t Ticket) joined() string {
	if codeOf(t.URL) == nil || codeOf(t.Join) == nil {
		return ""
	}
	return t.Join
}
