package staff

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Cost is what hashing a password takes.
type Cost struct {
	Memory  uint32 // KiB
	Time    uint32 // passes over it
	Threads uint8
}

// usualCost is the least that OWASP's password storage cheat sheet asks of
// argon2id; more would let logins of a whole morning's shift wait for each other
// on the small machines that halls have.
var usualCost = Cost{Memory: 19456, Time: 2, Threads: 1}

// dearest bounds what a damaged or planted hash can make us spend.
var dearest = Cost{Memory: 256 * 1024, Time: 16, Threads: 8}

const (
	saltSize = 16
	hashSize = 32
	// mostHashing is how many passwords are hashed at once: a crowd of logins may
	// neither eat the memory nor the processors that calls need.
	mostHashing = 2
)

var errHash = errors.New("staff: not an argon2id hash")

// hasher hashes passwords, a few at once.
type hasher struct {
	cost Cost
	rand io.Reader
	free chan struct{}
	rest chan struct{} // the places of those who may not take the last free one
}

func newHasher(o Options) *hasher {
	if o.Cost == (Cost{}) {
		o.Cost = usualCost
	}
	return &hasher{cost: o.Cost, rand: o.Rand, free: make(chan struct{}, mostHashing), rest: make(chan struct{}, mostHashing-1)}
}

// alone runs f when one of the few places is free.
func (h *hasher) alone(ctx context.Context, f func() error) error {
	select {
	case h.free <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-h.free }()
	return f()
}

// behind is alone for strangers: however many they are, one place stays for whoever is known.
func (h *hasher) behind(ctx context.Context, f func() error) error {
	select {
	case h.rest <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-h.rest }()
	return h.alone(ctx, f)
}

// make gives the hash of a password in the usual text form (PHC string).
func (h *hasher) make(ctx context.Context, password string) (text string, err error) {
	salt := make([]byte, saltSize)
	if _, err := io.ReadFull(h.rand, salt); err != nil {
		return "", fmt.Errorf("no random bytes: %w", err)
	}
	err = h.alone(ctx, func() error {
		text = hashText(h.cost, salt, h.cost.of(password, salt, hashSize))
		return nil
	})
	return text, err
}

// same tells whether text is the hash of the password. Call it within alone.
func (h *hasher) same(text, password string) bool {
	cost, salt, want, err := parseHash(text)
	if err != nil {
		h.nobody(password)
		return false
	}
	got := cost.of(password, salt, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

// nobody spends the time of same for a name nobody has. Call it within alone.
func (h *hasher) nobody(password string) {
	h.cost.of(password, make([]byte, saltSize), hashSize)
}

// of hashes the password as Unicode composes it: keyboards differ in how they
// send a Vietnamese letter with two marks.
func (c Cost) of(password string, salt []byte, size uint32) []byte {
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.Time, c.Memory, c.Threads, size)
}

var plain64 = base64.RawStdEncoding.Strict()

func hashText(c Cost, salt, sum []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Time, c.Threads,
		plain64.EncodeToString(salt), plain64.EncodeToString(sum))
}

// parseHash reads what hashText wrote, also with other costs.
func parseHash(text string) (c Cost, salt, sum []byte, err error) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return c, nil, nil, errHash
	}
	var version int
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return c, nil, nil, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Time, &c.Threads); err != nil {
		return c, nil, nil, errHash
	}
	salt, err = plain64.DecodeString(parts[4])
	if err != nil {
		return c, nil, nil, errHash
	}
	sum, err = plain64.DecodeString(parts[5])
	if err != nil || !c.bearable() || hashText(c, salt, sum) != text || len(salt) < 8 || len(sum) < 16 || len(sum) > 64 {
		return c, nil, nil, errHash
	}
	return c, salt, sum, nil
}

func (c Cost) bearable() bool {
	return c.Time >= 1 && c.Threads >= 1 && c.Memory >= 8*uint32(c.Threads) &&
		c.Memory <= dearest.Memory && c.Time <= dearest.Time && c.Threads <= dearest.Threads
}
