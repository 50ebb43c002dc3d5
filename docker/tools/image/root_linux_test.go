package image

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"motcua/docker/tools/needs"
)

// build makes the program as the Dockerfile does.
func build(t *testing.T, target string) {
	t.Helper()
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -X main.Version=image", "-o", target, "./server")
	cmd.Dir = top
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// lay makes the image's root folder: what the last stage copies, and nothing else.
func lay(t *testing.T, root string) {
	t.Helper()
	for _, c := range copies(t, lastStage(t)) {
		target := filepath.Join(root, c.target)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		switch {
		case c.source == "/out/motcua":
			build(t, target)
		case c.source == "/out/data":
			user := strings.Split(c.owner, ":")
			uid, _ := strconv.Atoi(user[0])
			gid, _ := strconv.Atoi(user[1])
			if err := errors.Join(os.Mkdir(target, 0o700), os.Chown(target, uid, gid)); err != nil {
				t.Fatal(err)
			}
		default:
			source := c.source
			if c.from == "" {
				source = filepath.Join(top, source)
			}
			raw, err := os.ReadFile(source)
			if err == nil {
				err = os.WriteFile(target, raw, 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.Mkdir(filepath.Join(root, "tmp"), 0o755); err != nil { // the compose files' tmpfs
		t.Fatal(err)
	}
}

// enter makes everything below the root read-only but the data and tmp, and becomes
// the image's user. There is no /proc and no /dev: an engine gives more than this.
const enter = `set -e
mount --bind "$0" "$0"
mount --bind "$0/data" "$0/data"
mount -t tmpfs -o size=16m,mode=1777 tmpfs "$0/tmp"
mount -o remount,bind,ro "$0"
user=$1; shift
exec chroot --userspec="$user" "$0" "$@"`

// TestSoakImageRoot runs the image's root folder as the image's user, with a
// read-only root: it gets ready, is found healthy by the image's own check, writes
// to its data alone, and ends with status 0.
func TestSoakImageRoot(t *testing.T) {
	needs.Tools(t, "unshare", "chroot", "mount", "nsenter")
	needs.Root(t)
	root := t.TempDir()
	for dir := root; len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) { // another user walks in
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	lay(t, root)
	stage := lastStage(t)
	user, addr := one(t, stage, "USER"), freeAddr(t)
	program := words(t, one(t, stage, "ENTRYPOINT"))[0]
	var log strings.Builder
	server := exec.Command("unshare", "-m", "sh", "-c", enter, root, user, program, "serve", "--data", "/data", "--addr", addr)
	server.Env, server.Stdout, server.Stderr = []string{"PATH=" + os.Getenv("PATH")}, &log, &log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	defer func() { _ = server.Process.Kill() }()
	inside := func(words ...string) (string, error) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		args := append([]string{"-t", strconv.Itoa(server.Process.Pid), "-m", "chroot", "--userspec=" + user, root, program}, words...)
		out, err := exec.CommandContext(ctx, "nsenter", args...).CombinedOutput()
		return string(out), err
	}
	start := time.Now()
	for deadline := start.Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		out, err := inside("doctor", "--ready", "--addr", addr)
		if err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("not healthy: %s\n%s", out, log.String())
		}
	}
	t.Logf("healthy after %v", time.Since(start).Round(10*time.Millisecond))
	if out, err := inside("backup", "--data", "/data", "--to", "/copy.tar.gz"); err == nil || !strings.Contains(out, "read-only file system") {
		t.Errorf("the root folder can be written to: %s", out)
	}
	if out, err := inside("backup", "--data", "/data", "--to", "/data/copy.tar.gz"); err != nil {
		t.Errorf("backup: %v %s", err, out)
	}
	if status, err := os.ReadFile("/proc/" + strconv.Itoa(server.Process.Pid) + "/status"); err != nil || !strings.Contains(string(status), "Uid:\t10001\t10001\t10001\t10001") {
		t.Errorf("it does not run as its user: %v\n%s", err, status)
	}
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v\n%s", err, log.String())
	}
}
