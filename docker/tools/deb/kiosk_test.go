package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// policy runs the script that writes the browser's rules, below a folder.
func policy(t *testing.T, page string) (rules map[string]any, said string, err error) {
	t.Helper()
	root := t.TempDir()
	cmd := exec.Command("sh", filepath.Join(top, "firmware-config/host/kiosk/policy"))
	cmd.Env = append(os.Environ(), "ROOT="+root, "PAGE="+page)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return nil, string(out), err
	}
	raw, err := os.ReadFile(filepath.Join(root, "etc/chromium/policies/managed/motcua-kiosk.json"))
	if err == nil {
		err = json.Unmarshal(raw, &rules)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	return rules, string(out), nil
}

// TestKioskPolicy: the page's server and nothing else, whatever stands in kiosk.conf.
func TestKioskPolicy(t *testing.T) {
	shipped, err := os.ReadFile(filepath.Join(top, "docker/deb/motcua-kiosk/kiosk.conf"))
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{settings(string(shipped))["PAGE"]: "http://127.0.0.1:8090", "https://hall.lan/screen/?k=1": "https://hall.lan"}
	for page, origin := range pages {
		rules, said, err := policy(t, page)
		if err != nil {
			t.Errorf("%s: %v %s", page, err, said)
			continue
		}
		allowed, _ := rules["URLAllowlist"].([]any)
		blocked, _ := rules["URLBlocklist"].([]any)
		if len(allowed) != 1 || allowed[0] != origin || len(blocked) == 0 || blocked[0] != "*" {
			t.Errorf("%s: allowed %v, blocked %v", page, allowed, blocked)
		}
		if rules["DeveloperToolsAvailability"] != 2.0 || rules["DownloadRestrictions"] != 3.0 || rules["AllowFileSelectionDialogs"] != false {
			t.Errorf("%s: the browser is not closed: %v", page, rules)
		}
	}
	for _, page := range []string{"", "file:///etc/passwd", "http:///x", "hall.lan/kiosk/", `http://a"],"URLBlocklist":["/`, "http://a/$(id)"} {
		if rules, _, err := policy(t, page); err == nil {
			t.Errorf("%q was taken: %v", page, rules)
		}
	}
}

// TestKioskBrowser: the script takes its page and its profile from the unit.
func TestKioskBrowser(t *testing.T) {
	script, err := os.ReadFile(filepath.Join(top, "firmware-config/host/kiosk/browser"))
	if err != nil {
		t.Fatal(err)
	}
	words := exec.Command("sh", "-c", strings.Replace(string(script), "exec /usr/bin/chromium", "printf '%s\\n'", 1))
	words.Env = append(os.Environ(), "PAGE=http://127.0.0.1:8090/kiosk/", "HOME=/run/motcua-kiosk")
	out, err := words.Output()
	list := strings.Fields(string(out))
	if err != nil || len(list) == 0 || list[len(list)-1] != "http://127.0.0.1:8090/kiosk/" || !strings.Contains(string(out), "--user-data-dir=/run/motcua-kiosk/profile\n") || !strings.Contains(string(out), "--kiosk\n") {
		t.Errorf("%v\n%s", err, out)
	}
}
