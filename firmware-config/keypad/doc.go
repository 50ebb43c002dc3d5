// Package keypad is the project's own keypad: its firmware, its register map and
// the tests that run the firmware on a simulated chip. It has no code of its own;
// README.md is the technician's way in.
package keypad

//go:generate go run ./gen
