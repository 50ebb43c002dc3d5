package api_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// storm is clients that send whatever they like to the whole interface, each with a
// seed of its own, so that what was found can be found again.
type storm struct {
	h        *hall
	patterns []string
	mu       sync.Mutex
	statuses map[int]int
	wrong    []string
}

// words are what the storm puts where the interface wants something else.
var words = []string{"", "0", "-1", "1e309", "null", "true", "[]", "{}", `"`, "\x00", "\xff\xfe", "..", "../../etc/passwd", "%", "%zz", "%00",
	"A001", "hoabinh", "demo-admin", "2026-11-23", "99999999999999999999", "<script>", "' OR 1=1 --", "a\r\nX-Evil: 1", "\u202e", "{{branch}}", "🧧"}

var fieldNames = []string{"service", "priority", "procedure", "person", "number", "reason", "level", "reasons", "people", "items", "name", "role",
	"branch", "counters", "kind", "text", "topic", "at", "press", "device", "arg", "state", "note", "epoch", "seq", "type", "version", "login", "password", "code",
	"old", "new", "roles", "title", "photo", "skills", "off", "move", "settings", "day"}

func word(r *rand.Rand) string {
	if r.IntN(20) == 0 {
		return strings.Repeat(words[r.IntN(len(words))]+"x", 1+r.IntN(3000))
	}
	return words[r.IntN(len(words))]
}

// value is a JSON value of any shape.
func value(r *rand.Rand, depth int) any {
	switch n := r.IntN(7); {
	case n == 0 && depth < 5:
		list := make([]any, r.IntN(5))
		for i := range list {
			list[i] = value(r, depth+1)
		}
		return list
	case n <= 2 && depth < 5:
		fields := map[string]any{}
		for range r.IntN(6) {
			fields[fieldNames[r.IntN(len(fieldNames))]] = value(r, depth+1)
		}
		return fields
	case n == 3:
		return r.Int64() - r.Int64()
	case n == 4:
		return nil
	}
	return word(r)
}

// request is one of the interface's, filled with what does not belong there.
func (s *storm) request(r *rand.Rand) []byte {
	method, path, _ := strings.Cut(s.patterns[r.IntN(len(s.patterns))], " ")
	path = parameter.ReplaceAllStringFunc(path, func(name string) string {
		switch {
		case name == ":branch" && r.IntN(3) > 0:
			return "hoabinh"
		case name == ":counter" && r.IntN(2) > 0:
			return "1"
		}
		return hexed(word(r))
	})
	path = strings.ReplaceAll(path, "*", hexed(word(r)))
	if r.IntN(2) == 0 {
		path += "?" + fieldNames[r.IntN(len(fieldNames))] + "=" + hexed(word(r)) + "&branch=hoabinh&view=board"
	}
	body, err := json.Marshal(value(r, 0))
	if err != nil {
		body = []byte("{")
	}
	kind := "application/json"
	if r.IntN(6) == 0 { // as the login page sends it
		kind = "application/x-www-form-urlencoded"
		body = []byte("name=" + hexed(word(r)) + "&password=" + hexed(word(r)) + "&code=" + hexed(word(r)) + "&key=" + hexed(word(r)))
	}
	if r.IntN(4) == 0 { // a browser with a session it made up, or the demo's
		sessions := []string{"motcua_person=" + word(r), "motcua_admin=demo-admin", "motcua_desk=demo-desk; motcua_person=x", "motcua_screen=\"\""}
		var b bytes.Buffer
		fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nSec-Fetch-Site: %s\r\nIdempotency-Key: %d\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
			method, path, s.h.host, strings.NewReplacer("\r", "", "\n", "").Replace(sessions[r.IntN(len(sessions))]), []string{"same-origin", "cross-site", "none"}[r.IntN(3)], r.Int64(), kind, len(body), body)
		return b.Bytes()
	}
	keys := []string{"demo-desk", "demo-kiosk", "demo-device", "demo-display", "demo-admin", "nobody"}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nIdempotency-Key: %d\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
		method, path, s.h.host, keys[r.IntN(len(keys))], r.Int64(), kind, len(body), body)
	return b.Bytes()
}

// hexed writes every byte as %XX, or as it is: bytes that no browser would send.
func hexed(s string) string {
	if len(s)%2 == 0 {
		return s
	}
	return fmt.Sprintf("%%%X", s[:1]) + s[1:]
}

