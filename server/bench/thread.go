package main

import (
	"syscall"
	"time"
	"unsafe"
)

// threadTime is the processor time of this thread, so that other work on the
// machine is not counted; the caller locks the thread.
func threadTime() time.Duration {
	const thread = 3 // CLOCK_THREAD_CPUTIME_ID
	var t syscall.Timespec
	if _, _, no := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, thread, uintptr(unsafe.Pointer(&t)), 0); no != 0 {
		return 0
	}
	return time.Duration(t.Nano())
}
