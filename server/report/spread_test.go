package report

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSpread(t *testing.T) {
	for _, x := range []struct {
		ms   []int32
		want Spread
	}{
		{nil, Spread{}},
		{[]int32{0}, Spread{N: 1}},
		{[]int32{1500}, Spread{1, 1.5, 1.5, 1.5}},
		{[]int32{3000, 1000}, Spread{2, 2, 2, 3}},
		{[]int32{3, 1, 2}, Spread{3, 0.002, 0.002, 0.003}},
		{[]int32{1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000}, Spread{10, 5.5, 5.5, 9}},
		{[]int32{1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000, 11000}, Spread{11, 6, 6, 10}},
		{[]int32{1000, 1000, 2000}, Spread{3, 4000.0 / 3000, 1, 2}},
	} {
		if got := spread(slices.Clone(x.ms)); got != x.want {
			t.Errorf("of %v: %+v, not %+v", x.ms, got, x.want)
		}
	}
}

// The percentile is the smallest value that nine in ten do not exceed, by its words.
func TestPercentileByItsWords(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := 1; n < 200; n++ {
		ms := make([]int32, n)
		for i := range ms {
			ms[i] = random.Int32N(50)
		}
		got := spread(slices.Clone(ms)).P90
		want := math.Inf(1)
		for _, v := range ms {
			under := 0
			for _, o := range ms {
				under += bit(o <= v)
			}
			if 10*under >= 9*n {
				want = min(want, float64(v)/1000)
			}
		}
		if got != want {
			t.Fatalf("of %d values %v, not %v", n, got, want)
		}
	}
}

// A long list is sorted by another way than a short one.
func TestLongListsAreSorted(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{sortedByDigits - 1, sortedByDigits, 5 * sortedByDigits} {
		ms := make([]int32, n)
		for i := range ms {
			ms[i] = random.Int32() >> random.IntN(31)
		}
		want := slices.Sorted(slices.Values(ms))
		sortMillis(ms)
		if !slices.Equal(ms, want) {
			t.Errorf("%d values are not in order", n)
		}
	}
}

// Values of the literature: Wilson's interval of 1 of 10, of 95 of 100, and the ends.
func TestWilson(t *testing.T) {
	for _, x := range []struct {
		yes, n    int
		low, high float64
	}{
		{0, 0, 0, 1},
		{0, 10, 0, 0.2775},
		{10, 10, 0.7225, 1},
		{1, 10, 0.0179, 0.4042},
		{5, 10, 0.2366, 0.7634},
		{95, 100, 0.8882, 0.9785},
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{1, 29, 0.0061, 0.1718},
	} {
		low, high := Wilson(x.yes, x.n)
		if math.Abs(low-x.low) > 5e-5 || math.Abs(high-x.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, not %.4f to %.4f", x.yes, x.n, low, high, x.low, x.high)
		}
	}
	for n := 1; n < 300; n++ {
		for yes := 0; yes <= n; yes++ {
			low, high := Wilson(yes, n)
			if p := float64(yes) / float64(n); low < 0 || low > p || p > high || high > 1 {
				t.Fatalf("%d of %d: %v to %v", yes, n, low, high)
			}
		}
	}
}

// The definition of the interval: at its ends the score test is exactly at its limit.
func TestWilsonByItsEquation(t *testing.T) {
	for _, x := range [][2]int{{1, 10}, {7, 30}, {29, 30}, {500, 1000}} {
		low, high := Wilson(x[0], x[1])
		n, p := float64(x[1]), float64(x[0])/float64(x[1])
		for _, end := range []float64{low, high} {
			if score := math.Abs(p-end) / math.Sqrt(end*(1-end)/n); math.Abs(score-z) > 1e-9 {
				t.Errorf("%d of %d: at %v the score is %v", x[0], x[1], end, score)
			}
		}
	}
}

func TestMeansOfOneDecimal(t *testing.T) {
	for _, x := range []struct {
		points, n int
		want      float64
	}{{0, 0, 0}, {0, 3, 0}, {2, 1, 2}, {5, 3, 1.7}, {4, 3, 1.3}, {25, 20, 1.3}, {24, 20, 1.2}, {249, 200, 1.2}, {1, 20, 0.1}, {1, 21, 0}} {
		if got := mean(x.points, x.n); got != x.want {
			t.Errorf("%d points of %d: %v, not %v", x.points, x.n, got, x.want)
		}
	}
}
