package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Over HTTPS the doctor says whether the server is the right one, and which key it
// showed when it is not known.
func TestDoctorTLS(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		json.NewEncoder(w).Encode(map[string]any{"name": "Máy 1", "role": "agent", "devices": []any{}})
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	sum := sha256.Sum256(s.Certificate().RawSubjectPublicKeyInfo)
	pin := hex.EncodeToString(sum[:])
	site := small(device(t, func([]byte) []byte { return nil }))
	for _, c := range []struct {
		more, server string
		status       int
		says         string
	}{
		{"pin: " + pin, s.URL, 0, "ok   the server's certificate is trusted, and good until "},
		{"", s.URL, 1, "fingerprint " + pin + ", give it as pin"},
		{"pin: " + strings.Repeat("0", 64), s.URL, 1, "its key is not the one of pin"},
		{"ca: none.pem", s.URL, 1, "BAD  agent: ca: "},
		{"", "http://192.0.2.1:1", 1, "note the line to the server is plain HTTP"},
	} {
		status, out, _ := do(t, "", "doctor", "--config", file(t, "s.yaml", site+"\n"+c.more+"\n"), "--data", t.TempDir(), "--key", "k", "--server", c.server)
		if status != c.status || !strings.Contains(out, c.says) {
			t.Errorf("%q: %d, does not say %q:\n%s", c.more, status, c.says, out)
		}
	}
}
