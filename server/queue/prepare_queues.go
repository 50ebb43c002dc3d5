package queue

// minute in milliseconds, the unit of a Policy's times.
const minute int64 = 60_000

// policyOf gives a call its order and the queues it may call from.
func (s Settings) policyOf(c *Command, counter CounterSetting) {
	c.Policy = s.PolicyOf(counter)
	c.Queues = s.QueuesOf(counter, c.Day)
}

// PolicyOf is the calling order of a counter.
func (s Settings) PolicyOf(counter CounterSetting) *Policy {
	merge := counter.Merge
	if merge == "" {
		merge = ByArrival
	}
	return &Policy{
		Mode:      s.Policy.Mode,
		N:         s.Policy.N,
		MaxWait:   int64(s.Policy.MaxWait) * minute,
		HeadStart: int64(s.Policy.HeadStart) * minute,
		Merge:     merge,
	}
}

// QueuesOf lists the queues a counter calls from on a day: its own, then its
// services in its own order, then those of a golden day. With weights, its own
// queue has the greatest, because only this counter can call from it; services
// that a golden day adds have 1.
func (s Settings) QueuesOf(counter CounterSetting, day Day) []QueueRef {
	list := append(queues(OwnQueue(counter.ID)), queues(s.ServicesOf(counter, day)...)...)
	if counter.Merge != ByWeight {
		return list
	}
	for i := range list[1:] {
		weight := 1
		if i < len(counter.Weights) {
			weight = counter.Weights[i]
		}
		list[i+1].Weight = weight
		list[0].Weight = max(list[0].Weight, weight, 1)
	}
	return list
}

// backTo lists the queues a closing counter may touch: its own, which it
// empties, and those its visits go back to. A visit sent here may belong to any
// service, so all are named, the counter's own services first.
func (s Settings) backTo(counter CounterSetting) []QueueRef {
	list := append(queues(OwnQueue(counter.ID)), queues(counter.Services...)...)
	own := len(list)
	for _, service := range s.Services {
		if !hasQueue(list[:own], service.ID) {
			list = append(list, QueueRef{ID: service.ID})
		}
	}
	return list
}

// allQueues names every queue of the branch, for verbs whose visit may stand in any.
func (s Settings) allQueues() []QueueRef {
	list := queues(s.serviceIDs()...)
	for _, id := range s.counterIDs() {
		list = append(list, QueueRef{ID: OwnQueue(id)})
	}
	return list
}

func hasQueue(list []QueueRef, id string) bool {
	for _, q := range list {
		if q.ID == id {
			return true
		}
	}
	return false
}

func queues(ids ...string) []QueueRef {
	list := make([]QueueRef, len(ids))
	for i, id := range ids {
		list[i].ID = id
	}
	return list
}
