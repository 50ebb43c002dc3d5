package main

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"os"
	"time"

	"motcua/server/certs"
)

// secure tells whether the server speaks TLS itself.
func (c *config) secure() bool { return c.TLSCert != "" }

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
	k, err := certs.Open(h.config.TLSCert, h.config.TLSKey, h.clock.Now,
		func(err error) { h.log.Warn("TLS", "error", err) })
	if err != nil {
		return nil, err
	}
	return k.Config(), nil
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
