package main

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"motcua/server/certs"
)

// tlsFolder is the authority's, in the data directory. A backup holds it: after a
// restore the hall's machines still trust the server.
const tlsFolder = "tls"

func (c *config) tlsDir() string { return filepath.Join(c.Data, tlsFolder) }

// certFiles are the certificate and the key that the server shows.
func (c *config) certFiles() (cert, key string) {
	if c.TLSAuto {
		file := certs.ServerFile(c.tlsDir())
		return file, file
	}
	return c.TLSCert, c.TLSKey
}

// ownNames are those by which the hall's machines reach this one, now.
// What is known stands beside an error: a sandbox may hide the addresses.
func (c *config) ownNames() ([]string, error) {
	host, nameless := os.Hostname()
	addresses, err := net.InterfaceAddrs()
	return certs.HostNames(host, addresses, c.baseHost()), errors.Join(nameless, err)
}

// baseHost is the name or address in what tickets lead to, "" without one.
func (c *config) baseHost() string {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// openAuthority makes or reads the hall's authority and the server's certificate. It
// is asked before the server listens.
func (h *hall) openAuthority() error {
	if !h.config.TLSAuto {
		return nil
	}
	names, err := h.config.ownNames()
	if err != nil {
		h.log.Warn("this machine does not tell all its names: the certificate may lack an address that base_url does not name", "error", err)
	}
	if h.authority, err = certs.OpenAuthority(h.config.tlsDir(), names, h.clock.Now()); err != nil {
		return fmt.Errorf("--tls-auto: %w", err)
	}
	return h.renewCertificate(names)
}

func (h *hall) renewCertificate(names []string) error {
	renewed, left, err := h.authority.Renew(names, h.clock.Now())
	if err != nil {
		return fmt.Errorf("--tls-auto: %w", err)
	}
	if renewed {
		h.log.Info("the server's certificate is made", "names", strings.Join(names, " "))
		if len(left) > 0 {
			h.log.Warn("the hall's authority may not vouch for these names", "names", strings.Join(left, " "), "help", newAuthority)
		}
	}
	return nil
}

const newAuthority = "put the folder tls of the data directory aside and restart: a new authority is made, which every machine must trust anew"

// keepCertificate renews the certificate in time, and when this machine got another
// address, until ctx ends. The listener takes a new one up by itself.
func (h *hall) keepCertificate(ctx context.Context) {
	if h.authority == nil {
		return
	}
	h.running.Add(1)
	go func() {
		defer h.running.Done()
		look := time.NewTicker(time.Minute)
		defer look.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-look.C:
			}
			names, _ := h.config.ownNames() // what is hidden was said at the start
			if err := h.renewCertificate(names); err != nil {
				h.log.Error("the certificate was not renewed", "error", err)
			}
		}
	}()
}

// greetTLS says how machines come to trust the server.
func (h *hall) greetTLS(url string) string {
	if h.authority == nil {
		return ""
	}
	return fmt.Sprintf("The hall's own certificate authority, and how machines come to trust it: %s/trust\n  fingerprint, for pin: in an agent's site file: %s\n", url, h.authority.Fingerprint())
}

// clientTrust reads the authorities that vouch for devices; nil when none are asked for.
func (c *config) clientTrust() (*x509.CertPool, error) {
	if c.TLSClientCA == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(c.TLSClientCA)
	if err != nil {
		return nil, err
	}
	trust := x509.NewCertPool()
	if !trust.AppendCertsFromPEM(raw) {
		return nil, fmt.Errorf("--tls-client-ca: no certificate in %s", c.TLSClientCA)
	}
	return trust, nil
}

// checkAuthority looks at the authority beside a running server, and changes nothing.
func checkAuthority(c *config, now time.Time) []finding {
	raw, err := os.ReadFile(certs.AuthorityFile(c.tlsDir()))
	if err != nil {
		return []finding{{what: err.Error(), help: "start the server once with --tls-auto"}}
	}
	block, _ := pem.Decode(raw)
	var ca *x509.Certificate
	if block != nil {
		ca, err = x509.ParseCertificate(block.Bytes)
	}
	if block == nil || err != nil {
		return []finding{{what: certs.AuthorityFile(c.tlsDir()) + " is damaged", help: "restore the folder tls from the last backup"}}
	}
	if now.Before(ca.NotBefore) {
		return []finding{{what: fmt.Sprintf("the hall's certificate authority begins on %s: this machine's clock is behind, or was ahead when it was made", ca.NotBefore.Format("2006-01-02")),
			help: "set the clock; if it is right, " + newAuthority}}
	}
	found := []finding{{ok: ca.NotAfter.Sub(now) > renewSoon, help: newAuthority,
		what: fmt.Sprintf("the hall's certificate authority is good until %s, fingerprint %s; its file, /ca.crt, has the SHA-256 %x", ca.NotAfter.Format("2006-01-02"), certs.Fingerprint(ca), sha256.Sum256(ca.Raw))}}
	return append(found, checkNames(c)...)
}

// checkNames asks whether the certificate names how this machine is reached.
func checkNames(c *config) []finding {
	names, hidden := c.ownNames()
	missing, err := certs.Missing(certs.ServerFile(c.tlsDir()), names)
	switch {
	case err != nil:
		return []finding{{what: err.Error(), help: "start the server: it makes the certificate anew"}}
	case hidden != nil:
		return []finding{{hint: true, what: "this machine does not tell all its names: " + hidden.Error(), help: "base_url names what the certificate must have"}}
	case len(missing) > 0:
		return []finding{{what: "the certificate does not name " + strings.Join(missing, ", "),
			help: "a running server adds it within a minute; if it does not, its log says why"}}
	}
	return []finding{{ok: true, what: "the certificate names every address of this machine"}}
}
