//go:build planted_gap_in_numbers

//red: ./server/store/storetest -run TestEmbedded/Numbers

package store

import "strings"

// Now and then a number is left out.
func init() {
	alterScript = func(source string) string {
		return strings.Replace(source, "number = tonumber(meta[8] or '0') + 1", "number = tonumber(meta[8] or '0') + (tonumber(meta[7] or '0') == 500 and 2 or 1)", 1)
	}
}
