package api_test

import (
	"strings"
	"testing"
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
		check(api.BookInput(body))
		check(api.RatingInput(body, false))
		check(api.RatingInput(body, true))
		for _, verb := range queue.CounterVerbs {
			check(api.VerbInput(verb, body))
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
	for _, seed := range []string{"/t/", "/api/v1/tickets/", "/live?token=", "/live?a=b&key=", "/x?TOKEN=", "/x?%zz&key="} {
		f.Add(seed, "")
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		if !strings.HasSuffix(before, "/t/") && !strings.HasSuffix(before, "/api/v1/tickets/") && !strings.HasSuffix(before, "?key=") &&
			!strings.HasSuffix(before, "&token=") || strings.Contains(before, "&view=") || strings.Contains(after, "&view=") {
			return
		}
		if got := api.Logged(before + "SECRET0123456789" + after); strings.Contains(got, "SECRET0123456789") &&
			!strings.Contains(before, "SECRET") && !strings.Contains(after, "SECRET") {
			t.Fatalf("%q shows it: %q", before+"…"+after, got)
		}
	})
}
