package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"os"
	"path"
	"strings"
	"time"

	"motcua/server/api"
	"motcua/server/certs"
)

// secure tells whether the server speaks TLS itself.
func (c *config) secure() bool { return c.TLSCert != "" || c.TLSAuto }

// scheme begins the server's addresses.
func (c *config) scheme() string {
	if c.secure() {
		return "https"
	}
	return "http"
}

func (c *config) checkTLS() error {
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return fmt.Errorf("%w: --tls-cert and --tls-key go together", errUsage)
	}
	if c.TLSFrom != "" && !c.secure() {
		return fmt.Errorf("%w: --tls-redirect needs --tls-cert and --tls-key, or --tls-auto", errUsage)
	}
	if c.TLSPhones && c.TLSFrom == "" {
		return fmt.Errorf("%w: --tls-phones needs --tls-redirect, the address of plain HTTP", errUsage)
	}
	if c.TLSAuto && (c.TLSCert != "" || c.TLSKey != "") {
		return fmt.Errorf("%w: --tls-auto makes a certificate: leave --tls-cert and --tls-key out", errUsage)
	}
	if c.TLSClientCA != "" && !c.secure() {
		return fmt.Errorf("%w: --tls-client-ca needs --tls-auto or --tls-cert", errUsage)
	}
	if c.secure() && c.demo {
		return fmt.Errorf("%w: demo answers on this machine only, without TLS", errUsage)
	}
	return nil
}

// tlsConfig is nil for plain HTTP.
func (h *hall) tlsConfig() (*tls.Config, error) {
	if !h.config.secure() {
		return nil, nil
	}
	cert, key := h.config.certFiles()
	k, err := certs.Open(cert, key, h.clock.Now,
		func(err error) { h.log.Warn("TLS", "error", err) })
	if err != nil {
		return nil, err
	}
	set := k.Config()
	if set.ClientCAs, err = h.config.clientTrust(); err != nil {
		return nil, err
	}
	if set.ClientCAs != nil { // browsers have none and are let in: the edge asks agents for theirs
		set.ClientAuth = tls.VerifyClientCertIfGiven
	}
	return set, nil
}

// redirect sends whoever comes by plain HTTP to the address of HTTPS, until ctx ends.
func (h *hall) redirect(ctx context.Context, secure string) error {
	if h.config.TLSFrom == "" {
		return nil
	}
	l, err := h.sockets.listen("redirect", h.config.TLSFrom)
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(secure)
	if err != nil {
		return err
	}
	around, err := h.config.neighbours()
	if err != nil {
		return err
	}
	plain := plainServer(ctx, h.plain(port, secure))
	go func() {
		if err := plain.Serve(api.Bounded(l, around)); err != nil && ctx.Err() == nil {
			h.log.Error("plain HTTP is not answered any more", "error", err)
		}
	}()
	return nil
}

// plain answers plain HTTP. The authority's certificate is had there, too: over HTTPS
// a machine that does not trust it yet would have to look away once.
func (h *hall) plain(port, secure string) http.HandlerFunc {
	away, phones := toHTTPS(port), h.phones(secure)
	return func(w http.ResponseWriter, r *http.Request) {
		if h.authority != nil && r.URL.Path == "/ca.crt" && r.Method == http.MethodGet {
			w.Header().Set("Content-Type", "application/x-x509-ca-cert")
			_, _ = w.Write(h.authority.Certificate())
			return
		}
		if h.config.TLSPhones && forPhones(r) || h.authority != nil && forTrust(r) {
			phones.ServeHTTP(w, r)
			return
		}
		away(w, r)
	}
}

// forTrust tells whether a request is for the page that tells how to trust the
// authority, or for how it looks.
func forTrust(r *http.Request) bool {
	return r.Method == http.MethodGet && (r.URL.Path == "/trust" || r.URL.Path == "/trust/" || path.Dir(r.URL.Path) == "/web" && path.Ext(r.URL.Path) == ".css" || strings.HasPrefix(r.URL.Path, "/web/fonts/"))
}

// toHTTPS answers with the same address on another port.
func toHTTPS(port string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		host = strings.Trim(host, "[]")
		if host == "" || !strings.HasPrefix(r.URL.Path, "/") {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		switch {
		case port != "443":
			host = net.JoinHostPort(host, port)
		case strings.Contains(host, ":"):
			host = "[" + host + "]"
		}
		w.Header().Set("Location", "https://"+host+r.URL.RequestURI())
		w.WriteHeader(http.StatusPermanentRedirect) // 308: a POST stays one
	}
}

// selfClient asks the server on this machine. The certificate speaks of the hall's
// name, not of this machine's loopback address, and nothing secret is sent.
var selfClient = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}

// A certificate is renewed in time when there are weeks to find out that it was not.
const (
	renewSoon = 30 * 24 * time.Hour
	renewNow  = 7 * 24 * time.Hour
)

// checkCertificate looks at how long screens and agents will still trust the server.
func checkCertificate(cert, key string, now time.Time) []finding {
	ends, err := certs.Ends(cert, key)
	if err != nil {
		return []finding{{what: err.Error(), help: "both files must be PEM, belong together, and be readable by the server's user"}}
	}
	const help = "write the renewed certificate and key into the same files; the running server takes them up within a minute"
	left := ends.Sub(now)
	f := finding{ok: left > renewSoon, hint: left > renewNow && left <= renewSoon, help: help,
		what: fmt.Sprintf("the certificate is good until %s", ends.Format("2006-01-02"))}
	if left <= 0 {
		f.what = fmt.Sprintf("the certificate ended on %s: browsers and agents refuse the server", ends.Format("2006-01-02"))
	}
	found := []finding{f}
	if info, err := os.Stat(key); err == nil && info.Mode().Perm()&0o007 != 0 {
		found = append(found, finding{what: "everybody on this machine can read " + key, help: "chmod 640 it, for the server's user or group alone"})
	}
	return found
}
