package report

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"motcua/server/queue"
	"motcua/server/sqlite"
)

// mostOverrides is how many exceptions a report lists; the counts hold all.
const mostOverrides = 500

// overrides gives the calls out of turn, priority changes and transfers of a query's
// visits, newest first.
func (r *Reader) overrides(ctx context.Context, q Query, branches []branch) ([]Override, error) {
	list := []Override{}
	for _, b := range branches {
		own, err := r.overridesOf(ctx, q, b)
		if err != nil {
			return nil, err
		}
		list = append(list, own...)
	}
	slices.SortStableFunc(list, func(a, b Override) int { return cmp.Compare(b.At.Int(), a.At.Int()) })
	return list[:min(len(list), mostOverrides)], nil
}

const overridesSQL = `SELECT o.seq, o.at, o.kind, ifnull(v.number, ''), o.visit, o.counter, o.by, o.was, o.became, o.reason,
			ifnull(v.service, ''), ifnull(v.field, ''), ifnull(v.procedure, ''), ifnull(v.priority, ''), ifnull(v.origin, '')
		FROM overrides o LEFT JOIN visits v ON v.branch = o.branch AND v.id = o.visit
		WHERE o.branch = ?1 AND o.day BETWEEN ?2 AND ?3
			AND (o.kind IN ('priority', 'transfer') OR o.kind = 'undo' AND o.was IN ('priority', 'transfer') OR o.kind = 'out_of_turn' AND NOT EXISTS (
				SELECT 1 FROM calls c WHERE c.branch = o.branch AND c.epoch = o.epoch AND c.seq = o.seq AND c.undone = 1))
			AND (?4 = '' OR o.counter = ?4)
			AND (?5 = '' OR EXISTS (SELECT 1 FROM transactions t WHERE t.branch = o.branch AND t.id >= o.visit || '.' AND t.id < o.visit || '/' AND t.clerk = ?5))
		ORDER BY o.day DESC, o.at DESC, o.seq DESC`

func (r *Reader) overridesOf(ctx context.Context, q Query, b branch) ([]Override, error) {
	found, err := r.db.QueryContext(ctx, overridesSQL, b.no, dayNumber(q.From), dayNumber(q.To), q.Counter, q.Clerk)
	if err != nil {
		return nil, sqlite.Wrap("read overrides", err)
	}
	defer found.Close()
	var list []Override
	back := undone{}
	for len(list) < mostOverrides && found.Next() {
		o, v, at := Override{Branch: b.id}, visit{}, int64(0)
		if err := found.Scan(&o.Seq, &at, &o.Kind, &o.Number, &o.Visit, &o.Counter, &o.By, &o.Was, &o.Became, &o.Reason,
			&v.service, &v.field, &v.procedure, &v.priority, &v.origin); err != nil {
			return nil, sqlite.Wrap("read overrides", err)
		}
		if !back.counts(&o) {
			continue
		}
		if q.matches(v.service, v.field, v.procedure, v.priority, v.origin) {
			o.At = queue.Millis(strconv.FormatInt(at, 10))
			list = append(list, o)
		}
	}
	return list, sqlite.Wrap("read overrides", found.Err())
}

// undone remembers what was taken back, by visit. Rows come newest first: an undo, then
// what it took back, which no figure counts.
type undone map[string]string

// counts tells whether an exception stood.
func (u undone) counts(o *Override) bool {
	if o.Kind == "undo" {
		u[o.Visit] = o.Was
		return false
	}
	if u[o.Visit] != o.Kind {
		return true
	}
	delete(u, o.Visit)
	return false
}
