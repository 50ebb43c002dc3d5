package staff

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"

	"motcua/server/queue"
)

// Each gives every key that is kept, with its branch and day.
func (d *DayKeys) Each(give func(branch string, day queue.Day, key []byte)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for branch, k := range d.kept {
		give(branch, k.Day, k.Key)
	}
}

// DayHash is what an agent makes of an identity number with a day's key:
// base64url(HMAC-SHA256(key, number)).
func DayHash(key []byte, number string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(number))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}
