package queue

import (
	"fmt"
	"slices"
	"strings"
)

// Fits tells whether new settings can take the place of old ones while the hall
// runs: nobody who waits may lose the queue, and no counter at work may vanish.
// waiting counts the live visits by service; the key "@" and a counter's id
// counts those sent to that counter alone. busy lists the counters with a visit.
// The refusal is SettingsInUse; a service or counter that is still needed is
// closed first and removed another day.
func Fits(old, new Settings, waiting map[string]int, busy []string) error {
	if old.ID != "" && (new.ID != old.ID || new.Tag != old.Tag) {
		return Refuse(SettingsInvalid, "id and tag of a branch never change: tickets are found by them")
	}
	var problems []string
	for _, id := range sortedKeys(waiting) {
		if waiting[id] > 0 {
			problems = append(problems, unfit(old, new, id)...)
		}
	}
	for _, id := range slices.Sorted(slices.Values(busy)) {
		if _, ok := new.Counter(id); !ok {
			problems = append(problems, fmt.Sprintf("counter %s is busy and would vanish", id))
		}
	}
	if len(problems) > 0 {
		return Refuse(SettingsInUse, strings.Join(problems, "; "))
	}
	return nil
}

// unfit says what the new settings would do to the people in one queue.
func unfit(old, new Settings, id string) []string {
	if counter, own := strings.CutPrefix(id, "@"); own {
		if _, ok := new.Counter(counter); !ok {
			return []string{fmt.Sprintf("visitors wait for counter %s, which would vanish", counter)}
		}
		return nil
	}
	service, ok := new.Service(id)
	if !ok {
		return []string{fmt.Sprintf("visitors wait for service %s, which would vanish: close it instead", id)}
	}
	var problems []string
	if before, known := old.Service(id); known && before.Prefix != service.Prefix {
		problems = append(problems, fmt.Sprintf("visitors of service %s hold numbers with the prefix %s", id, before.Prefix))
	}
	if !new.served()[id] {
		problems = append(problems, fmt.Sprintf("visitors wait for service %s, which no counter would serve", id))
	}
	return problems
}
