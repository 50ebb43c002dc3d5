package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// bench is one run: where it keeps files, what it has started.
type bench struct {
	ctx    context.Context
	quick  bool
	log    string // the measured server's log level
	dir    string
	server string // path of the built server
	family family
	procs  []*process
	table  table
}

func newBench(ctx context.Context, quick bool, log, server string) (*bench, error) {
	for _, tool := range []string{"redis-server", "redis-benchmark"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, fmt.Errorf("%s is not installed: apt-get install redis-server redis-tools", tool)
		}
	}
	dir, err := os.MkdirTemp("", "motcua-bench-")
	if err != nil {
		return nil, err
	}
	b := &bench{ctx: ctx, quick: quick, log: log, dir: dir, server: server,
		family: family{pids: map[int]bool{}}, table: table{out: os.Stdout}}
	if server != "" {
		return b, nil
	}
	b.server = filepath.Join(dir, "motcua")
	build := exec.CommandContext(ctx, "go", "build", "-o", b.server, "./server")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		b.close()
		return nil, fmt.Errorf("the server does not build (start from the project's folder): %w", err)
	}
	return b, nil
}

func (b *bench) close() {
	b.endProcesses()
	os.RemoveAll(b.dir)
}

// rounds is how often things are measured in turns.
func (b *bench) rounds(n int) int {
	if b.quick {
		return max(1, n/3)
	}
	return n
}

// sample is how long one of them lasts.
func (b *bench) sample() time.Duration {
	if b.quick {
		return 600 * time.Millisecond
	}
	return 1500 * time.Millisecond
}

// process is a child of this program.
type process struct {
	b    *bench
	name string
	log  string
	cmd  *exec.Cmd
	enc  *json.Encoder // of a role: its jobs
	dec  *json.Decoder // and its results
}

// start starts a program whose words go to a file.
func (b *bench) start(name, program string, args ...string) (*process, error) {
	return b.launch(name, exec.Command(program, args...), nil)
}

func (b *bench) launch(name string, cmd *exec.Cmd, prepare func(*process) error) (*process, error) {
	log, err := os.CreateTemp(b.dir, name+"-*.log")
	if err != nil {
		return nil, err
	}
	defer log.Close()
	p := &process{b: b, name: name, log: log.Name(), cmd: cmd}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	cmd.Stdout, cmd.Stderr = log, log
	if prepare != nil {
		if err := prepare(p); err != nil {
			return nil, err
		}
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	b.family.add(cmd.Process.Pid)
	b.procs = append(b.procs, p)
	return p, nil
}

// role starts this program as one of its other roles.
func (b *bench) role(name string, args ...string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return b.launch(name, exec.Command(self, append([]string{name}, args...)...), func(p *process) error {
		p.cmd.Stdout = nil
		in, err := p.cmd.StdinPipe()
		if err != nil {
			return err
		}
		out, err := p.cmd.StdoutPipe()
		p.enc, p.dec = json.NewEncoder(in), json.NewDecoder(out)
		return err
	})
}

// ask sends a job and waits for its result.
func (p *process) ask(job, result any) error {
	if err := p.enc.Encode(job); err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	return p.hear(result)
}

// hear reads what the process says next.
func (p *process) hear(result any) error {
	if err := p.dec.Decode(result); err != nil {
		return fmt.Errorf("%s ended, see what it said:\n%s", p.name, p.said())
	}
	return nil
}

// said is the end of what the process has written.
func (p *process) said() string {
	raw, _ := os.ReadFile(p.log)
	return string(raw[max(0, len(raw)-2000):])
}

func (p *process) pid() int { return p.cmd.Process.Pid }

// kill ends the process at once and takes its time into account.
func (p *process) kill() {
	for i, q := range p.b.procs {
		if q == p {
			p.b.procs = append(p.b.procs[:i], p.b.procs[i+1:]...)
			break
		}
	}
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
	p.b.family.remove(p.pid())
}

func (b *bench) endProcesses() {
	for len(b.procs) > 0 {
		b.procs[len(b.procs)-1].kill()
	}
}

// jobs serves one role: jobs come as JSON on standard input, results go out on
// standard output, until the parent is gone.
func jobs[J, R any](do func(J) (R, error)) error {
	dec, enc := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var job J
		if err := dec.Decode(&job); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		result, err := do(job)
		if err != nil {
			return err
		}
		if err := enc.Encode(result); err != nil {
			return err
		}
	}
}

// freeAddr gives an address of this machine that nobody listens on.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
