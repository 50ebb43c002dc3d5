package api

import (
	"cmp"
	"slices"

	"motcua/server/queue"
)

// lowAnswer is a low mark as the day's list tells it: the half of the day, and what the
// counter serves. A minute and a counter would name the visitor to whoever looks up
// who was there (raters are secret, NĐ 61/2018 Đ27).
type lowAnswer struct {
	Half     string   `json:"half"`     // morning, afternoon
	Services []string `json:"services"` // those of the counter
	Level    int      `json:"level"`
	Points   int      `json:"points"`
	Source   string   `json:"source"`
	Reasons  []string `json:"reasons"`
}

// halfOf says in which half of the day a moment lies.
func halfOf(at queue.Millis) string {
	if at.Time().In(queue.Zone).Hour() < 12 {
		return "morning"
	}
	return "afternoon"
}

// lowOf tells of a low mark what the list may tell.
func lowOf(set *queue.Settings, at queue.Millis, counter, service string, m lowAnswer) lowAnswer {
	m.Half, m.Services = halfOf(at), []string{service}
	if set != nil {
		if c, ok := set.Counter(counter); ok && slices.Contains(c.Services, service) {
			m.Services = slices.Clone(c.Services)
		}
	}
	m.Reasons = listed(m.Reasons)
	return m
}

// sortLow puts the marks into an order that tells nothing of when each came: the
// afternoon first, then by what they say.
func sortLow(list []lowAnswer) {
	slices.SortFunc(list, func(a, b lowAnswer) int {
		return cmp.Or(cmp.Compare(a.Half, b.Half), slices.Compare(a.Services, b.Services), cmp.Compare(b.Level, a.Level),
			cmp.Compare(a.Source, b.Source), slices.Compare(a.Reasons, b.Reasons))
	})
}
