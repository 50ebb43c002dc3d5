package embedded

import (
	"context"
	"fmt"
	"sync/atomic"

	"motcua/server/queue"
	"motcua/server/store"
)

// Limits of one call, far above what a command needs.
const (
	maxKeys = 4096    // a command names three keys for each queue it may touch
	maxCall = 1 << 20 // bytes of keys and argument together
)

// call is one Run that waits for its answer.
type call struct {
	record
	script *store.Script
	fate   atomic.Int32
	answer chan answer
}

type answer struct {
	reply []string
	err   error
}

// A call's fate is decided once: by the writer, or by a caller who gave up first.
const (
	waiting int32 = iota
	taken
	dropped
)

func (c *call) finish(reply []string, err error) { c.answer <- answer{reply, err} }

// Run runs a script as one atomic step and answers when it is on the disk.
//
// Errors: queue.StoreFull when the disk took nothing (nothing was changed);
// queue.StoreDown when ctx ended after the call was taken (it may have
// happened, the same request id is safe) or the store has failed; ctx's own
// error when it ended before (nothing happened); a *ScriptError when the
// script failed (nothing was changed); ErrClosed.
func (e *Engine) Run(ctx context.Context, s *store.Script, keys []string, arg string) ([]string, error) {
	if err := checkSize(keys, arg); err != nil {
		return nil, err
	}
	c := &call{record: record{sha: s.SHA, keys: keys, arg: arg}, script: s, answer: make(chan answer, 1)}
	select {
	case <-e.closed:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	default:
	}
	select {
	case e.calls <- c:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-e.closed:
		return nil, ErrClosed
	}
	select {
	case a := <-c.answer:
		return a.reply, a.err
	case <-ctx.Done():
		return e.giveUp(ctx, c)
	case <-e.done:
		return lastAnswer(c)
	}
}

func (e *Engine) giveUp(ctx context.Context, c *call) ([]string, error) {
	if c.fate.CompareAndSwap(waiting, dropped) {
		return nil, ctx.Err()
	}
	select {
	case a := <-c.answer: // it was just finished
		return a.reply, a.err
	default:
		return nil, queue.Refuse(queue.StoreDown, "no answer in time: "+ctx.Err().Error())
	}
}

// lastAnswer is for a call that met the end of the writer: answered just
// before, or put into the queue after the writer had emptied it.
func lastAnswer(c *call) ([]string, error) {
	select {
	case a := <-c.answer:
		return a.reply, a.err
	default:
		return nil, ErrClosed
	}
}

func checkSize(keys []string, arg string) error {
	size := len(arg)
	for _, k := range keys {
		size += len(k)
	}
	if len(keys) > maxKeys || size > maxCall {
		return fmt.Errorf("a call of %d keys and %d bytes is too large", len(keys), size)
	}
	return nil
}
