//go:build planted_missing_request_id

//red: ./server/crash -run TestLostReply$

package store

import (
	"context"

	"motcua/server/queue"
)

// A request that comes again is a new one.
func init() {
	beforeRun = func(_ context.Context, _ *Store, c *queue.Command) { c.Request, c.Print = "", "" }
}
