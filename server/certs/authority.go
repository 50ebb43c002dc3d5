package certs

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"time"
)

// Files of an authority in its folder. The server's certificate and key are one file,
// so that whoever reads them while they are renewed never has halves of two.
const (
	authorityCert = "ca.pem"
	authorityKey  = "ca.key"
	serverFile    = "server.pem"
)

// How long certificates are good. Phones refuse a server's that is good for longer
// than 825 days, whoever signed it; a year leaves eleven months to notice a fault.
const (
	authorityLife = 20 * 365 * 24 * time.Hour
	serverLife    = 365 * 24 * time.Hour
	deviceLife    = 5 * 365 * 24 * time.Hour
	renewBefore   = 30 * 24 * time.Hour
	// clocksDiffer lets a machine whose clock is behind believe a new certificate.
	clocksDiffer = 24 * time.Hour
)

// firstDay is before every real day of this program. A machine whose clock lost its
// battery begins in 1970, and an authority made then would have ended long ago.
var firstDay = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// ErrClock says that the machine does not know what day it is.
var ErrClock = errors.New("this machine's clock is wrong: set it before certificates are made")

// Authority is the hall's own: it signs the server's certificate and those of devices,
// and can vouch for nothing outside the hall's network.
type Authority struct {
	dir  string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// OpenAuthority reads the authority of a folder; without one it is made, able to
// vouch for private addresses, local names and those given.
func OpenAuthority(dir string, names []string, now time.Time) (*Authority, error) {
	a := &Authority{dir: dir}
	raw, err := os.ReadFile(a.path(authorityCert))
	if errors.Is(err, fs.ErrNotExist) {
		return a, a.make(names, now)
	}
	if err != nil {
		return nil, err
	}
	if a.cert, err = parseCertificate(raw); err != nil {
		return nil, fmt.Errorf("%s: %w", a.path(authorityCert), err)
	}
	if raw, err = os.ReadFile(a.path(authorityKey)); err != nil {
		return nil, err
	}
	if a.key, err = parseKey(raw); err != nil {
		return nil, fmt.Errorf("%s: %w", a.path(authorityKey), err)
	}
	if !a.key.PublicKey.Equal(a.cert.PublicKey) {
		return nil, fmt.Errorf("%s does not belong to %s", a.path(authorityKey), authorityCert)
	}
	return a, nil
}

func (a *Authority) path(name string) string { return filepath.Join(a.dir, name) }

// ServerFile is where Renew keeps the server's certificate with its key.
func ServerFile(dir string) string { return filepath.Join(dir, serverFile) }

// AuthorityFile is the authority's own certificate, which machines are told to trust.
func AuthorityFile(dir string) string { return filepath.Join(dir, authorityCert) }

func (a *Authority) make(names []string, now time.Time) error {
	if now.Before(firstDay) {
		return ErrClock
	}
	if err := os.MkdirAll(a.dir, 0o700); err != nil {
		return err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	about := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: "Một Cửa CA " + hex.EncodeToString(serial().Bytes()[:3])},
		NotBefore: now.Add(-clocksDiffer), NotAfter: now.Add(authorityLife),
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign, IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
	}
	constrain(about, names)
	der, err := x509.CreateCertificate(rand.Reader, about, about, key.Public(), key)
	if err != nil {
		return err
	}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		return err
	}
	a.key = key
	raw, err := keyPEM(key)
	if err != nil {
		return err
	}
	// The certificate last: an authority whose making was broken off is made anew.
	if err := keepFile(a.path(authorityKey), raw); err != nil {
		return err
	}
	return keepFile(a.path(authorityCert), certPEM(der))
}

// Renew sees to it that the server's certificate is good for another month and names
// all of names, and tells whether it wrote a new one. Left are the names that the
// authority may not vouch for: they need another authority, trusted anew everywhere.
func (a *Authority) Renew(names []string, now time.Time) (renewed bool, left []string, err error) {
	var good []string
	for _, name := range names {
		if a.may(name) {
			good = append(good, name)
		} else {
			left = append(left, name)
		}
	}
	if c, err := load(ServerFile(a.dir), ServerFile(a.dir)); err == nil && a.signed(c.Leaf) && covers(c.Leaf, good) &&
		now.Before(c.Leaf.NotAfter.Add(-renewBefore)) && !now.Before(c.Leaf.NotBefore) {
		return false, left, nil
	}
	about := &x509.Certificate{Subject: pkix.Name{CommonName: "Một Cửa"}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	name(about, good)
	raw, err := a.issue(about, now, serverLife)
	if err != nil {
		return false, left, err
	}
	return true, left, keepFile(ServerFile(a.dir), raw)
}

// Device makes a certificate with its key by which a device shows who it is. Only the
// caller has it then: it is kept nowhere.
func (a *Authority) Device(name string, now time.Time) ([]byte, error) {
	return a.issue(&x509.Certificate{Subject: pkix.Name{CommonName: name}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}, now, deviceLife)
}

// issue signs a certificate for a new key and gives both, with the authority's own
// behind them: who trusts by fingerprint needs to see it.
func (a *Authority) issue(about *x509.Certificate, now time.Time, life time.Duration) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	about.SerialNumber, about.KeyUsage, about.BasicConstraintsValid = serial(), x509.KeyUsageDigitalSignature, true
	about.NotBefore, about.NotAfter = now.Add(-clocksDiffer), now.Add(life)
	if about.NotAfter.After(a.cert.NotAfter) {
		about.NotAfter = a.cert.NotAfter
	}
	der, err := x509.CreateCertificate(rand.Reader, about, a.cert, key.Public(), a.key)
	if err != nil {
		return nil, err
	}
	raw, err := keyPEM(key)
	if err != nil {
		return nil, err
	}
	return append(append(certPEM(der), certPEM(a.cert.Raw)...), raw...), nil
}

func (a *Authority) signed(c *x509.Certificate) bool { return c.CheckSignatureFrom(a.cert) == nil }

// Certificate is the authority's own, as DER: what a machine is told to trust.
func (a *Authority) Certificate() []byte { return a.cert.Raw }

// Ends is until when the authority is good.
func (a *Authority) Ends() time.Time { return a.cert.NotAfter }

// Fingerprint names the authority's key for people and for the agent's "pin".
func (a *Authority) Fingerprint() string { return Fingerprint(a.cert) }

// Fingerprint is the SHA-256 of a certificate's public key, in small hexadecimal
// letters: it stays the same when the certificate is renewed with the same key.
func Fingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.RawSubjectPublicKeyInfo)
	return hex.EncodeToString(sum[:])
}

// serial is 120 random bits and never begins with a zero byte.
func serial() *big.Int {
	b := make([]byte, 15)
	_, _ = rand.Read(b) // never fails
	b[0] = b[0]&0x7f | 0x40
	return new(big.Int).SetBytes(b)
}

func certPEM(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

func keyPEM(key *ecdsa.PrivateKey) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), err
}

func parseCertificate(raw []byte) (*x509.Certificate, error) {
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, errors.New("not PEM")
	}
	return x509.ParseCertificate(block.Bytes)
}

func parseKey(raw []byte) (*ecdsa.PrivateKey, error) {
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, errors.New("not PEM")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	if ours, ok := key.(*ecdsa.PrivateKey); ok {
		return ours, nil
	}
	return nil, errors.New("not a key of ours")
}

// keepFile makes a file that only its owner reads, whole or not at all.
func keepFile(path string, content []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".new-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(content)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}
