package agent

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"motcua/server/wire"
)

// fault is what the fake server does to one report.
type fault int

const (
	fine   fault = iota
	before       // the line drops before the report is taken
	after        // the report is taken, the answer is lost
	broken       // 500
	busy         // 503 as a problem
	deny         // 409 as a problem: understood and refused
)

// fakeServer plays the server: it remembers what arrived, and misbehaves as told.
type fakeServer struct {
	t        *testing.T
	mu       sync.Mutex
	keys     map[string]string // key -> name
	seen     map[string]bool   // idempotency keys
	reports  []record          // in order of first arrival
	repeats  int
	epoch    string
	events   []wire.Event // seq 1..
	sockets  map[*fakeSocket]bool
	prints   map[string]wire.PrintJob
	samples  []wire.PrintJob // tickets without secrets
	jobs     int             // how often a print job was asked for
	faults   func(r record) fault
	refuses  func() bool // a job that is asked for: the line drops
	pages    map[string]string
	pairings int
	approve  bool
	now      func() time.Time
	server   *http.Server
	addr     string
	silentWS bool
	requests []*http.Request // of /api, as they came
}

type fakeSocket struct {
	conn *websocket.Conn
	mu   sync.Mutex
	sent int64
}

func newFakeServer(t *testing.T) *fakeServer {
	f := &fakeServer{t: t, keys: map[string]string{"k1": "Máy 1"}, seen: map[string]bool{}, epoch: "e1",
		sockets: map[*fakeSocket]bool{}, prints: map[string]wire.PrintJob{}, pages: map[string]string{}, now: time.Now}
	f.up("127.0.0.1:0")
	t.Cleanup(f.down)
	return f
}

// up begins to listen, on the same address after down.
func (f *fakeServer) up(addr string) {
	f.t.Helper()
	var l net.Listener
	var err error
	for range 100 { // the kernel may need a moment to give the address back
		if l, err = net.Listen("tcp", addr); err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil {
		f.t.Fatal(err)
	}
	f.addr = l.Addr().String()
	f.server = &http.Server{Handler: f}
	go f.server.Serve(l)
}

// down cuts every line at once.
func (f *fakeServer) down() {
	f.server.Close()
	f.mu.Lock()
	defer f.mu.Unlock()
	for s := range f.sockets {
		s.conn.Close()
	}
	clear(f.sockets)
}

func (f *fakeServer) url() string { return "http://" + f.addr }

func (f *fakeServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.requests = append(f.requests, r.Clone(r.Context()))
	now, approve := f.now(), f.approve
	f.mu.Unlock()
	w.Header().Set("Date", now.UTC().Format(http.TimeFormat))
	path := r.URL.Path
	switch {
	case strings.HasPrefix(path, "/api/v1/pairings"):
		f.pair(w, r, approve)
		return
	case !strings.HasPrefix(path, "/api/") && path != "/live":
		f.page(w, r)
		return
	}
	key := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if path == "/live" {
		key = r.URL.Query().Get("key")
	}
	f.mu.Lock()
	name, ok := f.keys[key]
	f.mu.Unlock()
	if !ok {
		problem(w, 401, "unauthorized")
		return
	}
	switch {
	case path == "/live":
		f.live(w, r)
	case path == "/api/v1/me":
		answer(w, map[string]any{"name": name, "role": "agent", "branch": "b", "counters": []string{}})
	case path == "/api/v1/branches/b/day-key":
		answer(w, map[string]any{"day": "2026-11-23", "key": make([]byte, 32)})
	case path == "/api/v1/branches/b/prints":
		f.mu.Lock()
		defer f.mu.Unlock()
		answer(w, map[string]any{"jobs": f.samples})
	case strings.HasPrefix(path, "/api/v1/branches/b/prints/"):
		f.print(w, r)
	case path == "/api/v1/branches/b/reports":
		f.report(w, r)
	case path == "/api/v1/echo":
		body, _ := io.ReadAll(r.Body)
		http.SetCookie(w, &http.Cookie{Name: "motcua_agent", Value: "secret"})
		answer(w, map[string]any{"body": string(body), "auth": r.Header.Get("Authorization"), "cookie": r.Header.Get("Cookie"),
			"origin": r.Header.Get("Origin"), "host": r.Host, "forwarded": r.Header.Get("X-Forwarded-For"), "query": r.URL.RawQuery})
	default:
		problem(w, 404, "not_found")
	}
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}

func problem(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"code":%q}`, code)
}

func (f *fakeServer) pair(w http.ResponseWriter, r *http.Request, approve bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case r.Method == http.MethodPost:
		f.pairings++
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(201)
		fmt.Fprintf(w, `{"id":"p%d","code":"K7M-%dQ4","secret":"s%d","expires_at":"2026-11-23T09:00:00+07:00"}`, f.pairings, f.pairings, f.pairings)
	case r.Header.Get("Authorization") != fmt.Sprintf("Bearer s%d", f.pairings):
		problem(w, 404, "unknown_pairing")
	case !approve:
		answer(w, map[string]string{"state": "waiting"})
	default:
		f.keys["k2"] = "Máy 1"
		answer(w, map[string]string{"state": "approved", "key": "k2", "name": "Máy 1", "role": "agent", "branch": "b"})
	}
}

func (f *fakeServer) print(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.refuses != nil && f.refuses() {
		panic(http.ErrAbortHandler)
	}
	f.jobs++
	job, ok := f.prints[r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]]
	if !ok {
		problem(w, 404, "unknown_ticket")
		return
	}
	if n := r.URL.Query().Get("copy"); n != "" {
		job.Job += "." + n
	}
	answer(w, job)
}

func (f *fakeServer) report(w http.ResponseWriter, r *http.Request) {
	rec := record{Key: r.Header.Get("Idempotency-Key")}
	if err := json.NewDecoder(r.Body).Decode(&rec.Report); err != nil || rec.Key == "" {
		problem(w, 400, "bad_json")
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	what := fine
	if f.faults != nil {
		what = f.faults(rec)
	}
	switch what {
	case before:
		panic(http.ErrAbortHandler)
	case broken:
		w.WriteHeader(500)
		return
	case busy:
		problem(w, 503, "store_unavailable")
		return
	}
	if f.seen[rec.Key] {
		f.repeats++
	} else {
		f.seen[rec.Key] = true
		f.reports = append(f.reports, rec)
	}
	switch what {
	case after:
		panic(http.ErrAbortHandler)
	case deny:
		problem(w, 409, "nothing_to_rate")
		return
	}
	answer(w, map[string]string{"done": "rate"})
}

func (f *fakeServer) page(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	body, ok := f.pages[r.URL.Path]
	f.mu.Unlock()
	if !ok {
		problem(w, 404, "not_found")
		return
	}
	etag := `"` + sumOf([]byte(body))[:16] + `"`
	w.Header().Set("ETag", etag)
	http.SetCookie(w, &http.Cookie{Name: "motcua_kiosk", Value: "demo-kiosk"})
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	switch {
	case strings.HasSuffix(r.URL.Path, ".js"):
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	case strings.HasSuffix(r.URL.Path, ".css"):
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
	case strings.HasSuffix(r.URL.Path, ".json"):
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	}
	io.WriteString(w, body)
}
