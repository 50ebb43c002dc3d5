package main

import (
	"bytes"
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"motcua/docker/tools/needs"
)

const top = "../../.."

// inTop builds as the Makefile does, from the project's folder, with programs that
// only say their name.
func inTop(t *testing.T) (bin string) {
	t.Helper()
	t.Chdir(top)
	bin = t.TempDir()
	for _, p := range packages {
		for _, e := range p.files {
			if name, ok := strings.CutPrefix(e.source, "bin:"); ok {
				if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\necho "+name+"\n"), 0o755); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return bin
}

func made(t *testing.T, bin, version, arch string) (paths []string) {
	t.Helper()
	out := t.TempDir()
	if err := run([]string{"--version", version, "--arch", arch, "--bin", bin, "--out", out}, func(string) string { return "1790000000" }); err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(out, "*.deb"))
	if err != nil || len(paths) != len(packages) {
		t.Fatalf("%v %v", paths, err)
	}
	return paths
}

// dpkg asks Debian's own tool, so that the format is not checked by who wrote it.
func dpkg(t *testing.T, args ...string) string {
	t.Helper()
	needs.Tools(t, "dpkg-deb")
	cmd := exec.Command("dpkg-deb", args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("dpkg-deb %q: %v\n%s", args, err, out)
	}
	return string(out)
}

func TestVersions(t *testing.T) {
	versions := map[string]string{"v1.2.3": "1.2.3", "1.2.3": "1.2.3", "v1.2.3-4-gabc1234": "1.2.3+4.gabc1234", "ccd8775-dirty": "0~ccd8775.dirty", "7cd8775": "0~7cd8775", "dev": "0~dev"}
	for git, want := range versions {
		if got := debVersion(git); got != want {
			t.Errorf("%s is %s, want %s", git, got, want)
		}
	}
}

// TestReproducible: the same bytes at another time and for other rights in the folder.
func TestReproducible(t *testing.T) {
	bin := inTop(t)
	first := made(t, bin, "v1.2.3", "amd64")
	if err := os.Chmod(filepath.Join(bin, "motcua"), 0o700); err != nil {
		t.Fatal(err)
	}
	for i, path := range made(t, bin, "v1.2.3", "amd64") {
		a, errA := os.ReadFile(first[i])
		b, errB := os.ReadFile(path)
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs: %v %v", filepath.Base(path), errA, errB)
		}
	}
}

func TestRefuses(t *testing.T) {
	words := []string{"--version", "v1", "--arch", "amd64", "--bin", t.TempDir(), "--out", t.TempDir()}
	if err := run(words, func(string) string { return "" }); err == nil || !strings.Contains(err.Error(), "SOURCE_DATE_EPOCH") {
		t.Errorf("without a date: %v", err)
	}
	t.Chdir(top)
	if err := run(words, func(string) string { return "1" }); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("without programs: %v", err)
	}
}

// TestContents reads the packages with Debian's tool.
func TestContents(t *testing.T) {
	bin := inTop(t)
	for _, path := range made(t, bin, "v1.2.3-4-gabc1234", "arm64") {
		name, _, _ := strings.Cut(filepath.Base(path), "_")
		t.Run(name, func(t *testing.T) {
			arch := map[string]string{"motcua-kiosk": "all"}[name]
			for field, want := range map[string]string{"Package": name, "Version": "1.2.3+4.gabc1234", "Architecture": cmp.Or(arch, "arm64")} {
				if got := strings.TrimSpace(dpkg(t, "--field", path, field)); got != want {
					t.Errorf("%s is %q, want %q", field, got, want)
				}
			}
			list := strings.Split(strings.TrimSpace(dpkg(t, "--contents", path)), "\n")
			for _, line := range list {
				if !strings.Contains(line, " root/root ") || !strings.Contains(line, " 2026-09-21 ") {
					t.Errorf("not root's or not of the date: %s", line)
				}
			}
			inspect(t, name, path)
		})
	}
}

// inspect unpacks a package and looks at what must fit together.
func inspect(t *testing.T, name, path string) {
	t.Helper()
	dir := t.TempDir()
	dpkg(t, "--raw-extract", path, dir)
	unit, err := os.ReadFile(filepath.Join(dir, "usr/lib/systemd/system", name+".service"))
	if err != nil {
		t.Fatal(err)
	}
	said := settings(string(unit))
	program := strings.Fields(said["ExecStart"])[0]
	if name == "motcua-kiosk" { // another package's program starts ours
		program = "/usr/lib/motcua-kiosk/browser"
	}
	if info, err := os.Stat(filepath.Join(dir, program)); err != nil || info.Mode().Perm() != 0o755 || !strings.Contains(said["ExecStart"], program) {
		t.Errorf("the unit starts %s: %v", program, err)
	}
	for key, want := range rules(name) {
		if got, ok := said[key]; !ok || got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	users, err := os.ReadFile(filepath.Join(dir, "usr/lib/sysusers.d", name+".conf"))
	if err != nil || !strings.Contains(string(users), "u "+name+" -") {
		t.Errorf("nobody makes the user: %v\n%s", err, users)
	}
	if page, ok := strings.CutPrefix(said["Documentation"], "file://"); !ok {
		t.Error("the unit names no documentation")
	} else if _, err := os.Stat(filepath.Join(dir, page)); err != nil {
		t.Error(err)
	}
	for _, script := range []string{"postinst", "prerm", "postrm"} {
		if out, err := exec.Command("sh", "-n", filepath.Join(dir, "DEBIAN", script)).CombinedOutput(); err != nil {
			t.Errorf("%s: %s", script, out)
		}
	}
	conffiles, _ := os.ReadFile(filepath.Join(dir, "DEBIAN/conffiles"))
	_ = filepath.WalkDir(filepath.Join(dir, "etc"), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !slices.Contains(strings.Fields(string(conffiles)), strings.TrimPrefix(path, dir)) {
			t.Errorf("%s is no conffile", path)
		}
		return nil
	})
	sums := exec.Command("md5sum", "--quiet", "--check", "DEBIAN/md5sums")
	sums.Dir = dir
	if out, err := sums.CombinedOutput(); err != nil {
		t.Errorf("md5sums: %s", out)
	}
}

// rules is what a unit must say.
func rules(name string) map[string]string {
	r := map[string]string{"User": name, "Restart": "always", "RestartSec": "3", "StartLimitBurst": "300",
		"StartLimitIntervalSec": "1800", "WantedBy": "multi-user.target"}
	if name == "motcua-kiosk" {
		r["RuntimeDirectory"], r["EnvironmentFile"], r["ExecStartPre"] = name, "/etc/motcua/kiosk.conf", "+/usr/lib/motcua-kiosk/policy"
		r["ProtectSystem"] = "full"
		return r
	}
	r["ProtectSystem"] = "strict"
	r["Type"], r["WatchdogSec"], r["StateDirectory"], r["NoNewPrivileges"], r["CapabilityBoundingSet"] = "notify", "30", name, "yes", ""
	return r
}

// settings reads a unit; of a key that stands there twice the first is kept.
func settings(unit string) map[string]string {
	said := map[string]string{}
	for line := range strings.Lines(unit) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if _, twice := said[key]; ok && !twice && !strings.HasPrefix(key, "#") {
			said[key] = value
		}
	}
	return said
}
