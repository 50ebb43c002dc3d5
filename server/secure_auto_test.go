package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"motcua/drivers/agent"
	firmware "motcua/firmware-config"
	"motcua/server/certs"
	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/store/storetest"
)

// background starts a command and gives a function that ends it with its status.
func background(t *testing.T, out io.Writer, args ...string) (end func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	status := make(chan int, 1)
	go func() { status <- run(ctx, args, out, out) }()
	return func() int { cancel(); return <-status }
}

// fetched asks with a key until there is an answer at all.
func fetched(t *testing.T, client *http.Client, address, key string) (int, []byte, http.Header) {
	t.Helper()
	for deadline := time.Now().Add(60 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		r, err := http.NewRequest(http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		if key != "" {
			r.Header.Set("Authorization", "Bearer "+key)
		}
		a, err := client.Do(r)
		if err == nil {
			body, err := io.ReadAll(a.Body)
			a.Body.Close()
			if err != nil {
				t.Fatal(err)
			}
			return a.StatusCode, body, a.Header
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// A hall with an authority of its own: a machine takes the authority's certificate, and
// then trusts the server; an agent is told of it by a fingerprint, must show a
// certificate of its own, and drives its kiosk over HTTPS and WSS.
func TestServeTLSAuto(t *testing.T) {
	data, addr, plain := t.TempDir(), storetest.FreeAddr(t), storetest.FreeAddr(t)
	book, err := staff.Open(t.Context(), filepath.Join(data, "staff.db"), staff.Options{Clock: queue.SystemClock, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	admin, err := book.First(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, key, err := book.Make(t.Context(), staff.Key{Name: "Máy 1", Role: staff.Agent, Branch: "sanh"})
	if err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	tlsDir := filepath.Join(data, tlsFolder)
	words := []string{"--data", data, "--addr", addr, "--tls-auto", "--tls-client-ca", certs.AuthorityFile(tlsDir)}
	var out bytes.Buffer // read when the server has ended
	end := background(t, &out, append([]string{"serve", "--voice", "none", "--log", "error", "--tls-redirect", plain}, words...)...)
	ended := false
	defer func() {
		if !ended {
			end()
		}
	}()
	status, ca, header := fetched(t, http.DefaultClient, "http://"+plain+"/ca.crt", "")
	if status != 200 || header.Get("Content-Type") != "application/x-x509-ca-cert" {
		t.Fatal(status, header)
	}
	authority, err := x509.ParseCertificate(ca)
	if err != nil {
		t.Fatal(err)
	}
	safe := &tls.Config{RootCAs: x509.NewCertPool()}
	safe.RootCAs.AddCert(authority)
	client := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{TLSClientConfig: safe}}
	defer client.CloseIdleConnections()
	if status, _, header := fetched(t, client, "https://"+addr+"/login", ""); status != 200 || header.Get("Strict-Transport-Security") == "" {
		t.Error(status, header)
	}
	for _, page := range []string{"http://" + plain + "/trust", "https://" + addr + "/trust?lang=en"} { // before and after
		if status, body, _ := fetched(t, client, page, ""); status != 200 || !strings.Contains(string(body), certs.Fingerprint(authority)) || !strings.Contains(string(body), fmt.Sprintf("%x", sha256.Sum256(ca))) {
			t.Errorf("%s: %d %.300s", page, status, body)
		}
	}
	if status, _, header := fetched(t, http.DefaultClient, "http://"+plain+"/web/base.css", ""); status != 200 || !strings.HasPrefix(header.Get("Content-Type"), "text/css") {
		t.Error("the page's look over plain HTTP", status)
	}
	if status, page, _ := fetched(t, client, "https://"+addr+"/login", ""); status != 200 || !strings.Contains(string(page), `href="/trust"`) {
		t.Error("the login page leads nowhere", status)
	}
	if status, again, _ := fetched(t, client, "https://"+addr+"/ca.crt", ""); status != 200 || string(again) != string(ca) {
		t.Error("another authority over HTTPS", status)
	}
	if status, body, _ := fetched(t, client, "https://"+addr+"/api/v1/me", key); status != 403 || !strings.Contains(string(body), "certificate_needed") {
		t.Errorf("an agent without its certificate: %d %s", status, body)
	}
	if status, body, _ := fetched(t, client, "https://"+addr+"/api/v1/me", admin); status != 200 {
		t.Errorf("a person without a certificate: %d %s", status, body)
	}
	if _, answer, err := (&websocket.Dialer{TLSClientConfig: safe}).Dial("wss://"+addr+"/live?branch=sanh&view=device&key="+key, nil); err == nil || answer == nil || answer.StatusCode != 403 {
		t.Errorf("an agent's socket without its certificate: %v", err)
	}
	own := filepath.Join(t.TempDir(), "may1.pem")
	if s, said := motcua(t, "device", "cert", "Máy 1", "--out", own, "--data", data); s != 0 {
		t.Fatal(said)
	}
	kiosk := startAgent(t, "https://"+addr, key, &firmware.Site{Branch: "sanh", Name: "Máy 1", Listen: "127.0.0.1:0", Pin: certs.Fingerprint(authority), Cert: own})
	if status, body, _ := fetched(t, http.DefaultClient, kiosk+"/api/v1/me", ""); status != 200 || !strings.Contains(string(body), "Máy 1") {
		t.Errorf("through the agent: %d %s", status, body)
	}
	socket, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(kiosk, "http")+"/live?branch=sanh&view=kiosk", http.Header{"Origin": {kiosk}})
	if err != nil {
		t.Fatal(err)
	}
	if _, first, err := socket.ReadMessage(); err != nil || !strings.Contains(string(first), `"snapshot"`) {
		t.Errorf("the kiosk's socket: %.100s %v", first, err)
	}
	socket.Close()
	s, said := motcua(t, append([]string{"doctor", "--voice", "none"}, words...)...)
	for _, want := range []string{"ok   the certificate is good until", "ok   the hall's certificate authority is good until", certs.Fingerprint(authority), "ok   the certificate names every address"} {
		if !strings.Contains(said, want) {
			t.Errorf("doctor, %d: %q is missing in %s", s, want, said)
		}
	}
	ended = true
	if s := end(); s != 0 {
		t.Errorf("ended with %d: %s", s, out.String())
	}
	if !strings.Contains(out.String(), certs.Fingerprint(authority)) || !strings.Contains(out.String(), "/trust") {
		t.Errorf("the start says nothing of it: %s", out.String())
	}
}

// startAgent runs an agent until the test ends and gives its kiosk's address, once its
// own line to the server stands.
func startAgent(t *testing.T, server, key string, site *firmware.Site) string {
	t.Helper()
	a, err := agent.New(agent.Options{Server: server, Key: key, Site: site, Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	for deadline := time.Now().Add(60 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if at := a.Address(); at != "" {
			var is struct{ Server bool }
			_, body, _ := fetched(t, http.DefaultClient, "http://"+at+"/agent/status", "")
			if err := json.Unmarshal(body, &is); err == nil && is.Server {
				return "http://" + at
			}
		}
		if time.Now().After(deadline) {
			t.Fatal("the agent has no line to the server")
		}
	}
}

func TestTLSAutoWords(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none.pem")
	if err := os.WriteFile(none, []byte("none"), 0o600); err != nil {
		t.Fatal(err)
	}
	for args, says := range map[string]string{
		"serve --data x --tls-auto --tls-cert a --tls-key b": "makes a certificate",
		"serve --data x --tls-client-ca a":                   "needs --tls-auto",
		"demo --tls-auto":                                    "without TLS",
		"doctor --tls-auto --data " + t.TempDir():            "start the server once with --tls-auto",
		"device cert M1 --out x --data " + t.TempDir():       "no server's data",
		"serve --voice none --tls-auto --addr 127.0.0.1:0 --data " + t.TempDir() + " --tls-client-ca " + none: "no certificate in",
	} {
		if status, out := motcua(t, strings.Fields(args)...); status == 0 || !strings.Contains(out, says) {
			t.Errorf("motcua %s: %d %s, want %q", args, status, out, says)
		}
	}
}

func TestDoctorAuthority(t *testing.T) {
	c := &config{Data: t.TempDir(), TLSAuto: true}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	names, _ := c.ownNames()
	a, err := certs.OpenAuthority(c.tlsDir(), names, now)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.Renew([]string{"localhost"}, now); err != nil {
		t.Fatal(err)
	}
	for days, says := range map[int]string{1: "is good until", 365 * 20: "is good until", -30: "begins on"} {
		found := checkAuthority(c, now.AddDate(0, 0, days))
		if !strings.Contains(found[0].what, says) || found[0].ok != (days == 1) {
			t.Errorf("%d days later: %+v", days, found)
		}
	}
	if found := checkNames(c); found[0].ok || !strings.Contains(found[0].what, "127.0.0.1") {
		t.Errorf("a name that is missing: %+v", found)
	}
	if err := os.WriteFile(certs.AuthorityFile(c.tlsDir()), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if found := checkAuthority(c, now); len(found) != 1 || found[0].ok || !strings.Contains(found[0].what, "damaged") {
		t.Errorf("%+v", found)
	}
}
