package catalogue

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// procedures reads a whole file without a database.
func procedures(t *testing.T, name string, r io.Reader) []Procedure {
	t.Helper()
	var list []Procedure
	err := Read(name, r, Sink{Problem: func(Problem) {}, Record: func(r Record) error { list = append(list, r.Procedure); return nil }})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// everything is the sample and, when it is there, the full national file.
func everything(t *testing.T) []Procedure {
	t.Helper()
	list := procedures(t, SampleName, Sample())
	path := os.Getenv("MOTCUA_CATALOGUE")
	if path == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("MOTCUA_CATALOGUE names no catalogue")
		}
		return list
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return append(list, procedures(t, path, bytes.NewReader(data))...)
}

// Every record of the whole catalogue reads well: nothing it holds is lost, no
// name is long or odd, and nothing that the province decides is called free.
func TestPlainOverAll(t *testing.T) {
	all := everything(t)
	papers, cut, remarks, forms, several, doubted, left := 0, 0, 0, 0, 0, 0, 0
	for _, p := range all {
		read := p.Plain(nil)
		checkPlainTimes(t, p, read)
		if len(read.Cases) == 0 {
			t.Errorf("%s has no case", p.Code)
		}
		if len(read.Cases) > 1 {
			several++
		}
		names := map[string]bool{}
		for _, c := range read.Cases {
			if names[c.Name] || len(read.Cases) > 1 && c.Name == "" {
				t.Errorf("%s: two cases are called %q", p.Code, c.Name)
			}
			names[c.Name] = true
			short(t, p.Code, c.Name)
			for _, b := range c.Bring {
				papers++
				short(t, p.Code, b.Name)
				if b.Name == "" || b.Originals < 0 || b.Originals > mostCopies || b.Copies > mostCopies {
					t.Errorf("%s: %+v", p.Code, b)
				}
				if b.Whole != "" {
					cut++
				}
				if b.Note {
					remarks++
				}
				if b.Form != "" {
					forms++
				}
			}
		}
		if lost := missing(p, read); lost != "" {
			t.Errorf("%s: nobody is told of %.100q", p.Code, lost)
		}
		for _, f := range read.Fees {
			if f.ByProvince && f.Text != "" || f.Text == "" && f.Note == "" && !f.ByProvince {
				t.Errorf("%s: fee %+v", p.Code, f)
			}
			if f.ByProvince {
				left++
			}
		}
		for _, c := range p.Channels {
			if c.Fee == freeText && !c.ByProvince && plainFee(c).Text == "" {
				doubted++
			}
		}
	}
	t.Logf("%d procedures: %d papers (%d cut, %d remarks, %d with a form), %d with several cases, %d fees left to the province, %d that are not free after all",
		len(all), papers, cut, remarks, forms, several, left, doubted)
}

func short(t *testing.T, code, name string) {
	t.Helper()
	n := utf8.RuneCountInString(name)
	if n > mostShort+10 || !norm.NFC.IsNormalString(name) || strings.ContainsAny(name, "\n\t") || name != strings.TrimSpace(name) {
		t.Errorf("%s: %d characters: %q", code, n, name)
	}
	if head := strings.TrimSuffix(name, "…"); strings.HasSuffix(head, ",") || strings.HasSuffix(head, ";") || strings.HasSuffix(head, "(") {
		t.Errorf("%s is cut at an odd place: %q", code, name)
	}
}

// missing finds a paper of the record that no case shows.
func missing(p Procedure, read Plain) string {
	shown := map[string]bool{}
	for _, c := range read.Cases {
		for _, b := range c.Bring {
			shown[b.Name], shown[b.Whole] = true, true
		}
	}
	for _, g := range p.Documents {
		for _, d := range g.Items {
			if !shown[d.Name] && !shown[bare(d.Name)] && strings.IndexFunc(d.Name, unicode.IsLetter) >= 0 {
				return d.Name
			}
		}
	}
	return ""
}

func checkPlainTimes(t *testing.T, p Procedure, read Plain) {
	t.Helper()
	for _, c := range p.Channels {
		if c.Time == "" {
			continue
		}
		told := false
		for _, x := range read.Times {
			for _, mode := range x.Modes {
				told = told || mode == c.Mode && x.Term == c.Term
			}
			s := plain(x.Text)
			if x.Term.Unit == UnitDay && strings.Contains(s, "lam viec") || x.Term.Unit == UnitWorkingDay && !strings.Contains(s, "viec") && !strings.Contains(s, "lv") {
				t.Errorf("%s: %+v", p.Code, x)
			}
		}
		if !told {
			t.Errorf("%s: nobody is told %q of %s: %+v", p.Code, c.Time, c.Mode, read.Times)
		}
	}
	for i, x := range read.Times {
		if i > 0 && x.Modes[0] == "direct" && read.Times[i-1].Modes[0] != "direct" {
			t.Errorf("%s: direct comes late: %+v", p.Code, read.Times)
		}
		if utf8.RuneCountInString(x.Text) > 400 {
			t.Errorf("%s: %q", p.Code, x.Text)
		}
	}
}
