package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
