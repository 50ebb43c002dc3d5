//go:build planted_card_in_log

//red: ./drivers/agent -run TestScanLeavesNoTrace

package agent

// What was scanned stands in the log.
func scanned(a *Agent, text string) { a.Log.Info("scanned", "text", text) }
