//go:build planted_engines_differ

//red: ./server/store/storetest -run TestDifferential$

package store

import "strings"

// Places are counted in microseconds: a number of 16 digits becomes text, which
// the two engines do each in its own way.
func init() {
	alterScript = func(source string) string {
		return strings.Replace(source, "return now .. '.'", "return now_ms * 1000 .. '.'", 1)
	}
}
