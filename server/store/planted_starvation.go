//go:build planted_starvation

//red: ./server/store/storetest -run TestEmbedded/Bound

package store

import "strings"

// Whoever has priority always goes first.
func init() {
	alterScript = func(source string) string {
		return strings.Replace(source, "k.turn = policy.n", "k.turn = 0", 1)
	}
}
