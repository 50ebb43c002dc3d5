package box

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"motcua/server/queue"
)

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }
func (c *clock) step(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

var morning = time.Date(2026, 11, 23, 9, 12, 34, 0, queue.Zone)

func open(t *testing.T) (*Store, *clock, string) {
	t.Helper()
	c := &clock{now: morning}
	path := filepath.Join(t.TempDir(), "box.db")
	s, err := Open(context.Background(), path, c, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, c, path
}

func (s *Store) mustAdd(t *testing.T, branch, request, text string) When {
	t.Helper()
	w, err := s.Add(context.Background(), Put{Branch: branch, Request: request, Print: "p", Text: text, Topic: "time", Lang: "vi"})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestClean(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"  Cho\u031b\u0300 la\u0302u\r\nquá\t ", "Chờ lâu\nquá"},
		{"a\x00b", "a b"},
		{strings.Repeat("ạ", LongestText), strings.Repeat("ạ", LongestText)},
	} {
		if got, err := Clean(test.text); err != nil || got != test.want {
			t.Errorf("%.40q: %.40q %v", test.text, got, err)
		}
	}
	for _, bad := range []string{"", " \n\t ", "\u200b", strings.Repeat("ạ", LongestText+1), "\xff\xfe", strings.Repeat("a", 8*LongestText+1)} {
		if got, err := Clean(bad); !errors.Is(err, ErrText) {
			t.Errorf("%.40q: %.40q %v", bad, got, err)
		}
	}
}

// One suggestion from its arrival to its end, in its own branch alone.
func TestInbox(t *testing.T) {
	s, c, _ := open(t)
	ctx := context.Background()
	if w := s.mustAdd(t, "a", "r1", "Ghế hỏng. Gọi 0912 345 678"); w != (When{"2026-11-23", "am"}) {
		t.Errorf("%+v", w)
	}
	c.step(5 * time.Hour)
	s.mustAdd(t, "a", "r2", "Nước uống")
	s.mustAdd(t, "b", "r3", "Nơi khác")
	list, more, err := s.List(ctx, Page{Branch: "a", Limit: 10})
	if err != nil || more || len(list) != 2 {
		t.Fatalf("%v %v %v", list, more, err)
	}
	first := list[1]
	if list[0].Half != "pm" || first.Text != "Ghế hỏng. Gọi [đã che số]" || first.State != New || first.Topic != "time" || first.Lang != "vi" {
		t.Errorf("%+v", list)
	}
	note := "đã báo bảo trì, gọi 0987654321"
	moved, err := s.Move(ctx, "a", first.ID, Working, &note)
	if err != nil || moved.State != Working || moved.Note != "đã báo bảo trì, gọi [đã che số]" {
		t.Errorf("%+v %v", moved, err)
	}
	if moved, err = s.Move(ctx, "a", first.ID, Done, nil); err != nil || moved.Note == "" {
		t.Errorf("the note went: %+v %v", moved, err)
	}
	if _, err := s.Move(ctx, "b", first.ID, Done, nil); !errors.Is(err, ErrUnknown) {
		t.Errorf("another branch: %v", err)
	}
	if _, err := s.Move(ctx, "a", first.ID, "lost", nil); err == nil {
		t.Error("a state nobody knows is taken")
	}
	counts, err := s.Counts(ctx, "a")
	if err != nil || counts[New] != 1 || counts[Done] != 1 || counts[Seen] != 0 || len(counts) != len(States) {
		t.Errorf("%v %v", counts, err)
	}
}

func TestPages(t *testing.T) {
	s, c, _ := open(t)
	want := map[string]bool{}
	for i := range 23 {
		s.mustAdd(t, "a", "r"+string(rune('a'+i)), "góp ý")
		c.step(3 * time.Hour)
	}
	before := ""
	for {
		list, more, err := s.List(context.Background(), Page{Branch: "a", State: New, Before: before, Limit: 5})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range list {
			if want[x.ID] {
				t.Errorf("%s twice", x.ID)
			}
			want[x.ID] = true
			before = x.ID
		}
		if !more {
			break
		}
	}
	if len(want) != 23 {
		t.Errorf("%d of 23", len(want))
	}
}

func TestSameRequest(t *testing.T) {
	s, c, _ := open(t)
	ctx := context.Background()
	put := Put{Branch: "a", Request: "r", Print: "p", Text: "Chờ lâu 0912345678"}
	if _, again, err := s.Again(ctx, put); again || err != nil {
		t.Errorf("%v %v", again, err)
	}
	if _, err := s.Add(ctx, put); err != nil {
		t.Fatal(err)
	}
	c.step(6 * time.Hour)
	if w, again, err := s.Again(ctx, put); !again || err != nil || w.Half != "am" {
		t.Errorf("%v %v %v", w, again, err)
	}
	put.Text = "Khác"
	if _, _, err := s.Again(ctx, put); !errors.Is(err, ErrReused) {
		t.Errorf("%v", err)
	}
	if _, err := s.Add(ctx, put); err == nil {
		t.Error("one request made two suggestions")
	}
}

// What is old enough goes from the file itself, on the day and not before; what
// is known of it besides its text stays.
func TestPurge(t *testing.T) {
	s, c, path := open(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s.mustAdd(t, "a", "r1", "Cái ghế xanh bị gãy")
	s.mustAdd(t, "b", "r2", "Giữ lâu hơn")
	list, _, _ := s.List(ctx, Page{Branch: "a", Limit: 1})
	note := "ghi chú bí mật"
	if _, err := s.Move(ctx, "a", list[0].ID, Done, &note); err != nil {
		t.Fatal(err)
	}
	ticks, looked := make(chan time.Time), make(chan bool)
	go s.Keep(ctx, ticks, func() map[string]int { looked <- true; return map[string]int{"a": 30, "b": 0} }, func(err error) { t.Error(err) })
	<-looked
	text := func(branch string) Suggestion {
		ticks <- time.Time{} // the round before has ended
		<-looked
		ticks <- time.Time{}
		<-looked
		list, _, err := s.List(ctx, Page{Branch: branch, Limit: 1})
		if err != nil || len(list) != 1 {
			t.Fatalf("%v %v", list, err)
		}
		return list[0]
	}
	c.step(30 * 24 * time.Hour)
	if x := text("a"); x.Purged || x.Note == "" {
		t.Errorf("gone after 30 days: %+v", x)
	}
	c.step(24 * time.Hour)
	if x := text("a"); !x.Purged || x.Text != "" || x.Note != "" || x.State != Done || x.Day != "2026-11-23" {
		t.Errorf("31 days later: %+v", x)
	}
	if x := text("b"); x.Purged {
		t.Errorf("the usual time is %d days: %+v", UsualKeepDays, x)
	}
	var asked int
	if err := s.db.QueryRow("SELECT count(*) FROM asked").Scan(&asked); err != nil || asked != 0 {
		t.Errorf("%d requests are remembered, %v", asked, err)
	}
	for _, file := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(file)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		for _, words := range []string{"ghế xanh", "bí mật"} {
			if strings.Contains(string(content), words) {
				t.Errorf("%s still holds %q", filepath.Base(file), words)
			}
		}
	}
	if content, _ := os.ReadFile(path); !strings.Contains(string(content), "2026-11-23") {
		t.Error("this test does not see what the file holds")
	}
}

// The file tells no time, no sender and no order.
func TestFileKeepsNoMore(t *testing.T) {
	s, _, _ := open(t)
	s.mustAdd(t, "a", "r1", "Một")
	rows, err := s.db.Query("SELECT sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var sql string
		if err := rows.Scan(&sql); err != nil {
			t.Fatal(err)
		}
		n++
		if !strings.Contains(sql, "WITHOUT ROWID") {
			t.Errorf("rows of this table lie in the order of their arrival: %s", sql)
		}
		for _, word := range []string{"address", "sender", "device", "at INTEGER"} {
			if strings.Contains(sql, word) {
				t.Errorf("it keeps %s: %s", word, sql)
			}
		}
	}
	if n != 2 {
		t.Errorf("%d tables", n)
	}
}

// A note that is written after the text went goes, too.
func TestLateNoteIsPurged(t *testing.T) {
	s, c, _ := open(t)
	ctx := context.Background()
	s.mustAdd(t, "a", "r1", "Ghế xanh")
	c.step(100 * 24 * time.Hour)
	if n, err := s.Purge(ctx, "a", 90); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	list, _, err := s.List(ctx, Page{Branch: "a", Limit: 1})
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	note := "Bà Lan ghế xanh"
	if _, err := s.Move(ctx, "a", list[0].ID, Done, &note); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Purge(ctx, "a", 90); err != nil {
		t.Fatal(err)
	}
	if list, _, err = s.List(ctx, Page{Branch: "a", Limit: 1}); err != nil || list[0].Note != "" || list[0].State != Done {
		t.Errorf("%+v %v", list, err)
	}
}
