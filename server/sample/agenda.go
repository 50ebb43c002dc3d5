package sample

import (
	"container/heap"
	"math/rand/v2"
)

// Spans in milliseconds.
const (
	second int64 = 1000
	minute       = 60 * second
)

// step is something that will happen.
type step struct {
	at int64
	n  int // keeps steps of one moment in order
	do func()
}

type agenda []step

func (a agenda) Len() int { return len(a) }
func (a agenda) Less(i, j int) bool {
	return a[i].at < a[j].at || a[i].at == a[j].at && a[i].n < a[j].n
}
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }

// Push and Pop are container/heap's.
func (a *agenda) Push(x any) { *a = append(*a, x.(step)) }

// Pop gives the last.
func (a *agenda) Pop() any {
	old := *a
	x := old[len(old)-1]
	*a = old[:len(old)-1]
	return x
}

// then lets something happen at a moment.
func (d *today) then(at int64, do func()) {
	d.steps++
	heap.Push(&d.todo, step{at, d.steps, do})
}

// in lets it happen after between so many minutes.
func (d *today) in(low, high float64, do func()) {
	d.then(d.now+int64(between(d.rng, low, high)*float64(minute)), do)
}

// run plays the day to its last step, or to its closing.
func (d *today) run() {
	end := d.day.Start().UnixMilli() + 23*60*minute
	for d.todo.Len() > 0 {
		s := heap.Pop(&d.todo).(step)
		if s.at > end {
			return
		}
		d.at(s.at)
		s.do()
	}
}

func between(r *rand.Rand, low, high float64) float64 { return low + (high-low)*r.Float64() }

// chance is true so often.
func (d *today) chance(share float64) bool { return d.rng.Float64() < share }
