//go:build planted_unknown_reprinted

//red: ./drivers/printer -run TestUnknownIsNotReprinted

package printer

// A job that was broken off is printed again at the next start.
func brokenOff(r *record) bool {
	r.Step = queued
	return false
}
