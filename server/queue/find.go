package queue

import "slices"

// OwnQueue is the queue of visits sent to one counter alone.
func OwnQueue(counter string) string { return "@" + counter }

// Service finds a service by its id.
func (s Settings) Service(id string) (ServiceSetting, bool) {
	for _, service := range s.Services {
		if service.ID == id {
			return service, true
		}
	}
	return ServiceSetting{}, false
}

// Counter finds a counter by its id.
func (s Settings) Counter(id string) (CounterSetting, bool) {
	for _, counter := range s.Counters {
		if counter.ID == id {
			return counter, true
		}
	}
	return CounterSetting{}, false
}

// Priority finds a priority group by its id.
func (s Settings) Priority(id string) (PrioritySetting, bool) {
	for _, priority := range s.Priorities {
		if priority.ID == id {
			return priority, true
		}
	}
	return PrioritySetting{}, false
}

// Covers tells whether visitors with this procedure queue for the service: by
// the procedure's code, or by its field.
func (s ServiceSetting) Covers(procedure, field string) bool {
	if procedure != "" && slices.Contains(s.Procedures, procedure) {
		return true
	}
	return field != "" && (field == s.Field || slices.Contains(s.Fields, field))
}

func (s Settings) serviceIDs() []string {
	ids := make([]string, len(s.Services))
	for i, service := range s.Services {
		ids[i] = service.ID
	}
	return ids
}

func (s Settings) counterIDs() []string {
	ids := make([]string, len(s.Counters))
	for i, counter := range s.Counters {
		ids[i] = counter.ID
	}
	return ids
}
