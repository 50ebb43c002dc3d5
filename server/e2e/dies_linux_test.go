package e2e

import "syscall"

// diesWithUs ends the program also when the test binary itself is killed.
var diesWithUs = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
