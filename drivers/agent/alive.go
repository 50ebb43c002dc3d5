package agent

import (
	"context"
	"errors"
)

// Alive says whether the agent works: it is past its start, and none of what all
// its parts share is held for ever. It hangs where they hang. Without a server or
// a device the agent is alive: there is nothing a restart would mend.
func (a *Agent) Alive(context.Context) error {
	if !a.runs.Load() {
		return errors.New("the agent has not started yet")
	}
	a.line.get()
	a.place.get()
	a.outbox.Len()
	return nil
}
