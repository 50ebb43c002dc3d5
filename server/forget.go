package main

import (
	"errors"
	"time"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// copyAge is how long the copies are kept that an upgrade makes of the databases.
const copyAge = 14 * 24 * time.Hour

// forgetDay destroys, once a date, what may not outlive its time.
func (h *hall) forgetDay(today queue.Day) error {
	return errors.Join(h.dayKeys.Forget(today), sqlite.ForgetBefore(h.config.Data, h.clock.Now().Add(-copyAge)))
}
