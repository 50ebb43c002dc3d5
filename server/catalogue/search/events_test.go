package search

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"motcua/server/catalogue"
)

// shelfOf shows a file of procedures.
func shelfOf(t *testing.T, name string, r io.Reader, tables Tables) (*Shelf, *catalogue.Store) {
	t.Helper()
	store, err := catalogue.Open(t.Context(), filepath.Join(t.TempDir(), "catalogue.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if _, err := store.Import(t.Context(), r, catalogue.ImportOptions{File: name, Now: time.Unix(1e9, 0)}); err != nil {
		t.Fatal(err)
	}
	shelf := &Shelf{}
	if fresh, err := shelf.Update(t.Context(), store, tables); err != nil || !fresh {
		t.Fatal(fresh, err)
	}
	return shelf, store
}

// Each life event leads to procedures of the sample and of the whole catalogue,
// the one everybody needs first.
func TestEventsLeadSomewhere(t *testing.T) {
	first := map[string]string{"sinh-con": "1.001193", "ket-hon": "1.000894", "mat-nguoi-than": "1.000656", "xay-nha": "1.013225",
		"mo-quan": "1.001612", "mat-giay-to": "2.000635", "nha-dat": "1.013831", "chuyen-nha": "1.004222"}
	files := map[string]io.Reader{catalogue.SampleName: catalogue.Sample()}
	if path := os.Getenv("MOTCUA_CATALOGUE"); path != "" {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[path] = bytes.NewReader(data)
	} else if os.Getenv("CI") == "true" {
		t.Fatal("MOTCUA_CATALOGUE names no catalogue")
	}
	for name, r := range files {
		shelf, _ := shelfOf(t, name, r, DefaultTables())
		events := shelf.Overview().Events
		if len(events) != len(first) {
			t.Errorf("%s: %d events, want %d", name, len(events), len(first))
		}
		for _, e := range events {
			if len(e.Codes) < 3 || e.Codes[0] != first[e.ID] {
				t.Errorf("%s: %s leads to %v", name, e.ID, e.Codes)
			}
			t.Logf("%s: %s: %d procedures", filepath.Base(name), e.ID, len(e.Codes))
			hits := shelf.Search("", Options{Event: e.ID}).Hits
			if len(hits) != len(e.Codes) || hits[0].Code != e.Codes[0] {
				t.Errorf("%s lists %v", e.ID, hits)
			}
		}
	}
}

// A hall's events take the place of ours, add to them and take them away; a
// mistake costs its own line.
func TestOwnEvents(t *testing.T) {
	own, wrong := ReadEvents(strings.NewReader("\ufeff# ours\r\n" +
		"sinh-con\tCó em bé\tA baby\tbaby\t1.001193 | giấy độc thân\r\n" +
		"xay-nha\r\n" +
		"le-hoi\tLễ hội\tFestival\tstar\t9.999999|đăng ký kết hôn\r\n" +
		"Bad Id\tX\tX\tx\t1.001193\r\nket-hon\tonly\r\nno-name\t\tX\tx\t1.001193\r\nbad-icon\tA\tA\t<svg>\t1.001193\r\n"))
	if len(wrong) != 4 || !strings.HasPrefix(wrong[0].Error(), "line 5: ") || !strings.HasPrefix(wrong[3].Error(), "line 8: ") {
		t.Errorf("%v", wrong)
	}
	tables := DefaultTables()
	tables.Events = WithEvents(tables.Events, own)
	shelf, _ := shelfOf(t, catalogue.SampleName, catalogue.Sample(), tables)
	events := shelf.Overview().Events
	at := func(id string) *EventFound {
		for i := range events {
			if events[i].ID == id {
				return &events[i]
			}
		}
		return nil
	}
	if e := at("sinh-con"); e == nil || e.Name.VI != "Có em bé" || !slices.Contains(e.Codes, "1.004873") || events[0].ID != "sinh-con" {
		t.Errorf("%+v", e)
	}
	if e := at("le-hoi"); e == nil || e.Codes[0] != "1.000894" || slices.Contains(e.Codes, "9.999999") {
		t.Errorf("%+v", e)
	}
	if at("xay-nha") != nil || at("ket-hon") == nil {
		t.Errorf("%+v", events)
	}
}

// The shelf is built again when the tables change, and finds by the hall's words.
func TestShelfFollowsItsTables(t *testing.T) {
	shelf, store := shelfOf(t, catalogue.SampleName, catalogue.Sample(), DefaultTables())
	if fresh, err := shelf.Update(t.Context(), store, DefaultTables()); err != nil || fresh {
		t.Fatal("nothing has changed", err)
	}
	own, wrong := ReadSynonyms(strings.NewReader("bìa hồng\t>\tcấp đổi giấy chứng nhận quyền sử dụng đất\nbroken\nx\t?\ty\n"))
	if len(wrong) != 2 || !strings.Contains(wrong[0].Error(), "line 2") {
		t.Errorf("%v", wrong)
	}
	tables := DefaultTables()
	tables.Synonyms, tables.Mark = tables.Synonyms.With(own), "own"
	if fresh, err := shelf.Update(t.Context(), store, tables); err != nil || !fresh {
		t.Fatal("the words have changed", err)
	}
	hits := shelf.Search("bìa hồng", Options{Limit: 1}).Hits
	if len(hits) != 1 || hits[0].Code != "1.012783" || hits[0].Said != "bìa hồng" {
		t.Errorf("%+v", hits)
	}
	if edition, mark := shelf.Edition(); edition != 1 || mark != "own" {
		t.Errorf("%d %q", edition, mark)
	}
}
