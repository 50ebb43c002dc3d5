package chain

import (
	"bytes"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"motcua/server/queue"
)

// road is the network between an agent and the server. It can be cut, and it
// keeps the server's word on every report.
type road struct {
	addr string
	l    net.Listener

	mu      sync.Mutex
	isCut   bool
	conns   map[net.Conn]bool
	order   []string          // keys of reports in the order of their first final answer
	answers map[string]answer // the last final one
}

// answer is what the server said to a report.
type answer struct {
	status int
	code   queue.Code
}

func newRoad(t *testing.T, to string) *road {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &road{addr: l.Addr().String(), l: l, conns: map[net.Conn]bool{}, answers: map[string]answer{}}
	pass := &httputil.ReverseProxy{
		Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(&url.URL{Scheme: "http", Host: to})
			p.Out.Host = to
		},
		ModifyResponse: r.note,
		ErrorLog:       log.New(io.Discard, "", 0), // the server is killed on purpose
	}
	server := &http.Server{Handler: pass, ErrorLog: pass.ErrorLog}
	go func() { _ = server.Serve(r) }()
	t.Cleanup(func() {
		server.Close()
		r.cut()
	})
	return r
}

// Accept makes the road a listener whose connections it can break.
func (r *road) Accept() (net.Conn, error) {
	for {
		c, err := r.l.Accept()
		if err != nil {
			return nil, err
		}
		r.mu.Lock()
		if r.isCut {
			r.mu.Unlock()
			c.Close()
			continue
		}
		r.conns[c] = true
		r.mu.Unlock()
		return c, nil
	}
}

func (r *road) Close() error   { return r.l.Close() }
func (r *road) Addr() net.Addr { return r.l.Addr() }

// cut breaks every connection and lets no new one through.
func (r *road) cut() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.isCut = true
	for c := range r.conns {
		c.Close()
	}
	clear(r.conns)
}

func (r *road) mend() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.isCut = false
}

// note keeps the answer to a report, when it is one that the agent stops at.
func (r *road) note(a *http.Response) error {
	if !strings.HasSuffix(a.Request.URL.Path, "/reports") || a.StatusCode >= 500 {
		return nil
	}
	body, err := io.ReadAll(a.Body)
	if err != nil {
		return err
	}
	a.Body = io.NopCloser(bytes.NewReader(body))
	var problem struct{ Code queue.Code }
	_ = json.Unmarshal(body, &problem) // accepted reports have none
	key := a.Request.Header.Get("Idempotency-Key")
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.answers[key]; !known {
		r.order = append(r.order, key)
	}
	said := answer{a.StatusCode, problem.Code}
	if said.code == "idempotency_key_reused" {
		// The same press, told again by its keypad because the agent was killed before
		// it could say thanks; its time is worked out anew. It has counted before.
		said = answer{status: http.StatusOK}
	}
	r.answers[key] = said
	return nil
}

// said gives the server's word on a report, false when it has none yet.
func (r *road) said(key string) (answer, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a, ok := r.answers[key]
	return a, ok
}

// reports gives the keys that begin with a word, in the order they arrived.
func (r *road) reports(begin string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(r.order), func(key string) bool { return !strings.HasPrefix(key, begin) })
}
