package history

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"motcua/server/queue"
)

// write makes a day's archive as the server does.
func writeArchive(t *testing.T, dir string, day queue.Day, events []queue.Event) {
	t.Helper()
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	lines := json.NewEncoder(zip)
	for _, e := range events {
		if err := lines.Encode(archived{e.Seq, e}); err != nil {
			t.Fatal(err)
		}
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, string(day)+".jsonl.gz"), out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Days that were archived before there was a history are taken in, once, and the
// tables come out as if the history had been there.
func TestArchives(t *testing.T) {
	store := played("2026-11-16", "2026-11-20", 0.2)
	want := read(t, store).tables(t)
	archive := t.TempDir()
	for _, day := range []queue.Day{"2026-11-16", "2026-11-17", "2026-11-18"} {
		writeArchive(t, filepath.Join(archive, "b"), day, store.days[day])
		delete(store.days, day)
	}
	path := filepath.Join(t.TempDir(), File)
	for _, cut := range []int{2, 7, 100} {
		h := open(t, path)
		h.o.Archive = archive
		h.Use(store)
		h.cut = func(string) error {
			if cut--; cut < 0 {
				return errCut
			}
			return nil
		}
		err := h.CatchUp(t.Context())
		if err == nil {
			err = h.archives(t.Context())
		}
		if (err != nil) != (cut < 0) {
			t.Fatal(cut, err)
		}
		h.Close()
	}
	h := open(t, path)
	same(t, "with archives", h.tables(t), want)
	if h.count(t, "SELECT count(*) FROM events WHERE day = 20261119 AND visit < '261119'") == 0 {
		t.Error("no rating was entered on the day after, when its visit's archive had not been read")
	}
}

// Archives of before the store lost its past are kept apart from what followed.
func TestEpochsOfArchives(t *testing.T) {
	files := []file{{day: "2026-01-05", first: 1}, {day: "2026-01-06", first: 900}, {day: "2026-02-01", first: 1}, {day: "2026-02-02", first: 500}}
	epochs(files, queue.Position{Epoch: "e1", Seq: 800})
	for i, want := range []string{"archive 2026-01-05", "archive 2026-01-05", "e1", "e1"} {
		if files[i].epoch != want {
			t.Errorf("%s is of %q, want %q", files[i].day, files[i].epoch, want)
		}
	}
	epochs(files, queue.Position{Epoch: "e2", Seq: 20})
	if files[3].epoch != "archive 2026-02-01" {
		t.Errorf("a store that is younger than its archive: %q", files[3].epoch)
	}
}

// A store that lost its past begins anew: nothing of before is lost, and the
// numbers that were given once more on that day are other visits.
func TestNewEpoch(t *testing.T) {
	store := played("2026-11-19", "2026-11-20", 0.2)
	h := read(t, store)
	before := h.count(t, "SELECT count(*) FROM visits")
	today := h.count(t, "SELECT count(*) FROM visits WHERE day = 20261120")
	second := played("2026-11-20", "2026-11-23", 0.2)
	second.at.Epoch = "e2"
	h.Use(second)
	for range 2 {
		if err := h.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	fresh := read(t, second)
	if got, want := h.count(t, "SELECT count(*) FROM visits"), before+fresh.count(t, "SELECT count(*) FROM visits"); got != want {
		t.Errorf("%d visits, want %d", got, want)
	}
	if got := h.count(t, "SELECT count(*) FROM visits WHERE id LIKE '%~2'"); got != fresh.count(t, "SELECT count(*) FROM visits WHERE day = 20261120") || got == 0 || today == 0 {
		t.Errorf("%d visits of the same day are marked", got)
	}
	if n := h.count(t, "SELECT count(*) FROM visits WHERE number LIKE '%~%' OR number = ''"); n != 0 {
		t.Errorf("%d numbers are none", n)
	}
}

// A store that comes back from an older copy goes on below what was read.
func TestStoreWentBack(t *testing.T) {
	store := played("2026-11-19", "2026-11-20", 0.2)
	h := read(t, store)
	n := h.count(t, "SELECT count(*) FROM events")
	visits := h.count(t, "SELECT count(*) FROM visits")
	events := store.days["2026-11-20"]
	lost := 25
	store.at.Seq -= int64(lost)
	h.Use(&grown{store})
	if err := h.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	store.at.Seq += int64(lost) - 5
	for range 2 {
		if err := h.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := h.count(t, "SELECT count(*) FROM events"); got != n+lost-5 {
		t.Errorf("%d events of %d, want %d more", got, n, lost-5)
	}
	// Who had come before goes on as the same visit; who comes after it is another one.
	again := 0
	for _, e := range events[len(events)-lost : len(events)-5] {
		if n := entryOf("", &e); n.first {
			again++
		}
	}
	if got := h.count(t, "SELECT count(*) FROM visits WHERE id LIKE '%~2'"); got != again || h.count(t, "SELECT count(*) FROM visits") != visits+again {
		t.Errorf("%d visits came once more, not %d", got, again)
	}
	if got := h.count(t, "SELECT max(seq) FROM progress WHERE epoch LIKE 'e1/%'"); int64(got) != events[len(events)-1].Seq-5 {
		t.Errorf("read up to %d", got)
	}
}

func TestHolds(t *testing.T) {
	store := played("2026-11-19", "2026-11-20", 0.2)
	h := newHistory(t)
	if _, err := h.Holds(t.Context(), "b", "2026-11-19"); err == nil {
		t.Error("a history without a store holds something")
	}
	h.Use(store)
	broken := false
	h.cut = func(string) error {
		if broken {
			return errCut
		}
		return nil
	}
	broken = true
	if held, err := h.Holds(t.Context(), "b", "2026-11-19"); held || err == nil {
		t.Error("a history that cannot be written holds a day", err)
	}
	broken = false
	if held, err := h.Holds(t.Context(), "b", "2026-11-19"); !held || err != nil {
		t.Error("the day was read and is not held", err)
	}
	if n := h.Behind()["b"]; n != 0 {
		t.Errorf("%d events behind", n)
	}
}

// What is kept no longer goes, and its sums stay.
func TestPurge(t *testing.T) {
	h := read(t, played("2026-11-17", "2026-11-20", 0.2))
	set := h.settings("b")
	set.Report.KeepEvents, set.Report.KeepVisits = 1, 2
	sums := `SELECT sum(taken) || ' ' || sum(served) || ' ' || sum(waits) || ' ' || sum(wait_sum) || ' ' || sum(spent_sum) || ' ' || sum(kept) || ' ' || sum(rated) || ' ' || sum(points) FROM sums`
	var got, want string
	if err := h.db.QueryRow(`SELECT count(*) || ' ' || sum(transactions > 0) || ' ' || count(wait) || ' ' || sum(wait) || ' ' ||
		(SELECT sum(spent) || ' ' || sum(kept) || ' ' || count(level) || ' ' || sum(points) FROM transactions) FROM visits`).Scan(&want); err != nil {
		t.Fatal(err)
	}
	visits := h.count(t, "SELECT count(*) FROM visits")
	for _, month := range []int{202610, 202611} {
		if err := h.SaveRemark(t.Context(), Remark{Branch: "b", Clerk: "Lan", Month: month, Text: "Thiếu người."}); err != nil {
			t.Fatal(err)
		}
	}
	at := func(day queue.Day) time.Time { return day.Start().Add(time.Hour) }
	for _, step := range []struct {
		now            queue.Day
		events, visits bool // some are left
	}{{"2026-12-16", true, true}, {"2026-12-21", false, true}, {"2027-01-16", false, true}, {"2027-01-21", false, false}, {"2027-01-22", false, false}} {
		if err := h.Purge(t.Context(), at(step.now)); err != nil {
			t.Fatal(err)
		}
		if n := h.count(t, "SELECT count(*) FROM events"); (n > 0) != step.events {
			t.Errorf("%s: %d events", step.now, n)
		}
		if n := h.count(t, "SELECT count(*) FROM visits"); (n > 0) != step.visits {
			t.Errorf("%s: %d visits of %d", step.now, n, visits)
		}
	}
	if n, month := h.count(t, "SELECT count(*) FROM remarks"), h.count(t, "SELECT max(month) FROM remarks"); n != 1 || month != 202611 {
		t.Errorf("%d remarks are left, the last of %d", n, month)
	}
	for _, table := range belonging {
		if n := h.count(t, "SELECT count(*) FROM "+table); n != 0 {
			t.Errorf("%d rows are left of %s", n, table)
		}
	}
	if err := h.db.QueryRow(sums).Scan(&got); err != nil || got != want {
		t.Errorf("sums %q, want %q (%v)", got, want, err)
	}
	if n := h.count(t, "SELECT count(*) FROM days"); n == 0 {
		t.Error("the days are gone")
	}
}

// No column of any table holds what opens a ticket or tells who somebody is.
func TestNothingSecret(t *testing.T) {
	store := played("2026-11-19", "2026-11-20", 0.3)
	for _, events := range store.days {
		for i := range events {
			e := &events[i]
			if e.Visit != nil {
				v := *e.Visit
				v.Token, v.Code, v.Forecast = "hbSECRETtoken1234567890", "SECRETCODE", "SECRETFORECAST"
				e.Visit = &v
			}
			if e.Booking != nil {
				b := *e.Booking
				b.Code = "SECRETBOOKING"
				e.Booking = &b
			}
			if e.Kind == queue.DayOpened {
				e.Bookings = []queue.Booking{{Code: "SECRETBOOKED"}}
				e.Notices = []queue.Notice{{ID: "SECRETNOTICE"}}
			}
			if e.Kind == queue.TicketPrinted {
				e.Note = queue.NoteList + "SECRETJOB"
			}
		}
	}
	h := read(t, store)
	rows, err := h.db.Query("SELECT name FROM sqlite_master WHERE type = 'table'")
	if err != nil {
		t.Fatal(err)
	}
	var tables []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, name)
	}
	rows.Close()
	values := 0
	for _, table := range tables {
		values += scanAll(t, h, table)
	}
	if values < 10_000 {
		t.Errorf("only %d values were looked at", values)
	}
}

func scanAll(t *testing.T, h *History, table string) (n int) {
	t.Helper()
	h.eachValue(t, "SELECT * FROM "+table, func(column string, value any) {
		n++
		if text := fmt.Sprint(value); strings.Contains(text, "SECRET") {
			t.Fatalf("%s.%s holds %s", table, column, text)
		}
	})
	return n
}

func TestTrace(t *testing.T) {
	h := read(t, played("2026-11-19", "2026-11-20", 0.3))
	var id string
	if err := h.db.QueryRow("SELECT visit FROM transactions WHERE level IS NOT NULL LIMIT 1").Scan(&id); err != nil {
		t.Fatal(err)
	}
	events, err := h.Trace(t.Context(), "b", id)
	if err != nil || len(events) < 4 || events[0].Kind != queue.TicketTaken {
		t.Fatalf("%v, %+v", err, events)
	}
	if _, err := h.Trace(t.Context(), "b", "261119-X001"); !is(err, ErrUnknown) {
		t.Error(err)
	}
	all, after := 0, Cursor{}
	for {
		var page []Event
		if page, after, err = h.Events(t.Context(), "b", "2026-11-19", "2026-11-20", after, 100); err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		all += len(page)
	}
	if n := h.count(t, "SELECT count(*) FROM events"); all != n {
		t.Errorf("%d events page by page, %d in all", all, n)
	}
}
