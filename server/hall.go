package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"path/filepath"
	"sync"
	"time"

	"motcua/display"
	"motcua/kiosk"
	"motcua/server/api"
	"motcua/server/audit"
	"motcua/server/box"
	"motcua/server/catalogue"
	"motcua/server/catalogue/search"
	"motcua/server/certs"
	"motcua/server/dossier"
	"motcua/server/feed"
	"motcua/server/hallfile"
	"motcua/server/history"
	"motcua/server/media"
	"motcua/server/metrics"
	"motcua/server/queue"
	"motcua/server/report"
	"motcua/server/staff"
	"motcua/server/store/embedded"
	"motcua/server/versions"
	"motcua/server/voice"
	"motcua/server/web"
	"motcua/server/wire"
)

// hall is the whole server, put together: store, push, edge, days.
type hall struct {
	config *config
	clock  queue.Clock
	log    *slog.Logger

	opened    *opened
	staff     *staff.Staff
	dayKeys   *staff.DayKeys
	push      *api.Push
	edge      *api.Server
	days      *days
	table     *virtual // the demo's devices; nil elsewhere
	shelf     *catalogue.Store
	files     *dossier.Store
	box       *box.Store
	audit     *audit.Log
	saved     *versions.Store  // versions of the settings
	authority *certs.Authority // nil unless --tls-auto
	history   *history.History
	figures   *figures     // what reads it
	exports   *report.Jobs // and makes files of that
	found     search.Shelf // what is shown of it

	sockets *sockets           // where it listens
	stop    context.CancelFunc // ends what runs in the background
	running sync.WaitGroup     // of that, what uses the store
	lost    chan error         // another server took the store over
}

