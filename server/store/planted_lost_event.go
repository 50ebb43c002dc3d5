//go:build planted_lost_event

//red: ./server/store/storetest -run TestEmbedded/RandomCommands

package store

import "strings"

// Of several changes in one step only the last one is told.
func init() {
	alterScript = func(source string) string {
		return strings.Replace(source, "for _, e in ipairs(events) do", "for _, e in ipairs({events[#events]}) do", 1)
	}
}
