package main

import (
	"context"
	"crypto/tls"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httputil"
	"net/netip"
	"strings"
	"time"
)

// phonePaths are what a visitor's phone asks for: pages and calls that carry a secret of
// one visit in their address, and files that everybody may read. The hall's own
// authority is known to no phone, so these are answered over plain HTTP, where the hall
// wants that; nothing else is.
var phonePaths = []string{"/t/", "/b/", "/g/", "/p/", "/phone/", "/web/", "/media/", "/favicon.ico", "/api/v1/tickets/", "/api/v1/passes/"}

// forPhones tells whether a request is one of those.
func forPhones(r *http.Request) bool {
	if strings.Contains(r.URL.Path, "..") || r.Method != http.MethodGet && r.Method != http.MethodHead && r.Method != http.MethodPost {
		return false
	}
	if r.URL.Path == "/live" {
		asked := r.URL.Query()
		return asked.Get("view") == "ticket" && !asked.Has("key")
	}
	for _, p := range phonePaths {
		if strings.HasPrefix(r.URL.Path, p) && (r.Method != http.MethodPost || strings.HasPrefix(p, "/api/")) {
			return true
		}
	}
	return false
}

// phones passes what phones ask for on to the server's own port. Who they are stays
// known by their address; keys and cookies do not go by a line that anybody can read.
func (h *hall) phones(secure string) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.URL.Scheme, r.Out.URL.Host = "https", selfAddress(secure)
			r.Out.Host = r.In.Host // an Origin is compared with it
			r.Out.Header.Del("Authorization")
			r.Out.Header.Del("Cookie")
			r.SetXForwarded()
			r.Out.Header.Del("X-Forwarded-Host")
			r.Out.Header.Del("X-Forwarded-Proto")
		},
		Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, // it is this very program, on this machine
			MaxIdleConnsPerHost: 64, IdleConnTimeout: time.Minute, ResponseHeaderTimeout: 30 * time.Second, DisableCompression: true},
		ModifyResponse: func(answer *http.Response) error {
			for _, name := range []string{"Set-Cookie", "Strict-Transport-Security", "Cross-Origin-Opener-Policy"} {
				answer.Header.Del(name)
			}
			return nil
		},
		ErrorLog:     log.New(slog.NewLogLogger(h.log.Handler(), slog.LevelDebug).Writer(), "", 0),
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
}

// selfAddress is where this program reaches its own port.
func selfAddress(listens string) string {
	at, err := netip.ParseAddrPort(listens)
	if err == nil && at.Addr().IsUnspecified() {
		return netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), at.Port()).String()
	}
	return listens
}

// selves are the addresses the program's own calls come from.
func (c *config) selves() []netip.Prefix {
	list := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	if host, _, err := net.SplitHostPort(c.Addr); err == nil {
		if at, err := netip.ParseAddr(host); err == nil && !at.IsUnspecified() {
			list = append(list, netip.PrefixFrom(at, at.BitLen()))
		}
	}
	return list
}

// plainServer answers plain HTTP. A socket of a phone leaves its times behind.
func plainServer(ctx context.Context, answers http.Handler) *http.Server {
	s := &http.Server{Handler: answers, ReadTimeout: 30 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 30 * time.Second,
		MaxHeaderBytes: 4 << 10, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
		BaseContext: func(net.Listener) context.Context { return ctx }}
	context.AfterFunc(ctx, func() { _ = s.Close() }) // nothing is lost: who is cut asks again
	return s
}
