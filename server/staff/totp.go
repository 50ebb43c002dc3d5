package staff

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// The second factor is RFC 6238 as every phone's authenticator has it: HMAC-SHA-1,
// six digits, thirty seconds.
const (
	totpStep   = 30 * time.Second
	totpDigits = 6
	totpDrift  = 1  // steps a phone's clock may be off
	seedSize   = 20 // bytes, the length of the hash, as RFC 4226 recommends
)

// totpAt is the number of the time step.
func totpAt(t time.Time) int64 { return t.Unix() / int64(totpStep/time.Second) }

// totp is the code of a time step (RFC 4226, section 5.3).
func totp(seed []byte, step int64) string {
	mac := hmac.New(sha1.New, seed)
	var counter [8]byte
	binary.BigEndian.PutUint64(counter[:], uint64(step))
	mac.Write(counter[:])
	sum := mac.Sum(nil)
	offset := sum[len(sum)-1] & 0xf
	n := binary.BigEndian.Uint32(sum[offset:offset+4]) & 0x7fffffff
	return fmt.Sprintf("%0*d", totpDigits, n%1_000_000)
}

// totpStepOf finds the step a code belongs to, later than the last one used.
func totpStepOf(seed []byte, code string, now time.Time, last int64) (int64, bool) {
	here, found := totpAt(now), int64(0)
	for step := here - totpDrift; step <= here+totpDrift; step++ {
		if step > last && hmac.Equal([]byte(totp(seed, step)), []byte(code)) {
			found = step
		}
	}
	return found, found != 0
}

// factorURI is what an authenticator reads from the picture (Key Uri Format).
func factorURI(login string, seed []byte) string {
	const issuer = "Một Cửa"
	secret := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(seed)
	return "otpauth://totp/" + url.PathEscape(issuer+":"+login) + "?secret=" + secret +
		"&issuer=" + url.PathEscape(issuer) + "&algorithm=SHA1&digits=6&period=30"
}

// plainCode takes the spaces and hyphens off that people put into codes.
func plainCode(code string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' {
			return -1
		}
		return r
	}, code))
}
