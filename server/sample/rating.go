package sample

import (
	"fmt"
	"slices"
	"strconv"

	"motcua/server/queue"
)

// slip is a rating on paper that staff enters on the next working day.
type slip struct {
	tx     queue.Transaction
	level  int
	reason []string
}

// judges lets about one visitor in three say how it was.
func (d *today) judges(i int, v queue.Visit) {
	if len(d.set.Rating.Levels) < 2 || !d.chance(0.41) {
		return
	}
	level := d.level(i, v)
	tx := fmt.Sprintf("%s.%d", v.ID, v.Tx)
	id, by := d.idAt(i), d.clerks[i].name
	switch x := d.rng.Float64(); {
	case x < 0.58:
		if d.chance(0.05) {
			d.in(0.1, 0.2, func() { d.invite(id, by, tx) })
		}
		d.in(0.05, 0.5, func() { d.pressed(id, tx, "keypad", level, nil) })
	case x < 0.74:
		d.in(0.08, 0.5, func() { d.pressed(id, tx, "tablet", level, d.reasonsOf(level)) })
	case x < 0.94:
		d.in(0.5, 180, func() { d.rate(tx, "phone", "", level, d.reasonsOf(level)) })
	case x < 0.98:
		d.in(20, 240, func() { d.rate(tx, "paper", atGuide, level, d.reasonsOf(level)) })
	default:
		if done := d.txs[tx]; done != nil {
			d.papers = append(d.papers, slip{*done, level, d.reasonsOf(level)})
		}
	}
}

// level draws a mark: four of five are the best one; long waits and some clerks
// bring lower ones.
func (d *today) level(i int, v queue.Visit) int {
	low := d.clerks[i].mood
	if wait := v.Served.Int() - v.Taken.Int(); wait > 30*minute {
		low *= 2
	}
	n := len(d.set.Rating.Levels)
	switch x := d.rng.Float64(); {
	case x < 0.012*low:
		return n
	case x < 0.045*low && n > 2:
		return n - 1
	case x < 0.045*low+0.22 && n > 3:
		return 2
	}
	return 1
}

// reasonsOf gives one or two reasons for most low marks.
func (d *today) reasonsOf(level int) []string {
	all, levels := d.set.Rating.Reasons, d.set.Rating.Levels
	low := level == len(levels) || level > 1 && levels[level-1].Value == 0
	if !low || len(all) == 0 || d.chance(0.2) {
		return nil
	}
	first := int(d.rng.Float64() * d.rng.Float64() * float64(len(all)))
	list := []string{all[first].ID}
	if second := d.rng.IntN(len(all)); second != first && d.chance(0.3) {
		list = append(list, all[second].ID)
	}
	return list
}

// pressed is a keypad's or tablet's press: it counts while its transaction is the
// counter's last and the time is not over.
func (d *today) pressed(id, tx, source string, level int, reasons []string) {
	k := d.counter(id)
	if k.LastTx != tx || k.State == queue.CounterServing || d.now-k.LastAt.Int() > int64(d.set.Rating.Window)*1000 {
		return
	}
	d.rate(tx, source, source+" "+d.counters[id].Label, level, reasons)
}

func (f *floor) invite(id, by, tx string) {
	k := f.counter(id)
	if k.State == queue.CounterClosed || k.State == queue.CounterServing || k.LastTx != tx || k.Rated {
		return
	}
	k.LastAt = f.stamp
	delete(f.last, id)
	f.tell(queue.Event{Kind: queue.RatingInvited, Verb: queue.InviteRating, By: by}, nil, &k)
}

// rate counts the first mark of a transaction; false when there is none to rate.
func (f *floor) rate(id, source, by string, level int, reasons []string) bool {
	tx := f.txs[id]
	if tx == nil || tx.Level > 0 {
		return false
	}
	v := f.visit(tx.Visit)
	last := v.Tx
	if v.State == queue.Serving {
		last--
	}
	if tx.ID != v.ID+"."+strconv.Itoa(last) { // it has been served again meanwhile
		return false
	}
	tx.Level, tx.Source = level, source
	rated := *tx
	e := queue.Event{Kind: queue.RatingGiven, Verb: queue.Rate, By: by, Rating: &rated, Reasons: reasons}
	if k := f.counter(tx.Counter); k.LastTx == tx.ID {
		k.Rated = true
		f.tell(e, nil, &k)
		return true
	}
	f.tell(e, nil, nil)
	return true
}

// settleSlips keeps, at the end of a day, the slips that can still be entered: for
// the last serving of their visit, when nobody rated it meanwhile.
func (d *today) settleSlips() {
	d.papers = slices.DeleteFunc(d.papers, func(p slip) bool {
		tx, v := d.txs[p.tx.ID], d.visit(p.tx.Visit)
		return tx == nil || tx.Level > 0 || tx.ID != v.ID+"."+strconv.Itoa(v.Tx)
	})
}

// planPapers enters the slips of the last working day, while they may be entered.
func (d *today) planPapers() {
	late := d.papers
	d.papers = nil
	for n, p := range late {
		if d.day > d.set.Calendar.NextWorkingDay(queue.DayOf(p.tx.Ended.Time())) {
			continue
		}
		d.then(d.halves[0].Starts().UnixMilli()+int64(n+1)*minute, func() {
			p.tx.Level, p.tx.Source = p.level, "paper"
			d.tell(queue.Event{Kind: queue.RatingGiven, Verb: queue.Rate, By: atGuide, Rating: &p.tx, Reasons: p.reason}, nil, nil)
		})
	}
}

func millis(ms int64) queue.Millis { return queue.Millis(strconv.FormatInt(ms, 10)) }
