package agent

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"os"

	firmware "motcua/firmware-config"
)

// Trust says whom an agent believes to be its server at an address, by its site file: the machine's
// own list of authorities, or that of a file (ca), or one key known by its fingerprint
// (pin). With cert it shows a certificate of its own, too.
func Trust(site *firmware.Site, server string) (*tls.Config, error) {
	u, err := serverURL(server)
	if err != nil {
		return nil, err
	}
	if u.Scheme == "http" && (site.CA != "" || site.Pin != "" || site.Cert != "") {
		return nil, fmt.Errorf("agent: the site file says whom to trust (ca, pin or cert), but %s is plain HTTP, where anybody can pretend to be the server: write https", server)
	}
	t := &trust{pin: site.Pin, host: u.Hostname()}
	set := &tls.Config{MinVersion: tls.VersionTLS12, VerifyConnection: t.verify,
		// The library's own check would end the connection before we can say which key
		// it was that is not trusted; verify makes the same check, and more.
		InsecureSkipVerify: true}
	if site.CA != "" {
		raw, err := os.ReadFile(site.CA)
		if err != nil {
			return nil, fmt.Errorf("agent: ca: %w", err)
		}
		t.roots = x509.NewCertPool()
		if one, err := x509.ParseCertificate(raw); err == nil { // as /ca.crt gives it
			t.roots.AddCert(one)
		} else if !t.roots.AppendCertsFromPEM(raw) {
			return nil, fmt.Errorf("agent: ca: no certificate in %s", site.CA)
		}
	}
	if site.Cert != "" {
		own, err := tls.LoadX509KeyPair(site.Cert, site.Cert)
		if err != nil {
			return nil, fmt.Errorf("agent: cert: %w", err)
		}
		set.Certificates = []tls.Certificate{own}
	}
	return set, nil
}

type trust struct {
	roots *x509.CertPool // nil for the machine's own
	pin   string         // "" for none
	host  string         // what the certificate must name; TLS itself tells it of no address
}

// untrusted tells a technician which key the server showed.
type untrusted struct {
	shown string
	why   error
}

func (e *untrusted) Error() string {
	return fmt.Sprintf("the server's certificate is not trusted: %v. If motcua doctor on the server shows the fingerprint %s, give it as pin", e.why, e.shown)
}

func (e *untrusted) Unwrap() error { return e.why }

// verify is asked for every connection, resumed ones too.
func (t *trust) verify(state tls.ConnectionState) error {
	shown := state.PeerCertificates
	if len(shown) == 0 {
		return &untrusted{why: fmt.Errorf("it shows none")}
	}
	how := x509.VerifyOptions{Roots: t.roots, Intermediates: x509.NewCertPool(), DNSName: t.host}
	for _, c := range shown[1:] {
		how.Intermediates.AddCert(c)
	}
	if t.pin != "" && !t.pinned(shown, &how) {
		return &untrusted{fingerprint(shown[len(shown)-1]), fmt.Errorf("its key is not the one of pin")}
	}
	if _, err := shown[0].Verify(how); err != nil {
		return &untrusted{fingerprint(shown[len(shown)-1]), err}
	}
	return nil
}

// pinned makes the certificate whose key is pinned the only one that is believed.
func (t *trust) pinned(shown []*x509.Certificate, how *x509.VerifyOptions) bool {
	for i, c := range shown {
		if fingerprint(c) != t.pin {
			continue
		}
		how.Roots = x509.NewCertPool()
		how.Roots.AddCert(c)
		if i == 0 { // the key itself says who it is, whatever the server is called here
			how.DNSName = ""
		}
		return true
	}
	return false
}

// fingerprint is the SHA-256 of a certificate's public key, as the server shows it.
func fingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.RawSubjectPublicKeyInfo)
	return hex.EncodeToString(sum[:])
}
