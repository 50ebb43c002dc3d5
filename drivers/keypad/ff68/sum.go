//go:build !planted_ff68_sum

package ff68

// sumFits tells whether s is the sum of b.
func sumFits(s byte, b []byte) bool { return s == sum(b) }
