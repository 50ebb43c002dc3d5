package history

import (
	"time"

	"motcua/server/queue"
)

func (b *batch) visit(v *visitRow) error {
	day := queue.Day(v.day)
	return b.add("INSERT OR REPLACE INTO visits VALUES", "", b.branch, v.id, dayNumber(day), weekday(day), hourOf(v.taken), v.half, numberOf(v.id), v.service, v.field,
		v.procedure, v.priority, v.lang, v.origin, string(v.state), v.outcome, v.reason, v.counter, v.taken, v.called, v.served,
		v.ended, v.wait, v.target, v.low, v.high, v.calls, v.noShows, v.reinstated, v.parked, v.transfers, v.pingPong,
		v.transactions, v.outOfTurn, v.again)
}

func (b *batch) transaction(v *visitRow, t *transactionRow) error {
	var spent *int64
	if t.ended != nil {
		ms := *t.ended - t.started
		spent = &ms
	}
	due, unit := t.due, t.dueUnit
	if !t.promised() {
		due, unit = nil, ""
	}
	day := queue.Day(v.day)
	return b.add("INSERT OR REPLACE INTO transactions VALUES", "", b.branch, t.id, v.id, t.n, dayNumber(day), weekday(day), hourOf(t.started), t.counter, t.clerk,
		t.service, t.field, t.procedure, t.priority, t.origin, t.started, t.ended, spent, t.how, t.outcome, due, unit,
		t.kept, t.level, t.points, t.source, t.rated, t.reasons)
}

// weekday of a day without a calendar: this runs for every row.
func weekday(d queue.Day) int {
	n := dayNumber(d)
	return int(time.Date(n/10000, time.Month(n/100%100), n%100, 0, 0, 0, 0, time.UTC).Weekday())
}

const hour = 3600 * 1000

// hourOf is the hour of day in the hall's zone, which never shifts.
func hourOf(ms int64) int { return int((ms + 7*hour) / hour % 24) }

// numberOf is the end of a visit's id, without the mark of a later epoch.
func numberOf(id string) string {
	if len(id) > 7 {
		id = id[7:]
	}
	for i := range len(id) {
		if id[i] == epochMark {
			return id[:i]
		}
	}
	return id
}
