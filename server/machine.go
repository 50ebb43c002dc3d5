package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"motcua/server/api"
)

// backupMark is the file of a data directory whose time is that of its last backup.
const backupMark = "backup.done"

// markBackup notes in a data directory that a backup of it was made.
func markBackup(data string, at time.Time) error {
	return os.WriteFile(filepath.Join(data, backupMark), []byte(at.UTC().Format(time.RFC3339)+"\n"), 0o600)
}

// lastBackup is when the last backup of a data directory was made; zero for never.
func lastBackup(data string) time.Time {
	raw, err := os.ReadFile(filepath.Join(data, backupMark))
	if err != nil {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, strings.TrimSpace(string(raw)))
	if err != nil {
		return time.Time{}
	}
	return at
}

// unsynchronised is the kernel's mark of a clock that nothing keeps (adjtimex(2), STA_UNSYNC).
const unsynchronised = 0x40

// clockKept tells whether the network keeps the machine's clock; nil where the kernel
// does not say.
func clockKept() *bool {
	var now syscall.Timex
	if _, err := syscall.Adjtimex(&now); err != nil {
		return nil
	}
	kept := now.Status&unsynchronised == 0
	return &kept
}

func (h *hall) machine() api.HostState {
	return api.HostState{Backup: lastBackup(h.config.Data), Clock: clockKept()}
}
