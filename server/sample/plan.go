package sample

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"motcua/server/queue"
)

// shares are how often people come for the usual services of a ward; others are
// rarer the longer they take.
var shares = map[string]float64{"chung-thuc": 0.34, "ket-qua": 0.21, "ho-tich": 0.20, "dat-dai": 0.08,
	"cu-tru": 0.085, "bao-tro": 0.05, "kinh-doanh": 0.035}

func weights(set *queue.Settings) []float64 {
	list := make([]float64, len(set.Services))
	for i, s := range set.Services {
		switch share := shares[s.ID]; {
		case s.Closed:
		case share > 0:
			list[i] = share
		default:
			list[i] = 0.9 / (5 + s.Typical)
		}
	}
	return list
}

// bounds are the visits of calm and of crowded days by kind of hall.
var bounds = map[Kind][2]float64{Quiet: {1.4, 1.4}, Commune: {15, 60}, Ward: {80, 300}, Province: {250, 1000}}

// volume is what a usual day brings: as much as the counters can bear without
// queues over closing, within what such halls report.
func (h *hall) volume() float64 {
	mean, sum := 0.0, 0.0
	for i, s := range h.set.Services {
		mean += h.weight[i] * s.Typical
		sum += h.weight[i]
	}
	if sum == 0 {
		return 0
	}
	limits := bounds[h.o.Kind]
	bears := float64(len(h.clerks)) * 450 * 0.39 / max(mean/sum, 1)
	return min(max(bears, limits[0]), limits[1]*0.85, max(limits[1]*0.85, limits[0])) * h.o.Scale
}

// byWeekday is how much more or less comes on a weekday than on a usual day.
var byWeekday = [7]float64{0.6, 1.25, 1.0, 0.95, 1.0, 0.85, 0.6}

// visitsOf draws how many come on a day.
func (d *today) visitsOf(day queue.Day) int {
	n := d.usual * byWeekday[d.set.Calendar.WeekdayOn(day)] * (1 + 0.35*float64(min(d.rested, 3)))
	n *= math.Exp(d.rng.NormFloat64() * 0.12)
	if n > 30 {
		return int(n + d.rng.NormFloat64()*math.Sqrt(n))
	}
	return poisson(d.rng, n)
}

func poisson(r *rand.Rand, mean float64) int {
	n, p, limit := 0, 1.0, math.Exp(-mean)
	for {
		p *= r.Float64()
		if p <= limit {
			return n
		}
		n++
	}
}

// today is one running day.
type today struct {
	*hall
	rng     *rand.Rand
	todo    agenda
	steps   int
	halves  []queue.DayHalf
	serving map[string][]int // counters by service
	chances []float64        // running sums of the services' weights of this day
	away    []bool           // by counter: a pause begins once the present visit is done
	looking []bool           // by counter: the clerk is about to look for the next visit
	kept    [][]held         // by counter: visits kept aside, the next one first
	until   []int64          // by counter: when the present half-day ends
}

// held is a visit kept aside, and when it is due back.
type held struct {
	visit string
	due   int64
}

// plan lays the day out: who comes when, and who sits where.
func (d *today) plan(halves []queue.DayHalf) {
	d.halves, d.until = halves, make([]int64, len(d.clerks))
	d.serving = map[string][]int{}
	for i := range d.set.Counters {
		for _, s := range d.set.ServicesOf(d.set.Counters[i], d.day) {
			d.serving[s] = append(d.serving[s], i)
		}
	}
	d.weigh()
	for range d.visitsOf(d.day) {
		half := halves[0]
		if len(halves) > 1 && d.rng.Float64() > 0.58 {
			half = halves[1+d.rng.IntN(len(halves)-1)]
		}
		d.then(d.arrival(half), d.comes)
	}
	for _, half := range halves {
		for i := range d.clerks {
			d.planClerk(i, half)
		}
	}
	d.planBookings()
	d.planPapers()
}

// weigh gives the services of a golden or no-slip day more visits, and golden
// services less on the other days: people wait for them.
func (d *today) weigh() {
	golden := func(list []queue.Special, id string) bool {
		return slices.ContainsFunc(list, func(s queue.Special) bool { return slices.Contains(s.Services, id) })
	}
	d.chances = make([]float64, len(d.weight))
	sum := 0.0
	for i, w := range d.weight {
		id := d.set.Services[i].ID
		if _, is := d.set.Calendar.GoldenOn(id, d.day); is {
			w *= 1.5
		} else if golden(d.set.Calendar.Golden, id) {
			w *= 0.7
		}
		if _, is := d.set.Calendar.NoSlipOn(id, d.day); is {
			w *= 1.2
		}
		sum += w
		d.chances[i] = sum
	}
}

func (d *today) service() string {
	x := d.rng.Float64() * d.chances[len(d.chances)-1]
	for i, sum := range d.chances {
		if x < sum {
			return d.set.Services[i].ID
		}
	}
	return d.set.Services[len(d.set.Services)-1].ID
}

// lastNumbers is how long before the end of a half-day nobody comes any more.
const lastNumbers = 30 * minute

// arrival draws a moment of a half-day: a crowd when the doors open, then fewer and fewer.
func (d *today) arrival(half queue.DayHalf) int64 {
	first, opens, last := half.FirstNumber().UnixMilli(), half.Starts().UnixMilli(), half.Ends().UnixMilli()-lastNumbers
	if d.chance(0.24) {
		return max(first, opens+int64((8+d.rng.NormFloat64()*14)*float64(minute)))
	}
	return opens + int64(float64(last-opens)*(1-math.Sqrt(d.rng.Float64()*0.75+0.25*d.rng.Float64())))
}

// priority draws a group for about one visit in eight; the first of the list is the most usual.
func (d *today) priority() string {
	if len(d.set.Priorities) == 0 || d.rng.Float64() >= 0.12 {
		return ""
	}
	i := int(d.rng.ExpFloat64() * 1.3)
	return d.set.Priorities[min(i, len(d.set.Priorities)-1)].ID
}

func (d *today) procedure(service string) string {
	list := d.o.Procedures[service]
	if len(list) == 0 || d.rng.Float64() >= 0.35 {
		return ""
	}
	// Some procedures are asked for much more often than others.
	x := d.rng.Float64()
	return list[int(x*x*float64(len(list)))]
}

// clerkName makes up a name, another for each counter.
func clerkName(seed uint64, i int) string {
	family := strings.Fields("Nguyễn Trần Lê Phạm Hoàng Bùi Vũ Đặng Đinh Quách Hà Lương")
	middle := strings.Fields("Kim Xuân Thu Minh Ngọc Đức Thanh Quang Hồng Hữu Phương")
	given := strings.Fields("Lan Hùng Hương Tuấn Mai Dũng Hoa Sơn Nga Thắng Yến Long Hạnh Khoa Linh Nam Trang Việt Oanh")
	n := i + int(seed%7)
	return family[(n*5)%len(family)] + " " + middle[(n*3)%len(middle)] + " " + given[n%len(given)]
}