// openHall puts the server together and reads the day; nothing is served yet.
func openHall(ctx context.Context, c *config, clock queue.Clock, log *slog.Logger) (*hall, error) {
	m := metrics.New()
	h := &hall{config: c, clock: clock, log: log, lost: make(chan error, 1)}
	var err error
	if h.opened, err = openStore(ctx, c, m, log); err != nil {
		return nil, err
	}
	background, stop := context.WithCancel(context.Background())
	h.stop = stop
	if err := h.assemble(ctx, background, m); err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

func (h *hall) assemble(ctx, background context.Context, m *metrics.Metrics) error {
	store := h.opened.store
	if err := h.takeLeases(ctx, background); err != nil {
		return err
	}
	if err := h.planSample(ctx); err != nil {
		return err
	}
	if err := h.seed(ctx); err != nil {
		return err
	}
	var err error
	h.staff, err = staff.Open(ctx, filepath.Join(h.config.Data, "staff.db"),
		staff.Options{Demo: h.config.demo, Clock: h.clock, Rand: rand.Reader})
	if err != nil {
		return err
	}
	if h.dayKeys, err = staff.OpenDayKeys(h.config.Data, rand.Reader); err != nil {
		return err
	}
	if h.config.Devices {
		if h.table, err = openVirtual(h.config.Data); err != nil {
			return err
		}
	}
	extras := wire.Extras{Engine: store.Name(), Trusted: h.config.TrustStore, Lookup: func() bool { return h.found.Len() > 0 }}
	if err := h.openHistory(ctx, m); err != nil {
		return err
	}
	if h.saved, err = versions.Open(ctx, filepath.Join(h.config.Data, versions.File), h.clock); err != nil {
		return err
	}
	h.push = api.NewPush(api.PushOptions{Store: store, Clock: h.clock, Metrics: m, Log: h.log, Extras: extras,
		BaseURL: h.config.BaseURL, More: []feed.Follower{h.history, h.saved}})
	h.days = &days{store: store, clock: h.clock, log: h.log, settings: h.push.Feed.Settings, wake: h.push.Feed.Wake,
		archive: archive(store, h.config.Data), renew: h.renew, forget: h.dayKeys.Forget, held: h.heldByHistory,
		over: h.staff.ClearSeats, old: func(today queue.Day) error {
			return errors.Join(oldArchives(h.config.Data, h.push.Feed.Settings, today), oldCopies(h.config.Data, h.clock.Now()))
		}}
	if err := h.push.Start(background); err != nil {
		return err
	}
	if err := h.openPeople(ctx, background); err != nil {
		return err
	}
	h.history.Use(store)
	for _, b := range h.push.Feed.Branches() {
		if err := h.days.ensure(ctx, b); err != nil {
			return err
		}
	}
	h.followHistory(background)
	if err := h.keepVersions(ctx, background); err != nil {
		return err
	}
	h.running.Add(1)
	go func() {
		defer h.running.Done()
		h.days.run(background, h.push.Feed.Branches)
	}()
	if err := h.openShelf(ctx, background); err != nil {
		return err
	}
	if err := h.openDossiers(ctx, background); err != nil {
		return err
	}
	if err := h.openFigures(ctx, background); err != nil {
		return err
	}
	deps := api.Deps{Dossiers: h.files, Procedures: &h.found, Book: h.shelf, Store: store, Push: h.push, Staff: h.staff, Clock: h.clock, Rand: rand.Reader,
		Pages: pages(), Metrics: m, Log: h.log, Demo: h.config.demo, Extras: extras, Branch: h.config.Branch,
		BaseURL: h.config.BaseURL, Origins: h.config.Origins, EnsureDay: h.days.ensure, MakeBranch: h.makeBranch, Host: h.machine,
		DayKeys: h.dayKeys, Speech: clipsIn(h.config.Data).File}
	h.figureDeps(&deps)
	h.openAudit(ctx, background)
	deps.Audit, deps.Versions = h.audit, h.saved
	if deps.Box, err = h.openBox(ctx, background); err != nil {
		return err
	}
	if deps.Media, err = media.Open(filepath.Join(h.config.Data, "media")); err != nil {
		return err
	}
	deps.Own, deps.Product = hallfile.Place{Dir: h.config.Data, Media: deps.Media, Book: h.shelf}, Version
	if deps.Voice, err = voice.Find(h.config.Voice); err != nil {
		return err
	}
	if deps.Languages, err = ownLanguages(h.config.Data, h.log); err != nil {
		return err
	}
	if h.table != nil {
		deps.Table = h.table
	}
	if err := h.openAuthority(); err != nil {
		return err
	}
	if deps.TLS, err = h.tlsConfig(); err != nil {
		return err
	}
	if h.authority != nil {
		deps.Authority = h.authority.Certificate()
	}
	if deps.Neighbours, err = h.config.neighbours(); err != nil {
		return err
	}
	deps.DeviceCerts = h.config.TLSClientCA != ""
	h.keepCertificate(background)
	if h.edge, err = api.New(deps); err != nil {
		return err
	}
	return h.fillSample(background) // last: it takes a processor for some seconds
}

// takeLeases keeps other servers off a shared store, for every branch it holds
// and the one that is about to be made.
func (h *hall) takeLeases(ctx, background context.Context) error {
	if h.opened.leases == nil {
		return nil
	}
	held, err := h.opened.store.Branches(ctx)
	if err != nil {
		return err
	}
	for _, b := range append(held, h.config.Branch) {
		if err := h.opened.leases.Take(ctx, b); err != nil {
			return err
		}
	}
	go func() {
		if err := h.opened.leases.Keep(background); err != nil {
			h.lost <- err
		}
	}()
	return nil
}

func (h *hall) seed(ctx context.Context) error {
	set := queue.ProductionSettings(h.config.Branch)
	if h.config.demo {
		set = queue.DemoSettings()
	}
	return seed(ctx, h.opened.store, set, h.clock.Now())
}

// makeBranch adds a branch while the server runs: its lease first, on a shared store.
func (h *hall) makeBranch(ctx context.Context, set queue.Settings) error {
	if h.opened.leases != nil {
		if err := h.opened.leases.Take(ctx, set.ID); err != nil {
			return err
		}
	}
	return seed(ctx, h.opened.store, set, h.clock.Now())
}

// renew gives the embedded engine fresh memory once a day.
func (h *hall) renew() {
	if e, ok := h.opened.engine.(*embedded.Engine); ok {
		if err := e.Renew(); err != nil {
			h.log.Error("the store's memory was not renewed", "error", err)
		}
	}
}

func pages() map[string]fs.FS {
	sub := func(f fs.FS, dir string) fs.FS {
		part, err := fs.Sub(f, dir)
		if err != nil {
			panic(err) // a constant path of an embedded tree
		}
		return part
	}
	return map[string]fs.FS{
		"web": sub(web.FS, "static"), "phone": sub(web.FS, "phone"), "desk": sub(web.FS, "desk"), "kiosk": kiosk.FS,
		"admin": sub(web.FS, "admin"), "posting": sub(web.FS, "posting"), "sim": simPage(),
		"board": sub(display.FS, "board"), "counter": sub(display.FS, "counter"), "rate": sub(display.FS, "rate"), "lookup": sub(display.FS, "lookup"),
		"screen": sub(display.FS, "screen"), "results": sub(display.FS, "results"),
	}
}

// serve answers on l until the context ends or the store is taken over.
func (h *hall) serve(ctx context.Context, l net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- h.edge.Listen(l) }()
	with, stop := context.WithCancel(ctx)
	defer stop()
	if h.table != nil {
		if err := h.table.start(with, h, "http://"+l.Addr().String()); err != nil {
			return err
		}
	}
	go h.forgetFirst(with)
	starter := manager()
	go h.sayAlive(with, starter, l.Addr().String())
	var err error
	select {
	case <-ctx.Done():
	case err = <-h.lost:
	case err = <-failed:
	}
	if told := starter.Stopping(); told != nil {
		h.log.Error("the service manager was not told", "error", told)
	}
	stop() // the agent first: it is a client of what ends now
	quick, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return errors.Join(err, h.edge.Shutdown(quick))
}

// close ends everything behind the edge; the store last.
func (h *hall) close() {
	if h.stop != nil {
		h.stop()
	}
	if h.push != nil {
		h.push.Feed.Wait()
	}
	h.running.Wait()
	if h.table != nil {
		if err := h.table.close(); err != nil {
			h.log.Error("the virtual devices did not close cleanly", "error", err)
		}
	}
	if h.staff != nil {
		if err := h.staff.Close(); err != nil {
			h.log.Error("staff book did not close cleanly", "error", err)
		}
	}
	if h.box != nil {
		if err := h.box.Close(); err != nil {
			h.log.Error("the suggestion box did not close cleanly", "error", err)
		}
	}
	if h.saved != nil {
		if err := h.saved.Close(); err != nil {
			h.log.Error("the versions of the settings did not close cleanly", "error", err)
		}
	}
	if h.audit != nil {
		if err := h.audit.Close(); err != nil {
			h.log.Error("the audit log did not close cleanly", "error", err)
		}
	}
	if h.shelf != nil {
		if err := h.shelf.Close(); err != nil {
			h.log.Error("the catalogue did not close cleanly", "error", err)
		}
	}
	if err := h.closeFigures(); err != nil {
		h.log.Error("the reports did not close cleanly", "error", err)
	}
	if h.history != nil {
		if err := h.history.Close(); err != nil {
			h.log.Error("the history did not close cleanly", "error", err)
		}
	}
	if h.files != nil {
		if err := h.files.Close(); err != nil {
			h.log.Error("the dossiers did not close cleanly", "error", err)
		}
	}
	h.opened.close()
}
