package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"motcua/docker/tools/needs"
)

// fresh makes a Debian with nothing on it but what the packages lean on.
func fresh(t *testing.T) (root string) {
	t.Helper()
	needs.Tools(t, "debootstrap", "chroot", "dpkg-deb")
	needs.Root(t)
	root = t.TempDir()
	for dir := root; len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) { // other users walk in
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	start := time.Now()
	out, err := exec.Command("debootstrap", "--variant=minbase", "--include=systemd-standalone-sysusers", "bookworm", root).CombinedOutput()
	if err != nil {
		t.Fatalf("debootstrap: %v\n%s", err, out)
	}
	t.Logf("a fresh Debian took %v", time.Since(start).Round(time.Second))
	return root
}

// inside runs a program in the fresh Debian, as root.
func inside(t *testing.T, root string, words ...string) string {
	t.Helper()
	cmd := exec.Command("chroot", append([]string{root}, words...)...)
	cmd.Env = []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C"}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%q: %v\n%s", words, err, out)
	}
	return string(out)
}

// programs builds both as make deb does, for this machine.
func programs(t *testing.T) (bin string) {
	t.Helper()
	bin = t.TempDir()
	for name, folder := range map[string]string{"motcua": "./server", "motcua-agent": "./drivers"} {
		cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", filepath.Join(bin, name), folder)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	return bin
}

// put gives the fresh Debian the packages with programs. The screen's leans on a
// browser, which is not there.
func put(t *testing.T, root string, debs []string) (names []string) {
	t.Helper()
	for _, deb := range debs {
		if strings.HasPrefix(filepath.Base(deb), "motcua-kiosk_") {
			continue
		}
		raw, err := os.ReadFile(deb)
		if err == nil {
			err = os.WriteFile(filepath.Join(root, filepath.Base(deb)), raw, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, "/"+filepath.Base(deb))
	}
	return names
}

// TestSoakInstall installs, starts, upgrades, removes and purges on a fresh Debian.
// No systemd runs there: the units are checked by systemd-analyze, not by a start.
func TestSoakInstall(t *testing.T) {
	root := fresh(t)
	t.Chdir(top)
	arch := strings.TrimSpace(inside(t, root, "dpkg", "--print-architecture"))
	bin := programs(t)
	start := time.Now()
	inside(t, root, append([]string{"dpkg", "--install"}, put(t, root, made(t, bin, "v1.0.0", arch))...)...)
	inside(t, root, "install", "-d", "-o", "motcua", "-g", "motcua", "-m", "0700", "/var/lib/motcua") // StateDirectory
	if got := inside(t, root, "stat", "-c", "%U:%G %a", "/etc/motcua/server.json"); got != "root:motcua 640\n" {
		t.Errorf("server.json is %s", got)
	}
	if got := inside(t, root, "id", "-nG", "motcua-agent"); !strings.Contains(got, "dialout") {
		t.Errorf("the agent's user is in %s", got)
	}
	for _, unit := range []string{"motcua", "motcua-agent"} {
		inside(t, root, "test", "-L", "/etc/systemd/system/multi-user.target.wants/"+unit+".service")
	}
	serveInside(t, root, start)
	inside(t, root, "sed", "-i", `s/"base_url": ""/"base_url": "http:\/\/192.168.1.10:8080"/`, "/etc/motcua/server.json")
	inside(t, root, append([]string{"dpkg", "--install"}, put(t, root, made(t, bin, "v1.0.1", arch))...)...)
	if !strings.Contains(inside(t, root, "cat", "/etc/motcua/server.json"), "192.168.1.10") {
		t.Error("an upgrade overwrote the settings")
	}
	inside(t, root, "dpkg", "--remove", "motcua", "motcua-agent")
	inside(t, root, "test", "-e", "/etc/motcua/server.json")
	if out := inside(t, root, "dpkg", "--purge", "motcua", "motcua-agent"); !strings.Contains(out, "kept /var/lib/motcua") {
		t.Errorf("purge says %s", out)
	}
	inside(t, root, "sh", "-c", "test ! -e /etc/motcua/server.json && test ! -e /usr/bin/motcua && test -e /var/lib/motcua/queue.db")
}

// serveInside starts the server as its user until the doctor finds it ready.
func serveInside(t *testing.T, root string, start time.Time) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	as := []string{"--userspec=motcua:motcua", root, "/usr/bin/motcua"}
	var log strings.Builder
	server := exec.Command("chroot", append(as, "serve", "--config", "/etc/motcua/server.json", "--addr", addr)...)
	server.Stdout, server.Stderr = &log, &log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		out, err := exec.Command("chroot", append(as, "doctor", "--ready", "--addr", addr)...).CombinedOutput()
		if err == nil {
			break
		}
		if time.Now().After(deadline) {
			_ = server.Process.Kill()
			t.Fatalf("not ready: %s\n%s", out, <-ended)
		}
	}
	t.Logf("from dpkg to a server that is ready: %v", time.Since(start).Round(10*time.Millisecond))
	if status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", server.Process.Pid)); err == nil {
		for line := range strings.Lines(string(status)) {
			if strings.HasPrefix(line, "VmRSS") {
				t.Log("the server at rest: ", strings.TrimSpace(line))
			}
		}
	}
	firstTicket(t, root, "http://"+addr+"/api/v1")
	t.Logf("from dpkg to the first ticket: %v", time.Since(start).Round(10*time.Millisecond))
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
}

