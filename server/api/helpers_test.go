package api_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"motcua/server/api"
	"motcua/server/audit"
	"motcua/server/box"
	"motcua/server/catalogue"
	"motcua/server/catalogue/search"
	"motcua/server/dossier"
	"motcua/server/hallfile"
	"motcua/server/history"
	"motcua/server/media"
	"motcua/server/metrics"
	"motcua/server/queue"
	"motcua/server/staff"
	"motcua/server/store"
	"motcua/server/store/embedded"
	"motcua/server/versions"
	"motcua/server/wire"
)

// clock stands until it is stepped.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) step(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// hall is a whole server on a real listener, its engine in a folder of its own.
type hall struct {
	t        testing.TB
	url      string
	host     string
	clock    *clock
	store    *store.Store
	push     *api.Push
	server   *api.Server
	history  *history.History
	staff    *staff.Staff
	dossiers *dossier.Store
	folder   string // of the media
	book     *catalogue.Store
	shelf    *search.Shelf
	log      *safeBuffer
	audit    *audit.Log
	versions *versions.Store
	keys     atomic.Int64
	ensure   atomic.Int64 // how often the day was asked for
	client   *http.Client
}

type options struct {
	languages  api.Languages
	voice      api.Voice
	demo       bool
	origins    []string
	wall       bool // the machine's clock instead of one that stands
	settings   func(*queue.Settings)
	closed     bool // no day is opened
	book       bool // there is a catalogue to import into
	shelf      bool // it holds the sample, and is shown
	wrap       func(queue.Store) queue.Store
	past       bool          // there is a history, with its figures and files of them
	patience   time.Duration // of the server with slow clients
	host       func() api.HostState
	neighbours api.Neighbours
	hashing    staff.Cost // of passwords; a cheap one when it is not given
}

// morning is a Monday at nine.
var morning = time.Date(2026, 11, 23, 9, 0, 0, 0, queue.Zone)

