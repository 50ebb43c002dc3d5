//go:build planted_unsynced_journal

//red: ./server/crash -run TestPowerCutEmbedded$

package embedded

import "motcua/server/sqlite"

// A commit is left to the page cache, which survives a killed process but not
// a power cut.
func init() { journalSync = sqlite.SyncNormal }
