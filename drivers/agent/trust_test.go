package agent

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	firmware "motcua/firmware-config"
)

// signed makes a certificate for this machine, signed by parent or by itself.
func signed(t *testing.T, parent *tls.Certificate, about x509.Certificate) *tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about.SerialNumber, about.NotBefore, about.NotAfter = big.NewInt(1), time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	about.BasicConstraintsValid = true
	c := &tls.Certificate{PrivateKey: key}
	by, with := &about, any(key)
	if parent != nil {
		by, with = parent.Leaf, parent.PrivateKey
	}
	der, err := x509.CreateCertificate(rand.Reader, &about, by, key.Public(), with)
	if err != nil {
		t.Fatal(err)
	}
	if c.Leaf, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	c.Certificate = [][]byte{der}
	if parent != nil {
		c.Certificate = append(c.Certificate, parent.Certificate...)
	}
	return c
}

// An agent believes the server it was told of, and no other.
func TestTrust(t *testing.T) {
	here := []net.IP{net.IPv4(127, 0, 0, 1)}
	ca := signed(t, nil, x509.Certificate{IsCA: true, KeyUsage: x509.KeyUsageCertSign})
	server := signed(t, ca, x509.Certificate{IPAddresses: here})
	elsewhere := signed(t, ca, x509.Certificate{DNSNames: []string{"other.local"}})
	own := signed(t, nil, x509.Certificate{DNSNames: []string{"hall.local"}}) // a certificate that signed itself
	other := signed(t, nil, x509.Certificate{IsCA: true, KeyUsage: x509.KeyUsageCertSign})
	file := func(name string, der []byte, armour bool) string {
		if armour {
			der = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
		}
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, der, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		name  string
		shows *tls.Certificate
		site  firmware.Site
		want  bool
	}{
		{"nothing said", server, firmware.Site{}, false},
		{"the authority's file", server, firmware.Site{CA: file("ca.pem", ca.Certificate[0], true)}, true},
		{"the file as it is downloaded", server, firmware.Site{CA: file("ca.crt", ca.Certificate[0], false)}, true},
		{"another authority's file", server, firmware.Site{CA: file("ca.pem", other.Certificate[0], true)}, false},
		{"the authority's fingerprint", server, firmware.Site{Pin: fingerprint(ca.Leaf)}, true},
		{"the server's fingerprint", server, firmware.Site{Pin: fingerprint(server.Leaf)}, true},
		{"another's fingerprint", server, firmware.Site{Pin: fingerprint(other.Leaf)}, false},
		{"file and fingerprint of two", server, firmware.Site{CA: file("ca.pem", ca.Certificate[0], true), Pin: fingerprint(other.Leaf)}, false},
		{"another machine of the same authority", elsewhere, firmware.Site{Pin: fingerprint(ca.Leaf)}, false},
		{"another machine, by the file", elsewhere, firmware.Site{CA: file("ca.pem", ca.Certificate[0], true)}, false},
		{"its own key, under another name", own, firmware.Site{Pin: fingerprint(own.Leaf)}, true},
		// The pinned certificate is public: who shows it without its key behind his own is no server.
		{"a stranger with the authority's certificate behind", &tls.Certificate{PrivateKey: own.PrivateKey, Leaf: own.Leaf,
			Certificate: [][]byte{own.Certificate[0], ca.Certificate[0]}}, firmware.Site{Pin: fingerprint(ca.Leaf)}, false},
	} {
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {}))
		s.Config.ErrorLog = log.New(io.Discard, "", 0)
		s.TLS = &tls.Config{Certificates: []tls.Certificate{*c.shows}}
		s.StartTLS()
		trust, err := Trust(&c.site, s.URL)
		if err != nil {
			t.Fatal(c.name, err)
		}
		answer, err := newClient(trust).Get(s.URL)
		if err == nil {
			answer.Body.Close()
		}
		s.Close()
		if (err == nil) != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
		var no *untrusted
		if err != nil && (!errors.As(err, &no) || !strings.Contains(err.Error(), fingerprint(last(t, c.shows)))) {
			t.Errorf("%s: a technician is not told what to compare: %v", c.name, err)
		}
	}
	if _, err := Trust(&firmware.Site{Pin: fingerprint(ca.Leaf)}, "http://127.0.0.1:8080"); err == nil {
		t.Error("a fingerprint protects nothing over plain HTTP, and nobody is told")
	}
	if _, err := Trust(&firmware.Site{}, "http://127.0.0.1:8080"); err != nil {
		t.Error(err)
	}
	for name, site := range map[string]firmware.Site{"no file": {CA: "none"}, "no certificate in it": {CA: file("x", nil, false)}, "no own certificate": {Cert: "none"}} {
		if _, err := Trust(&site, "https://127.0.0.1"); err == nil {
			t.Error(name)
		}
	}
}

func last(t *testing.T, c *tls.Certificate) *x509.Certificate {
	t.Helper()
	leaf, err := x509.ParseCertificate(c.Certificate[len(c.Certificate)-1])
	if err != nil {
		t.Fatal(err)
	}
	return leaf
}
