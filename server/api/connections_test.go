package api_test

import (
	"io"
	"net"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"motcua/server/api"
)

// from dials as another machine: every address of 127.0.0.0/8 is one of ours.
func from(ip string) *net.Dialer {
	return &net.Dialer{Timeout: 20 * time.Second, LocalAddr: &net.TCPAddr{IP: net.ParseIP(ip)}}
}

// One address that opens a thousand connections has what is allowed, and keeps nobody
// else out; what it closes it may open again.
func TestConnectionsOfOneAddress(t *testing.T) {
	const most = 40
	h := newHall(t, options{demo: true, neighbours: api.Neighbours{Most: most, Free: []netip.Prefix{}}})
	h.client.Transport = &http.Transport{DialContext: from("127.0.0.9").DialContext, DisableKeepAlives: true}
	greedy := from("127.0.0.2")
	var in []net.Conn
	defer func() {
		for _, c := range in {
			c.Close()
		}
	}()
	served := func(c net.Conn) bool {
		c.SetDeadline(time.Now().Add(30 * time.Second))
		if _, err := io.WriteString(c, "GET /healthz HTTP/1.1\r\nHost: hall\r\n\r\n"); err != nil {
			return false
		}
		_, err := c.Read(make([]byte, 1024))
		return err == nil
	}
	for i := range 1000 {
		c, err := greedy.Dial("tcp", h.host)
		must(t, err)
		if !served(c) {
			c.Close()
			continue
		}
		if in = append(in, c); i >= most {
			t.Fatalf("connection %d is served, at most %d are allowed", i+1, most)
		}
	}
	if len(in) != most {
		t.Errorf("%d are served, want %d", len(in), most)
	}
	h.take() // another machine
	for range 3 {
		in[0].Close()
		until(t, "a place for another connection", func() bool {
			c, err := greedy.Dial("tcp", h.host)
			must(t, err)
			if !served(c) {
				c.Close()
				return false
			}
			in[0] = c
			return true
		})
	}
}

// A proxy's own connections are not counted, and its clients are told apart: by its
// word, not by what a client wrote before it.
func TestClientsBehindAProxy(t *testing.T) {
	proxy := netip.MustParsePrefix("127.0.0.2/32")
	h := newHall(t, options{neighbours: api.Neighbours{Most: 2, Free: []netip.Prefix{}, Proxies: []netip.Prefix{proxy}}})
	client := func(ip string) *http.Client {
		return &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DialContext: from(ip).DialContext, DisableKeepAlives: true}}
	}
	for range 5 {
		c, err := from("127.0.0.2").Dial("tcp", h.host)
		must(t, err)
		defer c.Close()
	}
	wrong := func(ip string, forwarded ...string) int {
		r, err := http.NewRequest(http.MethodGet, h.url+"/api/v1/me", nil)
		must(t, err)
		r.Header.Set("Authorization", "Bearer nobody's")
		r.Header["X-Forwarded-For"] = forwarded
		a, err := client(ip).Do(r)
		must(t, err)
		a.Body.Close()
		return a.StatusCode
	}
	until(t, "a client to be refused", func() bool { return wrong("127.0.0.2", "10.0.0.1") == 429 })
	for _, c := range []struct {
		what, ip, forwarded string
		want                int
	}{
		{"another client of the proxy", "127.0.0.2", "10.0.0.2", 401},
		{"the same one, who says he is another", "127.0.0.2", "10.0.0.3, 10.0.0.1", 429},
		{"through two proxies of ours", "127.0.0.2", "10.0.0.1, 127.0.0.2", 429},
		{"no address at all", "127.0.0.2", "unknown", 401},
		{"a stranger who says he is a proxy", "127.0.0.3", "10.0.0.1", 401},
	} {
		if got := wrong(c.ip, c.forwarded); got != c.want {
			t.Errorf("%s: %d, want %d", c.what, got, c.want)
		}
	}
	if got := wrong("127.0.0.2", "10.0.0.3", "10.0.0.1"); got != 429 { // a proxy that adds a line of its own
		t.Errorf("who puts a line before the proxy's: %d", got)
	}
}

// until waits for something that takes a moment.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("no", what)
		}
	}
}

// Whoever may choose among many addresses is one; a hall full of machines is not.
func TestWhomAnAddressIsCountedFor(t *testing.T) {
	here := netip.MustParseAddr("2001:db8:1:2::1")
	for address, want := range map[string]string{
		"192.168.1.7":          "192.168.1.7",
		"203.0.113.9":          "203.0.113.9",
		"fe80::7%eth0":         "fe80::7",
		"fd00::7":              "fd00::7",
		"2001:db8:1:2::7":      "2001:db8:1:2::7",
		"2001:db8:9:9::7":      "2001:db8:9:9::",
		"2001:db8:9:9:1:2:3:4": "2001:db8:9:9::",
	} {
		if got := api.Household(netip.MustParseAddr(address), here).String(); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}
