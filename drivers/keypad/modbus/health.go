package modbus

import "time"

// Health is what a master knows of whether a unit is there. After a
// silence it is asked Retries more times before it is given up, and then once in
// Idle: an absent unit costs the line a time-out each time it is asked.
type Health struct {
	Retries int
	Idle    time.Duration

	known  bool
	online bool
	missed int
}

// Online tells whether the unit answered the last time it mattered.
func (h *Health) Online() bool { return h.online }

// Known tells whether the unit was ever heard or given up.
func (h *Health) Known() bool { return h.known }

// Heard notes an answer; changed is true when the unit was not on-line before.
func (h *Health) Heard() (changed bool) {
	changed = !h.online
	h.known, h.online, h.missed = true, true, 0
	return changed
}

// Missed notes a silence; changed is true when the unit is given up by it. wait
// is how long to leave the unit alone.
func (h *Health) Missed() (changed bool, wait time.Duration) {
	h.missed++
	if h.missed <= h.Retries && (h.online || !h.known) {
		return false, 0
	}
	changed = h.online || !h.known
	h.known, h.online = true, false
	return changed, h.Idle
}

// Gone notes that the line itself is away; changed as for Missed.
func (h *Health) Gone() (changed bool) {
	changed = h.online || !h.known
	h.known, h.online, h.missed = true, false, 0
	return changed
}
