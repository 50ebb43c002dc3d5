//go:build planted_snapshot_without_epoch

//red: ./server/api -run TestSnapshotThenEvents

package hub

import "motcua/server/queue"

// A screen cannot tell that the store lost its past.
func init() { epochOf = func(*queue.State) string { return "" } }
