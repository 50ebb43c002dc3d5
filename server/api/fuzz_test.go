package api_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"motcua/server/api"
	"motcua/server/queue"
)

// Whatever stands in a body: no panic, and what is let through is bounded,
// composed UTF-8.
func FuzzBodies(f *testing.F) {
	for _, seed := range []string{`{}`, ``, `{"service":"a"}`, `{"service":"a","priority":null,"lang":"vi"}`, `[`, `{"a":{"b":[1]}}`,
		`{"reason":"lý do","number":"a001"}`, `{"level":1,"reasons":["x"],"source":"paper","day":"2026-11-23"}`,
		`{"service":"a","at":"2026-11-23T09:00:00+07:00"}`, "{\"reason\":\"\xff\"}", `{"reason":"\ud800"}`, `{"reason":"e\u0301"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		check := func(cmd queue.Command, err error) {
			if err != nil {
				if queue.CodeOf(err) == "" {
					t.Fatalf("no code: %v", err)
				}
				return
			}
			for _, s := range append([]string{cmd.Service, cmd.Reason, cmd.Number, cmd.Priority, cmd.Procedure, cmd.Lang, cmd.Person,
				cmd.Place, cmd.Outcome, cmd.ToCounter, cmd.Source, string(cmd.RateDay)}, cmd.Reasons...) {
				if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) || utf8.RuneCountInString(s) > 300 || strings.ContainsRune(s, 0) {
					t.Fatalf("let through: %q", s)
				}
			}
		}
		check(api.TakeInput(body))
		check(api.BookInput(body, true))
		check(api.BookInput(body, false))
		check(api.RatingInput(body, false))
		check(api.RatingInput(body, true))
		for _, verb := range queue.CounterVerbs {
			check(api.VerbInput(verb, body))
		}
	})
}

// A form has points of the scale or none, and an export asks in words that may stand
// in a file.
func FuzzSurveysAndExports(f *testing.F) {
	for _, seed := range []string{`{"q1":2}`, `{"q1":-1,"q7":1e3}`, `{"q3":null,"source":"paper","tx":"261123-A001.1"}`, `{"q1":true}`,
		`{"query":{"branches":["a",""],"from":"2026-11-23","to":"2026-11-23","clerk":"e\u0301"},"format":"pdf"}`, `{"query":null,"format":"csv","lang":"en"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, atCounter := range []bool{false, true} {
			form, err := api.FormInput(body, atCounter)
			for _, q := range []*int{form.Q1, form.Q3, form.Q4, form.Q7} {
				if err == nil && q != nil && (*q < 0 || *q > 2) {
					t.Fatalf("let through: %d", *q)
				}
			}
			if err != nil && queue.CodeOf(err) == "" {
				t.Fatalf("no code: %v", err)
			}
		}
		q, format, lang, err := api.ExportInput(body, "vi")
		if err != nil {
			if queue.CodeOf(err) == "" {
				t.Fatalf("no code: %v", err)
			}
			return
		}
		for _, s := range append([]string{q.Service, q.Field, q.Procedure, q.Counter, q.Clerk, q.Priority, q.Channel, format, lang}, q.Branches...) {
			if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) || utf8.RuneCountInString(s) > 200 || strings.ContainsAny(s, "\x00\n") {
				t.Fatalf("let through: %q", s)
			}
		}
	})
}

// A notice goes to every screen of the hall: what is let through is short,
// composed, and of one line.
func FuzzNotices(f *testing.F) {
	for _, seed := range []string{`{"kind":"help"}`, `{"kind":"emergency","text":{"vi":"Cháy","en":"Fire"}}`, `{"kind":"maintenance","machines":["Máy 1"]}`,
		`{"kind":"pace","count":3}`, `{"kind":"person","service":"a"}`, `{"kind":"info","text":null}`, `{"kind":"info","text":{"vi":"e\u0301\n"}}`,
		`{"text":{"vi":{}}}`, `{"machines":null,"count":1.5}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		n, err := api.NoticeInput(body)
		if err != nil {
			if queue.CodeOf(err) == "" {
				t.Fatalf("no code: %v", err)
			}
			return
		}
		if !slices.Contains(queue.NoticeKinds, n.Kind) || n.Kind.ForStaff() && n.Text != (queue.Text{}) || len(n.Machines) > 50 ||
			n.ID != "" || n.By != "" || n.At != "" {
			t.Fatalf("let through: %+v", n)
		}
		for _, s := range append([]string{n.Text.VI, n.Text.EN, n.Service}, n.Machines...) {
			if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) || utf8.RuneCountInString(s) > 300 || strings.ContainsFunc(s, unicode.IsControl) {
				t.Fatalf("let through: %q", s)
			}
		}
	})
}

func FuzzClientMessages(f *testing.F) {
	for _, seed := range []string{`{"type":"resume","epoch":"e","seq":1}`, `{"type":"resume","epoch":"","seq":1}`, `{"type":"x"}`, `{`, ``, `{"type":"resume","epoch":"e","seq":-1}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		at, err := api.ReadRequest(body)
		if err == nil && (at.Epoch == "" || len(at.Epoch) > 32 || at.Seq < 0) {
			t.Fatalf("let through: %+v", at)
		}
	})
}

// A token never reaches the log, however the address is written.
func FuzzLogged(f *testing.F) {
	for _, seed := range []string{"/t/", "/b/", "/api/v1/passes/", "/api/v1/tickets/", "/live?token=", "/live?a=b&key=", "/x?TOKEN=", "/x?%zz&key="} {
		f.Add(seed, "")
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		if !strings.HasSuffix(before, "/t/") && !strings.HasSuffix(before, "/b/") && !strings.HasSuffix(before, "/api/v1/tickets/") &&
			!strings.HasSuffix(before, "/api/v1/passes/") && !strings.HasSuffix(before, "?key=") &&
			!strings.HasSuffix(before, "&token=") || strings.Contains(before, "&view=") || strings.Contains(after, "&view=") {
			return
		}
		if got := api.Logged(before + "SECRET0123456789" + after); strings.Contains(got, "SECRET0123456789") &&
			!strings.Contains(before, "SECRET") && !strings.Contains(after, "SECRET") {
			t.Fatalf("%q shows it: %q", before+"…"+after, got)
		}
	})
}
