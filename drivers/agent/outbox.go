package agent

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"sync"

	"motcua/drivers/box"
	"motcua/server/wire"
)

// mostRecords bounds the outbox: a day of presses of a large hall, some megabytes.
const mostRecords = 10_000

// ErrFull refuses a press that the outbox has no room for: it is not
// acknowledged, so the keypad keeps it.
var ErrFull = errors.New("agent: the outbox is full")

// Kinds of records; a record's id ends in its kind.
const (
	kindPress  = "press"
	kindPrint  = "print"
	kindDevice = "device"
)

// record is one file of the outbox.
type record struct {
	Key    string      `json:"key"` // Idempotency-Key: the same whatever happens in between
	Report wire.Report `json:"report"`
}

// Outbox keeps what the server must hear, in order, until it has heard it.
type Outbox struct {
	mu   sync.Mutex
	box  *box.Box
	most int
	last int64             // number of the newest id ever given
	ids  []string          // in order
	keys map[string]string // id -> idempotency key
	has  map[string]bool   // idempotency keys inside
	held map[string]string // device -> id of its health record
	news chan struct{}
}

// OpenOutbox reads what a former run left. A record that cannot be read is
// removed and said in the log: it would keep all others waiting for ever.
func OpenOutbox(b *box.Box, most int, log *slog.Logger) (*Outbox, error) {
	o := &Outbox{box: b, most: most, keys: map[string]string{}, has: map[string]bool{}, held: map[string]string{},
		news: make(chan struct{}, 1)}
	ids, err := b.List()
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		r, err := o.read(id)
		if err != nil {
			log.Error("a record of the outbox cannot be read and is removed", "record", id, "error", err)
			if err := b.Remove(id); err != nil {
				return nil, err
			}
			continue
		}
		o.last = max(o.last, numberOf(id))
		o.note(id, r)
	}
	nudge(o.news)
	return o, nil
}

func numberOf(id string) int64 {
	n, _, _ := strings.Cut(id, "-")
	number, _ := strconv.ParseInt(n, 10, 64)
	return number
}

func kindOf(id string) string {
	_, kind, _ := strings.Cut(id, "-")
	return kind
}

// note remembers a record that is on the disk.
func (o *Outbox) note(id string, r record) {
	o.ids = append(o.ids, id)
	o.keys[id] = r.Key
	o.has[r.Key] = true
	if r.Report.Device != nil {
		o.held[r.Report.Device.ID] = id
	}
}

// Put stores a report for good before it returns nil. One whose key is inside
// already is that one: nothing is done. Of a device's health only the newest is kept.
func (o *Outbox) Put(key string, report wire.Report) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.has[key] {
		return nil
	}
	kind := kindOfReport(report)
	if err := o.room(kind); err != nil {
		return err
	}
	r := record{Key: key, Report: report}
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	id := fmt.Sprintf("%020d-%s", o.last+1, kind)
	if err := o.box.Put(id, body); err != nil {
		return err
	}
	o.last++
	old := ""
	if report.Device != nil {
		old = o.held[report.Device.ID]
	}
	o.note(id, r)
	nudge(o.news)
	if old != "" {
		return o.forget(old)
	}
	return nil
}

func kindOfReport(r wire.Report) string {
	switch {
	case r.Press != nil:
		return kindPress
	case r.Print != nil:
		return kindPrint
	}
	return kindDevice
}

// room refuses what a full outbox cannot take. Health gives way first: it is told
// anew at the next connection. Results of prints are always taken: without the
// server no print begins, so they cannot pile up.
func (o *Outbox) room(kind string) error {
	if len(o.ids) < o.most || kind == kindPrint {
		return nil
	}
	i := slices.IndexFunc(o.ids, func(id string) bool { return kindOf(id) == kindDevice })
	if kind == kindPress && i >= 0 {
		return o.forget(o.ids[i])
	}
	return ErrFull
}

// First gives the oldest record, false when there is none.
func (o *Outbox) First() (id string, r record, ok bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.ids) > 0 {
		id = o.ids[0]
		r, err := o.read(id)
		if err == nil {
			return id, r, true
		}
		// Its file was taken away or damaged while we run: the others must not wait.
		if o.forget(id) != nil {
			return "", record{}, false
		}
	}
	return "", record{}, false
}

func (o *Outbox) read(id string) (r record, err error) {
	body, err := o.box.Get(id)
	if err == nil {
		err = json.Unmarshal(body, &r)
	}
	if err == nil && r.Key == "" {
		err = errors.New("no key")
	}
	return r, err
}

// Remove forgets a record that the server has heard, or will never take.
func (o *Outbox) Remove(id string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.forget(id)
}

func (o *Outbox) forget(id string) error {
	if err := o.box.Remove(id); err != nil {
		return err
	}
	key := o.keys[id]
	delete(o.keys, id)
	delete(o.has, key)
	for device, held := range o.held {
		if held == id {
			delete(o.held, device)
		}
	}
	if i := slices.Index(o.ids, id); i >= 0 {
		o.ids = slices.Delete(o.ids, i, i+1)
	}
	return nil
}

// Len counts the records inside.
func (o *Outbox) Len() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.ids)
}
