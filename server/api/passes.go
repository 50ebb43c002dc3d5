package api

import (
	"crypto/sha256"
	"slices"
	"sync"
	"time"

	"motcua/server/queue"
)

// A pass is a permission to do one thing by phone, to book or to put a suggestion
// into the box: a screen of the hall shows it as a QR code, and who scans it
// stands before that screen. Passes live in memory
// alone; a restart forgets them and people ask for another.

// passLife is how long a pass is good. One that has booked shows what it booked until that day ends.
const passLife = 15 * time.Minute

// mostPasses bounds the passes of a branch; the oldest goes first.
const mostPasses = 1000

// pass is what is known of one.
type pass struct {
	branch string
	what   purpose
	by     string    // who gave it out
	until  time.Time // when it is forgotten
	// What it booked, and the request that did so.
	booking *booked
	request string
	print   string
	told    bool // its suggestion is in the box
}

// purpose is what a pass is good for.
type purpose string

const (
	forBooking    purpose = "booking"
	forSuggestion purpose = "suggestion"
)

// passID is the digest of a pass. Looked up by it, the time a lookup takes tells
// nothing of the passes there are.
type passID [sha256.Size]byte

func idOfPass(secret string) passID { return sha256.Sum256([]byte(secret)) }

// passes keeps every branch's.
type passes struct {
	clock  queue.Clock
	mu     sync.Mutex
	byID   map[passID]*pass
	oldest map[string][]passID // by branch, oldest first
}

func newPasses(clock queue.Clock) *passes {
	return &passes{clock: clock, byID: map[passID]*pass{}, oldest: map[string][]passID{}}
}

// add keeps a new pass and gives the moment until which it is good.
func (p *passes) add(secret, branch, by string, what purpose) time.Time {
	now := p.clock.Now()
	until := now.Add(passLife)
	id := idOfPass(secret)
	p.mu.Lock()
	defer p.mu.Unlock()
	list := slices.DeleteFunc(p.oldest[branch], func(old passID) bool {
		over := !now.Before(p.byID[old].until)
		if over {
			delete(p.byID, old)
		}
		return over
	})
	if len(list) >= mostPasses {
		delete(p.byID, list[0])
		list = slices.Delete(list, 0, 1)
	}
	p.byID[id] = &pass{branch: branch, what: what, by: by, until: until}
	p.oldest[branch] = append(list, id)
	return until
}

// find gives a copy of a pass that is not over.
func (p *passes) find(secret string) (pass, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	found := p.byID[idOfPass(secret)]
	if found == nil || !p.clock.Now().Before(found.until) {
		return pass{}, false
	}
	return *found, true
}

// used notes what a pass has booked. From now on it only shows it.
func (p *passes) used(secret string, b booked, request, print string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if found := p.byID[idOfPass(secret)]; found != nil {
		found.booking, found.request, found.print = &b, request, print
		found.until = b.Day.Add(1).Start()
	}
}

// toldBy notes the request that put a pass's suggestion into the box.
func (p *passes) toldBy(secret, request string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if found := p.byID[idOfPass(secret)]; found != nil {
		found.told, found.request = true, request
	}
}
