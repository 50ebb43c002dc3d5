package queue

import "context"

// Position is where a branch's store stands.
type Position struct {
	Epoch string // changes only when the store lost its past
	Seq   int64  // last event written
	Day   Day    // the last business day opened; empty before the first
	Open  bool   // that day is open
}

// Store keeps every branch's day and decides its commands, one atomic step
// each. Both engines (Redis, and the embedded one) behave alike.
type Store interface {
	// Do runs one command. A refusal is an *Error; any other error means that
	// nobody knows whether it happened, and the same request may be sent again.
	Do(ctx context.Context, c Command) (Result, error)
	// Events gives up to max events of that day with a seq above after, in order.
	Events(ctx context.Context, branch string, day Day, after int64, max int) ([]Event, error)
	// Where gives the branch's position; a branch never seen has the zero one.
	Where(ctx context.Context, branch string) (Position, error)
	// FindVisit looks a visit of one day up by its token, code or number.
	FindVisit(ctx context.Context, branch string, day Day, by Index, value string) (Visit, error)
	// Settings gives the branch's current settings document; empty if none.
	Settings(ctx context.Context, branch string) (document []byte, version int, err error)
	// Branches lists the branches this store holds, sorted.
	Branches(ctx context.Context) ([]string, error)
	// Ready is nil when commands can be taken now.
	Ready(ctx context.Context) error
	// Refusing says why commands are refused now, nil while they are taken: what
	// screens tell people. Ready may warn earlier, for operators.
	Refusing(ctx context.Context) error
	// Name says which engine this is, for people: "embedded" or "redis://…".
	Name() string
	Close() error
}

// Index is a way to look a visit up.
type Index string

// The indexes of a day's visits.
const (
	ByToken  Index = "t"
	ByCode   Index = "c"
	ByNumber Index = "n"
)
