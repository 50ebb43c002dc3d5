package api_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// wireConn is one connection on which requests are written by hand.
type wireConn struct {
	net.Conn
	t testing.TB
	r *bufio.Reader
}

func (h *hall) wire(t testing.TB) *wireConn {
	t.Helper()
	conn, err := net.Dial("tcp", h.host)
	must(t, err)
	t.Cleanup(func() { conn.Close() })
	return &wireConn{conn, t, bufio.NewReader(conn)}
}

// says writes a head and then a body, in whatever shape.
func (w *wireConn) says(head, body string) {
	w.t.Helper()
	w.SetDeadline(time.Now().Add(20 * time.Second))
	fmt.Fprintf(w, "%s\r\nHost: hall\r\nAuthorization: Bearer demo-admin\r\nIdempotency-Key: %d\r\n\r\n%s", head, time.Now().UnixNano(), body)
}

func (w *wireConn) hears() (status int, text string, ends bool) {
	w.t.Helper()
	res, err := http.ReadResponse(w.r, nil)
	if err != nil {
		w.t.Fatalf("no answer: %v", err)
	}
	raw, err := io.ReadAll(res.Body)
	must(w.t, err)
	return res.StatusCode, string(raw), res.Close
}

func chunked(s string, of int) string {
	var b strings.Builder
	for len(s) > 0 {
		part := s[:min(of, len(s))]
		s = s[len(part):]
		fmt.Fprintf(&b, "%x\r\n%s\r\n", len(part), part)
	}
	return b.String() + "0\r\n\r\n"
}

// Whatever a body is like, it is never taken for the next request: either the
// connection goes on with a good answer to the next one, or it is closed.
func TestBodiesAreBoundedAndRead(t *testing.T) {
	h := newHall(t, options{demo: true, book: true})
	const undo, imports = "POST /api/v1/catalogue/imports/undo HTTP/1.1", "POST /api/v1/catalogue/imports?file=a.jsonl HTTP/1.1"
	const dry = "POST /api/v1/catalogue/imports?dry=1&file=a.jsonl HTTP/1.1"
	const chunks = "\r\nTransfer-Encoding: chunked"
	long := func(n int) string { return "\r\nContent-Length: " + fmt.Sprint(n) }
	smuggled := strings.Repeat("GET /healthz HTTP/1.1\r\nHost: hall\r\n\r\n", 3000) // 108,000 bytes
	for name, c := range map[string]struct {
		head, body, code string
		status           int
		ends             bool
	}{
		"just a body":         {undo + long(2), "{}", "no_import_to_undo", 409, false},
		"chunks":              {undo + chunks, chunked("{}", 1), "no_import_to_undo", 409, false},
		"just small enough":   {undo + long(64<<10), strings.Repeat(" ", 64<<10), "no_import_to_undo", 409, false},
		"a byte too many":     {undo + long(64<<10+1), strings.Repeat(" ", 64<<10+1), "body_too_large", 413, false},
		"too many chunks":     {undo + chunks, chunked(strings.Repeat(" ", 200<<10), 4000), "body_too_large", 413, false},
		"far too much":        {undo + long(3<<20), strings.Repeat(" ", 3<<20), "body_too_large", 413, true},
		"a form with a file":  {undo + "\r\nContent-Type: multipart/form-data; boundary=x" + long(len(smuggled)), smuggled, "body_too_large", 413, false},
		"no chunk":            {undo + chunks, "xyz\r\n", "bad_request", 400, true},
		"nobody reads it":     {"POST /nowhere HTTP/1.1" + long(10), "0123456789", "not_found", 404, false},
		"a get with a body":   {"GET /api/v1/catalogue/stale?days=0 HTTP/1.1" + long(len("GET / HTTP/1.1\r\n\r\n")), "GET / HTTP/1.1\r\n\r\n", "bad_parameter", 400, false},
		"refused unread":      {"POST /api/v1/catalogue/imports HTTP/1.1" + long(len(smuggled)), smuggled, "bad_parameter", 400, false},
		"refused and endless": {"POST /api/v1/catalogue/imports HTTP/1.1" + long(2<<20), strings.Repeat(" ", 2<<20), "bad_parameter", 400, true},
		"large":               {dry + long(len(smuggled)), smuggled, "", 200, false},
		"large in chunks":     {dry + chunks, chunked(smuggled, 1000), "", 200, false},
		"larger than allowed": {imports + long(64<<20+1), strings.Repeat(" ", 2<<20), "body_too_large", 413, true},
		"large, broken":       {imports + chunks, "5\r\nabcde\r\nxyz\r\n", "bad_request", 400, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := h.wire(t)
			go func() { w.says(c.head, c.body) }()
			status, text, ends := w.hears()
			if status != c.status || !strings.Contains(text, c.code) || ends != c.ends {
				t.Fatalf("%d, closed %v: %.200s; want %d %s, closed %v", status, ends, text, c.status, c.code, c.ends)
			}
			if ends {
				return
			}
			w.says("GET /api/v1/catalogue/imports/progress HTTP/1.1", "")
			if status, text, _ := w.hears(); status != 200 || !strings.Contains(text, `"running":false`) {
				t.Errorf("the next request on the connection: %d %.200s", status, text)
			}
		})
	}
}

// Who goes away in the middle of a large body leaves nothing behind.
func TestLargeBodyThatBreaksOff(t *testing.T) {
	h := newHall(t, options{demo: true, book: true})
	w := h.wire(t)
	w.says("POST /api/v1/catalogue/imports?file=a.jsonl HTTP/1.1\r\nContent-Length: 100000", `{"code":"1.000001","name":"Một"}`+"\n")
	must(t, w.Close())
	for range 100 {
		if strings.Contains(h.log.String(), "status=400") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if a := h.get("/api/v1/catalogue/imports", "demo-admin"); len(a.body["items"].([]any)) != 0 {
		t.Errorf("half a file was imported: %s", a.raw)
	}
}

// A second large body is read while the first is still coming.
func TestTwoLargeBodies(t *testing.T) {
	h := newHall(t, options{demo: true, book: true})
	slow := h.wire(t)
	line := `{"code":"1.000001","name":"Một"}` + "\n"
	slow.says(fmt.Sprintf("POST /api/v1/catalogue/imports?file=a.jsonl HTTP/1.1\r\nContent-Length: %d", len(line)), line[:10])
	if a := h.post("/api/v1/catalogue/imports?file=b.jsonl", "demo-admin", strings.ReplaceAll(line, "1.000001", "1.000002")); a.status != 201 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	fmt.Fprint(slow, line[10:])
	if status, text, _ := slow.hears(); status != 201 {
		t.Errorf("the slow one: %d %s", status, text)
	}
}

// A packed body is not unpacked: 64 KiB of zeros' zip could fill the memory.
func TestPackedBody(t *testing.T) {
	h := newHall(t, options{demo: true})
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(bytes.Repeat([]byte(" "), 32<<20)); err != nil {
		t.Fatal(err)
	}
	must(t, z.Close())
	a := h.post("/api/v1/branches/hoabinh/tickets", "demo-kiosk", packed.String(), "Content-Encoding", "gzip")
	expect(t, a, 400, "bad_json")
}
