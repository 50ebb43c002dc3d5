//go:build !planted_sending_stored_late

package printer

// putBegun stores that a job begins, before its first byte leaves.
func putBegun(j *journal, r *record) error { return j.put(r) }
