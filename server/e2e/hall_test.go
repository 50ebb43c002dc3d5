package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"motcua/server/store/storetest"
)

const branchPath = "/api/v1/branches/hoabinh"

// hall is the real program, running the demo on a data directory of its own.
type hall struct {
	t    *testing.T
	addr string
	url  string
	data string
	cmd  *exec.Cmd
	args []string // of the demo
	path string   // the program, when it is another one than the tests'
	logs bytes.Buffer
}

// ticket is what the tests read of the API's answers.
type ticket struct {
	ID, Number, State, Token, Code, URL, Counter string
	Ahead, Calls                                 int
}

// startHall starts the program and waits until it is ready; it dies with the test.
// Nothing is printed: paper comes out at the pace of a real printer.
func startHall(t *testing.T) *hall {
	t.Helper()
	return startHallWith(t, "--devices=false")
}

// startHallWith starts it with more words on its command line.
func startHallWith(t *testing.T, args ...string) *hall {
	t.Helper()
	browser(t) // first, so that a machine without one skips before anything starts
	h := &hall{t: t, addr: storetest.FreeAddr(t), data: t.TempDir(), args: args}
	h.url = "http://" + h.addr
	t.Cleanup(func() {
		h.kill()
		if t.Failed() && h.logs.Len() > 0 {
			t.Logf("the server said:\n%s", h.logs.String())
		}
	})
	h.start()
	h.ready()
	return h
}

// start starts the program again on the same address and data.
func (h *hall) start() {
	h.t.Helper()
	path, err := h.path, error(nil)
	if path == "" {
		path, err = program()
	}
	if err != nil {
		h.t.Fatal(err)
	}
	// Without a made-up history, which costs every start some seconds of a processor;
	// a test of reports asks for the days it needs: "--sample=14".
	h.cmd = exec.Command(path, append([]string{"demo", "--sample=0", "--addr", h.addr, "--data", h.data}, h.args...)...)
	h.cmd.Stderr = &h.logs
	h.cmd.SysProcAttr = diesWithUs
	if err := h.cmd.Start(); err != nil {
		h.t.Fatal(err)
	}
}

// ready waits for /readyz.
func (h *hall) ready() {
	h.t.Helper()
	h.wait("the server to be ready", 20*time.Second, func() bool {
		r, err := http.Get(h.url + "/readyz")
		if err != nil {
			return false
		}
		r.Body.Close()
		return r.StatusCode == http.StatusOK
	})
}

// kill is kill -9: nothing is flushed, nothing says goodbye.
func (h *hall) kill() {
	if h.cmd == nil || h.cmd.Process == nil {
		return
	}
	_ = h.cmd.Process.Kill()
	_ = h.cmd.Wait()
	h.cmd = nil
}

func (h *hall) wait(what string, within time.Duration, done func() bool) {
	h.t.Helper()
	for end := time.Now().Add(within); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			h.t.Fatalf("waited %v for %s", within, what)
		}
	}
}

var keys atomic.Int64

// ask sends a request and decodes the answer into out; it gives the status.
func (h *hall) ask(method, key, path string, body, out any) int {
	h.t.Helper()
	var b bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&b).Encode(body); err != nil {
			h.t.Fatal(err)
		}
	}
	r, err := http.NewRequest(method, h.url+path, &b)
	if err != nil {
		h.t.Fatal(err)
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	r.Header.Set("Idempotency-Key", "e2e-"+strconv.FormatInt(keys.Add(1), 10))
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer answer.Body.Close()
	if out != nil {
		if err := json.NewDecoder(answer.Body).Decode(out); err != nil {
			h.t.Fatalf("%s %s: %v", method, path, err)
		}
	}
	return answer.StatusCode
}

// take takes a ticket as a kiosk would, to fill the hall.
func (h *hall) take(service string, priority ...string) ticket {
	h.t.Helper()
	body := map[string]string{"service": service}
	if len(priority) > 0 {
		body["priority"] = priority[0]
	}
	var x ticket
	if status := h.ask("POST", "demo-kiosk", branchPath+"/tickets", body, &x); status != http.StatusCreated {
		h.t.Fatalf("taking a ticket for %s: status %d", service, status)
	}
	return x
}

// verb sends a counter's verb as a desk would; it must be accepted.
func (h *hall) verb(counter, verb string, body any) ticket {
	h.t.Helper()
	if body == nil {
		body = struct{}{}
	}
	var answer struct {
		Ticket *ticket
		Code   string
	}
	status := h.ask("POST", "demo-desk", fmt.Sprintf("%s/counters/%s/%s", branchPath, counter, verb), body, &answer)
	if status != http.StatusOK {
		h.t.Fatalf("%s at counter %s: %d %s", verb, counter, status, answer.Code)
	}
	if answer.Ticket == nil {
		return ticket{}
	}
	return *answer.Ticket
}

// ticket reads a ticket as its holder sees it.
func (h *hall) ticket(token string) ticket {
	h.t.Helper()
	var x ticket
	if status := h.ask("GET", "", "/api/v1/tickets/"+token, nil, &x); status != http.StatusOK {
		h.t.Fatalf("reading a ticket: status %d", status)
	}
	return x
}

// counter reads the working state of a counter.
func (h *hall) counter(id string) (state, number string) {
	h.t.Helper()
	var branch struct {
		Counters []struct{ ID, State, Number string }
	}
	if status := h.ask("GET", "demo-desk", branchPath, nil, &branch); status != http.StatusOK {
		h.t.Fatalf("reading the branch: status %d", status)
	}
	for _, c := range branch.Counters {
		if c.ID == id {
			return c.State, c.Number
		}
	}
	h.t.Fatalf("no counter %s", id)
	return "", ""
}
