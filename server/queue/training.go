package queue

import (
	"strconv"
	"strings"
)

// trainingEnd is what the id of every branch for practice ends in, and of no other:
// whoever sees the id alone knows that its figures count for nothing.
const trainingEnd = "-tap"

// longestID is how many characters an id has at most.
const longestID = 32

// TrainingID is the id of a branch's own branch for practice.
func TrainingID(branch string) string {
	cut := min(len(branch), longestID-len(trainingEnd))
	return strings.TrimRight(branch[:cut], "-") + trainingEnd
}

// IsTraining tells whether an id is that of a branch for practice.
func IsTraining(branch string) bool { return strings.HasSuffix(branch, trainingEnd) }

// ForTraining gives the settings of the branch's own branch for practice: the same
// services, counters and rules, open at any hour, without quotas and limits, and
// with nothing that leaves the house by itself. Its tag is none that taken names.
func (s Settings) ForTraining(taken func(tag string) bool) Settings {
	p := s
	p.ID, p.Version, p.Training = TrainingID(s.ID), 0, true
	p.Tag = TagFor(p.ID)
	for i := 1; taken(p.Tag); i++ {
		p.Tag = TagFor(p.ID + strconv.Itoa(i))
	}
	p.Services = nil
	for _, service := range s.Services {
		service.Halves, service.Weekdays, service.CutOff, service.Quota, service.PerPerson = nil, nil, nil, nil, 0
		p.Services = append(p.Services, service)
	}
	p.Calendar = Calendar{Always: true, Halves: []Half{}, Week: []WeekDay{}, Golden: unhalved(s.Calendar.Golden), NoSlip: unhalved(s.Calendar.NoSlip)}
	p.Pace, p.Box.Open, p.Booking.DaysAhead = PaceSetting{}, false, 0
	p.Report.Scheduled = nil
	return p
}

// unhalved gives special days without the half-days they hold in: a branch that is
// always open has none.
func unhalved(list []Special) []Special {
	out := make([]Special, 0, len(list))
	for _, special := range list {
		special.Quota = nil
		out = append(out, special)
	}
	return out
}

// checkTraining keeps the mark and the id together.
func (s Settings) checkTraining(c *checker) {
	c.check(s.Training == IsTraining(s.ID), "training", "must be set where the id ends in %s, and nowhere else", trainingEnd)
}
