package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motcua/server/certs"
	"motcua/server/queue"
)

// A technician carries one hall's settings into another of the same server, and
// looks at what was saved: with the program alone, beside the running server.
func TestSettingsCommand(t *testing.T) {
	data := t.TempDir()
	url, stop := demoHall(t, data)
	second := queue.DemoSettings()
	second.ID, second.Tag, second.Name.VI = "binhminh", "bm", "Trung tâm Bình Minh"
	document, err := json.Marshal(map[string]any{"version": 0, "settings": second})
	if err != nil {
		t.Fatal(err)
	}
	if status, a := ask(t, "PUT", url+"/api/v1/branches/binhminh/settings", string(document)); status != 201 {
		t.Fatal(a)
	}
	says := func(status int, want string, args ...string) {
		t.Helper()
		if got, out := motcua(t, append([]string{"settings"}, args...)...); got != status || !strings.Contains(out, want) {
			t.Errorf("motcua settings %s: status %d\n%.600s\nwant %d and %q", strings.Join(args, " "), got, out, status, want)
		}
	}
	_, now := ask(t, "GET", url+"/api/v1/branches/hoabinh/settings", "")
	settings := now["settings"].(map[string]any)
	settings["policy"].(map[string]any)["n"] = 6
	changed, err := json.Marshal(map[string]any{"version": now["version"], "settings": settings})
	if err != nil {
		t.Fatal(err)
	}
	if status, a := ask(t, "PUT", url+"/api/v1/branches/hoabinh/settings", string(changed)); status != 200 {
		t.Fatal(a)
	}
	file, key := filepath.Join(t.TempDir(), "hall.zip"), filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte("demo-admin\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	says(2, "motcua settings export", "export")
	says(1, "there is no branch", "export", "--data", data, "--branch", "khac", "--to", file)
	says(0, "settings of hoabinh, version 2", "export", "--data", data, "--branch", "hoabinh", "--to", file)
	to := []string{"import", file, "--server", url, "--key-file", key, "--branch", "binhminh"}
	says(0, "dry run: nothing was changed", append(to, "--dry-run")...)
	says(0, "taken over: version 2", to...)
	if _, a := ask(t, "GET", url+"/api/v1/branches/binhminh/settings", ""); a["settings"].(map[string]any)["policy"].(map[string]any)["n"] != 6.0 {
		t.Error(a)
	}
	// The version a branch was made with is kept, too, once the server has heard of it.
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		_, out := motcua(t, "settings", "versions", "--data", data, "--branch", "hoabinh")
		if strings.Contains(out, "    1  ") && strings.Contains(out, "policy.n: \"2\" -> \"6\"") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal(out)
		}
	}
	if err := os.WriteFile(file, []byte("PK"), 0o600); err != nil {
		t.Fatal(err)
	}
	says(1, "not a file of settings", to...)
	if status := stop(); status != 0 {
		t.Error(status)
	}
	if _, out := motcua(t, "doctor", "--data", data); !strings.Contains(out, "ok   versions of the settings: binhminh version 2, hoabinh version 2") {
		t.Error(out)
	}
	saved := filepath.Join(t.TempDir(), "backup.tar.gz")
	if status, out := motcua(t, "backup", "--data", data, "--to", saved); status != 0 {
		t.Fatal(out)
	}
	again := filepath.Join(t.TempDir(), "data")
	if status, out := motcua(t, "restore", "--data", again, "--from", saved); status != 0 {
		t.Fatal(out)
	}
	if status, out := motcua(t, "settings", "versions", "--data", again, "--branch", "binhminh"); status != 0 || !strings.Contains(out, "    2  ") {
		t.Error(out)
	}
}

// A file of settings goes over HTTPS to the server that is meant, and its key to no other.
func TestSettingsImportTrusts(t *testing.T) {
	asked := 0
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "Bearer mk_x" {
			asked++
		}
		w.Write([]byte(`{"done":true,"version":7}`))
	}))
	defer server.Close()
	dir := t.TempDir()
	at := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	own := server.Certificate()
	words := []string{"settings", "import", at("hall.zip", nil), "--server", server.URL, "--key-file", at("key", []byte("mk_x\n")), "--branch", "a"}
	for _, c := range []struct {
		more   []string
		status int
		want   string
	}{
		{nil, 1, "fingerprint " + certs.Fingerprint(own)},
		{[]string{"--pin", strings.Repeat("0", 64)}, 1, "not the one of pin"},
		{[]string{"--pin", strings.ToUpper(certs.Fingerprint(own))}, 0, "taken over: version 7"},
		{[]string{"--ca", at("ca.crt", own.Raw)}, 0, "taken over: version 7"},
		{[]string{"--ca", at("no.crt", []byte("x"))}, 1, "no certificate in"},
	} {
		if status, out := motcua(t, append(words, c.more...)...); status != c.status || !strings.Contains(out, c.want) {
			t.Errorf("%v: %d %s", c.more, status, out)
		}
	}
	if asked != 2 {
		t.Errorf("the key was shown %d times", asked)
	}
}
