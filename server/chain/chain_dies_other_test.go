//go:build !linux

package chain

import "syscall"

// Elsewhere a killed test binary leaves the programs behind.
var diesWithUs *syscall.SysProcAttr
