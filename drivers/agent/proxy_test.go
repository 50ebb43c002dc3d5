package agent

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
)

// kiosk starts an agent with a proxy before pages, and gives its address.
func kiosk(t *testing.T, b *bench) string {
	t.Helper()
	b.o.Site.Listen = "127.0.0.1:0"
	b.f.set(func() {
		b.f.pages["/kiosk/"] = `<link rel="stylesheet" href="/kiosk/k.css"><script type="module" src="/kiosk/k.js"></script>`
		b.f.pages["/kiosk/k.css"] = `@font-face { src: url(fonts/a.woff2) }`
		b.f.pages["/kiosk/k.js"] = `import { x } from '/web/x.js'; import './y.js'; /** import('/web/types.js') */`
		b.f.pages["/kiosk/y.js"] = `fetch('/web/i18n/kiosk.' + lang)`
		b.f.pages["/web/x.js"] = `export const x = 1`
		b.f.pages["/kiosk/fonts/a.woff2"] = "font"
		b.f.pages["/web/i18n/kiosk.vi.json"] = `{"a":"Lấy số"}`
	})
	b.start()
	until(t, "an address", func() bool { return b.a.Address() != "" })
	return "http://" + b.a.Address()
}

type page struct {
	status int
	body   string
	header http.Header
}

func fetch(t *testing.T, method, address string, header ...string) page {
	t.Helper()
	r, err := http.NewRequest(method, address, strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
	}
	answer, err := newClient(nil).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return page{answer.StatusCode, string(body), answer.Header}
}

// Only pages of this very address are let in.
func TestProxyStrangers(t *testing.T) {
	b := newBench(t)
	home := kiosk(t, b)
	port := home[strings.LastIndex(home, ":")+1:]
	for _, c := range []struct {
		name   string
		header []string
		ok     bool
	}{
		{"own page", []string{"Origin", home, "Sec-Fetch-Site", "same-origin"}, true},
		{"no page", nil, true},
		{"localhost", []string{"Host", "localhost:" + port, "Origin", "http://localhost:" + port}, true},
		{"address bar", []string{"Sec-Fetch-Site", "none"}, true},
		{"another site", []string{"Origin", "http://evil.example"}, false},
		{"another port of this machine", []string{"Origin", "http://127.0.0.1:1"}, false},
		{"own name under another", []string{"Origin", "http://localhost:" + port}, false},
		{"a file", []string{"Origin", "null"}, false},
		{"https", []string{"Origin", "https://127.0.0.1:" + port}, false},
		{"a name that points here", []string{"Host", "evil.example:" + port}, false},
		{"a name that points here, its own page", []string{"Host", "evil.example:" + port, "Origin", "http://evil.example:" + port}, false},
		{"no port", []string{"Host", "127.0.0.1"}, false},
		{"a picture on another site", []string{"Sec-Fetch-Site", "cross-site"}, false},
		{"another port's page without Origin", []string{"Sec-Fetch-Site", "same-site"}, false},
	} {
		for _, path := range []string{"/api/v1/echo", "/agent/status", "/kiosk/", "/live"} {
			got := fetch(t, "GET", home+path, c.header...)
			if refused := got.status == http.StatusForbidden; refused == c.ok {
				t.Errorf("%s, %s: %d %s", c.name, path, got.status, got.body)
			}
			if !c.ok && !strings.Contains(got.body, `"origin_refused"`) {
				t.Errorf("%s, %s: %s", c.name, path, got.body)
			}
		}
	}
	b.f.mu.Lock()
	defer b.f.mu.Unlock()
	for _, r := range b.f.requests {
		if strings.Contains(r.Host, "evil") || r.Header.Get("Origin") != "" {
			t.Errorf("went on to the server: %s %s %v", r.Host, r.URL, r.Header)
		}
	}
}