func newHall(t testing.TB, o options) *hall {
	t.Helper()
	h := &hall{t: t, clock: &clock{now: morning}, log: &safeBuffer{}}
	var clk queue.Clock = h.clock
	if o.wall {
		clk = queue.SystemClock
	}
	dir := t.TempDir()
	engine, err := embedded.Open(dir, embedded.Options{})
	must(t, err)
	h.store, err = store.New(engine, store.Options{Epoch: func() string { return "epoch-1" }})
	must(t, err)
	t.Cleanup(func() { h.store.Close() })
	var st queue.Store = h.store
	if o.wrap != nil {
		st = o.wrap(st)
	}
	seed(t, h.store, clk.Now(), o)
	h.staff, err = staff.Open(context.Background(), filepath.Join(dir, "staff.db"),
		staff.Options{Demo: o.demo, Clock: clk, Rand: rand.Reader, Cost: cmp.Or(o.hashing, staff.Cost{Memory: 64, Time: 1, Threads: 1})})
	must(t, err)
	t.Cleanup(func() { h.staff.Close() })
	log := slog.New(slog.NewTextHandler(h.log, nil))
	m := metrics.New()
	h.push = api.NewPush(api.PushOptions{Store: st, Clock: clk, Metrics: m, Log: log,
		BaseURL: "http://hall.test", Extras: wire.Extras{Engine: "embedded"}})
	ctx, cancel := context.WithCancel(context.Background())
	must(t, h.push.Start(ctx))
	var book *catalogue.Store
	var shown api.Procedures
	if o.book || o.shelf {
		book, err = catalogue.Open(context.Background(), filepath.Join(dir, "catalogue.db"))
		must(t, err)
		t.Cleanup(func() { book.Close() })
	}
	if o.shelf {
		h.shelf, h.book = &search.Shelf{}, book
		_, err = book.Import(context.Background(), catalogue.Sample(), catalogue.ImportOptions{File: catalogue.SampleName, Now: clk.Now()})
		must(t, err)
		h.newEdition()
		shown = h.shelf
	}
	suggestions, err := box.Open(context.Background(), filepath.Join(dir, "box.db"), clk, rand.Reader)
	must(t, err)
	t.Cleanup(func() { suggestions.Close() })
	h.folder = filepath.Join(dir, "media")
	pictures, err := media.Open(h.folder)
	must(t, err)
	h.dossiers, err = dossier.Open(context.Background(), dir, rand.Reader)
	must(t, err)
	t.Cleanup(func() { h.dossiers.Close() })
	h.audit, err = audit.Open(context.Background(), filepath.Join(dir, audit.File), clk)
	must(t, err)
	h.audit.FullName = h.staff.FullName
	t.Cleanup(func() { h.audit.Close() })
	h.versions, err = versions.Open(context.Background(), filepath.Join(dir, versions.File), clk)
	must(t, err)
	t.Cleanup(func() { h.versions.Close() })
	deps := api.Deps{Versions: h.versions, Product: "1.2.3", Own: hallfile.Place{Dir: dir, Media: pictures, Book: book}, Audit: h.audit, Dossiers: h.dossiers, Procedures: shown, Book: book, Box: suggestions, Media: pictures, Store: st, Push: h.push, Staff: h.staff, Clock: clk, Rand: rand.Reader,
		Pages: testPages(), Metrics: m, Log: log, Demo: o.demo, Branch: "hoabinh", BaseURL: "http://hall.test",
		Origins: o.origins, Speech: testSpeech, Voice: o.voice, Languages: o.languages, EnsureDay: h.ensureDay, MakeBranch: h.makeBranch, Host: o.host}
	if o.past {
		h.openPast(dir, &deps)
	}
	deps.Patience, deps.Neighbours = o.patience, o.neighbours
	h.server, err = api.New(deps)
	must(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	done := make(chan struct{})
	go func() { defer close(done); h.server.Listen(l) }()
	h.host = l.Addr().String()
	h.url = "http://" + h.host
	h.client = &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	t.Cleanup(func() {
		h.client.CloseIdleConnections()
		quick, stop := context.WithTimeout(context.Background(), 5*time.Second)
		defer stop()
		h.server.Shutdown(quick)
		<-done
		cancel()
		h.push.Feed.Wait()
	})
	return h
}

// newEdition shows the catalogue as it is now.
func (h *hall) newEdition() {
	h.t.Helper()
	_, err := h.shelf.Update(context.Background(), h.book, search.DefaultTables())
	must(h.t, err)
}

func testPages() map[string]fs.FS {
	page := func(name string) fs.FS {
		return fstest.MapFS{"index.html": {Data: []byte(`<html lang="{{lang}}"><meta name="branch" content="{{branch}}"><meta name="counter" content="{{counter}}">` + name)},
			name + ".js": {Data: []byte("// " + name)}}
	}
	folders := map[string]fs.FS{"web": fstest.MapFS{"dom.js": {Data: []byte("//")}, "i18n/common.vi.json": {Data: []byte(`{"c.x":"built in"}`)}}}
	for _, name := range []string{"kiosk", "board", "lookup", "desk", "admin", "counter", "rate", "phone"} {
		folders[name] = page(name)
	}
	folders["phone"].(fstest.MapFS)["book.html"] = &fstest.MapFile{Data: []byte(`<html><meta name="branch" content="{{branch}}">book`)}
	folders["phone"].(fstest.MapFS)["proc.html"] = &fstest.MapFile{Data: []byte(`<html><meta name="branch" content="{{branch}}">procedure`)}
	folders["phone"].(fstest.MapFS)["tell.html"] = &fstest.MapFile{Data: []byte(`<html><meta name="branch" content="{{branch}}">tell`)}
	return folders
}

// seed writes the demo's settings and opens the day.
func seed(t testing.TB, s *store.Store, now time.Time, o options) {
	t.Helper()
	set := queue.DemoSettings()
	if o.settings != nil {
		o.settings(&set)
	}
	set.Version = 1
	document, err := json.Marshal(set)
	must(t, err)
	ctx := context.Background()
	_, err = s.Do(ctx, queue.Command{Verb: queue.Settle, Branch: set.ID, Now: queue.MillisOf(now), Document: string(document)})
	must(t, err)
	if !o.closed {
		openDay(t, s, set, now)
	}
}

func openDay(t testing.TB, s *store.Store, set queue.Settings, now time.Time) {
	t.Helper()
	c := queue.Command{Verb: queue.DayOpen, Branch: set.ID}
	must(t, set.Prepare(&c, now))
	_, err := s.Do(context.Background(), c)
	must(t, err)
}

// ensureDay plays the day runner: it closes the last day and opens the present one.
func (h *hall) ensureDay(ctx context.Context, branch string) error {
	h.ensure.Add(1)
	set, _ := h.push.Feed.Settings(branch)
	at, err := h.store.Where(ctx, branch)
	if err != nil {
		return err
	}
	for _, action := range queue.DayPlan(h.clock.Now(), at.Day, at.Open, set.Calendar) {
		c := queue.Command{Verb: action.Verb, Branch: branch, Day: action.Day}
		if err := set.Prepare(&c, h.clock.Now()); err != nil {
			return err
		}
		if _, err := h.store.Do(ctx, c); err != nil && queue.CodeOf(err) != queue.WrongState {
			return err
		}
	}
	return nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	raw    string
	body   map[string]any
}

func (a answer) code() string { s, _ := a.body["code"].(string); return s }

func (a answer) text(name string) string { s, _ := a.body[name].(string); return s }

// send sends a request; a POST gets an idempotency key of its own unless one is given.
func (h *hall) send(method, path, key, body string, headers ...string) answer {
	h.t.Helper()
	a, err := h.try(method, path, key, body, headers...)
	must(h.t, err)
	return a
}

func (h *hall) try(method, path, key, body string, headers ...string) (answer, error) {
	r, err := http.NewRequest(method, h.url+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	if method == http.MethodPost {
		r.Header.Set("Idempotency-Key", fmt.Sprint("key-", h.keys.Add(1)))
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin") // as browsers say it of our own pages
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
		}
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	res, err := h.client.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	a := answer{status: res.StatusCode, header: res.Header, raw: string(raw)}
	json.Unmarshal(raw, &a.body)
	if err == nil {
		err = conform(method, path, a)
	}
	return a, err
}

func (h *hall) post(path, key, body string, headers ...string) answer {
	h.t.Helper()
	return h.send(http.MethodPost, path, key, body, headers...)
}

func (h *hall) get(path, key string, headers ...string) answer {
	h.t.Helper()
	return h.send(http.MethodGet, path, key, "", headers...)
}

const branchPath = "/api/v1/branches/hoabinh"

// take gives out a number of the first service.
func (h *hall) take() answer {
	h.t.Helper()
	a := h.post(branchPath+"/tickets", "demo-kiosk", fmt.Sprintf(`{"service":%q}`, h.service(0)))
	if a.status != 201 {
		h.t.Fatalf("take: %d %s", a.status, a.raw)
	}
	return a
}

func (h *hall) service(i int) string {
	set, _ := h.push.Feed.Settings("hoabinh")
	return set.Services[i].ID
}

func (h *hall) counter(i int) string {
	set, _ := h.push.Feed.Settings("hoabinh")
	return set.Counters[i].ID
}

func (h *hall) verb(i int, verb, body string, headers ...string) answer {
	h.t.Helper()
	return h.post(branchPath+"/counters/"+h.counter(i)+"/"+verb, "demo-desk", body, headers...)
}

func (h *hall) do(i int, verb, body string) answer {
	h.t.Helper()
	a := h.verb(i, verb, body)
	if a.status != 200 {
		h.t.Fatalf("%s: %d %s", verb, a.status, a.raw)
	}
	return a
}

func expect(t testing.TB, a answer, status int, code string) {
	t.Helper()
	if a.status != status || a.code() != code {
		t.Errorf("got %d %q, want %d %q: %.300s", a.status, a.code(), status, code, a.raw)
	}
}

type safeBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// Cap is the memory the buffer holds, bytes.
func (b *safeBuffer) Cap() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Cap()
}
