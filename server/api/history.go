package api

import (
	"context"

	"motcua/server/history"
	"motcua/server/queue"
)

// History is what the edge asks of the hall's history, and tells it of what no event
// carries.
type History interface {
	// Trace gives the events of a visit; history.ErrUnknown when there is no such visit.
	Trace(ctx context.Context, branch, visit string) ([]history.Event, error)
	// Refused notes a press that did not count.
	Refused(ctx context.Context, p history.Press) error
	// Presses lists those of a day, newest first.
	Presses(ctx context.Context, branch string, day queue.Day) ([]history.Press, error)
	// SaveForm keeps the answers to the four questions; history.ErrGiven when this
	// transaction has some already.
	SaveForm(ctx context.Context, f history.Form) error
	// SaveRemark keeps an officer's remark in place of the one before; an empty text removes it.
	SaveRemark(ctx context.Context, r history.Remark) error
}
