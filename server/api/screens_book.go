package api

import (
	"slices"
	"sync"
	"time"

	"motcua/server/queue"
	"motcua/server/staff"
)

// How long a screen may be silent. A screen sends a beat every five seconds.
const (
	screenDead  = 30 * time.Second // then the desks and the administrator are told
	voiceLease  = 15 * time.Second // then another one speaks; the page itself falls silent after 14 s
	screenHold  = 10 * time.Second // the longest an answer is held back for news
	blinkFor    = 15 * time.Second
	mostEarlier = 8 // instances of a page that are remembered as replaced
)

// beat is what a screen tells of itself.
type beat struct {
	Instance string   // the page, from its load to its end
	Seen     int64    // version of the orders it has
	Wait     int      // how long it will wait for newer ones, seconds
	Build    string   // of the page
	Page     string   // what it shows: of a kiosk also its look-up
	Width    int      // pixels of the panel
	Height   int      //
	Audio    string   // on, refused, or empty for a screen without a loudspeaker
	Frame    int      // how long ago it drew its last frame, ms
	Spoken   []string // calls it spoke of late
	Bye      bool     // it is being closed or loaded anew
}

// screenRole is a screen's role as its page keeps it.
type screenRole struct {
	Name   string `json:"name"`
	Branch string `json:"branch"`
	staff.Screen
}

// orders answer a beat.
type orders struct {
	Version  int64      `json:"version"`
	Build    string     `json:"build"`
	Role     screenRole `json:"role"`
	Speaks   bool       `json:"speaks"`
	Spoken   []string   `json:"spoken"`             // in its zone, of late
	Blink    int64      `json:"blink"`              // show your name for so long, ms
	Reload   bool       `json:"reload"`             //
	Replaced bool       `json:"replaced,omitempty"` // another page of this screen came later
}

// wall knows how each screen of the hall is. It is in memory alone: whoever is
// alive says so again within seconds.
type wall struct {
	clock queue.Clock
	start time.Time
	build string
	ended chan struct{} // the server stops: nothing is held back

	mu    sync.Mutex
	held  map[string]*screenState // by id of the key
	zones map[string]*zoneVoice   // by branch "/" zone
}

type screenState struct {
	key     staff.Key
	last    beat
	earlier []string // instances before the present one
	seen    time.Time
	gone    bool // it said goodbye
	version int64
	wake    chan struct{} // closed when there are other orders, or another beat
	blink   time.Time
	reload  bool
	noted   queue.DeviceState // what the hall was told
}

func newWall(clock queue.Clock, build string) *wall {
	return &wall{clock: clock, start: clock.Now(), build: build, ended: make(chan struct{}),
		held: map[string]*screenState{}, zones: map[string]*zoneVoice{}}
}

// end lets nobody wait any more.
func (b *wall) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	select {
	case <-b.ended:
	default:
		close(b.ended)
	}
}

// of gives the state of a key's screen. The mutex is held.
func (b *wall) of(k staff.Key) *screenState {
	st := b.held[k.ID]
	if st == nil {
		// Versions of another process must not look like ours.
		st = &screenState{version: b.clock.Now().UnixMilli(), wake: make(chan struct{})}
		b.held[k.ID] = st
	}
	st.key = k
	return st
}

// news makes the screen's present answer old. The mutex is held.
func (st *screenState) news() {
	st.version++
	st.stir()
}

// stir ends what is held back for the screen.
func (st *screenState) stir() {
	close(st.wake)
	st.wake = make(chan struct{})
}

// hear takes a beat and gives the orders, and what is closed when there are others.
func (b *wall) hear(k staff.Key, in beat) (orders, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	st := b.of(k)
	if slices.Contains(st.earlier, in.Instance) {
		return orders{Version: st.version, Build: b.build, Role: roleOf(k), Spoken: []string{}, Replaced: true}, nil
	}
	if in.Instance != st.last.Instance {
		if st.last.Instance != "" {
			st.earlier = append(st.earlier, st.last.Instance)
			st.earlier = st.earlier[max(0, len(st.earlier)-mostEarlier):]
		}
		st.reload = false
	}
	st.stir() // an earlier answer that is still held reaches nobody
	now := b.clock.Now()
	zone := b.zone(k)
	zone.note(in.Spoken, now)
	st.last, st.gone = in, in.Bye
	if !in.Bye {
		st.seen = now
	}
	b.elect(k.Branch, k.Screen.Zone)
	return b.orders(st), st.wake
}

// orders is what the screen is to do now. The mutex is held.
func (b *wall) orders(st *screenState) orders {
	now := b.clock.Now()
	zone := b.zone(st.key)
	o := orders{Version: st.version, Build: b.build, Role: roleOf(st.key), Reload: st.reload,
		Speaks: zone.speaker == st.key.ID, Spoken: zone.recent(now)}
	if now.Before(st.blink) {
		o.Blink = st.blink.Sub(now).Milliseconds()
	}
	return o
}

// now gives the present orders of a screen.
func (b *wall) now(k staff.Key) orders {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.orders(b.of(k))
}

func roleOf(k staff.Key) screenRole { return screenRole{k.Name, k.Branch, k.Screen} }

// assign notes a screen's new role; its page learns it at once.
func (b *wall) assign(k staff.Key) {
	b.mu.Lock()
	defer b.mu.Unlock()
	st := b.of(k)
	st.news()
	for name := range b.zones {
		b.electIn(name)
	}
}

// tell changes what a screen is asked to do.
func (b *wall) tell(k staff.Key, change func(*screenState)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	st := b.of(k)
	change(st)
	st.news()
}

// forget drops a screen whose key was revoked.
func (b *wall) forget(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if st := b.held[id]; st != nil {
		delete(b.held, id)
		st.stir()
		b.elect(st.key.Branch, st.key.Screen.Zone)
	}
}

// The states of a screen.
const (
	screenLive  = "live"
	screenNew   = "starting" // the server has not run long enough to miss it
	screenStill = "dead"
)

// stateOf says how a screen is. The mutex is held.
func (b *wall) stateOf(st *screenState) string {
	now := b.clock.Now()
	switch {
	case !st.seen.IsZero() && now.Sub(st.seen) < screenDead:
		return screenLive
	case st.seen.IsZero() && now.Sub(b.start) < screenDead:
		return screenNew
	}
	return screenStill
}