// firstTicket does over HTTP what a technician does at the screens: logs in with the key
// in the file, opens the hall at this hour, gives the kiosk its key, takes a number.
func firstTicket(t *testing.T, root, api string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, "var/lib/motcua/first-admin-key"))
	if err != nil {
		t.Fatal(err)
	}
	admin := strings.TrimSpace(string(raw))
	var saved struct { // as it comes and goes
		Version  int            `json:"version"`
		Settings map[string]any `json:"settings"`
	}
	ask(t, http.MethodGet, api+"/branches/sanh/settings", admin, nil, &saved)
	settings := saved.Settings
	settings["calendar"].(map[string]any)["always"] = true
	ask(t, http.MethodPut, api+"/branches/sanh/settings", admin, saved, nil)
	var kiosk struct{ Key string }
	ask(t, http.MethodPost, api+"/keys", admin, map[string]string{"name": "Kiosk", "role": "kiosk", "branch": "sanh"}, &kiosk)
	service := settings["services"].([]any)[0].(map[string]any)["id"]
	var ticket struct{ Number string }
	ask(t, http.MethodPost, api+"/branches/sanh/tickets", kiosk.Key, map[string]any{"service": service}, &ticket)
	if ticket.Number == "" {
		t.Error("the ticket has no number")
	}
}

// ask sends one request that must be accepted.
func ask(t *testing.T, method, url, key string, body, answer any) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequest(method, url, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", "first")
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	raw, err := io.ReadAll(got.Body)
	if err != nil || got.StatusCode >= 300 {
		t.Fatalf("%s %s: %d %s %v", method, url, got.StatusCode, raw, err)
	}
	if answer != nil {
		if err := json.Unmarshal(raw, answer); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSoakUnits: systemd's own tools find nothing wrong, and little left open.
func TestSoakUnits(t *testing.T) {
	needs.Tools(t, "systemd-analyze")
	for name, most := range map[string]string{"motcua": "20", "motcua-agent": "20", "motcua-kiosk": "80"} {
		unit := filepath.Join(top, "docker/deb", name, name+".service")
		// The threshold is the exposure times ten. A browser needs much of the machine.
		out, err := exec.Command("systemd-analyze", "security", "--offline=yes", "--threshold="+most, "--no-pager", unit).CombinedOutput()
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		t.Log(lines[len(lines)-1])
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		// The programs are not installed here: that alone may be said.
		said, _ := exec.Command("systemd-analyze", "verify", "--man=no", unit).CombinedOutput()
		for line := range strings.Lines(string(said)) {
			if strings.Contains(line, name+".service") && !strings.Contains(line, "is not executable") {
				t.Error(strings.TrimSpace(line))
			}
		}
	}
}