// The key is added, and nothing of the browser's identity goes on or comes back.
func TestProxyAddsKey(t *testing.T) {
	b := newBench(t)
	home := kiosk(t, b)
	until(t, "the line", func() bool { return b.f.online() == 1 })
	got := fetch(t, "POST", home+"/api/v1/echo?a=1", "Origin", home, "Cookie", "motcua_admin=x", "Authorization", "Bearer stolen")
	var echo map[string]string
	if err := json.Unmarshal([]byte(got.body), &echo); err != nil {
		t.Fatal(err, got.body)
	}
	want := map[string]string{"auth": "Bearer k1", "cookie": "", "origin": "", "host": b.f.addr, "forwarded": "", "query": "a=1", "body": ""}
	for name, value := range want {
		if echo[name] != value {
			t.Errorf("%s: %q, want %q", name, echo[name], value)
		}
	}
	if got.header.Get("Set-Cookie") != "" {
		t.Error("a cookie came back")
	}
	var asked []*http.Request
	b.f.set(func() { asked = slices.Clone(b.f.requests) }) // the agent goes on asking
	for _, r := range asked {
		if strings.HasPrefix(r.URL.Path, "/kiosk/") && r.Header.Get("Authorization") != "" {
			t.Error("the key went out for a page's file")
		}
	}
	if got := fetch(t, "POST", home+"/login"); got.status != http.StatusMethodNotAllowed {
		t.Errorf("POST to a page: %d", got.status)
	}
}

// The kiosk's own websocket goes through.
func TestProxyLive(t *testing.T) {
	b := newBench(t)
	home := kiosk(t, b)
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(home, "http")+"/live?branch=b&view=kiosk&key=other",
		http.Header{"Origin": {home}})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var m message
	if err := conn.ReadJSON(&m); err != nil || m.Type != "snapshot" {
		t.Fatal(m.Type, err)
	}
	b.f.happen(taken("v1"))
	if err := conn.ReadJSON(&m); err != nil || m.Seq != 1 {
		t.Fatal(m.Seq, err)
	}
	b.f.down()
	conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	if _, _, err := conn.ReadMessage(); err == nil {
		t.Error("the line outlived its server")
	}
	_, answer, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(home, "http")+"/live?branch=b&view=kiosk", nil)
	if err == nil || answer == nil || answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("without a server: %v %v", answer, err)
	}
}

// While the server is away the last whole set is shown; when it is back, the page is its.
func TestProxyKeptFace(t *testing.T) {
	b := newBench(t)
	home := kiosk(t, b)
	files := []string{"/kiosk/", "/kiosk/k.css", "/kiosk/k.js", "/kiosk/y.js", "/kiosk/fonts/a.woff2", "/web/x.js", "/web/i18n/kiosk.vi.json"}
	until(t, "a kept face", func() bool { return b.a.face.build() != "" })
	first := b.a.face.build()
	want := map[string]page{}
	for _, path := range files {
		want[path] = fetch(t, "GET", home+path)
	}
	b.f.down()
	check := func() {
		t.Helper()
		for _, path := range files {
			got := fetch(t, "GET", home+path+"?branch=b")
			if got.status != 200 || got.body != want[path].body || got.header.Get("Content-Type") != want[path].header.Get("Content-Type") {
				t.Errorf("%s: %d %q, want %q", path, got.status, got.body, want[path].body)
			}
			if again := fetch(t, "GET", home+path, "If-None-Match", got.header.Get("ETag")); again.status != http.StatusNotModified {
				t.Errorf("%s again: %d", path, again.status)
			}
		}
		got := fetch(t, "GET", home+"/api/v1/echo", "Accept-Language", "en")
		if got.status != 503 || !strings.Contains(got.body, `"server_away"`) || !strings.Contains(got.body, words["server_away"].EN) {
			t.Errorf("api: %d %s", got.status, got.body)
		}
		if got := fetch(t, "GET", home+"/kiosk/other.js"); got.status != 503 {
			t.Errorf("a file nobody has: %d", got.status)
		}
	}
	check()
	b.stop()
	home = kiosk(t, b) // a restart of the machine, still without the server
	check()
	b.f.set(func() { b.f.pages["/web/x.js"] = `export const x = 2` })
	began := time.Now()
	b.f.up(b.f.addr)
	until(t, "the new page", func() bool { return strings.Contains(fetch(t, "GET", home+"/web/x.js").body, "x = 2") })
	t.Logf("the server's page again after %s", time.Since(began).Round(time.Millisecond))
	until(t, "the new build", func() bool { build := b.a.face.build(); return build != first && build != "" })
	until(t, "the old set to go", func() bool {
		left, _ := filepath.Glob(filepath.Join(b.o.Data, "face", "*"))
		return len(left) == 2
	})
}

