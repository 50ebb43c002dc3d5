package embedded

import "strings"

// command is one Redis command scripts and readers may use.
type command struct {
	name   string
	write  bool
	stream bool // a range of a stream, which stream.go finds faster than miniredis
}

// commands are all we rely on. Both engines answer them alike (the conformance
// tests compare them with a real Redis), none of them depends on a clock or on
// chance, and none leaves anything a snapshot does not keep. Not here on purpose:
// everything with an expiry, KEYS and SCAN, ZRANK (miniredis sorts the whole
// set at each call), XDEL and XTRIM (miniredis forgets a stream's last id with
// its last entry).
var commands = index(
	"GET", "MGET", "STRLEN", "EXISTS", "TYPE",
	"HGET", "HMGET", "HGETALL", "HEXISTS", "HLEN", "HKEYS", "HVALS",
	"LINDEX", "LLEN", "LRANGE",
	"SMEMBERS", "SISMEMBER", "SCARD",
	"ZSCORE", "ZCARD", "ZCOUNT", "ZRANGE", "ZRANGEBYSCORE", "ZREVRANGE",
	"XLEN", "XRANGE", "XREVRANGE",
	"SET!", "SETNX!", "DEL!", "INCR!", "INCRBY!", "DECR!", "DECRBY!",
	"HSET!", "HSETNX!", "HMSET!", "HDEL!", "HINCRBY!",
	"LPUSH!", "RPUSH!", "LPOP!", "RPOP!", "LINSERT!", "LREM!", "LSET!", "LTRIM!",
	"SADD!", "SREM!",
	"ZADD!", "ZREM!", "ZINCRBY!", "ZREMRANGEBYSCORE!",
	"XADD!",
)

// index reads the list: a name that ends in "!" writes.
func index(names ...string) map[string]*command {
	m := make(map[string]*command, len(names))
	for _, n := range names {
		name, write := strings.CutSuffix(n, "!")
		m[name] = &command{name: name, write: write, stream: name == "XRANGE" || name == "XREVRANGE"}
	}
	return m
}

// lookup finds a command by its name in any case; nil when it is not allowed.
func lookup(name string) *command {
	if c := commands[name]; c != nil {
		return c
	}
	return commands[strings.ToUpper(name)]
}

// refusal says why a command may not be run although its name is allowed; ""
// when it may. args begins with the name.
func (c *command) refusal(args []string) string {
	switch {
	case c.name == "SET" && len(args) > 4, c.name == "SET" && len(args) == 4 && !oneOf(args[3], "NX", "XX"):
		return "SET takes NX or XX here, no expiry"
	case c.name == "XADD" && (len(args) < 3 || strings.Trim(args[2], "0123456789-") != ""):
		return "XADD takes an id of its caller here, no * and no trimming"
	}
	return ""
}

func oneOf(s string, words ...string) bool {
	for _, w := range words {
		if strings.EqualFold(s, w) {
			return true
		}
	}
	return false
}
