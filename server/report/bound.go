package report

import "context"

// Bound is a Reader that knows what figures need beside the tables, for those who
// only ask.
type Bound struct {
	*Reader
	Options Options
}

// Build makes a report.
func (b Bound) Build(ctx context.Context, q Query) (*Report, error) {
	return b.Reader.Build(ctx, q, b.Options)
}

// BuildWith makes a report and tells how far it is.
func (b Bound) BuildWith(ctx context.Context, q Query, progress func(done, of int)) (*Report, error) {
	o := b.Options
	o.Progress = progress
	return b.Reader.Build(ctx, q, o)
}

// Compare compares branches.
func (b Bound) Compare(ctx context.Context, q Query) ([]Ranked, error) {
	return b.Reader.Compare(ctx, q, b.Options)
}

// Officers lists the clerks.
func (b Bound) Officers(ctx context.Context, q Query) ([]Officer, error) {
	return b.Reader.Officers(ctx, q, b.Options)
}

// Own gives a clerk's own aggregate of a month.
func (b Bound) Own(ctx context.Context, branch, clerk, month string) (Own, error) {
	return b.Reader.Own(ctx, branch, clerk, month, b.Options)
}

// Visits gives the visits behind a figure.
func (b Bound) Visits(ctx context.Context, q VisitQuery) (VisitPage, error) {
	return b.Reader.Visits(ctx, q, b.Options)
}

// Results gives what a branch publishes.
func (b Bound) Results(ctx context.Context, branch string) (Results, error) {
	return b.Reader.Results(ctx, branch, b.Options)
}
