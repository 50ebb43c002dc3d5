package agent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"slices"
	"strings"
	"sync"
	"time"
)

// proxy is the kiosk's own server on this machine: one origin for the browser,
// which holds no key.
type proxy struct {
	agent    *Agent
	listener net.Listener
	hosts    []string // how this address may be written
	pass     *httputil.ReverseProxy
	away     awayMark
}

// listen opens the site file's address; nil when it names none.
func (a *Agent) listen(ctx context.Context) (*proxy, error) {
	if a.Site.Listen == "" {
		return nil, nil
	}
	host, port, err := net.SplitHostPort(a.Site.Listen)
	if err != nil {
		return nil, fmt.Errorf("agent: listen: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("agent: listen %s: only this machine may use the agent: write 127.0.0.1:%s", a.Site.Listen, port)
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", a.Site.Listen)
	if err != nil {
		return nil, fmt.Errorf("agent: listen: %w", err)
	}
	_, port, _ = net.SplitHostPort(listener.Addr().String()) // port 0 is any
	p := &proxy{agent: a, listener: listener,
		hosts: []string{"127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port}}
	p.pass = p.reverse()
	address := listener.Addr().String()
	a.address.Store(&address)
	return p, nil
}

// Address is where the kiosk's proxy listens, "" until it does.
func (a *Agent) Address() string {
	if address := a.address.Load(); address != nil {
		return *address
	}
	return ""
}

// run serves until ctx ends. Requests live no longer than ctx: sockets too.
func (p *proxy) run(ctx context.Context) {
	server := &http.Server{Handler: p, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 32 << 10, BaseContext: func(net.Listener) context.Context { return ctx }}
	go func() {
		<-ctx.Done()
		soon, stop := context.WithTimeout(context.Background(), time.Second)
		defer stop()
		if server.Shutdown(soon) != nil {
			server.Close()
		}
	}()
	if err := server.Serve(p.listener); !errors.Is(err, http.ErrServerClosed) {
		p.agent.Log.Error("the proxy ended", "error", err)
	}
}

// ServeHTTP lets only pages of this very address in: any other page on this
// machine, or one that gave its name our address, is a stranger.
func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !p.ours(r) {
		answerProblem(w, r, http.StatusForbidden, "origin_refused", "foreign")
		return
	}
	path := r.URL.Path
	switch {
	case path == "/agent/status":
		p.status(w)
	case path == "/agent/scans":
		p.agent.serveScans(w, r)
	case strings.HasPrefix(path, "/agent/"):
		answerProblem(w, r, http.StatusNotFound, "not_found", "nothing")
	case path == "/live" || strings.HasPrefix(path, "/api/"):
		p.forward(w, r)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		answerProblem(w, r, http.StatusMethodNotAllowed, "method_not_allowed", "nothing")
	default:
		p.page(w, r)
	}
}

func (p *proxy) ours(r *http.Request) bool {
	if !slices.Contains(p.hosts, strings.ToLower(r.Host)) {
		return false
	}
	for _, origin := range r.Header.Values("Origin") {
		host, plain := strings.CutPrefix(strings.ToLower(origin), "http://")
		if !plain || host != strings.ToLower(r.Host) {
			return false
		}
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return true
	}
	return false
}

// forward sends /api and /live on, with the agent's key.
func (p *proxy) forward(w http.ResponseWriter, r *http.Request) {
	if p.agent.keys.get().Key == "" {
		answerProblem(w, r, http.StatusServiceUnavailable, "server_away", "server_away")
		return
	}
	p.pass.ServeHTTP(w, r)
}

// page sends a page's file on, or shows the one kept from before.
func (p *proxy) page(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/":
		http.Redirect(w, r, "/kiosk/", http.StatusFound)
	case p.agent.keys.get().Key == "" && strings.HasSuffix(r.URL.Path, "/"):
		p.agent.waitingPage(w, r) // without a key the page could do nothing
	case p.away.is(p.agent.Clock.Now()):
		p.kept(w, r)
	default:
		p.pass.ServeHTTP(w, r)
	}
}

// kept answers without the server.
func (p *proxy) kept(w http.ResponseWriter, r *http.Request) {
	switch {
	case p.agent.face.serve(w, r):
	case strings.HasSuffix(r.URL.Path, "/"):
		p.agent.waitingPage(w, r)
	default:
		answerProblem(w, r, http.StatusServiceUnavailable, "server_away", "server_away")
	}
}

// status tells the kiosk's page of this machine.
func (p *proxy) status(w http.ResponseWriter) {
	up, _ := p.agent.line.get()
	answer := map[string]any{"name": p.agent.name(), "server": up, "build": p.agent.face.build(), "code": p.agent.line.shown()}
	for _, d := range p.agent.devices {
		if d.printer != nil {
			d.mu.Lock()
			answer["printer"] = map[string]any{"id": p.agent.fullID(d.ID), "state": d.states[0].is}
			d.mu.Unlock()
			break
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(answer) // a page that has gone needs no answer
}

// awayMark remembers for a second that the server did not answer: the thirty
// files of a page must not each wait for the network's patience.
type awayMark struct {
	mu    sync.Mutex
	until time.Time
}

func (m *awayMark) is(now time.Time) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return now.Before(m.until)
}

func (m *awayMark) set(until time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.until = until
}