// A set that is not whole never takes the place of one that is.
func TestFaceIsWhole(t *testing.T) {
	b := newBench(t)
	b.f.pages["/kiosk/"] = `<script src="/kiosk/a.js"></script>`
	b.f.pages["/kiosk/a.js"] = `1`
	a, err := newAgent(b.o, b.makers())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.mirror(context.Background()); err != nil {
		t.Fatal(err)
	}
	build := a.face.build()
	b.f.pages["/kiosk/"] = `<script src="/kiosk/b.js"></script>`
	if err := a.mirror(context.Background()); err == nil {
		t.Error("a page without its script was kept")
	}
	if a.face.build() != build {
		t.Error("the whole set is gone")
	}
	b.f.pages["/kiosk/b.js"] = `2`
	if err := a.mirror(context.Background()); err != nil {
		t.Fatal(err)
	}
	if set := a.face.set(); set.Build == build || len(set.Files) != 2 || set.Files["/kiosk/a.js"] != nil {
		t.Errorf("%+v", set)
	}
	// A damaged file: the set is forgotten, not shown.
	left, _ := filepath.Glob(filepath.Join(b.o.Data, "face", a.face.build(), sumOf([]byte("2"))))
	if len(left) != 1 {
		t.Fatal(left)
	}
	if err := os.WriteFile(left[0], []byte("3"), 0o600); err != nil {
		t.Fatal(err)
	}
	if f, err := openFace(filepath.Join(b.o.Data, "face")); err != nil || f.build() != "" {
		t.Errorf("a damaged set is used: %v %s", err, f.build())
	}
}

// A first start without the server says so, and shows the pairing code.
func TestWaitingPage(t *testing.T) {
	b := newBench(t)
	b.o.Key = ""
	b.f.down()
	home := kiosk(t, b)
	got := fetch(t, "GET", home+"/kiosk/")
	if got.status != 200 || !strings.Contains(got.body, "Máy đang chờ máy chủ") || !strings.Contains(got.body, words["waiting"].EN) {
		t.Errorf("%d %s", got.status, got.body)
	}
	b.f.up(b.f.addr)
	until(t, "the code", func() bool { return strings.Contains(fetch(t, "GET", home+"/kiosk/").body, "K7M-1Q4") })
	var status struct{ Code string }
	if err := json.Unmarshal([]byte(fetch(t, "GET", home+"/agent/status").body), &status); err != nil || status.Code != "K7M-1Q4" {
		t.Error(status, err)
	}
	b.f.set(func() { b.f.approve = true })
	until(t, "the page", func() bool { return strings.Contains(fetch(t, "GET", home+"/kiosk/").body, "/kiosk/k.js") })
	if got := fetch(t, "GET", home+"/"); got.status != http.StatusFound || got.header.Get("Location") != "/kiosk/" {
		t.Errorf("/: %d %s", got.status, got.header.Get("Location"))
	}
}

// Nobody but this machine may use the key.
func TestListenLoopbackOnly(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "192.168.1.1:8090", "[::]:0", "8090"} {
		b := newBench(t)
		b.o.Site.Listen = address
		a, err := newAgent(b.o, b.makers())
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Run(t.Context()); err == nil {
			t.Errorf("%q is listened on", address)
		}
	}
}

// One data folder, one agent.
func TestSecondAgent(t *testing.T) {
	b := newBench(t)
	b.start()
	until(t, "the line", func() bool { return b.f.online() == 1 })
	a, err := newAgent(b.o, b.makers())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "another agent") {
		t.Error(err)
	}
}
