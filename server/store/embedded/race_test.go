//go:build race

package embedded

// raceEnabled: everything takes several times as long.
const raceEnabled = true
