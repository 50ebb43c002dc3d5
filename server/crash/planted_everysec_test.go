//go:build planted_everysec

//red: ./server/crash -run TestPowerCutRedis$

package crash

// Redis writes to the disk once a second, which the server would refuse if it
// were not told to trust the store.
func init() {
	appendFsync = "everysec"
	serverArgs = []string{"--trust-store"}
}
