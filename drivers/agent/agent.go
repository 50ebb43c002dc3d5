// Package agent is the small program beside the devices of a kiosk or counter PC:
// it carries what is pressed and printed to the server through a durable outbox,
// spools print jobs, tells how the devices are, and is the kiosk's own proxy.
package agent

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/text/unicode/norm"

	"motcua/drivers/box"
	firmware "motcua/firmware-config"
)

// Options is what an agent is made of. Server, Site and Data must be given.
type Options struct {
	Server  string         // http://host:port
	Key     string         // a key from elsewhere; empty: the agent enrols by a pairing code
	Site    *firmware.Site // what stands where
	Data    string         // folder of key, outbox and spool
	Clock   Clock
	Rand    io.Reader
	Log     *slog.Logger
	Trust   *tls.Config  // nil for what the site file says
	Client  *http.Client // must not follow redirects; nil for the usual one
	Notice  io.Writer    // where the pairing code is shown to people
	Elder   int          // years from which an identity card gives the group NCT; 0 is 75
	Version string
}

// Agent is one running agent.
type Agent struct {
	Options
	server  *url.URL
	hall    *hallTime
	keys    *keyring
	outbox  *Outbox
	place   *placeFile
	devices []*device
	signs   *signs
	scans   *scanFeed
	face    *face
	dayKey  atomic.Pointer[[]byte]
	me      atomic.Pointer[Me]
	address atomic.Pointer[string] // of the proxy
	line    lineState
	back    chan struct{} // the server is there again: whoever waits to send tries at once
	enrol   chan struct{} // the key was refused
	makers  makers
	silence time.Duration // without a word from the server the line is dead
	serial  atomic.Int64  // numbers what has no number of its own
	boot    string        // names this run in such numbers
	runs    atomic.Bool   // past its start
}

// usual gives Options what was left out.
func (o *Options) usual() error {
	if o.Site == nil || o.Data == "" {
		return errors.New("agent: site and data folder must be given")
	}
	o.Site = composed(o.Site)
	if o.Clock == nil {
		o.Clock = SystemClock
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Notice == nil {
		o.Notice = io.Discard
	}
	if o.Elder == 0 {
		o.Elder = 75
	}
	if o.Trust == nil {
		var err error
		if o.Trust, err = Trust(o.Site, o.Server); err != nil {
			return err
		}
	}
	if o.Client == nil {
		o.Client = newClient(o.Trust)
	}
	return nil
}

// composed gives a copy of the site whose names are written as the server writes
// them (NFC): some editors take letters and their marks apart, and such a name is
// equal to none.
func composed(was *firmware.Site) *firmware.Site {
	site := *was
	site.Name = norm.NFC.String(site.Name)
	site.Devices = slices.Clone(site.Devices)
	for i, d := range site.Devices {
		prints := slices.Clone(d.Prints)
		for j, name := range prints {
			prints[j] = norm.NFC.String(name)
		}
		site.Devices[i].Prints = prints
	}
	return &site
}

// New opens what the agent keeps in its data folder and makes its drivers; no
// port is opened and nothing is sent yet.
func New(o Options) (*Agent, error) { return newAgent(o, realMakers()) }

func newAgent(o Options, m makers) (*Agent, error) {
	if err := o.usual(); err != nil {
		return nil, err
	}
	server, err := serverURL(o.Server)
	if err != nil {
		return nil, err
	}
	a := &Agent{Options: o, server: server, makers: m, hall: newHallTime(o.Clock), silence: silence,
		scans: newScanFeed(), back: make(chan struct{}, 1), enrol: make(chan struct{}, 1)}
	a.signs = newSigns(a.hall.now)
	if a.boot, err = a.randomWord(6); err != nil {
		return nil, err
	}
	if err := a.open(); err != nil {
		return nil, err
	}
	if err := a.makeDevices(); err != nil {
		return nil, err
	}
	return a, nil
}

func serverURL(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(raw, "/"))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path != "" || u.RawQuery != "" {
		return nil, fmt.Errorf("agent: the server's address is http://host:port, not %q", raw)
	}
	return u, nil
}

// open makes the data folder and reads what a former run left in it.
func (a *Agent) open() (err error) {
	if err := os.MkdirAll(a.Data, 0o700); err != nil {
		return fmt.Errorf("agent: data folder: %w", err)
	}
	if a.keys, err = openKeyring(filepath.Join(a.Data, "key"), a.Key); err != nil {
		return err
	}
	out, err := box.Open(filepath.Join(a.Data, "outbox"))
	if err != nil {
		return err
	}
	if a.outbox, err = OpenOutbox(out, mostRecords, a.Log); err != nil {
		return err
	}
	state, err := box.Open(filepath.Join(a.Data, "state"))
	if err != nil {
		return err
	}
	if a.place, err = openPlace(state); err != nil {
		return err
	}
	a.face, err = openFace(filepath.Join(a.Data, "face"))
	return err
}

// Run works until ctx ends. An error is one that no waiting mends: a data folder
// that another agent uses, an address that cannot be listened on.
func (a *Agent) Run(ctx context.Context) error {
	unlock, err := lock(filepath.Join(a.Data, "lock"))
	if err != nil {
		return err
	}
	defer unlock()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	proxy, err := a.listen(ctx)
	if err != nil {
		return err
	}
	var all sync.WaitGroup
	for _, d := range a.devices {
		all.Go(func() { a.runDevice(ctx, d) })
	}
	all.Go(func() { a.deliver(ctx) })
	all.Go(func() { a.follow(ctx) })
	if proxy != nil {
		all.Go(func() { a.keepFace(ctx) })
		all.Go(func() { proxy.run(ctx) })
	}
	a.runs.Store(true)
	a.Log.Info("agent runs", "server", a.server.Host, "branch", a.branch(), "devices", len(a.devices))
	all.Wait()
	return a.place.save()
}

// branch is the one of the site file, or else the one the key was made for.
func (a *Agent) branch() string {
	if a.Site.Branch != "" {
		return a.Site.Branch
	}
	return a.keys.get().Branch
}

// name is that of the agent's key, "" until the server has told it.
func (a *Agent) name() string {
	if me := a.me.Load(); me != nil {
		return me.Name
	}
	return ""
}

// Me is what the server says of the agent's own key: GET /api/v1/me.
type Me struct {
	Name     string   `json:"name"`
	Role     string   `json:"role"`
	Branch   string   `json:"branch"`
	Counters []string `json:"counters"`
}

// lineState is whether the websocket stands, and when the server was last heard.
type lineState struct {
	mu   sync.Mutex
	up   bool
	last time.Time
	code string // the pairing code people are shown, "" when there is none
}

func (l *lineState) set(up bool, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.up = up
	if up {
		l.last = now
	}
}

func (l *lineState) get() (up bool, last time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.up, l.last
}

func (l *lineState) show(code string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.code = code
}

func (l *lineState) shown() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.code
}
