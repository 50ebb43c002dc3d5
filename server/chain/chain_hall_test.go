package chain

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"motcua/server/queue"
	"motcua/server/store/storetest"
	"motcua/server/wire"
)

const (
	branch     = "hoabinh"
	branchPath = "/api/v1/branches/" + branch
)

// hall is the server with a demo hall and no devices of its own.
type hall struct {
	*program
	t    *testing.T
	addr string
	data string
	road *road // what agents go through to reach it
}

func newHall(t *testing.T) *hall {
	t.Helper()
	h := &hall{t: t, addr: storetest.FreeAddr(t), data: t.TempDir()}
	h.program = newProgram(t, "motcua", "demo", "--sample=0", "--devices=false", "--log", "info", "--addr", h.addr, "--data", h.data)
	h.open()
	h.road = newRoad(t, h.addr)
	return h
}

// open starts the server and waits until it is ready.
func (h *hall) open() {
	h.t.Helper()
	h.program.start()
	until(h.t, "the server", func() bool {
		status, err := h.ask(http.MethodGet, "", "/readyz", "", nil, nil)
		return err == nil && status == http.StatusOK
	})
}

var (
	quick  = http.Client{Timeout: 10 * time.Second}
	number atomic.Int64
)

// ask sends one request; an answer is decoded into out.
func (h *hall) ask(method, key, path, idempotency string, body, out any) (int, error) {
	var b bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&b).Encode(body); err != nil {
			return 0, err
		}
	}
	r, err := http.NewRequest(method, "http://"+h.addr+path, &b)
	if err != nil {
		return 0, err
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	if idempotency != "" {
		r.Header.Set("Idempotency-Key", idempotency)
	}
	answer, err := quick.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if out != nil {
		if err := json.NewDecoder(answer.Body).Decode(out); err != nil {
			return 0, fmt.Errorf("%s %s: %d: %w", method, path, answer.StatusCode, err)
		}
	}
	return answer.StatusCode, nil
}

// do sends a command until the server answers, as a page does, however often it
// is killed meanwhile. It must be accepted.
func (h *hall) do(key, path string, body, out any) {
	h.t.Helper()
	id := fmt.Sprintf("chain-%d", number.Add(1))
	var raw json.RawMessage
	status := 0
	until(h.t, path, func() bool {
		var err error
		status, err = h.ask(http.MethodPost, key, path, id, body, &raw)
		return err == nil && status < 500
	})
	if status > 299 {
		h.t.Fatalf("%s: %d %s", path, status, raw)
	}
	if out != nil {
		if err := json.Unmarshal(raw, out); err != nil {
			h.t.Fatal(err)
		}
	}
}

// take takes a ticket as the kiosk does.
func (h *hall) take() (ticket wire.TicketInfo) {
	h.t.Helper()
	h.do("demo-kiosk", branchPath+"/tickets", map[string]string{"service": h.service()}, &ticket)
	return ticket
}

// service is one that both counters of these tests serve.
func (h *hall) service() string { return queue.DemoSettings().Services[0].ID }

// verb does what a clerk does at the desk.
func (h *hall) verb(counter, verb string) {
	h.t.Helper()
	h.do("demo-desk", branchPath+"/counters/"+counter+"/"+verb, struct{}{}, nil)
}

// callTwo opens a counter, serves one visitor and calls the next: it may then be
// rated for the first and call the second again.
func (h *hall) callTwo(counter string) {
	h.t.Helper()
	h.take()
	h.take()
	for _, verb := range []string{"open", "call", "serve", "next"} {
		h.verb(counter, verb)
	}
}

// live opens a desk's websocket.
func (h *hall) live() (*websocket.Conn, error) {
	conn, _, err := websocket.DefaultDialer.Dial("ws://"+h.addr+"/live?branch="+branch+"&view=desk&key=demo-desk", nil)
	return conn, err
}

// look gives the hall as a desk sees it now, false while the server is away.
func (h *hall) look() (s wire.Snapshot, ok bool) {
	conn, err := h.live()
	if err != nil {
		return s, false
	}
	defer conn.Close()
	return s, conn.ReadJSON(&s) == nil && s.Type == "snapshot"
}

// ready waits until devices are in a state, by the end of their ids.
func (h *hall) ready(state queue.DeviceState, ids ...string) {
	h.t.Helper()
	until(h.t, fmt.Sprint(ids, " ", state), func() bool {
		s, _ := h.look()
		good := 0
		for _, d := range s.State.Devices {
			for _, id := range ids {
				if strings.HasSuffix(d.ID, "/"+id) && d.State == state {
					good++
				}
			}
		}
		return good == len(ids)
	})
}

// motcua runs a command beside the server.
func (h *hall) motcua(args ...string) []byte {
	h.t.Helper()
	cmd := exec.Command(binary(h.t, "motcua"), args...)
	out, err := cmd.Output()
	if err != nil {
		h.t.Fatalf("motcua %v: %v\n%s", args, err, out)
	}
	return out
}

// events gives what happened today, as the store has it.
func (h *hall) events() (list []queue.Event) {
	h.t.Helper()
	lines := json.NewDecoder(bytes.NewReader(h.motcua("export", "--data", h.data, "--branch", branch)))
	for lines.More() {
		var e queue.Event
		if err := lines.Decode(&e); err != nil {
			h.t.Fatal(err)
		}
		list = append(list, e)
	}
	return list
}

// of gives the events of some kinds.
func of(list []queue.Event, kinds ...queue.Kind) (some []queue.Event) {
	for _, e := range list {
		for _, k := range kinds {
			if e.Kind == k {
				some = append(some, e)
			}
		}
	}
	return some
}

// desk listens as a clerk's page does.
type desk struct {
	t    *testing.T
	conn *websocket.Conn
}

func (h *hall) desk() *desk {
	h.t.Helper()
	conn, err := h.live()
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { conn.Close() })
	return &desk{h.t, conn}
}

// hears waits for an event.
func (d *desk) hears(what string, is func(*wire.Event) bool) *wire.Event {
	d.t.Helper()
	if err := d.conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		d.t.Fatal(err)
	}
	for {
		var m wire.EventMessage
		if err := d.conn.ReadJSON(&m); err != nil {
			d.t.Fatalf("waiting for %s: %v", what, err)
		}
		if m.Type == "event" && is(&m.Event) {
			return &m.Event
		}
	}
}

// hearsOf waits for an event of a kind about a visit.
func (d *desk) hearsOf(kind queue.Kind, visit string) *wire.Event {
	d.t.Helper()
	return d.hears(string(kind)+" of "+visit, func(e *wire.Event) bool {
		return e.Kind == string(kind) && e.Visit != nil && e.Visit.ID == visit
	})
}
