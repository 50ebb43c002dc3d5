package api

import "testing"

// An event after a rating says nothing of it.
func TestUnrated(t *testing.T) {
	for body, want := range map[string]string{
		`{"visit":{"id":"a","tx":12345678901234567,"rated":true},"rating":{"level":4}}`: `{"visit":{"id":"a","tx":12345678901234567}}`,
		`{"visit":{"tx":1,"id":"a"}}`: `{"visit":{"id":"a","tx":1}}`,
		`[`:                           `{}`,
	} {
		if got := string(unrated([]byte(body))); got != want {
			t.Errorf("%s became %s, not %s", body, got, want)
		}
	}
}
