package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/store/storetest"
)

// certificate writes one that is good for this machine until end, and gives who trusts it.
func certificate(t *testing.T, end time.Time) (cert, key string, trust *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: end.AddDate(-2, 0, 0), NotAfter: end, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, about, about, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: raw}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	trust = x509.NewCertPool()
	trust.AppendCertsFromPEM(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	return cert, key, trust
}

// A hall with a certificate speaks HTTPS alone: pages, session and socket are as good
// as over HTTP, and browsers are told to come back by HTTPS.
func TestServeTLS(t *testing.T) {
	cert, key, trust := certificate(t, time.Now().AddDate(1, 0, 0))
	data, addr, plain := t.TempDir(), storetest.FreeAddr(t), storetest.FreeAddr(t)
	book, err := staff.Open(t.Context(), filepath.Join(data, "staff.db"), staff.Options{Clock: queue.SystemClock, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	admin, err := book.First(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	status := make(chan int, 1)
	var out bytes.Buffer
	go func() {
		status <- run(ctx, []string{"serve", "--voice", "none", "--log", "error", "--addr", addr, "--data", data, "--tls-cert", cert, "--tls-key", key, "--tls-redirect", plain}, &out, &out)
	}()
	safe := &tls.Config{RootCAs: trust}
	client := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{TLSClientConfig: safe},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	var a *http.Response
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if a, err = client.Get("https://" + addr + "/login"); err == nil {
			a.Body.Close()
			break
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
	if a.StatusCode != 200 || a.Header.Get("Strict-Transport-Security") == "" || a.Header.Get("Cross-Origin-Opener-Policy") != "same-origin" {
		t.Errorf("%d %v", a.StatusCode, a.Header)
	}
	if a, err = client.PostForm("https://"+addr+"/login", url.Values{"key": {admin}}); err != nil {
		t.Fatal(err)
	}
	a.Body.Close()
	if cookie := a.Header.Get("Set-Cookie"); a.StatusCode != 303 || !strings.Contains(strings.ToLower(cookie), "secure") {
		t.Errorf("%d, cookie %q is sent over HTTP too", a.StatusCode, cookie)
	}
	dialer := websocket.Dialer{TLSClientConfig: safe, HandshakeTimeout: 20 * time.Second}
	socket, _, err := dialer.Dial("wss://"+addr+"/live?branch=sanh&view=board&key="+admin, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, first, err := socket.ReadMessage(); err != nil || !strings.Contains(string(first), `"snapshot"`) {
		t.Errorf("%.100s %v", first, err)
	}
	socket.Close()
	if r, err := http.Get("http://" + addr + "/healthz"); err == nil {
		r.Body.Close()
		if r.StatusCode == 200 {
			t.Error("it answers plain HTTP on the same address")
		}
	}
	if s, said := motcua(t, "doctor", "--ready", "--addr", addr, "--tls-cert", cert, "--tls-key", key); s != 0 {
		t.Errorf("doctor --ready: %d %s", s, said)
	}
	if a, err = client.Get("http://" + plain + "/t/abc?x=1"); err != nil {
		t.Fatal(err)
	}
	a.Body.Close()
	if to := a.Header.Get("Location"); a.StatusCode != 308 || to != "https://"+addr+"/t/abc?x=1" {
		t.Errorf("plain HTTP: %d %q", a.StatusCode, to)
	}
	cancel()
	if s := <-status; s != 0 {
		t.Errorf("ended with %d: %s", s, out.String())
	}
}

func TestToHTTPS(t *testing.T) {
	for _, c := range []struct{ host, path, port, want string }{
		{"hall.test:80", "/kiosk/", "443", "https://hall.test/kiosk/"},
		{"hall.test", "/a?b=c", "8443", "https://hall.test:8443/a?b=c"},
		{"[::1]:80", "/", "443", "https://[::1]/"},
		{"[::1]", "/", "8443", "https://[::1]:8443/"},
		{"", "/", "443", ""},
	} {
		r := httptest.NewRequest("GET", c.path, nil)
		r.Host = c.host
		w := httptest.NewRecorder()
		toHTTPS(c.port)(w, r)
		if got := w.Header().Get("Location"); got != c.want {
			t.Errorf("%s%s: %q, want %q", c.host, c.path, got, c.want)
		}
	}
}

func TestTLSWords(t *testing.T) {
	for args, says := range map[string]string{
		"serve --data x --tls-cert a":           "go together",
		"serve --data x --tls-key a":            "go together",
		"serve --data x --tls-redirect :80":     "needs --tls-cert",
		"demo --tls-cert a --tls-key b":         "without TLS",
		"doctor --tls-cert none --tls-key none": "must be PEM",
		"serve --data " + t.TempDir() + " --addr 127.0.0.1:0 --tls-cert none --tls-key none": "no such file",
	} {
		if status, out := motcua(t, strings.Fields(args)...); status == 0 || !strings.Contains(out, says) {
			t.Errorf("motcua %s: %d %s, want %q", args, status, out, says)
		}
	}
}

func TestDoctorCertificate(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for days, want := range map[int]finding{-1: {}, 5: {}, 20: {hint: true}, 200: {ok: true}} {
		cert, key, _ := certificate(t, now.AddDate(0, 0, days))
		got := checkCertificate(cert, key, now)
		if len(got) != 1 || got[0].ok != want.ok || got[0].hint != want.hint {
			t.Errorf("%d days left: %+v", days, got)
		}
		if err := os.Chmod(key, 0o644); err != nil {
			t.Fatal(err)
		}
		if got = checkCertificate(cert, key, now); len(got) != 2 || got[1].ok {
			t.Errorf("a key everybody can read: %+v", got)
		}
	}
}
