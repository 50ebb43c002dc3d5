package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
)

// screen is a client of /live.
type screen struct {
	t    testing.TB
	conn *websocket.Conn
}

// message is any message of the server.
type message struct {
	Type  string          `json:"type"`
	Epoch string          `json:"epoch"`
	Seq   int64           `json:"seq"`
	Now   string          `json:"now"`
	State json.RawMessage `json:"state"`
	Event struct {
		Kind  string          `json:"kind"`
		At    string          `json:"at"`
		Visit json.RawMessage `json:"visit"`
	} `json:"event"`
	Ticket struct {
		State string `json:"state"`
		Ahead int    `json:"ahead"`
	} `json:"ticket"`
	raw string
}

func (h *hall) dial(query string, headers ...string) (*screen, *http.Response, error) {
	header := http.Header{}
	for i := 0; i+1 < len(headers); i += 2 {
		header.Set(headers[i], headers[i+1])
	}
	d := websocket.Dialer{ReadBufferSize: 1024, HandshakeTimeout: 10 * time.Second}
	conn, res, err := d.Dial("ws://"+h.host+"/live?"+query, header)
	if err != nil {
		return nil, res, err
	}
	s := &screen{t: h.t, conn: conn}
	h.t.Cleanup(func() { conn.Close() })
	return s, res, nil
}

func (h *hall) connect(query string) *screen {
	h.t.Helper()
	s, res, err := h.dial(query)
	if err != nil {
		h.t.Fatalf("%s: %v %v", query, err, res)
	}
	return s
}

func (h *hall) board() *screen {
	h.t.Helper()
	return h.connect("branch=hoabinh&view=board&key=demo-display")
}

func (s *screen) read() (message, error) {
	s.conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	_, raw, err := s.conn.ReadMessage()
	m := message{raw: string(raw)}
	if err == nil {
		err = json.Unmarshal(raw, &m)
	}
	return m, err
}

// next gives the next message of a type, passing over figures and ticks.
func (s *screen) next(kind string) message {
	s.t.Helper()
	for {
		m, err := s.read()
		if err != nil {
			s.t.Fatalf("waiting for %s: %v", kind, err)
		}
		if m.Type == kind {
			return m
		}
		if m.Type != "figures" && m.Type != "tick" {
			s.t.Fatalf("waiting for %s: %s", kind, m.raw)
		}
	}
}

// until reads on to an event of a kind.
func (s *screen) until(kind string) message {
	s.t.Helper()
	for {
		if m := s.next("event"); m.Event.Kind == kind {
			return m
		}
	}
}

// closed reads until the connection ends and gives the close code.
func (s *screen) closed() int {
	s.t.Helper()
	for {
		_, err := s.read()
		if err == nil {
			continue
		}
		if e, ok := err.(*websocket.CloseError); ok {
			return e.Code
		}
		s.t.Fatalf("no close frame: %v", err)
	}
}

func TestSnapshotThenEvents(t *testing.T) {
	h := newHall(t, options{demo: true})
	s := h.board()
	snap := s.next("snapshot")
	if snap.Epoch != "epoch-1" || snap.Seq == 0 || snap.Now == "" {
		t.Fatalf("%s", snap.raw)
	}
	h.take()
	if e := s.next("event"); e.Seq != snap.Seq+1 || e.Event.Kind != "ticket.taken" || e.Event.At == "" {
		t.Fatalf("%s", e.raw)
	}
	h.do(0, "open", "{}")
	h.do(0, "next", "{}")
	for i, kind := range []string{"counter.opened", "ticket.called"} {
		if e := s.next("event"); e.Seq != snap.Seq+2+int64(i) || e.Event.Kind != kind {
			t.Fatalf("%s", e.raw)
		}
	}
}

func TestResume(t *testing.T) {
	h := newHall(t, options{demo: true})
	first := h.board()
	snap := first.next("snapshot")
	for range 3 {
		h.take()
		first.next("event")
	}
	at := func(epoch string, seq int64) string {
		return fmt.Sprintf("branch=hoabinh&view=board&key=demo-display&epoch=%s&seq=%d", epoch, seq)
	}
	s := h.connect(at(snap.Epoch, snap.Seq+1))
	for i := range 2 {
		if e := s.next("event"); e.Seq != snap.Seq+2+int64(i) {
			t.Fatalf("%s", e.raw)
		}
	}
	if m, err := h.connect(at(snap.Epoch, snap.Seq+3)).read(); err != nil || m.Type != "tick" {
		t.Errorf("nothing is missing: %v %s", err, m.raw)
	}
	for _, q := range []string{at("other", snap.Seq), at(snap.Epoch, snap.Seq+1000)} {
		if m, err := h.connect(q).read(); err != nil || m.Type != "snapshot" || m.Seq != snap.Seq+3 {
			t.Errorf("%s: %v %.200s", q, err, m.raw)
		}
	}
	s.conn.WriteJSON(map[string]any{"type": "resume", "epoch": snap.Epoch, "seq": snap.Seq + 1})
	for i := range 2 {
		if e := s.next("event"); e.Seq != snap.Seq+2+int64(i) {
			t.Fatalf("after a resume: %s", e.raw)
		}
	}
	h.take()
	if e := s.next("event"); e.Seq != snap.Seq+4 {
		t.Fatalf("after a resume: %s", e.raw)
	}
}

