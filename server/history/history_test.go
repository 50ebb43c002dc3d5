package history

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"motcua/server/queue"
)

// hallOf gives settings whose calendar works at every hour.
func hallOf(id string) *queue.Settings {
	s := queue.DemoSettings()
	s.ID, s.Version = id, 1
	for i := range s.Counters {
		s.Counters[i].Clerk = "Cán bộ " + s.Counters[i].Label
	}
	return &s
}

func open(t *testing.T, path string) *History {
	t.Helper()
	set := hallOf("b")
	h, err := Open(t.Context(), Options{Path: path, Clock: queue.ClockFunc(func() time.Time { return noon }),
		Told: func(_ *queue.Settings, v *queue.Visit, line *queue.Line) (time.Duration, time.Duration, bool) {
			n := time.Duration(line.Ahead(v, queue.Policy{Mode: queue.Interleave, N: 2}))
			return n * time.Minute, (n + 5) * time.Minute, true
		},
		Settings: func(branch string) (*queue.Settings, bool) { return set, branch == "b" }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}

var noon = queue.Day("2026-11-23").Start().Add(12 * time.Hour)

func newHistory(t *testing.T) *History { return open(t, filepath.Join(t.TempDir(), File)) }

func (h *History) count(t *testing.T, query string, args ...any) int {
	t.Helper()
	var n int
	if err := h.db.QueryRowContext(context.Background(), query, args...).Scan(&n); err != nil {
		t.Fatal(query, err)
	}
	return n
}

func TestWhatPeopleTell(t *testing.T) {
	h, ctx := newHistory(t), t.Context()
	two, three := 2, 3
	tx := queue.Transaction{ID: "261123-A001.1", Counter: "3", Service: "certify", Started: queue.MillisOf(noon)}
	for _, c := range []struct {
		form Form
		want error
	}{
		{Form{Branch: "b", Transaction: tx, Source: "phone"}, ErrEmpty},
		{Form{Branch: "b", Transaction: tx, Source: "phone", Q1: &three}, ErrPoints},
		{Form{Branch: "b", Transaction: tx, Source: "phone", Q1: &two, Q7: &two}, nil},
		{Form{Branch: "b", Transaction: tx, Source: "paper", Q1: &two}, ErrGiven},
	} {
		if err := h.SaveForm(ctx, c.form); !is(err, c.want) {
			t.Errorf("%+v: %v, want %v", c.form, err, c.want)
		}
	}
	if n := h.count(t, "SELECT count(*) FROM forms WHERE clerk = 'Cán bộ 03' AND day = 20261123 AND q1 = 2 AND q3 IS NULL AND source = 'phone'"); n != 1 {
		t.Errorf("%d forms", n)
	}
	for range 3 {
		if err := h.Refused(ctx, Press{Branch: "b", At: noon, Counter: "3", Source: "keypad", Level: 1, Why: "late"}); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := h.Presses(ctx, "b", "2026-11-23"); err != nil || len(list) != 3 || list[0].Why != "late" || !list[0].At.Equal(noon) {
		t.Errorf("%+v, %v", list, err)
	}
	r := Remark{Branch: "b", Clerk: "Cán bộ 03", Month: 202611, Text: " Tháng này thiếu người. ", By: "lan"}
	for _, want := range []string{"Tháng này thiếu người.", "Đã bổ sung."} {
		r.Text = want
		if err := h.SaveRemark(ctx, r); err != nil {
			t.Fatal(err)
		}
		if n := h.count(t, "SELECT count(*) FROM remarks WHERE text = ?", want); n != 1 {
			t.Errorf("%q is there %d times", want, n)
		}
	}
	r.Text = "  "
	if err := h.SaveRemark(ctx, r); err != nil || h.count(t, "SELECT count(*) FROM remarks") != 0 {
		t.Error("an empty remark takes the old one away", err)
	}
}

func is(err, want error) bool { return errors.Is(err, want) || err == nil && want == nil }
