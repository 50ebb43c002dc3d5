package embedded

import (
	"context"
	"fmt"
	"strings"

	"motcua/server/queue"
)

// Read runs one reading command on the present state, which is always durable.
// It gives what go-redis gives with protocol version 2: nil, string, int64 or
// []any (HGETALL as field, value, …; XREAD as [[key, [[id, [field, …]], …]]],
// nil when there is nothing). It never blocks; see Changed.
func (e *Engine) Read(ctx context.Context, args ...string) (any, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(args) == 0 {
		return nil, fmt.Errorf("no command")
	}
	name := strings.ToUpper(args[0])
	if name == "XREAD" {
		return e.xread(args[1:])
	}
	c := commands[name]
	if c == nil || c.write {
		return nil, fmt.Errorf("%s is not a reading command of this store", args[0])
	}
	if c.stream && len(args) >= 4 {
		list, err := e.entries(args[1])
		if err != nil {
			return nil, err
		}
		if list, err = xrange(list, name == "XREVRANGE", args[2:]); err != nil {
			return nil, err
		}
		return entriesReply(list), nil
	}
	var r reply
	if err := e.locked(func(m *memory) {
		// A copy: the answer is taken apart without the lock.
		r.b = append(r.b, m.dispatch(args)...)
	}); err != nil {
		return nil, err
	}
	return r.value()
}

// locked does something with the present memory between two scripts.
func (e *Engine) locked(do func(*memory)) error {
	for {
		m := e.mem.Load()
		m.mu.Lock()
		if m == e.mem.Load() { // else it was replaced while we waited
			defer m.mu.Unlock()
			if m.closed {
				return ErrClosed
			}
			if m.broken {
				return queue.Refuse(queue.StoreDown, errBroken.Error())
			}
			do(m)
			return nil
		}
		m.mu.Unlock()
	}
}