// A phone hears at once that it is next or called, of the rest at most once in 3 s.
func TestPhone(t *testing.T) {
	h := newHall(t, options{demo: true, wall: true})
	h.do(0, "open", "{}")
	for range 2 {
		h.take()
	}
	mine := h.take()
	s := h.connect("view=ticket&token=" + mine.text("token"))
	begin := time.Now()
	if m := s.next("ticket"); m.Ticket.Ahead != 2 || m.Ticket.State != "waiting" {
		t.Fatalf("%s", m.raw)
	}
	h.do(0, "next", "{}")
	if m := s.next("ticket"); m.Ticket.Ahead != 1 || time.Since(begin) < 2500*time.Millisecond {
		t.Fatalf("after %v: %s", time.Since(begin), m.raw)
	}
	h.do(0, "serve", "{}")
	begin = time.Now()
	h.do(0, "next", "{}")
	if m := s.next("ticket"); m.Ticket.Ahead != 0 {
		t.Fatalf("%s", m.raw)
	}
	h.do(0, "serve", "{}")
	h.do(0, "next", "{}")
	if m := s.next("ticket"); m.Ticket.State != "called" || time.Since(begin) > 2*time.Second {
		t.Fatalf("after %v: %s", time.Since(begin), m.raw)
	}
}

func TestUpgradeRefused(t *testing.T) {
	h := newHall(t, options{demo: true, origins: []string{"https://other.test:8443"}})
	token := h.take().text("token")
	own := "http://" + h.host
	for _, c := range []struct {
		query  string
		origin string
		status int
		code   string
	}{
		{"branch=hoabinh&view=board", "", 403, "origin_refused"},
		{"branch=hoabinh&view=board&key=demo-display", "http://evil.test", 403, "origin_refused"},
		{"branch=hoabinh&view=board&key=demo-display", "null", 403, "origin_refused"},
		{"branch=hoabinh&view=board&key=demo-display", own + "1", 403, "origin_refused"},
		{"branch=hoabinh&view=board", own, 401, "unauthorized"},
		{"branch=hoabinh&view=board&key=wrong", "", 401, "unauthorized"},
		{"branch=hoabinh&view=desk&key=demo-display", "", 403, "forbidden"},
		{"branch=hoabinh&view=board&key=demo-device", "", 403, "forbidden"},
		{"branch=hoabinh&view=rate&key=demo-kiosk", "", 403, "forbidden"},
		{"branch=nowhere&view=board&key=demo-display", "", 404, "unknown_branch"},
		{"branch=hoabinh&view=counter&counter=99&key=demo-display", "", 404, "unknown_counter"},
		{"branch=hoabinh&view=window&key=demo-display", "", 400, "bad_parameter"},
		{"branch=hoabinh&view=board&key=demo-display&epoch=e", "", 400, "bad_parameter"},
		{"branch=hoabinh&view=board&key=demo-display&epoch=e&seq=-1", "", 400, "bad_parameter"},
		{"branch=hoabinh&view=board&key=demo-display&epoch=e.f&seq=1", "", 400, "bad_parameter"},
		{"branch=hoabinh&view=board&key=demo-display&epoch=&seq=1", "", 400, "bad_parameter"},
		{"branch=hoabinh&view=board&key=demo-display&epoch=e&seq=99999999999999999999", "", 400, "bad_parameter"},
		{"view=ticket&token=nonsense", "", 404, "unknown_ticket"},
		{"view=ticket&key=demo-kiosk", "", 400, "bad_parameter"},
	} {
		var headers []string
		if c.origin != "" {
			headers = []string{"Origin", c.origin}
		}
		_, res, err := h.dial(c.query, headers...)
		if err == nil || res == nil {
			t.Errorf("%s from %q was let in: %v", c.query, c.origin, err)
			continue
		}
		var body map[string]any
		json.NewDecoder(res.Body).Decode(&body)
		if res.StatusCode != c.status || body["code"] != c.code {
			t.Errorf("%s from %q: %d %v, want %d %s", c.query, c.origin, res.StatusCode, body["code"], c.status, c.code)
		}
	}
	for _, c := range [][2]string{
		{"branch=hoabinh&view=board&key=demo-display", own},
		{"branch=hoabinh&view=board&key=demo-display", "https://other.test:8443"},
		{"branch=hoabinh&view=ticket&token=" + token, ""},
	} {
		var headers []string
		if c[1] != "" {
			headers = []string{"Origin", c[1]}
		}
		if _, res, err := h.dial(c[0], headers...); err != nil {
			t.Errorf("%s from %q: %v %v", c[0], c[1], err, res)
		}
	}
	expect(t, h.get("/live?branch=hoabinh&view=board&key=demo-display", ""), 426, "upgrade_required")
}

// A page's session opens its own view and no other.
func TestSessionSocket(t *testing.T) {
	h := newHall(t, options{demo: true})
	page := h.get("/board/", "")
	cookie := page.header.Get("Set-Cookie")
	if page.status != 200 || cookie == "" {
		t.Fatalf("%d %q", page.status, cookie)
	}
	own := "http://" + h.host
	s, _, err := h.dial("branch=hoabinh&view=board", "Origin", own, "Cookie", cookie)
	must(t, err)
	s.next("snapshot")
	if _, res, err := h.dial("branch=hoabinh&view=desk", "Origin", own, "Cookie", cookie); err == nil || res.StatusCode != 403 {
		t.Errorf("a board's session opened a desk: %v", err)
	}
}
