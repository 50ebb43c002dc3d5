package sample

import (
	"iter"
	"math/rand/v2"
	"slices"

	"motcua/server/queue"
)

// Kind is the kind of hall: how many visits come on a usual day.
type Kind string

// The kinds of halls, by the volumes that halls report: a commune has 15 to 60
// visits a day, a ward 80 to 300, a provincial centre 250 to 1,000, and a quiet
// unit one or two.
const (
	Quiet    Kind = "quiet"
	Commune  Kind = "commune"
	Ward     Kind = "ward"
	Province Kind = "province"
)

// Options of a made-up history.
type Options struct {
	// Seed decides everything: the same settings, days and options give the same events.
	Seed uint64
	// Scale times the usual volume of the kind; 1 when 0.
	Scale float64
	// Kind is a ward's hall when empty.
	Kind Kind
	// Mood times how many low marks there are; 1 when 0.
	Mood float64
	// Procedures are codes by service; a part of the visits is for one of them.
	Procedures map[string][]string
}

// Days plays a hall day by day, both days included, and gives each day's events as
// the store would have written them, without tokens and codes of tickets. Days off
// have their opening and closing alone. Seq counts on over the days from 1.
//
// The hall is played by Office(set).
func Days(set queue.Settings, from, to queue.Day, o Options) iter.Seq2[queue.Day, []queue.Event] {
	set = Office(set)
	return func(yield func(queue.Day, []queue.Event) bool) {
		h := newHall(&set, o)
		for day := from; day != "" && day <= to; day = day.Add(1) {
			if !yield(day, h.play(day)) {
				return
			}
		}
	}
}

// hall is what does not change from day to day: who works there and how, and what
// is carried over.
type hall struct {
	*floor
	o      Options
	clerks []clerk   // by counter
	weight []float64 // by service
	usual  float64   // visits of a usual day
	papers []slip    // ratings on paper that staff enters on the next working day
	booked []queue.Booking
	rested int // working days lost to a holiday just before
}

// clerk is who sits at a counter.
type clerk struct {
	name  string
	speed float64 // above 1 is slower
	mood  float64 // above 1 gets more low marks
}

// Office is the settings a hall is played by: a hall that is open at any hour (a
// demo) gets the hours of an ordinary working week, and keeps its special days.
// Whoever reads the events needs the same ones.
func Office(set queue.Settings) queue.Settings {
	if !set.Calendar.Always {
		return set
	}
	usual := queue.ProductionSettings(set.ID)
	golden, noSlip := set.Calendar.Golden, set.Calendar.NoSlip
	set.Calendar = usual.Calendar
	set.Calendar.Golden, set.Calendar.NoSlip = golden, noSlip
	set.Services = slices.Clone(set.Services)
	for i := range set.Services {
		if set.Services[i].CutOff == nil {
			set.Services[i].CutOff = usual.Services[0].CutOff
		}
	}
	return set
}

func newHall(set *queue.Settings, o Options) *hall {
	if o.Scale == 0 {
		o.Scale = 1
	}
	if o.Mood == 0 {
		o.Mood = 1
	}
	if o.Kind == "" {
		o.Kind = Ward
	}
	r := rand.New(rand.NewPCG(o.Seed, 0))
	h := &hall{floor: newFloor(set), o: o}
	for i, c := range set.Counters {
		k := clerk{name: c.Clerk, speed: between(r, 0.85, 1.2), mood: between(r, 0.5, 1.2) * o.Mood}
		if i%7 == 3 { // somebody whom a manager should look at
			k.mood *= 3
		}
		if k.name == "" {
			k.name = clerkName(o.Seed, i)
		}
		h.clerks = append(h.clerks, k)
	}
	h.weight = weights(set)
	h.usual = h.volume()
	return h
}

// play gives one day's events.
func (h *hall) play(day queue.Day) []queue.Event {
	d := &today{hall: h, rng: rand.New(rand.NewPCG(h.o.Seed, uint64(day.Start().Unix()/86400)+1)), away: make([]bool, len(h.clerks)),
		looking: make([]bool, len(h.clerks)), kept: make([][]held, len(h.clerks))}
	d.open(day)
	halves := h.set.Calendar.On(day)
	if len(halves) > 0 {
		d.plan(halves)
		d.run()
		h.rested = 0
	} else if day.Weekday() != 0 && day.Weekday() != 6 {
		h.rested++
	}
	events := d.close()
	if len(halves) > 0 {
		d.settleSlips()
	}
	return events
}
