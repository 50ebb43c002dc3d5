package chain

import "syscall"

// diesWithUs ends a program also when the test binary itself is killed.
var diesWithUs = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
