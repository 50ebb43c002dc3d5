package certs

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// write makes a certificate that is good until end.
func write(t *testing.T, cert, key string, serial int64, end time.Time) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(serial), NotBefore: end.AddDate(-1, 0, 0), NotAfter: end, DNSNames: []string{"hall.test"}}
	der, err := x509.CreateCertificate(rand.Reader, about, about, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	put(t, cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), serial)
	put(t, key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw}), serial)
}

// put writes a file whose time is another for each serial, however quick the test is.
func put(t *testing.T, path string, content []byte, serial int64) {
	t.Helper()
	at := time.Unix(1_700_000_000+serial, 0)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

func TestRenewedWithoutRestart(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	var failures []error
	if _, err := Open(cert, key, func() time.Time { return now }, nil); err == nil {
		t.Fatal("opened without files")
	}
	write(t, cert, key, 1, now.AddDate(0, 1, 0))
	k, err := Open(cert, key, func() time.Time { return now }, func(err error) { failures = append(failures, err) })
	if err != nil {
		t.Fatal(err)
	}
	serial := func() int64 {
		t.Helper()
		c, err := k.Config().GetCertificate(nil)
		if err != nil {
			t.Fatal(err)
		}
		return c.Leaf.SerialNumber.Int64()
	}
	write(t, cert, key, 2, now.AddDate(1, 0, 0))
	if s := serial(); s != 1 {
		t.Errorf("the files are read on every connection: %d", s)
	}
	now = now.Add(lookEvery)
	if s := serial(); s != 2 || len(failures) != 0 {
		t.Errorf("serial %d, %v; want the renewed one", s, failures)
	}
	if end, err := Ends(cert, key); err != nil || !end.Equal(now.Add(-lookEvery).AddDate(1, 0, 0)) {
		t.Errorf("ends %v, %v", end, err)
	}
	put(t, cert, []byte("half of it"), 3)
	now = now.Add(lookEvery)
	if s := serial(); s != 2 || len(failures) != 1 {
		t.Errorf("serial %d, %v; want the old one and a word about it", s, failures)
	}
	write(t, cert, key, 4, now.AddDate(1, 0, 0))
	now = now.Add(-time.Hour) // a clock that jumps back
	if s := serial(); s != 4 {
		t.Errorf("serial %d, want 4", s)
	}
}

func TestFilesThatDoNotBelongTogether(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write(t, at("a.pem"), at("a.key"), 1, time.Now().AddDate(1, 0, 0))
	write(t, at("b.pem"), at("b.key"), 2, time.Now().AddDate(1, 0, 0))
	if _, err := Open(at("a.pem"), at("b.key"), time.Now, nil); err == nil {
		t.Error("opened")
	}
}
