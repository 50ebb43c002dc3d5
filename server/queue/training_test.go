package queue_test

import (
	"strings"
	"testing"

	"motcua/server/queue"
)

// A branch for practice is whole, open at night, and has nothing that counts or
// leaves the house by itself.
func TestForTraining(t *testing.T) {
	for _, set := range []queue.Settings{queue.ProductionSettings("sanh"), queue.DemoSettings()} {
		set.Report.Scheduled = []queue.ScheduledReport{{Span: "day", Format: "pdf"}}
		set.Services[0].Quota = map[string]int{"am": 5}
		taken := map[string]bool{queue.TagFor(set.ID + "-tap"): true}
		p := set.ForTraining(func(tag string) bool { return taken[tag] })
		if err := p.Validate(); err != nil {
			t.Fatalf("%s: %v", set.ID, err)
		}
		if p.ID != set.ID+"-tap" || !p.Training || !p.Calendar.Always || p.Report.Scheduled != nil || p.Box.Open || p.Services[0].Quota != nil {
			t.Errorf("%s: %+v", set.ID, p)
		}
		if taken[p.Tag] || p.Tag == set.Tag {
			t.Errorf("%s: the tag %s is somebody else's", set.ID, p.Tag)
		}
		if len(p.Services) != len(set.Services) || len(p.Counters) != len(set.Counters) {
			t.Errorf("%s: %d services, %d counters", set.ID, len(p.Services), len(p.Counters))
		}
		if set.Services[0].Quota == nil || set.Training {
			t.Errorf("%s: the settings it was made from have changed", set.ID)
		}
	}
}

// The id alone tells what a branch is, and the settings cannot say otherwise.
func TestTrainingID(t *testing.T) {
	for id, want := range map[string]string{"sanh": "sanh-tap", strings.Repeat("a", 32): strings.Repeat("a", 28) + "-tap",
		strings.Repeat("a", 27) + "-bcde": strings.Repeat("a", 27) + "-tap"} {
		if got := queue.TrainingID(id); got != want || !queue.IsTraining(got) || queue.IsTraining(id) {
			t.Errorf("%s: %s", id, got)
		}
	}
	set := queue.ProductionSettings("sanh-tap")
	if set.Validate() == nil {
		t.Error("a hall that is not marked took the id of a branch for practice")
	}
	set = queue.ProductionSettings("sanh")
	set.Training = true
	if set.Validate() == nil {
		t.Error("a hall was marked as one for practice")
	}
}
