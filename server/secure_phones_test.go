package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"motcua/server/certs"
	"motcua/server/store/storetest"
)

// What may go by a line that everybody can read, and what may not.
func TestForPhones(t *testing.T) {
	for request, want := range map[string]bool{
		"GET /t/abc": true, "GET /phone/phone.js": true, "GET /web/base.css": true, "GET /live?view=ticket&token=x": true,
		"GET /api/v1/tickets/abc": true, "POST /api/v1/tickets/abc/cancel": true, "POST /api/v1/passes/abc/booking": true,
		"GET /api/v1/tickets?branch=b&code=X": false, "GET /login": false, "POST /login": false, "GET /desk/": false, "GET /admin/": false,
		"GET /api/v1/me": false, "GET /live?view=board&key=x": false, "GET /live?view=ticket&key=x": false, "GET /live?view=desk": false,
		"POST /t/abc": false, "DELETE /api/v1/tickets/abc": false, "GET /t/../api/v1/keys": false, "GET /metrics": false, "GET /": false,
	} {
		method, target, _ := strings.Cut(request, " ")
		if got := forPhones(httptest.NewRequest(method, target, nil)); got != want {
			t.Errorf("%s: %v, want %v", request, got, want)
		}
	}
}

// A hall with an authority of its own: a visitor's phone follows its ticket over plain
// HTTP, and is still one phone among others; everybody else is sent to HTTPS.
func TestPhonesBesideTLS(t *testing.T) {
	data, addr, plain := t.TempDir(), storetest.FreeAddr(t), storetest.FreeAddr(t)
	var out bytes.Buffer
	end := background(t, &out, "serve", "--voice", "none", "--log", "error", "--data", data, "--addr", addr, "--tls-auto",
		"--tls-redirect", plain, "--tls-phones")
	defer end()
	client := &http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	status, _, header := fetched(t, client, "http://"+plain+"/phone/phone.js", "")
	if status != 200 || header.Get("Strict-Transport-Security") != "" || header.Get("Content-Security-Policy") == "" {
		t.Error(status, header)
	}
	if status, _, header = fetched(t, client, "http://"+plain+"/desk/", ""); status != 308 || header.Get("Location") != "https://"+addr+"/desk/" {
		t.Error(status, header)
	}
	if status, body, _ := fetched(t, client, "http://"+plain+"/api/v1/tickets/xx-nobodys-ticket-at-all", ""); status != 404 || !strings.Contains(string(body), "unknown_ticket") {
		t.Errorf("%d %s", status, body)
	}
	_, answer, err := websocket.DefaultDialer.Dial("ws://"+plain+"/live?view=ticket&token=xx-nobodys-ticket-at-all", http.Header{"Origin": {"http://" + plain}})
	if err == nil || answer == nil || answer.StatusCode != 404 {
		t.Errorf("a socket of a phone: %v %v", err, answer)
	}
	// Misses are counted for the phone that missed, not for the server that asked for it.
	for i := 0; ; i++ {
		status, _, _ := fetched(t, from(client, "127.0.0.7"), fmt.Sprintf("http://%s/api/v1/tickets/xx-nobodys-ticket-%04d", plain, i), "")
		if status == 429 {
			break
		}
		if i > 2000 {
			t.Fatal("nobody is refused")
		}
	}
	if status, _, _ := fetched(t, from(client, "127.0.0.8"), "http://"+plain+"/api/v1/tickets/xx-nobodys-ticket-at-all", ""); status != 404 {
		t.Errorf("another phone: %d", status)
	}
	if _, err := certs.Missing(certs.ServerFile(data+"/"+tlsFolder), nil); err != nil {
		t.Error(err)
	}
}

// from is a client at another address of this machine.
func from(client *http.Client, ip string) *http.Client {
	other := *client
	other.Transport = &http.Transport{DisableKeepAlives: true,
		DialContext: (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(ip)}}).DialContext}
	return &other
}

// A phone's socket goes through and lives longer than a request may take; what a phone
// must not have with it stays behind.
func TestPhonesSocket(t *testing.T) {
	seen := make(chan http.Header, 1)
	behind := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen <- r.Header
		conn, err := (&websocket.Upgrader{}).Upgrade(w, r, nil) // it compares Origin and Host
		if err != nil {
			return
		}
		defer conn.Close()
		for {
			kind, body, err := conn.ReadMessage()
			if err != nil || conn.WriteMessage(kind, body) != nil {
				return
			}
		}
	}))
	defer behind.Close()
	h := &hall{config: &config{}, log: slog.New(slog.DiscardHandler)}
	front := httptest.NewUnstartedServer(h.phones(behind.Listener.Addr().String()))
	front.Config.ReadTimeout, front.Config.WriteTimeout = 200*time.Millisecond, 200*time.Millisecond
	front.Start()
	defer front.Close()
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(front.URL, "http")+"/live?view=ticket&token=x",
		http.Header{"Origin": {front.URL}, "Cookie": {"motcua_admin=x"}, "Authorization": {"Bearer x"}, "X-Forwarded-For": {"10.0.0.1"}})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, word := range []string{"a", "b"} {
		if err := conn.WriteMessage(websocket.TextMessage, []byte(word)); err != nil {
			t.Fatal(err)
		}
		if _, got, err := conn.ReadMessage(); err != nil || string(got) != word {
			t.Fatalf("%q %v", got, err)
		}
		time.Sleep(300 * time.Millisecond) // longer than a request may take here
	}
	if had := <-seen; had.Get("Cookie") != "" || had.Get("Authorization") != "" || had.Get("X-Forwarded-For") != "127.0.0.1" {
		t.Errorf("%v", had)
	}
}
