package chain

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"sync"
	"testing"
	"time"
)

// built holds both programs, made once; TestMain removes them.
var built struct {
	once sync.Once
	dir  string
	err  error
}

func TestMain(m *testing.M) {
	code := m.Run()
	os.RemoveAll(built.dir)
	os.Exit(code)
}

// buildTags are those of this test: a planted bug is in the programs as well.
func buildTags() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "-tags" {
				return s.Value
			}
		}
	}
	return ""
}

// binary builds the programs the way they are delivered and gives one's path.
func binary(t *testing.T, name string) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "motcua-chain-"); built.err != nil {
			return
		}
		for name, pkg := range map[string]string{"motcua": "motcua/server", "motcua-agent": "motcua/drivers"} {
			build := exec.Command("go", "build", "-ldflags", "-s -w", "-tags", buildTags(), "-o", filepath.Join(built.dir, name), pkg)
			if out, err := build.CombinedOutput(); err != nil {
				built.err = fmt.Errorf("%s: %w\n%s", pkg, err, out)
				return
			}
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return filepath.Join(built.dir, name)
}

// program is a process that can be killed and started again with the same words.
type program struct {
	t      *testing.T
	path   string
	args   []string
	log    string
	cmd    *exec.Cmd
	exited chan struct{}
}

func newProgram(t *testing.T, name string, args ...string) *program {
	t.Helper()
	p := &program{t: t, path: binary(t, name), args: args, log: filepath.Join(t.TempDir(), name+".log")}
	t.Cleanup(func() {
		p.kill()
		if t.Failed() {
			t.Logf("end of the log of %s:\n%s", name, tail(p.said()))
		}
	})
	return p
}

func (p *program) start() {
	p.t.Helper()
	out, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		p.t.Fatal(err)
	}
	defer out.Close()
	p.cmd = exec.Command(p.path, p.args...)
	p.cmd.Stdout, p.cmd.Stderr, p.cmd.SysProcAttr = out, out, diesWithUs
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	exited := make(chan struct{})
	p.exited = exited
	go func(c *exec.Cmd) { _ = c.Wait(); close(exited) }(p.cmd)
}

// kill is kill -9: nothing is flushed, nothing says goodbye.
func (p *program) kill() {
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Kill() // it may have ended
	<-p.exited
	p.cmd = nil
}

func (p *program) said() string {
	raw, _ := os.ReadFile(p.log) // it may not have begun
	return string(raw)
}

const logShown = 8 << 10

func tail(s string) string { return s[max(0, len(s)-logShown):] }

// patience is for whatever must happen; ten times what a quick machine needs.
const patience = 60 * time.Second

// until waits for a condition.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited %v for %s", patience, what)
		}
	}
}
