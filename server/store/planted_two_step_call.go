//go:build planted_two_step_call

//red: ./server/store/storetest -run TestEmbedded/Linearizable

package store

import (
	"context"
	"strings"

	"motcua/server/queue"
)

// The head of the queue is read here, in a step of its own, and the script
// calls that visit without a look at its state: two clerks who press at once
// get the same visitor.
func init() {
	beforeRun = func(ctx context.Context, s *Store, c *queue.Command) {
		if c.Verb != queue.Call && c.Verb != queue.Next || c.Number != "" {
			return
		}
		for _, q := range c.Queues {
			for _, key := range queueKeys(c.Branch, c.Day, q.ID) {
				head, err := s.engine.Read(ctx, "LINDEX", key, "0")
				if _, id, ok := strings.Cut(text(head), "|"); err == nil && ok {
					c.Visit = id
					return
				}
			}
		}
	}
	alterScript = func(source string) string {
		return strings.Replace(source, "local function pick(k)\n", `local function pick(k)
  if c.visit then
    local v, raw = load(c.visit)
    if v.state == 'waiting' then dequeue(v) end
    return v, raw
  end
`, 1)
	}
}
