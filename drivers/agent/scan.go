package agent

import (
	"context"
	"encoding/base64"
	"strings"
	"sync"

	"motcua/drivers/scanner"
	"motcua/server/queue"
)

// Scan is what the kiosk's page hears of a code held under the scanner. It never
// holds what an identity card says.
type Scan struct {
	Kind     string `json:"kind"`               // identity, ticket, code, dossier, foreign, unknown
	Person   string `json:"person,omitempty"`   // identity: hash of the number, 43 characters
	Priority string `json:"priority,omitempty"` // identity: NCT or nothing
	Token    string `json:"token,omitempty"`
	Code     string `json:"code,omitempty"`
}

// elderGroup is the priority group of old people (người cao tuổi).
const elderGroup = "NCT"

// readScan turns a scanned text into what the page may know of it. Of an identity
// card that is the age group and the number's hash under the day key; text and
// date of birth end with this call.
func (a *Agent) readScan(text string) Scan {
	scanned(a, text)
	kind, value := scanner.Parse(text)
	switch kind {
	case scanner.Ticket:
		return Scan{Kind: "ticket", Token: value}
	case scanner.Code:
		return Scan{Kind: "code", Code: value}
	case scanner.Dossier:
		return Scan{Kind: "dossier", Code: value}
	case scanner.Person:
		return a.readCard(text)
	case scanner.Foreign:
		return Scan{Kind: "foreign"}
	}
	return Scan{Kind: "unknown"}
}

func (a *Agent) readCard(text string) Scan {
	card, ok := scanner.ReadIdentity(text)
	if !ok {
		return Scan{Kind: "unknown"}
	}
	s := Scan{Kind: "identity"}
	if key := a.dayKey.Load(); key != nil {
		s.Person = scanner.Hash(*key, card.Number)
	}
	if scanner.Age(card.Born, a.hall.now().In(queue.Zone)) >= a.Elder {
		s.Priority = elderGroup
	}
	return s
}

// fetchDayKey gets the key of today's hashes. It is kept in memory alone.
func (a *Agent) fetchDayKey(ctx context.Context) {
	for failures := 0; ctx.Err() == nil; failures++ {
		var answer struct {
			Key string `json:"key"`
		}
		err := a.get(ctx, a.branchPath("/day-key"), &answer)
		if err == nil {
			if key := dayKeyOf(answer.Key); key != nil {
				a.dayKey.Store(&key)
			}
			return
		}
		if status := statusOf(err); status >= 400 && status < 500 {
			return // a key without that right: cards then give the age group alone
		}
		a.wait(ctx, a.pause(failures), nil)
	}
}

// dayKeyOf reads base64 of either alphabet, with or without its padding; nil when
// it is no key.
func dayKeyOf(text string) []byte {
	text = strings.NewReplacer("+", "-", "/", "_").Replace(strings.TrimRight(text, "="))
	key, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(key) < 32 {
		return nil
	}
	return key
}

// scanFeed hands scans to the pages that listen now. Nothing is kept for later.
type scanFeed struct {
	mu    sync.Mutex
	pages map[chan Scan]struct{}
}

func newScanFeed() *scanFeed { return &scanFeed{pages: map[chan Scan]struct{}{}} }

func (f *scanFeed) listen() (scans <-chan Scan, leave func()) {
	c := make(chan Scan, 1)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pages[c] = struct{}{}
	return c, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.pages, c)
	}
}

// send drops the scan for a page that has not taken the one before.
func (f *scanFeed) send(s Scan) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for c := range f.pages {
		select {
		case c <- s:
		default:
		}
	}
}
