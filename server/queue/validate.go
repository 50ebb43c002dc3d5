package queue

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong with a settings document.
type Problem struct {
	Place string // "services[2].prefix"
	What  string // for programs and logs: Form with its Args
	Form  string
	Args  []any
}

// listed is how many problems the sentence of a refusal names; Problems has all.
const listed = 20

// Validate gives nil, or a refusal SettingsInvalid whose Detail names every
// problem by its place. It does not look at the form of Unicode: the caller
// sees to NFC.
func (s Settings) Validate() error {
	problems := s.Problems()
	if len(problems) == 0 {
		return nil
	}
	var parts []string
	for _, p := range problems[:min(len(problems), listed)] {
		parts = append(parts, p.Place+": "+p.What)
	}
	if more := len(problems) - listed; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	return Refuse(SettingsInvalid, strings.Join(parts, "; "))
}

// Problems lists everything wrong with the settings, in the order of the document.
func (s Settings) Problems() []Problem {
	c := &checker{}
	c.check(s.Version >= 0, "version", "must not be negative")
	c.id("id", s.ID)
	c.check(isTag(s.Tag), "tag", "must be two characters of A-Z a-z 0-9 - _")
	c.name("name", s.Name)
	c.optionalName("place", s.Place)
	c.text("address", s.Address, longText)
	s.checkServices(c)
	s.checkGroups(c)
	s.checkCounters(c)
	s.checkPriorities(c)
	s.checkPolicy(c)
	s.Calendar.check(c, s)
	s.checkRating(c)
	c.between("booking.late_minutes", s.Booking.LateMinutes, 0, 240)
	c.between("booking.days_ahead", s.Booking.DaysAhead, 0, 60)
	c.between("pace.per_service", s.Pace.PerService, 0, 1000)
	c.between("pace.per_day", s.Pace.PerDay, 0, 1000)
	c.pace(s.Pace)
	c.paper(s.Paper)
	c.kiosk(s.Kiosk)
	s.checkHall(c)
	s.checkBoard(c)
	s.checkReport(c)
	s.checkPeople(c)
	s.checkTraining(c)
	return c.problems
}

func (s Settings) checkServices(c *checker) {
	c.count("services", len(s.Services), 1, 64)
	served := s.served()
	for i, service := range s.Services {
		at := fmt.Sprintf("services[%d]", i)
		c.id(at+".id", service.ID)
		c.unique(at+".id", "service id", service.ID)
		c.check(isPrefix(service.Prefix), at+".prefix", "must be one or two capital letters A-Z")
		c.unique(at+".prefix", "prefix", service.Prefix)
		c.name(at+".name", service.Name)
		c.optionalName(at+".short", service.Short)
		c.text(at+".field", service.Field, shortText)
		c.texts(at+".fields", service.Fields, shortText, 100)
		c.texts(at+".procedures", service.Procedures, shortText, 3000)
		c.promise(at+".promise", service.Promise)
		c.between(at+".wait_target", service.WaitTarget, 0, 480)
		c.check(service.Typical > 0 && service.Typical <= 480, at+".typical", "must be more than 0 and at most 480 minutes")
		c.between(at+".per_person", service.PerPerson, 0, 1000)
		c.late(at+".late", service.Late)
		c.online(at+".online", service.Online)
		c.kind(at+".kind", service.Kind)
		s.checkHours(c, at, service)
		if !service.Closed && !served[service.ID] {
			c.add(at, "is open, but no counter serves it")
		}
	}
}

// checkHours looks at what a service says about half-days.
func (s Settings) checkHours(c *checker, at string, service ServiceSetting) {
	known := s.Calendar.halfIDs()
	c.among(at+".halves", service.Halves, known, "half-day")
	c.weekdays(at+".weekdays", service.Weekdays)
	c.quota(at+".quota", service.Quota, known)
	for _, id := range sortedKeys(service.CutOff) {
		place, cut := at+".cut_off."+id, service.CutOff[id]
		i := slices.IndexFunc(s.Calendar.Halves, func(h Half) bool { return h.ID == id })
		switch {
		case !slices.Contains(known, id):
			c.add(place, "is not a half-day of the calendar")
		case !c.hm(place, cut) || i < 0:
		case cut < s.Calendar.Halves[i].From || cut > s.Calendar.Halves[i].To:
			c.add(place, "is outside the half-day")
		}
	}
	if !service.Closed && !s.Calendar.Always && !s.opensEver(service) {
		c.add(at, "is open, but in no half-day that is worked")
	}
}

