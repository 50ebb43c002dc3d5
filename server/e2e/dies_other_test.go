//go:build !linux

package e2e

import "syscall"

// Elsewhere a killed test binary leaves the program behind.
var diesWithUs *syscall.SysProcAttr