// frames is a socket's beginning and then nonsense.
func (s *storm) frames(r *rand.Rand) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "GET /live?branch=hoabinh&view=desk&key=demo-desk HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n", s.h.host)
	for range r.IntN(20) {
		payload, err := json.Marshal(value(r, 0))
		if err != nil || len(payload) > 125 {
			payload = []byte(`{"type":"resume","epoch":"epoch-1","seq":0}`)
		}
		b.Write([]byte{byte(0x80 | r.IntN(16)), byte(0x80 | len(payload)), 0, 0, 0, 0})
		b.Write(payload)
	}
	return b.Bytes()
}

// spoil changes some bytes, repeats some, or cuts the end off.
func spoil(r *rand.Rand, b []byte) []byte {
	for range r.IntN(6) {
		at := r.IntN(len(b))
		switch r.IntN(4) {
		case 0:
			b[at] = byte(r.IntN(256))
		case 1:
			b = b[:at+1]
		case 2:
			b = append(b[:at:at], append([]byte(word(r)), b[at:]...)...)
		case 3:
			b = append(b, b[at:]...)
		}
	}
	return b
}

// send sends and reads what comes back. Some clients half close, some vanish.
func (s *storm) send(r *rand.Rand, what []byte) error {
	conn, err := net.DialTimeout("tcp", s.h.host, 20*time.Second)
	if err != nil {
		return fmt.Errorf("nobody answers any more: %w", err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := conn.Write(what); err != nil {
		return nil // the server closed first, as it may
	}
	tcp := conn.(*net.TCPConn)
	if r.IntN(8) == 0 {
		tcp.SetLinger(0) // a reset
		return nil
	}
	tcp.CloseWrite()
	line, _ := bufio.NewReader(io.LimitReader(conn, 4<<10)).ReadString('\n')
	var status int
	if _, err := fmt.Sscanf(line, "HTTP/1.1 %d", &status); err != nil {
		return nil // closed without an answer
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.statuses[status]++
	if status >= 500 && len(s.wrong) < 5 {
		s.wrong = append(s.wrong, fmt.Sprintf("%s answers %.400q", strings.TrimSpace(line), what))
	}
	return nil
}

// rage lets clients send until enough says so, and holds what is left against what was.
func rage(t *testing.T, clients int, enough func(sent int) bool) {
	h := newHall(t, options{demo: true, book: true, shelf: true})
	s := &storm{h: h, patterns: h.server.Patterns(), statuses: map[int]int{}}
	before := held()
	var all sync.WaitGroup
	for i := range clients {
		all.Go(func() {
			r := rand.New(rand.NewPCG(20261122, uint64(i)))
			for sent := 0; !enough(sent); sent++ {
				what := s.request(r)
				if r.IntN(5) == 0 {
					what = s.frames(r)
				}
				if r.IntN(3) == 0 {
					what = spoil(r, what)
				}
				if err := s.send(r, what); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	h.settled(t, 0)
	t.Logf("answers: %v", s.statuses)
	for _, wrong := range s.wrong {
		t.Error(wrong)
	}
	for _, status := range []int{101, 200, 400, 401, 403, 404} {
		if s.statuses[status] == 0 {
			t.Errorf("no answer was %d: the storm does not reach what it should", status)
		}
	}
	for line := range strings.SplitSeq(h.log.String(), "\n") {
		if strings.Contains(line, "level=ERROR") {
			t.Errorf("the log says: %.300s", line)
			break
		}
	}
	grown := int64(held()) - int64(before) - int64(h.log.Cap()) // the log is the test's own
	t.Logf("memory grew by %d KiB", grown>>10)
	if grown > 100<<20 {
		t.Errorf("memory grew by %d MiB", grown>>20)
	}
	if a := h.get("/readyz", ""); a.status != 200 {
		t.Errorf("after the storm: %d %s", a.status, a.raw)
	}
	h.board().next("snapshot")
}

// Clients that send anything at all bring about no error of ours, and the hall goes on.
func TestHostileStorm(t *testing.T) { rage(t, 8, func(sent int) bool { return sent >= 150 }) }

// The same for minutes.
func TestHostileStormSoak(t *testing.T) {
	end := time.Now().Add(3 * time.Minute)
	rage(t, 16, func(int) bool { return time.Now().After(end) })
}
