package dossier

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// KeyFile is the key's name within the data directory. The dot keeps backups from
// it: four digits are guessed at once by who has both the hashes and the key.
const KeyFile = ".dossier-key"

// Digits is how many of an identity number's last digits are asked for.
const Digits = 4

// openKey reads the key, making it the first time; made tells that it did.
func openKey(dir string, rand io.Reader) (key []byte, made bool, err error) {
	path := filepath.Join(dir, KeyFile)
	raw, err := os.ReadFile(path)
	if err == nil {
		key, err = hex.DecodeString(strings.TrimSpace(string(raw)))
		if err != nil || len(key) != sha256.Size {
			return nil, false, fmt.Errorf("%s is damaged: remove it and import the dossiers again", path)
		}
		return key, false, nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, false, err
	}
	key = make([]byte, sha256.Size)
	if _, err := io.ReadFull(rand, key); err != nil {
		return nil, false, fmt.Errorf("no random bytes: %w", err)
	}
	// Linked into place, so that of two processes that start at once one makes it
	// and the other never reads half of it.
	temp, err := os.CreateTemp(dir, ".dossier-key-*") // mode 0600
	if err != nil {
		return nil, false, err
	}
	defer os.Remove(temp.Name())
	_, err = temp.WriteString(hex.EncodeToString(key) + "\n")
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return nil, false, err
	}
	if err := os.Link(temp.Name(), path); errors.Is(err, os.ErrExist) {
		return openKey(dir, rand)
	} else if err != nil {
		if err := os.Rename(temp.Name(), path); err != nil { // a file system without links
			return nil, false, err
		}
	}
	return key, true, nil
}

func (s *Store) hash(parts ...string) string {
	mac := hmac.New(sha256.New, s.key)
	io.WriteString(mac, strings.Join(parts, "\n"))
	return hex.EncodeToString(mac.Sum(nil))
}

// Knows tells whether these are the last digits of the identity number a dossier
// was filed under. It takes as long for a dossier that is not there (nil).
func (s *Store) Knows(d *Dossier, digits string) bool {
	code, kept := "", strings.Repeat("0", 2*sha256.Size)
	if d != nil {
		code = d.Code
		if d.digits != "" {
			kept = d.digits
		}
	}
	same := hmac.Equal([]byte(s.hash(code, digits)), []byte(kept))
	return same && d != nil && d.digits != ""
}

// lastDigits gives the last digits of what a column holds: they alone, or the
// whole number.
func lastDigits(s string) (string, bool) {
	s = strings.ReplaceAll(strings.TrimSpace(s), " ", "")
	if len(s) < Digits || len(s) > 12 {
		return "", false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return "", false
		}
	}
	return s[len(s)-Digits:], true
}
