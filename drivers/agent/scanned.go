//go:build !planted_card_in_log

package agent

// scanned is where somebody who looks for a fault would write a scan down; nobody may.
func scanned(*Agent, string) {}
