package store

import "motcua/server/queue"

// Every key the store uses is spelt in this file and nowhere else. All keys of
// a branch carry the hash tag {branch}, so that a script's keys share a slot in
// a cluster; all but a few carry the business day, so that a day is dropped whole.

const prefix = "mc:"

// branchesKey lists the branches of the deployment. It alone has no hash tag
// and is touched by a script of its own.
const branchesKey = prefix + "branches"

func branchKey(branch, name string) string { return prefix + "{" + branch + "}:" + name }

func dayKey(branch string, day queue.Day, name string) string {
	return prefix + "{" + branch + "}:" + string(day) + ":" + name // in one piece: each command has a dozen
}

func metaKey(branch string) string     { return branchKey(branch, "meta") }
func leaseKey(branch string) string    { return branchKey(branch, "lease") }
func settingsKey(branch string) string { return branchKey(branch, "settings") }

func eventsKey(branch string, day queue.Day) string { return dayKey(branch, day, "events") }
func visitsKey(branch string, day queue.Day) string { return dayKey(branch, day, "visits") }

// queueKeys are the three lists of a queue.
func queueKeys(branch string, day queue.Day, id string) []string {
	return []string{
		dayKey(branch, day, "q:"+id+":n"),
		dayKey(branch, day, "q:"+id+":p"),
		dayKey(branch, day, "q:"+id+":f"),
	}
}

// commandKeys are the KEYS of every verb, in the order lua/lib.lua names them.
func commandKeys(c queue.Command) []string {
	b, day := c.Branch, c.Day
	visits := day // a rating on paper may belong to an earlier day
	if c.RateDay != "" {
		visits = c.RateDay
	}
	before := day.Add(-1)
	keys := append(make([]string, 0, 12+3*len(c.Queues)),
		metaKey(b),
		visitsKey(b, visits),
		dayKey(b, day, "counters"),
		dayKey(b, day, "undo"),
		dayKey(b, day, "requests"),
		dayKey(b, before, "requests"),
		eventsKey(b, day),
		dayKey(b, visits, "tx"),
		branchKey(b, "bookings"),
		settingsKey(b),
		dayKey(b, day, "held"),
		eventsKey(b, before),
	)
	for _, q := range c.Queues {
		keys = append(keys, queueKeys(b, day, q.ID)...)
	}
	for _, old := range c.DropDays {
		keys = append(keys, droppedKeys(b, old)...)
	}
	return keys
}

// droppedKeys are what is left of a closed day: its queues went when it closed.
func droppedKeys(branch string, day queue.Day) []string {
	names := []string{"visits", "counters", "undo", "requests", "events", "tx", "held"}
	keys := make([]string, len(names))
	for i, n := range names {
		keys[i] = dayKey(branch, day, n)
	}
	return keys
}
