package api

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"sync/atomic"
)

// codeLetters are what a 6-character code is made of: no sign that is taken for
// another when read from paper or said aloud (0 O, 1 I L, 2 Z, 5 S, 8 B, U V).
const codeLetters = "3467ACDEFGHJKMNPQRTWXY9"

const codeLength = 6

// newToken makes the secret of a ticket: the branch's tag and 128 random bits.
func newToken(random io.Reader, tag string) (string, error) {
	var raw [16]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "", fmt.Errorf("no random bytes: %w", err)
	}
	return tag + base64.RawURLEncoding.EncodeToString(raw[:]), nil
}

// newCode makes a code a person can type. Bytes above the last whole round of
// letters are thrown away, so that every letter is equally likely.
func newCode(random io.Reader) (string, error) {
	const fair = 256 - 256%len(codeLetters)
	code := make([]byte, 0, codeLength)
	var raw [16]byte
	for len(code) < codeLength {
		if _, err := io.ReadFull(random, raw[:]); err != nil {
			return "", fmt.Errorf("no random bytes: %w", err)
		}
		for _, b := range raw {
			if int(b) < fair && len(code) < codeLength {
				code = append(code, codeLetters[int(b)%len(codeLetters)])
			}
		}
	}
	return string(code), nil
}

// requestIDs names requests in logs: a start of this process, and a count.
type requestIDs struct {
	start string
	n     atomic.Uint64
}

func newRequestIDs(random io.Reader) (*requestIDs, error) {
	var raw [4]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return nil, fmt.Errorf("no random bytes: %w", err)
	}
	return &requestIDs{start: hex.EncodeToString(raw[:])}, nil
}

func (r *requestIDs) next() string {
	var count [8]byte
	binary.BigEndian.PutUint64(count[:], r.n.Add(1))
	return r.start + "-" + hex.EncodeToString(count[3:])
}

func itoa(n int) string { return strconv.Itoa(n) }
