package store

import (
	"embed"
	"fmt"
	"sort"
	"strings"

	"motcua/server/queue"
)

//go:embed lua/*.lua
var sources embed.FS

// Commands are the Redis commands scripts may use. The embedded engine speaks
// only these, and a test reads every script for others.
var Commands = []string{"DEL", "GET", "HDEL", "HEXISTS", "HGET", "HGETALL", "HINCRBY", "HKEYS", "HMGET", "HSET",
	"LINDEX", "LINSERT", "LLEN", "LPOP", "LPUSH", "LRANGE", "LREM", "PEXPIRE", "RPUSH", "SADD", "SET", "XADD", "XRANGE"}

// parts says which shared files a verb needs between lib and its own.
var parts = map[queue.Verb][]string{
	queue.Take: {"queues", "issue"}, queue.Arrive: {"visits", "queues", "issue"},
	queue.Cancel: {"visits", "queues"}, queue.Delay: {"visits", "queues"},
	queue.Open: {"visits"}, queue.Seat: {"visits"}, queue.Pause: {"visits"}, queue.Close: {"visits", "queues"},
	queue.Call: {"visits", "queues", "desk", "policy"}, queue.Next: {"visits", "queues", "desk", "policy"},
	queue.Recall: {"visits", "desk"}, queue.Serve: {"visits", "desk"}, queue.MarkNoShow: {"visits", "desk"},
	queue.Reinstate: {"visits", "queues"}, queue.Park: {"visits", "desk"}, queue.Resume: {"visits", "desk"},
	queue.Transfer: {"visits", "queues", "desk"}, queue.End: {"visits", "desk"},
	queue.WalkIn: {"visits", "queues", "issue", "desk"}, queue.Undo: {"visits", "queues"},
	queue.SetPriority: {"visits", "queues"}, queue.InviteRating: {"visits"}, queue.Rate: {"visits"},
	queue.Book: {"visits"}, queue.DayOpen: {"visits", "notices"},
	queue.DayClose: {"visits", "queues", "notices"}, queue.Settle: {"visits"}, queue.Note: {"visits", "notices"},
}

// alterScript changes nothing here. A planted bug puts its mistake in its place,
// to see that a test finds it.
var alterScript = func(source string) string { return source }

// scripts builds every verb's script from its files.
func scripts() (map[queue.Verb]*Script, error) {
	all := make(map[queue.Verb]*Script, len(parts))
	for verb, shared := range parts {
		var b strings.Builder
		for _, name := range append(append([]string{"lib"}, shared...), string(verb)) {
			src, err := sources.ReadFile("lua/" + name + ".lua")
			if err != nil {
				return nil, fmt.Errorf("script of %s: %w", verb, err)
			}
			b.Write(src)
		}
		all[verb] = NewScript(string(verb), alterScript(tables(b.String())+b.String()))
	}
	return all, nil
}

// single reads a script that stands alone.
func single(name string) *Script {
	src, err := sources.ReadFile("lua/" + name + ".lua")
	if err != nil {
		panic("store: " + err.Error()) // embedded at build time
	}
	return NewScript(name, string(src))
}

// tables writes the rows of the domain's state machine that a source names, so
// that the scripts have no other than queue.Transitions.
func tables(source string) string {
	var b strings.Builder
	rows(&b, "TRANSITIONS", queue.Transitions, source)
	if strings.Contains(source, "COUNTER_TRANSITIONS") {
		rows(&b, "COUNTER_TRANSITIONS", queue.CounterTransitions, "'open' 'pause' 'close'")
	}
	fmt.Fprintf(&b, "local UNDO_WINDOW = %d\n", queue.UndoWindow)
	return b.String()
}

func rows[S ~string](b *strings.Builder, name string, table map[queue.Verb]map[S]S, source string) {
	fmt.Fprintf(b, "local %s = {", name)
	for _, verb := range sorted(table) {
		if !strings.Contains(source, "'"+string(verb)+"'") {
			continue
		}
		fmt.Fprintf(b, "[%q]={", verb)
		for _, from := range sorted(table[verb]) {
			fmt.Fprintf(b, "[%q]=%q,", from, table[verb][from])
		}
		b.WriteString("},")
	}
	b.WriteString("}\n")
}

func sorted[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	return keys
}
