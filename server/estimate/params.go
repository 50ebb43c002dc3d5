package estimate

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

const (
	knots    = 9 // points kept of both curves together, which bounds the text
	fewKnots = 3 // of them at most for priority visits
)

// Params is the forecast of one queue at one moment: for each class a curve from
// people ahead to an interval. The zero Params knows nothing.
type Params struct{ others, priority curve }

// curve holds points with rising ahead; beyond the last it goes on with a slope.
type curve []knot

// knot says in tenths of minutes when the visit with so many ahead is called.
type knot struct{ ahead, low, high int }

// Interval gives the minutes between which four of five visits with so many
// people ahead are called, ahead counted as queue.Line.Ahead does. It depends on
// nothing but the Params and the arguments. ok is false when nothing can be said.
func (p Params) Interval(ahead int, priority bool) (low, high int, ok bool) {
	c := p.others
	if priority && len(p.priority) > 0 {
		c = p.priority
	}
	if len(c) == 0 {
		return 0, 0, false
	}
	l, h := c.at(float64(max(ahead, 0)))
	low, high = int(math.Round(l/10)), int(math.Round(h/10))
	return low, max(high, low, 1), true
}

// at reads the curve: straight between two points, and straight on after the last.
func (c curve) at(ahead float64) (low, high float64) {
	i := 0
	for i < len(c)-1 && float64(c[i+1].ahead) <= ahead {
		i++
	}
	a := c[i]
	if ahead <= float64(a.ahead) || len(c) == 1 {
		return float64(a.low), float64(a.high)
	}
	b := a
	if i < len(c)-1 {
		b = c[i+1]
	} else {
		a = c[i-1]
	}
	share := (ahead - float64(a.ahead)) / float64(b.ahead-a.ahead)
	low = float64(a.low) + share*float64(b.low-a.low)
	high = float64(a.high) + share*float64(b.high-a.high)
	return min(low, longest*10), min(high, longest*10)
}

// curveOf keeps at most n of the points: the first, the last, and those that a
// straight line between their neighbours would miss most.
func curveOf(pts []point, n int) curve {
	all := make(curve, 0, len(pts))
	for _, p := range pts {
		k := knot{p.ahead, int(math.Round(p.low * 10)), int(math.Round(p.high * 10))}
		if len(all) > 0 && all[len(all)-1].ahead >= k.ahead {
			all[len(all)-1] = k // two classes may give one count: the later place is the safer word
			continue
		}
		all = append(all, k)
	}
	if len(all) <= n {
		return all
	}
	kept := curve{all[0], all[len(all)-1]}
	for len(kept) < n {
		worst, at := 0.0, -1
		for i, k := range all {
			l, h := kept.at(float64(k.ahead))
			if miss := math.Abs(l-float64(k.low)) + math.Abs(h-float64(k.high)); miss > worst {
				worst, at = miss, i
			}
		}
		if at < 0 {
			break
		}
		kept = kept.with(all[at])
	}
	return kept
}

func (c curve) with(k knot) curve {
	i := 0
	for i < len(c) && c[i].ahead < k.ahead {
		i++
	}
	return append(c[:i:i], append(curve{k}, c[i:]...)...)
}

// version starts the text, so that an old ticket's text is never misread.
const version = "1"

// String writes the Params for the store: at most 120 bytes of visible ASCII,
// empty for the zero Params.
func (p Params) String() string {
	if len(p.others) == 0 && len(p.priority) == 0 {
		return ""
	}
	return version + "|" + p.others.text() + "|" + p.priority.text()
}

func (c curve) text() string {
	var b strings.Builder
	for i, k := range c {
		if i > 0 {
			b.WriteByte(';')
		}
		for j, n := range [...]int{k.ahead, k.low, k.high} {
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.FormatInt(int64(n), 36))
		}
	}
	return b.String()
}

var errText = errors.New("estimate: text of a forecast is not readable")

// Parse reads what String wrote. An empty text gives the zero Params.
func Parse(text string) (Params, error) {
	if text == "" {
		return Params{}, nil
	}
	parts := strings.Split(text, "|")
	if len(parts) != 3 || parts[0] != version || len(text) > 120 {
		return Params{}, errText
	}
	others, err := parseCurve(parts[1])
	if err != nil {
		return Params{}, err
	}
	priority, err := parseCurve(parts[2])
	return Params{others: others, priority: priority}, err
}

func parseCurve(text string) (curve, error) {
	if text == "" {
		return nil, nil
	}
	var c curve
	for part := range strings.SplitSeq(text, ";") {
		var k knot
		fields := strings.Split(part, ",")
		if len(fields) != 3 {
			return nil, errText
		}
		for i, to := range []*int{&k.ahead, &k.low, &k.high} {
			n, err := strconv.ParseUint(fields[i], 36, 20)
			if err != nil {
				return nil, errText
			}
			*to = int(n)
		}
		if len(c) > 0 && c[len(c)-1].ahead >= k.ahead || k.low > k.high {
			return nil, errText
		}
		c = append(c, k)
	}
	return c, nil
}
