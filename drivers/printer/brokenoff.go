//go:build !planted_unknown_reprinted

package printer

// brokenOff tells whether a former run had begun to send a job: nobody knows what
// became of it, so it is not sent again.
func brokenOff(r *record) bool { return r.Step != queued }
