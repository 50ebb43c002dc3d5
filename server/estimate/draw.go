package estimate

import "math"

// levels is how many values stand for a distribution: its quantiles at
// (i+1/2)/levels. A draw is one of them, which costs no logarithm.
const levels = 32

type table [levels]float64

var normal = func() (t table) {
	for i := range t {
		t[i] = math.Sqrt2 * math.Erfinv(2*(float64(i)+0.5)/levels-1)
	}
	return t
}()

// lognormal spreads a mean the way times of people are spread: many a little
// shorter, few much longer.
func lognormal(mean, spread float64) (t table) {
	if mean <= 0 {
		return t
	}
	v := math.Log(1 + spread*spread)
	s, m := math.Sqrt(v), math.Log(mean)-v/2
	sum := 0.0
	for i := range t {
		t[i] = math.Exp(m + s*normal[i])
		sum += t[i]
	}
	for i := range t { // the cut tails must not shorten the mean
		t[i] *= mean * levels / sum
	}
	return t
}

func (p *pace) table() table {
	m := p.mean()
	if m <= 0 {
		return table{}
	}
	return lognormal(m, p.deviation()/m)
}

// dice gives draws in a fixed sequence. Two dice of one seed, the second
// mirrored, err in opposite directions: their mean needs far fewer throws.
type dice struct {
	state  uint64
	mirror uint32
}

func newDice(throw int) dice {
	d := dice{state: uint64(throw/2+1) * 0x9E3779B97F4A7C15}
	if throw%2 == 1 {
		d.mirror = levels - 1
	}
	return d
}

func (d *dice) level() uint32 {
	d.state ^= d.state << 13
	d.state ^= d.state >> 7
	d.state ^= d.state << 17
	return uint32(d.state>>40)%levels ^ d.mirror
}

func (d *dice) draw(t *table) float64 { return t[d.level()] }

// chance is true with probability p.
func (d *dice) chance(p float64) bool {
	fine := d.level()*levels + d.level()
	return (float64(fine)+0.5)/(levels*levels) < p
}

// rest draws how much longer something takes that already took elapsed.
func (d *dice) rest(t *table, elapsed float64) float64 {
	first := 0
	for first < levels && t[first] <= elapsed {
		first++
	}
	if first == levels { // longer than anything known: soon over, or not
		return t[d.level()] / 3
	}
	i := first + int(d.level())*(levels-first)/levels
	return t[i] - elapsed
}
