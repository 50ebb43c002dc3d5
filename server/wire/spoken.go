package wire

import (
	"strings"

	"motcua/server/queue"
)

// SpokenNames lists what a screen reads aloud that comes from the settings and
// not from the tables of texts: names, notes, and the sentences of the promises
// with their amount left open ("{n}").
func SpokenNames(s queue.Settings, lang string) []string {
	list := promises(lang)
	add := func(t queue.Text) {
		if name := t.In(lang); name != "" {
			list = append(list, name)
		}
	}
	add(s.Name)
	add(s.Place)
	for _, x := range s.Services {
		add(x.Name)
		add(x.Short)
		add(x.Late.Text)
	}
	for _, x := range s.Groups {
		add(x.Name)
	}
	for _, x := range s.Priorities {
		add(x.Name)
	}
	for _, x := range s.Counters {
		add(x.Name)
	}
	for _, x := range s.Calendar.Halves {
		add(x.Name)
	}
	for _, x := range s.Calendar.Holidays {
		add(x.Name)
	}
	return list
}

// promises are the sentences of every kind of promise. Seven stands for any
// amount: no word of them holds it.
func promises(lang string) []string {
	var list []string
	for _, p := range []queue.Promise{
		{Unit: queue.HalfDays, Amount: 1}, {Unit: queue.HalfDays, Amount: 7}, {Unit: queue.WorkingDays, Amount: 7},
		{Unit: queue.CalendarDays, Amount: 0}, {Unit: queue.CalendarDays, Amount: 7}, {Unit: queue.ThisWeek},
	} {
		list = append(list, strings.ReplaceAll(PromiseText(p).In(lang), "7", "{n}"))
	}
	return list
}
