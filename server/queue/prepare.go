package queue

import (
	"slices"
	"time"
)

// Places where a transfer puts a visit.
const (
	placeArrival = "arrival" // by its arrival, as if it had always waited there
	placeFront   = "front"
	placeBack    = "back"
)

var (
	places   = []string{placeArrival, placeFront, placeBack}
	outcomes = []string{"done", "received", "supplement", "refused", "guided"}
)

// mostPeople is how many people a visitor may let pass in one go.
const mostPeople = 20

// Prepare fills a command with what the settings know (moment and day, prefix,
// quota, policy, queues) and refuses what can be refused without the store. A
// command that comes back without an error is ready for the store. Settings
// documents (Settle) are checked by Validate and Fits, not here.
func (s Settings) Prepare(c *Command, now time.Time) error {
	if c.Branch != "" && c.Branch != s.ID {
		return Refuse(UnknownBranch, c.Branch)
	}
	c.Now = MillisOf(now)
	if c.Verb == DayOpen || c.Verb == DayClose {
		return s.prepareDay(c, now)
	}
	c.Day = DayOf(now)
	switch c.Verb {
	case Take:
		return s.prepareTake(c, now)
	case Book:
		return s.prepareBooking(c, now)
	case Arrive:
		return s.prepareArrival(c)
	case Delay:
		c.Queues, c.Policy = s.allQueues(), s.PolicyOf(CounterSetting{})
		return check(1 <= c.People && c.People <= mostPeople, "people")
	case Rate:
		return s.prepareRating(c, now)
	case Cancel:
		c.Queues = s.allQueues()
		return nil
	case Settle, Note:
		return nil
	}
	if !slices.Contains(CounterVerbs, c.Verb) && c.Verb != Seat {
		return Refuse(UnknownVerb, string(c.Verb))
	}
	counter, ok := s.Counter(c.Counter)
	if !ok {
		return Refuse(UnknownCounter, c.Counter)
	}
	return s.prepareCounter(c, counter)
}

// check refuses a bad parameter by its name.
func check(good bool, name string) error {
	if good {
		return nil
	}
	return Refuse(BadParameter, name)
}

// prepareDay keeps the day the command was made for: a closing that was missed
// is for an earlier one.
func (s Settings) prepareDay(c *Command, now time.Time) error {
	if c.Day == "" {
		c.Day = DayOf(now)
	}
	if c.Verb == DayOpen {
		return nil
	}
	c.Counters = s.counterIDs()
	c.Queues = s.allQueues()
	return nil
}

func (s Settings) prepareTake(c *Command, now time.Time) error {
	service, ok := s.Service(c.Service)
	if !ok {
		return Refuse(UnknownService, c.Service)
	}
	if err := s.knowsPriority(c.Priority); err != nil {
		return err
	}
	available := s.ServiceAt(service.ID, now)
	if !available.Open {
		return Refuse(ServiceClosed, string(available.Reason))
	}
	s.joins(c, service)
	c.Half, c.Quota = available.Half, available.Quota
	if c.Person != "" {
		c.Most = service.PerPerson
		if c.Most == 0 {
			c.Most = s.Pace.PerService
		}
		c.MostDay = s.Pace.PerDay
	}
	return nil
}

// joins prepares a command whose visit joins a service's queue.
func (s Settings) joins(c *Command, service ServiceSetting) {
	c.Prefix = service.Prefix
	c.Queues = queues(service.ID)
	c.Policy = s.PolicyOf(CounterSetting{})
}

func (s Settings) knowsPriority(id string) error {
	if _, ok := s.Priority(id); !ok && id != "" {
		return Refuse(UnknownPriority, id)
	}
	return nil
}

func (s Settings) prepareCounter(c *Command, counter CounterSetting) error {
	switch c.Verb {
	case Call:
		s.policyOf(c, counter)
		if c.Number != "" { // a chosen number may stand in any queue
			c.Queues = s.allQueues()
		}
	case Undo:
		c.Queues = s.allQueues()
	case Next:
		s.policyOf(c, counter)
		return prepareOutcome(c)
	case End:
		return prepareOutcome(c)
	case Close:
		c.Queues = s.backTo(counter)
	case Pause:
		return check(c.Reason != "", "reason")
	case Reinstate:
		c.Queues = queues(OwnQueue(counter.ID))
		return check(c.Number != "", "number")
	case SetPriority:
		if c.Number == "" || c.Reason == "" {
			return Refuse(BadParameter, "number and reason")
		}
		c.Queues = s.allQueues()
		return s.knowsPriority(c.Priority)
	case Transfer:
		return s.prepareTransfer(c)
	case WalkIn:
		return s.prepareWalkIn(c)
	}
	return nil
}

func prepareOutcome(c *Command) error {
	if c.Outcome == "" {
		c.Outcome = outcomes[0]
	}
	return check(slices.Contains(outcomes, c.Outcome), "outcome")
}

// prepareWalkIn does not ask for the hour: the clerk who serves decides. A
// service that the hall has closed takes nobody any more.
func (s Settings) prepareWalkIn(c *Command) error {
	service, err := s.takesVisits(c.Service)
	if err != nil {
		return err
	}
	c.Prefix = service.Prefix
	return s.knowsPriority(c.Priority)
}

func (s Settings) prepareTransfer(c *Command) error {
	if (c.Service == "") == (c.ToCounter == "") {
		return Refuse(BadParameter, "either service or counter")
	}
	if c.Place == "" {
		c.Place = placeArrival
	}
	if !slices.Contains(places, c.Place) {
		return Refuse(BadParameter, "place")
	}
	if c.ToCounter != "" {
		if _, ok := s.Counter(c.ToCounter); !ok {
			return Refuse(UnknownCounter, c.ToCounter)
		}
		c.Queues = queues(OwnQueue(c.ToCounter))
		return nil
	}
	service, err := s.takesVisits(c.Service)
	if err != nil {
		return err
	}
	c.Queues = queues(service.ID)
	return nil
}

// takesVisits finds a service that the hall has not closed, at any hour.
func (s Settings) takesVisits(id string) (ServiceSetting, error) {
	service, ok := s.Service(id)
	if !ok {
		return service, Refuse(UnknownService, id)
	}
	if service.Closed {
		return service, Refuse(ServiceClosed, string(ReasonClosed))
	}
	return service, nil
}
