package report

import (
	"slices"
	"testing"

	"motcua/server/queue"
)

func TestOrderOfRows(t *testing.T) {
	names := namesOf([]branch{{id: "hall"}}, options())
	for _, x := range []struct {
		d    Dimension
		want []string
	}{
		{ByField, []string{"An toàn", "Âm nhạc", "Chứng thực", "Dân tộc", "Đất đai", "Hộ tịch", "none"}},
		{ByService, []string{"ht", "ct", "gone"}},
		{ByCounter, []string{"02", "01", "99"}},
		{ByHour, []string{"7", "8", "10", "16"}},
		{ByWeekday, []string{"1", "2", "6", "0"}},
		{ByDay, []string{"2026-01-31", "2026-02-01", "2027-01-01"}},
		{ByPriority, []string{"old", "none"}},
	} {
		var list []Row
		for _, id := range x.want {
			list = append(list, Row{ID: id, Name: names.row(x.d, id)})
		}
		slices.Reverse(list)
		names.sort(x.d, list)
		var got []string
		for _, r := range list {
			got = append(got, r.ID)
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("by %s the order is %v, not %v", x.d, got, x.want)
		}
	}
}

// A report does without settings and without a catalogue: ids stand for names.
func TestNamesWithoutSettings(t *testing.T) {
	names := namesOf([]branch{{id: "old", name: "Huyện cũ"}}, Options{})
	for d, want := range map[Dimension]string{ByService: "x", ByCounter: "Quầy x", ByProcedure: "x", ByPriority: "x", ByChannel: "x", ByClerk: "x", ByField: "x"} {
		if got := names.row(d, "x"); got != want {
			t.Errorf("by %s x is named %q, not %q", d, got, want)
		}
	}
	if got := names.row(ByBranch, "old"); got != "Huyện cũ" {
		t.Errorf("the branch is named %q", got)
	}
	if names.fewest != 5 || names.ranked != 30 {
		t.Errorf("limits %d and %d", names.fewest, names.ranked)
	}
}

// Of several branches the most careful limit holds.
func TestLimitsOfSeveralBranches(t *testing.T) {
	names := namesOf([]branch{{id: "a"}, {id: "b"}}, Options{Settings: func(id string) *queue.Settings {
		return &queue.Settings{Report: queue.ReportSetting{Fewest: map[string]int{"a": 3, "b": 8}[id], Ranked: map[string]int{"a": 99, "b": 10}[id]}}
	}})
	if names.fewest != 8 || names.ranked != 99 {
		t.Errorf("limits %d and %d", names.fewest, names.ranked)
	}
}
