// Package certs holds the server's certificate and takes up a renewed one without a
// restart: whoever renews it only has to write the two files.
package certs

import (
	"crypto/tls"
	"fmt"
	"os"
	"sync"
	"time"
)

// lookEvery is how often the files are looked at, when somebody connects.
const lookEvery = time.Minute

// Keeper keeps one certificate with its key.
type Keeper struct {
	cert, key string
	now       func() time.Time
	failed    func(error)

	mu      sync.Mutex
	current *tls.Certificate
	stamp   stamp
	looked  time.Time
}

// stamp tells whether the files are still the same.
type stamp struct {
	cert, key         time.Time
	certSize, keySize int64
}

// Open reads PEM files; that they do not belong together is an error. Failed hears
// later why renewed files cannot be used: the old certificate then stays.
func Open(cert, key string, now func() time.Time, failed func(error)) (*Keeper, error) {
	k := &Keeper{cert: cert, key: key, now: now, failed: failed, looked: now()}
	var err error
	if k.stamp, err = stampOf(cert, key); err != nil {
		return nil, err
	}
	if k.current, err = load(cert, key); err != nil {
		return nil, err
	}
	return k, nil
}

// Config is what a listener needs.
func (k *Keeper) Config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return k.get(), nil }}
}

func (k *Keeper) get() *tls.Certificate {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	if since := now.Sub(k.looked); since >= 0 && since < lookEvery {
		return k.current
	}
	k.looked = now
	is, err := stampOf(k.cert, k.key)
	if err == nil && is == k.stamp {
		return k.current
	}
	var renewed *tls.Certificate
	if err == nil {
		renewed, err = load(k.cert, k.key)
	}
	if err != nil { // perhaps only one of the two is written yet: looked at again in a minute
		k.failed(fmt.Errorf("the certificate was not renewed: %w", err))
		return k.current
	}
	k.current, k.stamp = renewed, is
	return k.current
}

// Ends reads the files and gives until when the certificate is good.
func Ends(cert, key string) (time.Time, error) {
	c, err := load(cert, key)
	if err != nil {
		return time.Time{}, err
	}
	return c.Leaf.NotAfter, nil
}

func load(cert, key string) (*tls.Certificate, error) {
	c, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return nil, fmt.Errorf("certificate %s with key %s: %w", cert, key, err)
	}
	return &c, nil
}

func stampOf(cert, key string) (stamp, error) {
	c, err := os.Stat(cert)
	if err != nil {
		return stamp{}, err
	}
	k, err := os.Stat(key)
	if err != nil {
		return stamp{}, err
	}
	return stamp{c.ModTime(), k.ModTime(), c.Size(), k.Size()}, nil
}
