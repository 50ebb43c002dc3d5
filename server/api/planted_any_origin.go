//go:build planted_any_origin

//red: ./server/api -run TestUpgradeRefused

package api

// A page from anywhere may listen, with the session of whoever opened it.
func init() { anyOrigin = true }
