package versions

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"motcua/server/queue"
)

type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func open(t *testing.T) *Store {
	t.Helper()
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), File), &clock{time.UnixMilli(5000)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func keep(t *testing.T, s *Store, version int, document, who string) {
	t.Helper()
	if err := s.Keep(context.Background(), "b", version, []byte(document), who, 0); err != nil {
		t.Fatal(err)
	}
}

func TestKeep(t *testing.T) {
	s := open(t)
	keep(t, s, 3, `{"version":3,"id":"b","policy":{"n":2}}`, "")
	keep(t, s, 4, `{"version":4,"id":"b","policy":{"n":5},"paper":{"wifi_key":"geheim"}}`, "Lan")
	keep(t, s, 4, `{"version":4,"id":"b","policy":{"n":5},"paper":{"wifi_key":"geheim"}}`, "") // told twice: the first who counts
	list, more, err := s.List(context.Background(), "b", 0, 10)
	if err != nil || more || len(list) != 2 {
		t.Fatal(list, more, err)
	}
	if v := list[0]; v.Version != 4 || v.Who != "Lan" || v.At != 5000 || len(v.Changes) != 2 || v.Changes[0].After != "(hidden)" || v.Changes[1].Path != "policy.n" {
		t.Errorf("%+v", v)
	}
	if len(list[1].Changes) != 0 {
		t.Errorf("the first one changed %v", list[1].Changes)
	}
	if _, document, err := s.Get(context.Background(), "b", 3); err != nil || string(document) != `{"version":3,"id":"b","policy":{"n":2}}` {
		t.Error(string(document), err)
	}
	if _, _, err := s.Get(context.Background(), "c", 3); !errors.Is(err, ErrUnknown) {
		t.Error(err)
	}
	// The store was set back to version 3, and 4 is another one now.
	keep(t, s, 4, `{"version":4,"id":"b","policy":{"n":9}}`, "Minh")
	if v, _, err := s.Get(context.Background(), "b", 4); err != nil || v.Who != "Minh" || v.Changes[0].After != "9" {
		t.Error(v, err)
	}
}

func TestOldVersionsGo(t *testing.T) {
	s := open(t)
	ctx := context.Background()
	if _, err := s.db.ExecContext(ctx, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO versions SELECT 'b', i, 0, '', '[]', '{}' FROM n`, Most); err != nil {
		t.Fatal(err)
	}
	if err := s.Keep(ctx, "other", 1, []byte(`{}`), "", 0); err != nil {
		t.Fatal(err)
	}
	keep(t, s, Most+1, `{}`, "")
	list, _, err := s.List(ctx, "b", 0, 2*Most)
	if err != nil || len(list) != Most || list[Most-1].Version != 2 {
		t.Fatal(len(list), err)
	}
	if branches, newest, err := s.Branches(ctx); err != nil || fmt.Sprint(branches, newest) != fmt.Sprintf("[b other] [%d 1]", Most+1) {
		t.Error(branches, newest, err)
	}
}

// book is a store that holds one document.
type book struct {
	queue.Store
	document string
	version  int
	err      error
}

func (b *book) Settings(context.Context, string) ([]byte, int, error) {
	return []byte(b.document), b.version, b.err
}

// What was saved while nobody listened, and in other ways, is read from the store;
// who saved it comes with the event.
func TestFollow(t *testing.T) {
	s := open(t)
	ctx := context.Background()
	store := &book{document: `{"version":7}`, version: 7}
	s.Reset("b", nil, &queue.Settings{Version: 7}, nil)
	if err := s.CatchUp(ctx, store); err != nil {
		t.Fatal(err)
	}
	if v, _, err := s.Get(ctx, "b", 7); err != nil || v.Who != "" || v.At != 5000 {
		t.Fatal(v, err)
	}
	store.document, store.version, store.err = `{"version":8}`, 8, errors.New("away")
	s.Applied("b", nil, nil, &queue.Event{Kind: queue.SettingsChanged, Version: 8, By: "Lan", At: "9000"})
	s.Applied("b", nil, nil, &queue.Event{Kind: queue.TicketTaken})
	if err := s.CatchUp(ctx, store); err == nil {
		t.Fatal("kept without a document")
	}
	store.err = nil
	if err := s.CatchUp(ctx, store); err != nil {
		t.Fatal(err)
	}
	if v, _, err := s.Get(ctx, "b", 8); err != nil || v.Who != "Lan" || v.At != 9000 {
		t.Fatal(v, err)
	}
	if len(s.pending) != 0 {
		t.Error("still pending:", s.pending)
	}
	// A state rebuilt with the day's events tells who as well, and keeps nothing twice.
	s.Reset("b", nil, &queue.Settings{Version: 8}, []queue.Event{{Kind: queue.SettingsChanged, Version: 8, By: "Minh", At: "1"}})
	if err := s.CatchUp(ctx, store); err != nil {
		t.Fatal(err)
	}
	if v, _, _ := s.Get(ctx, "b", 8); v.Who != "Lan" {
		t.Error(v)
	}
}