func (s Settings) opensEver(service ServiceSetting) bool {
	return slices.ContainsFunc(s.Calendar.Week, func(w WeekDay) bool {
		if len(service.Weekdays) > 0 && !slices.Contains(service.Weekdays, w.Day) {
			return false
		}
		if len(w.Halves) == 0 || len(service.Halves) == 0 {
			return true
		}
		return slices.ContainsFunc(w.Halves, func(id string) bool { return slices.Contains(service.Halves, id) })
	})
}

// served is the set of services that some counter serves every day.
func (s Settings) served() map[string]bool {
	set := map[string]bool{}
	for _, counter := range s.Counters {
		for _, id := range counter.Services {
			set[id] = true
		}
	}
	return set
}

func (s Settings) checkCounters(c *checker) {
	c.count("counters", len(s.Counters), 1, 200)
	services := s.serviceIDs()
	for i, counter := range s.Counters {
		at := fmt.Sprintf("counters[%d]", i)
		c.id(at+".id", counter.ID)
		c.unique(at+".id", "counter id", counter.ID)
		c.required(at+".label", counter.Label, labelText)
		c.unique(at+".label", "label", counter.Label)
		c.optionalName(at+".name", counter.Name)
		c.text(at+".clerk", counter.Clerk, shortText)
		c.optionalName(at+".title", counter.Title)
		c.check(counter.Photo == "" || len(counter.Photo) <= LongestMediaName && MediaName.MatchString(counter.Photo), at+".photo",
			"must name a file of the media")
		c.among(at+".services", counter.Services, services, "service")
		c.check(slices.Contains([]Merge{"", ByArrival, ByList, ByWeight}, counter.Merge), at+".merge",
			"must be arrival, listed or weighted")
		if counter.Merge == ByList {
			c.check(s.Policy.MaxWait > 0, at+".merge", "listed needs policy.max_wait")
		}
		checkWeights(c, at+".weights", counter)
	}
}

func checkWeights(c *checker, place string, counter CounterSetting) {
	if counter.Merge != ByWeight {
		c.check(len(counter.Weights) == 0, place, "are only for merge weighted")
		return
	}
	c.check(len(counter.Weights) == len(counter.Services), place, "must be as many as services")
	for i, weight := range counter.Weights {
		c.between(fmt.Sprintf("%s[%d]", place, i), weight, 1, 100)
	}
}

func (s Settings) checkPriorities(c *checker) {
	c.count("priorities", len(s.Priorities), 0, 20)
	for i, priority := range s.Priorities {
		at := fmt.Sprintf("priorities[%d]", i)
		c.check(isPriorityID(priority.ID), at+".id", "must be 1-16 characters of A-Z a-z 0-9 - _")
		c.unique(at+".id", "priority id", priority.ID)
		c.name(at+".name", priority.Name)
		c.text(at+".basis", priority.Basis, longText)
	}
}

func (s Settings) checkPolicy(c *checker) {
	p := s.Policy
	c.between("policy.n", p.N, 0, 20)
	c.between("policy.max_wait", p.MaxWait, 0, 480)
	c.between("policy.head_start", p.HeadStart, 0, 480)
	c.text("policy.basis", p.Basis, longText)
	switch p.Mode {
	case Interleave:
		c.check(p.N >= 1, "policy.n", "must be at least 1 for interleave")
	case Strict:
		c.check(p.MaxWait >= 1, "policy.max_wait", "must be at least 1 minute for strict")
	case HeadStart:
		c.check(p.HeadStart >= 1, "policy.head_start", "must be at least 1 minute for headstart")
	default:
		c.add("policy.mode", "must be interleave, strict or headstart")
	}
}

func (s Settings) checkRating(c *checker) {
	c.count("rating.levels", len(s.Rating.Levels), 2, 5)
	for i, level := range s.Rating.Levels {
		at := fmt.Sprintf("rating.levels[%d]", i)
		c.id(at+".id", level.ID)
		c.unique(at+".id", "rating level id", level.ID)
		c.name(at+".name", level.Name)
		c.between(at+".value", level.Value, 0, 2)
		if i > 0 {
			c.check(level.Value <= s.Rating.Levels[i-1].Value, at+".value", "must not be better than the level before: best first")
		}
	}
	c.count("rating.reasons", len(s.Rating.Reasons), 0, 10)
	for i, reason := range s.Rating.Reasons {
		at := fmt.Sprintf("rating.reasons[%d]", i)
		c.id(at+".id", reason.ID)
		c.unique(at+".id", "rating reason id", reason.ID)
		c.name(at+".name", reason.Name)
	}
	c.between("rating.window", s.Rating.Window, 5, 600)
}
