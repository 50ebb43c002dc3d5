// Package sample makes a realistic history of a hall: seeded, so that the same seed
// gives the same events. It fills the demo's first reports, which say that they are
// made up, and the yardsticks.
package sample
