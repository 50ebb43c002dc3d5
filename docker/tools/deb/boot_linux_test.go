package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"motcua/docker/tools/needs"
)

// TestSoakBoot starts both services under a running systemd, with all that the units
// forbid: they get ready, go on past the watchdog's patience, are started anew when
// they hang, and end with status 0.
func TestSoakBoot(t *testing.T) {
	needs.Tools(t, "unshare", "pivot_root", "dpkg", "systemctl")
	needs.Root(t)
	t.Chdir(top)
	arch, err := exec.Command("dpkg", "--print-architecture").Output()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, dir := range []string{"debs", "out"} {
		if err := os.Mkdir(filepath.Join(folder, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, deb := range made(t, programs(t), "v1.0.0", strings.TrimSpace(string(arch))) {
		if err := os.Rename(deb, filepath.Join(folder, "debs", filepath.Base(deb))); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	out, _ := exec.CommandContext(ctx, "unshare", "-m", "-p", "-n", "-u", "-i", "-C", "--fork", "--kill-child", "bash", "docker/tools/deb/boot.sh", folder).CombinedOutput()
	raw, err := os.ReadFile(filepath.Join(folder, "out", "said"))
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	said := string(raw)
	for _, want := range []string{
		`start motcua: active again 0 status 0`, `start motcua-agent: active again 0 status 0`,
		`CapBnd:\s+0000000000000000`, `NoNewPrivs:\s+1`, `Seccomp:\s+2`, `the server is ready`,
		`later motcua: active again 0`, `later motcua-agent: active again 0`,
		`restarted motcua: refused 0 of [1-9]\d*, ready [1-9]`,
		`hung motcua: active again [1-9]`,
		`stopped motcua: inactive again \d+ status 0`, `stopped motcua-agent: inactive again \d+ status 0`,
	} {
		if !regexp.MustCompile(`(?m)^.*` + want).MatchString(said) {
			t.Errorf("not said: %s", want)
		}
	}
	if t.Failed() {
		t.Logf("%s\n%s", said, out)
	}
}
