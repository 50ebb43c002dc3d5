package certs

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

var today = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// hallNames are those of a server in a hall.
var hallNames = []string{"localhost", "127.0.0.1", "mc-server", "mc-server.local", "192.168.1.10"}

func authority(t *testing.T, dir string) *Authority {
	t.Helper()
	a, err := OpenAuthority(dir, []string{"mc-server", "hall.example.vn"}, today)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// verify tells whether who trusts the authority believes the file's certificate.
func verify(t *testing.T, a *Authority, file, name string, use x509.ExtKeyUsage, at time.Time) error {
	t.Helper()
	c, err := load(file, file)
	if err != nil {
		t.Fatal(err)
	}
	trust := x509.NewCertPool()
	trust.AddCert(a.cert)
	_, err = c.Leaf.Verify(x509.VerifyOptions{Roots: trust, DNSName: name, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{use}})
	return err
}

func TestAuthority(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tls")
	a := authority(t, dir)
	renewed, left, err := a.Renew(hallNames, today)
	if err != nil || !renewed || len(left) > 0 {
		t.Fatal(renewed, left, err)
	}
	for _, name := range hallNames {
		if err := verify(t, a, ServerFile(dir), name, x509.ExtKeyUsageServerAuth, today); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if verify(t, a, ServerFile(dir), "other.local", x509.ExtKeyUsageServerAuth, today) == nil {
		t.Error("good for a name it does not have")
	}
	if verify(t, a, ServerFile(dir), "mc-server", x509.ExtKeyUsageClientAuth, today) == nil {
		t.Error("the server's certificate can pretend to be a device")
	}
	for _, file := range []string{authorityCert, authorityKey, serverFile} {
		if info, err := os.Stat(filepath.Join(dir, file)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", file, info.Mode(), err)
		}
	}
	if info, _ := os.Stat(dir); info.Mode().Perm() != 0o700 {
		t.Errorf("%v", info.Mode())
	}
	// The same authority after a restart; nothing to do for eleven months.
	again := authority(t, dir)
	if !bytes.Equal(again.Certificate(), a.Certificate()) || again.Fingerprint() != a.Fingerprint() || len(a.Fingerprint()) != 64 {
		t.Error("another authority after a restart")
	}
	for _, c := range []struct {
		what  string
		names []string
		days  int
		want  bool
	}{
		{"the next day", hallNames, 1, false},
		{"an address less", hallNames[:3], 1, false},
		{"thirty-one days before its end", hallNames, 334, false},
		{"another address", append(slices.Clone(hallNames), "10.1.2.3"), 1, true},
		{"thirty days before its end", hallNames, 365 + 1 - 30, true},
		{"a clock that was a month ahead", hallNames, -40, true},
	} {
		renewed, left, err := again.Renew(c.names, today.AddDate(0, 0, c.days))
		if renewed != c.want || len(left) > 0 || err != nil {
			t.Errorf("%s: renewed %v, left %v, %v", c.what, renewed, left, err)
		}
	}
}

// The authority's key, stolen, is good for nothing outside the hall's network.
func TestAuthorityIsBound(t *testing.T) {
	dir := t.TempDir()
	a := authority(t, dir)
	foreign := []string{"bank.example.com", "example.vn", "mc-server.evil.vn", "8.8.8.8", "2001:db8::1"}
	_, left, err := a.Renew(append(slices.Clone(foreign), hallNames...), today)
	if err != nil || !slices.Equal(left, foreign) {
		t.Errorf("left %v, %v", left, err)
	}
	for _, name := range foreign {
		about := &x509.Certificate{ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
		if ip := net.ParseIP(name); ip != nil {
			about.IPAddresses = []net.IP{ip}
		} else {
			about.DNSNames = []string{name}
		}
		raw, err := a.issue(about, today, serverLife)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "forged.pem")
		if err := os.WriteFile(file, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if verify(t, a, file, name, x509.ExtKeyUsageServerAuth, today) == nil {
			t.Errorf("%s is believed", name)
		}
	}
}

func TestDeviceCertificate(t *testing.T) {
	a := authority(t, t.TempDir())
	raw, err := a.Device("Máy 1", today)
	if err != nil {
		t.Fatal(err)
	}
	c, err := tls.X509KeyPair(raw, raw)
	if err != nil {
		t.Fatal(err)
	}
	trust := x509.NewCertPool()
	trust.AddCert(a.cert)
	for use, want := range map[x509.ExtKeyUsage]bool{x509.ExtKeyUsageClientAuth: true, x509.ExtKeyUsageServerAuth: false} {
		_, err := c.Leaf.Verify(x509.VerifyOptions{Roots: trust, CurrentTime: today, KeyUsages: []x509.ExtKeyUsage{use}})
		if (err == nil) != want {
			t.Errorf("use %v: %v", use, err)
		}
	}
	if c.Leaf.Subject.CommonName != "Máy 1" {
		t.Error(c.Leaf.Subject)
	}
}

// What cannot be read is said, and never made anew: every machine trusts the old one.
func TestDamagedAuthority(t *testing.T) {
	for name, spoil := range map[string]func(dir string) error{
		"no key":          func(dir string) error { return os.Remove(filepath.Join(dir, authorityKey)) },
		"half a key":      func(dir string) error { return os.WriteFile(filepath.Join(dir, authorityKey), []byte("-----"), 0o600) },
		"no certificate ": func(dir string) error { return os.WriteFile(filepath.Join(dir, authorityCert), nil, 0o600) },
		"another's key": func(dir string) error {
			other := t.TempDir()
			authority(t, other)
			return os.Rename(filepath.Join(other, authorityKey), filepath.Join(dir, authorityKey))
		},
	} {
		dir := t.TempDir()
		authority(t, dir)
		if err := spoil(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenAuthority(dir, nil, today); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
	// A damaged server's certificate is only made again.
	dir := t.TempDir()
	a := authority(t, dir)
	if err := os.WriteFile(ServerFile(dir), []byte("half of it"), 0o600); err != nil {
		t.Fatal(err)
	}
	if renewed, _, err := a.Renew(hallNames, today); !renewed || err != nil {
		t.Error(renewed, err)
	}
}

// A clock that begins in 1970 makes no authority; one that comes right makes the server's
// certificate good again.
func TestClockOfTheAuthority(t *testing.T) {
	dir := t.TempDir()
	if _, err := OpenAuthority(dir, nil, time.Unix(0, 0)); !errors.Is(err, ErrClock) {
		t.Errorf("an authority of 1970: %v", err)
	}
	a := authority(t, dir)
	if _, _, err := a.Renew(hallNames, time.Unix(0, 0)); err != nil {
		t.Fatal(err)
	}
	if renewed, _, err := a.Renew(hallNames, today); !renewed || err != nil || verify(t, a, ServerFile(dir), "mc-server", x509.ExtKeyUsageServerAuth, today) != nil {
		t.Error(renewed, err)
	}
}

func TestHostNames(t *testing.T) {
	at := func(s string) net.Addr {
		ip, n, err := net.ParseCIDR(s)
		if err != nil {
			t.Fatal(err)
		}
		return &net.IPNet{IP: ip, Mask: n.Mask}
	}
	got := HostNames("MC-Server", []net.Addr{at("192.168.1.10/24"), at("127.0.0.1/8"), at("fe80::1/64"), at("2001:db8::5/64"), at("fd00::9/64"), &net.UnixAddr{}},
		"Hall.example.vn", "203.0.113.7", "", "192.168.1.10", "a b", ".x")
	want := []string{"127.0.0.1", "192.168.1.10", "203.0.113.7", "::1", "fd00::9", "hall.example.vn", "localhost", "mc-server", "mc-server.local"}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A server that runs shows the renewed certificate within a minute, without a restart.
func TestRenewedWhileItRuns(t *testing.T) {
	dir, now := t.TempDir(), today
	a := authority(t, dir)
	if _, _, err := a.Renew(hallNames, now); err != nil {
		t.Fatal(err)
	}
	k, err := Open(ServerFile(dir), ServerFile(dir), func() time.Time { return now }, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Hour) // the machine has got another address
	if _, _, err := a.Renew(append(slices.Clone(hallNames), "10.9.8.7"), now); err != nil {
		t.Fatal(err)
	}
	now = now.Add(lookEvery)
	c, err := k.Config().GetCertificate(nil)
	if err != nil || c.Leaf.VerifyHostname("10.9.8.7") != nil {
		t.Error(c.Leaf.IPAddresses, err)
	}
	now = c.Leaf.NotAfter.Add(-renewBefore)
	if renewed, _, err := a.Renew(hallNames, now); !renewed || err != nil {
		t.Error("not renewed in its last month", err)
	}
	now = now.Add(lookEvery)
	if next, err := k.Config().GetCertificate(nil); err != nil || !next.Leaf.NotAfter.After(c.Leaf.NotAfter) {
		t.Error("the old one is shown", err)
	}
}
