package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"motcua/server/catalogue/search"
	"motcua/server/queue"
	"motcua/server/web"
)

// Every life event has a picture among the icons of the screens, and an English name.
func TestEventsHaveIcons(t *testing.T) {
	icons, err := fs.ReadFile(web.FS, "static/icons.svg")
	if err != nil {
		t.Fatal(err)
	}
	events := search.DefaultEvents()
	if len(events) < 6 {
		t.Errorf("%d events", len(events))
	}
	for _, e := range events {
		if !strings.Contains(string(icons), `id="`+e.Icon+`"`) || e.Name.EN == "" {
			t.Errorf("%+v", e)
		}
	}
}

// The hall's own files are read when they change, and only then; what is wrong is
// logged once, by its line.
func TestOwnWordsAreFollowed(t *testing.T) {
	dir := t.TempDir()
	var said strings.Builder
	words := &ownWords{dir: dir, log: slog.New(slog.NewTextHandler(&said, nil))}
	if got := words.tables(); got.Mark != "" || len(got.Events) != len(search.DefaultEvents()) {
		t.Fatalf("%q, %d events", got.Mark, len(got.Events))
	}
	path := filepath.Join(dir, synonymsFile)
	stamp := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	write := func(path, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		stamp = stamp.Add(time.Minute)
		if err := os.Chtimes(path, stamp, stamp); err != nil {
			t.Fatal(err)
		}
	}
	write(path, "bìa hồng\t>\tsổ\nno sign here\n")
	first := words.tables().Mark
	words.tables()
	if n := strings.Count(said.String(), "level=WARN"); first == "" || n != 1 || !strings.Contains(said.String(), "synonyms.tsv, line 2") {
		t.Errorf("mark %q, %d lines logged: %s", first, n, said.String())
	}
	write(path, "bìa hồng\t>\tsổ\n")
	if second := words.tables().Mark; second == first || second == "" {
		t.Errorf("mark %q after %q", second, first)
	}
	write(filepath.Join(dir, eventsFile), "sinh-con\n")
	if got := words.tables(); len(got.Events) != len(search.DefaultEvents())-1 {
		t.Errorf("%d events", len(got.Events))
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, eventsFile)); err != nil {
		t.Fatal(err)
	}
	if got := words.tables(); got.Mark != "" {
		t.Errorf("mark %q of no files", got.Mark)
	}
}

func TestDoctorReadsOwnWords(t *testing.T) {
	dir := t.TempDir()
	if found := checkWords(dir); len(found) != 0 {
		t.Errorf("nothing of its own: %+v", found)
	}
	for name, text := range map[string]string{synonymsFile: "a\t>\tb\n", eventsFile: "Not an id\tA\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if found := checkWords(dir); len(found) != 1 || found[0].ok || !strings.HasPrefix(found[0].what, "events.tsv, line 1: ") || found[0].help == "" {
		t.Errorf("%+v", found)
	}
	if err := os.WriteFile(filepath.Join(dir, eventsFile), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if found := checkWords(dir); len(found) != 2 || !found[0].ok {
		t.Errorf("%+v", found)
	}
}

// board is a store that refuses as it is told.
type board struct {
	refuse error
	asked  []queue.Command
}

func (b *board) Do(_ context.Context, c queue.Command) (queue.Result, error) {
	b.asked = append(b.asked, c)
	return queue.Result{Seq: int64(len(b.asked))}, b.refuse
}

type noon struct{}

func (noon) Now() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, queue.Zone) }

// Each branch is told once of each edition, under a name the store knows again
// after a restart; a refusal is logged once and tried again.
func TestBranchesAreTold(t *testing.T) {
	var said strings.Builder
	store := &board{}
	make := func() *teller {
		return &teller{store: store, clock: noon{}, log: slog.New(slog.NewTextHandler(&said, nil)), wake: func(string, int64) {}, done: map[string]string{}}
	}
	told := make()
	both := []string{"a", "b"}
	told.tell(t.Context(), both, 0, "", 0)
	if len(store.asked) != 0 {
		t.Fatal("nobody has imported anything")
	}
	told.tell(t.Context(), both, 3, "", 81)
	told.tell(t.Context(), both, 3, "", 81)
	if len(store.asked) != 2 || store.asked[0].Kind != queue.CatalogueChanged || store.asked[0].Version != 3 || store.asked[0].Note != "" {
		t.Fatalf("%+v", store.asked)
	}
	make().tell(t.Context(), both, 3, "", 81)
	if store.asked[2].Request != store.asked[0].Request || store.asked[2].Print != store.asked[0].Print {
		t.Error("a restart asks under another name")
	}
	told.tell(t.Context(), both[:1], 3, "words", 81)
	if len(store.asked) != 5 || store.asked[4].Request == store.asked[0].Request {
		t.Error("new words are not told")
	}
	store.refuse = errors.New("no disk")
	told.tell(t.Context(), both, 4, "", 0)
	told.tell(t.Context(), both, 4, "", 0)
	if n := strings.Count(said.String(), "level=WARN"); len(store.asked) != 9 || n != 1 {
		t.Errorf("asked %d times, logged %d: %s", len(store.asked), n, said.String())
	}
	store.refuse = queue.Refuse(queue.DayChanged, "2026-11-22")
	told.tell(t.Context(), both, 4, "", 0)
	store.refuse = nil
	told.tell(t.Context(), both, 4, "", 0)
	if last := store.asked[len(store.asked)-1]; len(store.asked) != 13 || last.Note != noteEmpty || strings.Count(said.String(), "level=WARN") != 1 {
		t.Errorf("%d: %+v", len(store.asked), last)
	}
}

// Words that are mended and then put back as they were are told each time: the store
// knows the first time again, and would tell nobody.
func TestOldWordsAreToldAgain(t *testing.T) {
	store := &board{}
	told := &teller{store: store, clock: noon{}, log: slog.New(slog.DiscardHandler), wake: func(string, int64) {}, done: map[string]string{}}
	names := map[string]bool{}
	for range 3 {
		for _, mark := range []string{"", "words"} {
			told.tell(t.Context(), []string{"a"}, 3, mark, 81)
			names[store.asked[len(store.asked)-1].Request] = true
		}
	}
	if len(store.asked) != 6 || len(names) != 6 {
		t.Errorf("told %d times under %d names", len(store.asked), len(names))
	}
}

// What is no file is told, and does not stop the catalogue.
func TestOwnWordsThatAreNoFile(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, synonymsFile), 0o600); err != nil {
		t.Fatal(err)
	}
	done := make(chan []error)
	go func() {
		_, wrong := readWords(dir)
		done <- wrong
	}()
	select {
	case wrong := <-done:
		if len(wrong) != 1 {
			t.Errorf("%v", wrong)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it waits for the pipe")
	}
}
