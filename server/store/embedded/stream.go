package embedded

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/alicebob/miniredis/v2"
	lua "github.com/yuin/gopher-lua"
)

// streamID is an entry's id as numbers, since as text 10-0 stands before 9-0.
type streamID struct{ ms, n uint64 }

func (a streamID) less(b streamID) bool { return a.ms < b.ms || a.ms == b.ms && a.n < b.n }

const maxUint64 = 1<<64 - 1

// parseID reads an id or "ms" alone, for which n stands.
func parseID(s string, n uint64) (streamID, error) {
	first, second, both := strings.Cut(s, "-")
	ms, err := strconv.ParseUint(first, 10, 64)
	if err == nil && both {
		n, err = strconv.ParseUint(second, 10, 64)
	}
	if err != nil {
		return streamID{}, replyError("ERR Invalid stream ID specified as stream command argument")
	}
	return streamID{ms, n}, nil
}

// entries gives a stream's entries as miniredis holds them; scripts only ever
// append to it, so the part we got does not change.
func (e *Engine) entries(key string) (list []miniredis.StreamEntry, err error) {
	if locked := e.locked(func(m *memory) { list, err = m.db.Stream(key) }); locked != nil {
		return nil, locked
	}
	return list, err
}

// position is the number of entries below an id, or up to it. miniredis looks
// through all of a stream for this; a day has tens of thousands of entries.
func position(list []miniredis.StreamEntry, id streamID, including bool) int {
	return sort.Search(len(list), func(i int) bool {
		at, _ := parseID(list[i].ID, 0)
		return id.less(at) || !including && at == id
	})
}

// xread is XREAD [COUNT n] STREAMS key id, for one stream.
func (e *Engine) xread(args []string) (any, error) {
	count := 0
	if len(args) >= 2 && strings.EqualFold(args[0], "COUNT") {
		n, err := strconv.Atoi(args[1])
		if err != nil {
			return nil, replyError("ERR value is not an integer or out of range")
		}
		count, args = n, args[2:]
	}
	if len(args) != 3 || !strings.EqualFold(args[0], "STREAMS") {
		return nil, fmt.Errorf("XREAD takes COUNT and one stream here")
	}
	after, err := parseID(args[2], 0)
	if err != nil {
		return nil, err
	}
	list, err := e.entries(args[1])
	if err != nil {
		return nil, err
	}
	list = list[position(list, after, true):]
	if len(list) == 0 {
		return nil, nil
	}
	if count > 0 && count < len(list) {
		list = list[:count]
	}
	return []any{[]any{args[1], entriesReply(list)}}, nil
}

// xrange picks what XRANGE key low high [COUNT n] gives, or XREVRANGE key high
// low; args are those behind the key.
func xrange(list []miniredis.StreamEntry, reverse bool, args []string) ([]miniredis.StreamEntry, error) {
	low, high := args[0], args[1]
	if reverse {
		low, high = high, low
	}
	count := len(list)
	if len(args) == 4 && strings.EqualFold(args[2], "COUNT") {
		n, err := strconv.Atoi(args[3])
		if err != nil {
			return nil, replyError("ERR value is not an integer or out of range")
		}
		count = max(n, 0)
	} else if len(args) != 2 {
		return nil, replyError("ERR syntax error")
	}
	from, err := bound(list, low, true)
	if err != nil {
		return nil, err
	}
	to, err := bound(list, high, false)
	if err != nil || from >= to {
		return nil, err
	}
	count = min(count, to-from)
	if !reverse {
		return list[from : from+count], nil
	}
	turned := make([]miniredis.StreamEntry, count)
	for i := range turned {
		turned[i] = list[to-1-i]
	}
	return turned, nil
}

// bound is the index a range begins or ends at.
func bound(list []miniredis.StreamEntry, id string, low bool) (int, error) {
	switch id {
	case "-":
		return 0, nil
	case "+":
		return len(list), nil
	}
	open, exclusive := strings.CutPrefix(id, "(")
	var n uint64
	if !low {
		n = maxUint64
	}
	at, err := parseID(open, n)
	return position(list, at, low == exclusive), err
}

func entriesReply(list []miniredis.StreamEntry) []any {
	out := make([]any, len(list))
	for i, e := range list {
		values := make([]any, len(e.Values))
		for k, v := range e.Values {
			values[k] = v
		}
		out[i] = []any{e.ID, values}
	}
	return out
}

// streamRange is XRANGE and XREVRANGE in a script.
func (in *interpreter) streamRange(c *command, args []string) (lua.LValue, error) {
	list, err := in.m.db.Stream(args[1])
	if err != nil {
		return nil, err
	}
	if list, err = xrange(list, c.name == "XREVRANGE", args[2:]); err != nil {
		return nil, err
	}
	t := in.l.CreateTable(len(list), 0)
	for _, e := range list {
		pair := in.l.CreateTable(2, 0)
		pair.Append(lua.LString(e.ID))
		pair.Append(in.list(e.Values))
		t.Append(pair)
	}
	return t, nil
}
