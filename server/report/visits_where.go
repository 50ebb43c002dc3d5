package report

import "strings"

// where gathers the conditions of a statement with their arguments.
type where struct {
	terms []string
	args  []any
}

func (w *where) and(term string, args ...any) {
	w.terms = append(w.terms, term)
	w.args = append(w.args, args...)
}

// filter adds a query's filter on a column: see is.
func (w *where) filter(column, value string) {
	switch {
	case value == "":
	case value == none:
		w.and("(" + column + " = '' OR " + column + " = 'none')")
	case column[2:] == "priority" && value == "any":
		w.and(column + " <> ''")
	default:
		w.and(column+" = ?", value)
	}
}

func (w *where) text() string { return strings.Join(w.terms, " AND ") }

// condition says in SQL which rows v of visits are meant: those Build counts in the
// same figure. A figure of transactions goes by the transactions' own service, hour
// and place, one of visits by the visit's.
func (q VisitQuery) condition(b branch, after string) (string, []any) {
	w := &where{}
	p := part{b, q.From, q.To}
	w.and("v.branch = ? AND v.id >= ? AND v.id < ? AND v.id > ? AND v.state <> 'booked'", append(p.ids(), after)...)
	if term, ok := transactionFigures[q.Figure]; ok {
		own := &where{}
		own.and("t.branch = v.branch AND t.id >= v.id || '.' AND t.id < v.id || '/'")
		own.and(term)
		q.kind(own, "t")
		own.filter("t.counter", q.Counter)
		own.filter("t.clerk", q.Clerk)
		w.and("EXISTS (SELECT 1 FROM transactions t WHERE "+own.text()+")", own.args...)
		return w.text(), w.args
	}
	w.and(visitFigures[q.Figure])
	q.kind(w, "v")
	if q.places() {
		seat := &where{}
		seat.and("t.branch = v.branch AND t.id >= v.id || '.' AND t.id < v.id || '/'")
		seat.filter("t.counter", q.Counter)
		seat.filter("t.clerk", q.Clerk)
		called := &where{}
		called.and("v.transactions = 0 AND v.counter <> ''")
		called.filter("v.counter", q.Counter)
		called.filter("''", q.Clerk)
		w.and("(EXISTS (SELECT 1 FROM transactions t WHERE "+seat.text()+") OR "+called.text()+")", append(seat.args, called.args...)...)
	}
	return w.text(), w.args
}

// kind adds the filters on what kind of visit or transaction it is.
func (q VisitQuery) kind(w *where, table string) {
	w.filter(table+".service", q.Service)
	w.filter(table+".field", q.Field)
	w.filter(table+".procedure", q.Procedure)
	w.filter(table+".priority", q.Priority)
	w.filter(table+".origin", q.Channel)
	if q.Hour != nil {
		w.and(table+".hour = ?", *q.Hour)
	}
	if q.Weekday != nil {
		w.and(table+".weekday = ?", *q.Weekday)
	}
}
