package crash

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"sync"
	"syscall"
	"testing"
	"time"

	"motcua/server/store/storetest"
)

// built is the program under test, made once; TestMain removes it.
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

// buildTags are those this test was built with: a planted bug is in the program
// under test as well.
func buildTags() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "-tags" {
			return s.Value
		}
	}
	return ""
}

// binary builds the program the way it is delivered, without the race detector.
func binary(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "motcua-crash-"); built.err != nil {
			return
		}
		build := exec.Command("go", "build", "-ldflags", "-s -w", "-tags", buildTags(), "-o", filepath.Join(built.dir, "motcua"), "motcua/server")
		if out, err := build.CombinedOutput(); err != nil {
			built.err = fmt.Errorf("%w\n%s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return filepath.Join(built.dir, "motcua")
}

// program is a server process that is killed and started again on the same data.
type program struct {
	t    *testing.T
	addr string
	data string
	args []string
	log  string
	word string // the command: demo or serve

	keeper *keeper // who keeps its socket over a restart; nil for nobody

	// patient lets a start fail: it is tried again, as a service manager does.
	// Only where the store may still be loading.
	patient bool
	// broken says why the store will never be there; then trying again is vain.
	broken func() error

	cmd    *exec.Cmd
	exited chan struct{}
}

func newProgram(t *testing.T, data string, args ...string) *program {
	p := &program{t: t, addr: storetest.FreeAddr(t), data: data, args: args, word: "demo", log: filepath.Join(t.TempDir(), "server.log")}
	t.Cleanup(func() {
		p.kill()
		if t.Failed() {
			p.showLog()
		}
	})
	return p
}

// startPatience bounds a start, a replay of a busy day included.
const startPatience = 30 * time.Second

// start returns when the server is ready.
func (p *program) start() {
	p.t.Helper()
	p.run()
	for deadline := time.Now().Add(startPatience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if status, err := p.get("/readyz"); err == nil && status == http.StatusOK {
			return
		}
		select {
		case <-p.exited:
			if !p.patient {
				p.t.Fatal("the server ended instead of starting")
			}
			if p.broken != nil {
				if err := p.broken(); err != nil {
					p.t.Fatal(err)
				}
			}
			time.Sleep(50 * time.Millisecond)
			p.run()
		default:
		}
	}
	p.t.Fatalf("the server is not ready after %v", startPatience)
}

func (p *program) run() {
	p.t.Helper()
	out, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		p.t.Fatal(err)
	}
	defer out.Close()
	args := []string{p.word, "--data", p.data, "--addr", p.addr}
	if p.word == "demo" {
		args = append(args, "--sample=0")
	}
	cmd := exec.Command(binary(p.t), append(args, p.args...)...)
	cmd.Stdout, cmd.Stderr = out, out
	if p.keeper != nil {
		p.keeper.dress(cmd)
	}
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	exited := make(chan struct{})
	go func() { _ = cmd.Wait(); close(exited) }()
	p.cmd, p.exited = cmd, exited
}

// kill ends the process as kill -9 does and waits until it is gone.
func (p *program) kill() {
	if p.cmd == nil {
		return
	}
	if err := p.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		p.t.Error(err)
	}
	<-p.exited
}

// stop ends the process as a service manager does; it must end cleanly.
func (p *program) stop() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	select {
	case <-p.exited:
	case <-time.After(4 * time.Second): // it gives itself five
		_ = p.cmd.Process.Signal(syscall.SIGQUIT) // what it waits for is in its log then
		<-p.exited
		p.t.Fatal("the server does not stop")
	}
	if code := p.cmd.ProcessState.ExitCode(); code != 0 {
		p.t.Errorf("stopped with status %d", code)
	}
}

var quick = http.Client{Timeout: 5 * time.Second}

func (p *program) get(path string) (int, error) {
	r, err := quick.Get("http://" + p.addr + path)
	if err != nil {
		return 0, err
	}
	r.Body.Close()
	return r.StatusCode, nil
}

// logShown is enough for the stacks of a server that was asked for them.
const logShown = 64 << 10

func (p *program) showLog() {
	raw, err := os.ReadFile(p.log)
	if err != nil {
		return
	}
	p.t.Logf("end of the server's log:\n%s", raw[max(0, len(raw)-logShown):])
}

// needed fails where every tool must be there, and skips on a developer's machine.
func needed(t *testing.T, what string, err error) {
	t.Helper()
	if err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s: %v", what, err)
	}
	t.Skipf("%s: %v", what, err)
}
