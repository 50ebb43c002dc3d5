package sample

import (
	"math/rand/v2"

	"motcua/server/queue"
)

// Form is one visitor's answers to the four questions after a rating, 0 to 2 points
// each: time, how often one had to come, how many offices, attitude.
type Form struct {
	Transaction queue.Transaction
	Source      string
	Points      [4]int
}

// Forms gives the forms that go with a day's events: somewhat less than half of those
// who rated on a screen or on paper answer them, better or worse as the rating was.
func Forms(day queue.Day, events []queue.Event, seed uint64) []Form {
	r := rand.New(rand.NewPCG(seed, uint64(day.Start().Unix())))
	var list []Form
	for _, e := range events {
		if e.Kind != queue.RatingGiven || e.Rating.Source == "keypad" || r.Float64() >= 0.45 {
			continue
		}
		f := Form{Transaction: *e.Rating, Source: e.Rating.Source}
		for i := range f.Points {
			f.Points[i] = 2
			if x := r.Float64(); x < 0.1*float64(e.Rating.Level-1) {
				f.Points[i] = 0
			} else if x < 0.12*float64(e.Rating.Level) {
				f.Points[i] = 1
			}
		}
		list = append(list, f)
	}
	return list
}
