package report_test

import (
	"path/filepath"
	"testing"

	"motcua/server/history"
	"motcua/server/queue"
	"motcua/server/report"
	"motcua/server/sample"
)

// The 19 units of the fixture beside each other: nobody is missing, each has the
// visits that were made up for it, and an order stands among equals only.
func TestNineteenUnitsAtFullSize(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.db")
	h, err := history.Open(t.Context(), history.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	const from, to = "2026-10-05", "2026-10-30"
	made, settings := map[string]int{}, map[string]*queue.Settings{}
	for _, u := range sample.Units(7) {
		id := u.Settings.ID
		u.Settings.Report.Ranked = 8 // these weeks have few ratings: some units have fewer
		settings[id] = &u.Settings
		visits := map[string]bool{}
		days := func(yield func(queue.Day, []queue.Event) bool) {
			for day, events := range sample.Days(u.Settings, from, to, u.Options) {
				for _, e := range events {
					if e.Visit != nil {
						visits[e.Visit.ID] = true
					}
				}
				if !yield(day, events) {
					return
				}
			}
		}
		if err := h.Load(t.Context(), id, &u.Settings, days); err != nil {
			t.Fatal(err)
		}
		if err := h.SetKind(t.Context(), id, u.Kind); err != nil {
			t.Fatal(err)
		}
		made[id] = len(visits)
	}
	r, err := report.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	list, err := r.Compare(t.Context(), report.Query{From: from, To: to},
		report.Options{Settings: func(id string) *queue.Settings { return settings[id] }, Clock: queue.SystemClock})
	if err != nil {
		t.Fatal(err)
	}
	kinds, last := map[string]int{}, map[string]int{}
	for _, u := range list {
		kinds[u.Kind]++
		if u.Figures.Taken != made[u.Branch] || u.Name != settings[u.Branch].Name.VI {
			t.Errorf("%s (%s): %d visits, %d were made up", u.Branch, u.Name, u.Figures.Taken, made[u.Branch])
		}
		if few := u.Figures.Rating.Rated < 8; few != (u.Class == "") { // each was told five indicators
			t.Errorf("%s: %d ratings and the class %q", u.Branch, u.Figures.Rating.Rated, u.Class)
		}
		if u.Class == "" {
			continue
		}
		if u.Place < last[u.Kind] || u.Place == 0 || u.Scale < 0 || u.Scale > 18 {
			t.Errorf("%s: place %d after %d, %v of 18", u.Branch, u.Place, last[u.Kind], u.Scale)
		}
		last[u.Kind] = u.Place
	}
	if kinds["department"] != 7 || kinds["district"] != 4 || kinds["commune"] != 8 || len(list) != 19 {
		t.Errorf("%v", kinds)
	}
	if last["department"] > 7 || last["district"] > 4 || last["commune"] > 8 || last["department"] == 0 {
		t.Errorf("last places: %v", last)
	}
}
