package history

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/server/queue"
	"motcua/server/sample"
)

// stream is a store that holds what the test wrote.
type stream struct {
	queue.Store
	at   queue.Position
	days map[queue.Day][]queue.Event
}

func (s *stream) Branches(context.Context) ([]string, error) { return []string{"b"}, nil }

func (s *stream) Where(context.Context, string) (queue.Position, error) { return s.at, nil }

func (s *stream) Events(_ context.Context, _ string, day queue.Day, after int64, max int) ([]queue.Event, error) {
	all := s.days[day]
	i, _ := slices.BinarySearchFunc(all, after+1, func(e queue.Event, seq int64) int { return int(e.Seq - seq) })
	return all[i:min(len(all), i+max)], nil
}

// played is a store with some made-up days.
func played(from, to queue.Day, scale float64) *stream {
	s := &stream{days: map[queue.Day][]queue.Event{}, at: queue.Position{Epoch: "e1"}}
	for day, events := range sample.Days(*hallOf("b"), from, to, sample.Options{Seed: 7, Scale: scale}) {
		s.days[day] = events
		s.at.Day, s.at.Seq = day, events[len(events)-1].Seq
	}
	return s
}

// tables is everything the database holds, for comparing: each table's rows as one text.
func (h *History) tables(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range strings.Fields("branches progress events days visits transactions calls spans prints overrides") {
		all[name] = fmt.Sprintf("%d rows, %x", h.count(t, "SELECT count(*) FROM "+name), h.digest(t, name))
	}
	return all
}

func (h *History) digest(t *testing.T, table string) []byte {
	t.Helper()
	sum := sha256.New()
	h.eachValue(t, "SELECT * FROM "+table+" ORDER BY 1, 2, 3", func(column string, value any) {
		fmt.Fprintf(sum, "%s=%v|", column, value)
	})
	return sum.Sum(nil)
}

// eachValue goes through all values of a statement's rows.
func (h *History) eachValue(t *testing.T, statement string, fn func(column string, value any)) {
	t.Helper()
	rows, err := h.db.QueryContext(t.Context(), statement)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		row := make([]any, len(columns))
		for i := range row {
			row[i] = new(any)
		}
		if err := rows.Scan(row...); err != nil {
			t.Fatal(err)
		}
		for i := range row {
			fn(columns[i], *(row[i].(*any)))
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for _, table := range slices.Sorted(maps.Keys(want)) {
		if got[table] != want[table] {
			t.Errorf("%s: %s is %.40s, want %.40s", what, table, got[table], want[table])
		}
	}
}

func read(t *testing.T, store queue.Store) *History {
	t.Helper()
	h := newHistory(t)
	h.Use(store)
	if err := h.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h
}

// Cut at every step of every transaction, and read in parts of any size, the
// tables come out as from one reading.
func TestExactlyOnce(t *testing.T) {
	store := played("2026-11-19", "2026-11-24", 0.2)
	want := read(t, store).tables(t)
	if strings.HasPrefix(want["visits"], "0 ") || strings.HasPrefix(want["overrides"], "0 ") {
		t.Fatal("nothing was read", want)
	}
	h := read(t, store)
	if n := h.count(t, "SELECT count(*) FROM visits WHERE told_low IS NULL AND origin <> 'desk'"); n != 0 {
		t.Errorf("%d visits were told nothing", n)
	}
	if n := h.count(t, "SELECT count(DISTINCT told_low) FROM visits"); n < 2 {
		t.Errorf("visits were told %d different things", n)
	}
	path := filepath.Join(t.TempDir(), File)
	whole, cuts := *store, 0
	for n := 0; ; n++ {
		h := open(t, path)
		// The store grows while the history is killed again and again.
		store.at.Seq = min(whole.at.Seq, int64(n+1)*700)
		store.at.Day = dayAt(whole.days, store.at.Seq)
		h.Use(&grown{store})
		left := n % 7
		h.cut = func(string) error {
			if left--; left < 0 {
				return errCut
			}
			return nil
		}
		err := h.CatchUp(t.Context())
		if err != nil && !errors.Is(err, errCut) {
			t.Fatal(err)
		}
		if err != nil {
			cuts++
		}
		h.Close()
		if err == nil && store.at.Seq == whole.at.Seq {
			break
		}
	}
	if cuts < 10 {
		t.Errorf("cut %d times only", cuts)
	}
	h = open(t, path)
	same(t, fmt.Sprint(cuts, " cuts"), h.tables(t), want)
	h.Use(store)
	if err := h.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	same(t, "once more", h.tables(t), want)
}

var errCut = errors.New("cut")

// grown shows the events up to where the store is.
type grown struct{ *stream }

func (g *grown) Events(ctx context.Context, b string, day queue.Day, after int64, max int) ([]queue.Event, error) {
	list, err := g.stream.Events(ctx, b, day, after, max)
	for i := range list {
		if list[i].Seq > g.at.Seq {
			return list[:i], err
		}
	}
	return list, err
}

func dayAt(days map[queue.Day][]queue.Event, seq int64) queue.Day {
	for _, day := range slices.Sorted(maps.Keys(days)) {
		if events := days[day]; events[len(events)-1].Seq >= seq {
			return day
		}
	}
	return ""
}

// slow is a store that gives its events a page at a time, for a reader beside it.
type slow struct {
	*grown
	mu sync.Mutex
}

func (s *slow) Where(context.Context, string) (queue.Position, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at, nil
}

func (s *slow) Events(ctx context.Context, b string, day queue.Day, after int64, max int) ([]queue.Event, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.grown.Events(ctx, b, day, after, max)
}

// Follow reads what is there, then at each bell what has come; archived days too.
func TestFollow(t *testing.T) {
	whole := played("2026-11-18", "2026-11-20", 0.2)
	want := read(t, whole).tables(t)
	store := &slow{grown: &grown{whole}}
	h := newHistory(t)
	h.o.Archive = t.TempDir()
	writeArchive(t, filepath.Join(h.o.Archive, "b"), "2026-11-18", whole.days["2026-11-18"])
	delete(whole.days, "2026-11-18")
	end := whole.at
	whole.at = queue.Position{Epoch: "e1", Day: "2026-11-19", Seq: whole.days["2026-11-19"][0].Seq + 5}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); h.Follow(ctx, store) }()
	defer func() { stop(); <-done }()
	reaches := func(seq int64) {
		t.Helper()
		for range 2000 {
			var got int64
			if err := h.read.QueryRow("SELECT coalesce(max(seq), 0) FROM progress").Scan(&got); err != nil {
				t.Fatal(err)
			}
			if got == seq {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
		t.Fatalf("%d was never read", seq)
	}
	reaches(store.at.Seq)
	store.mu.Lock()
	whole.at = end
	store.mu.Unlock()
	h.Flush("b")
	reaches(end.Seq)
	for range 2000 { // the archive is taken in by itself
		if h.count(t, "SELECT count(*) FROM days") == 3 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	stop()
	<-done
	same(t, "followed", h.tables(t), want)
}
