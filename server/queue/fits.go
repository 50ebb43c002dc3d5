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
	var words []string
	for _, p := range Misfits(old, new, waiting, busy) {
		words = append(words, p.What)
	}
	if len(words) > 0 {
		return Refuse(SettingsInUse, strings.Join(words, "; "))
	}
	return nil
}

// Misfits lists what Fits refuses with SettingsInUse, each at the service or counter
// of the old settings that somebody still needs, by its place there.
func Misfits(old, new Settings, waiting map[string]int, busy []string) []Problem {
	c := &checker{}
	for _, id := range sortedKeys(waiting) {
		if waiting[id] > 0 {
			c.unfit(old, new, id)
		}
	}
	for _, id := range slices.Sorted(slices.Values(busy)) {
		if _, ok := new.Counter(id); !ok {
			c.add(placeOf("counters", old.counterIDs(), id), "counter %s is busy and would vanish", id)
		}
	}
	return c.problems
}

// unfit says what the new settings would do to the people in one queue.
func (c *checker) unfit(old, new Settings, id string) {
	if counter, own := strings.CutPrefix(id, "@"); own {
		if _, ok := new.Counter(counter); !ok {
			c.add(placeOf("counters", old.counterIDs(), counter), "visitors wait for counter %s, which would vanish", counter)
		}
		return
	}
	service, ok := new.Service(id)
	at := placeOf("services", old.serviceIDs(), id)
	if !ok {
		c.add(at, "visitors wait for service %s, which would vanish: close it instead", id)
		return
	}
	if before, known := old.Service(id); known && before.Prefix != service.Prefix {
		c.add(at+".prefix", "visitors of service %s hold numbers with the prefix %s", id, before.Prefix)
	}
	if !new.served()[id] {
		c.add(at, "visitors wait for service %s, which no counter would serve", id)
	}
}

func placeOf(list string, ids []string, id string) string {
	return fmt.Sprintf("%s[%d]", list, slices.Index(ids, id))
}
