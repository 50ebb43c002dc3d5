//go:build planted_wall_clock

//red: ./server/store/storetest -run TestEmbedded/ClockJumpsBack

package store

import "strings"

// Time is what the machine's clock says, also when it jumps back.
func init() {
	alterScript = func(source string) string {
		return strings.Replace(source, "if meta[5] and tonumber(meta[5]) > tonumber(now) then", "if false then", 1)
	}
}
