package store

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
)

// Script is one verb's rules: the shared part and the verb's own file.
type Script struct {
	Name   string
	Source string
	SHA    string // as Redis names it
}

// NewScript names a source by its digest.
func NewScript(name, source string) *Script {
	sum := sha1.Sum([]byte(source))
	return &Script{Name: name, Source: source, SHA: hex.EncodeToString(sum[:])}
}

// Engine runs the scripts and keeps what they wrote. There are two: Redis by
// address, and the embedded one. Run answers only when the change is durable.
type Engine interface {
	// Run runs a script with its keys and its one argument (the command as
	// JSON) and gives its reply: two strings, a status word and a payload.
	// It may be called from any number of goroutines.
	Run(ctx context.Context, s *Script, keys []string, arg string) ([]string, error)
	// Read runs one reading command (GET, HGET, HMGET, HGETALL, SMEMBERS,
	// XRANGE, EXISTS …) and gives its reply as go-redis would: nil, string, int64, []any.
	Read(ctx context.Context, args ...string) (any, error)
	// Ready is nil when commands can be taken now.
	Ready(ctx context.Context) error
	// Name is for people: "embedded", or "redis://host:port/0" without secrets.
	Name() string
	Close() error
}
