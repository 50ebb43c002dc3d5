package agent

import (
	"encoding/json"
	"errors"
	"os"
	"sync"

	"motcua/drivers/box"
)

// placeFile is where the agent stands in the server's events. It is on the disk
// only after the jobs those events caused: a killed agent finds again every
// ticket it has not handled.
type placeFile struct {
	mu    sync.Mutex
	box   *box.Box
	at    position
	saved position
}

type position struct {
	Epoch string `json:"epoch"`
	Seq   int64  `json:"seq"`
}

const placeID = "position"

func openPlace(b *box.Box) (*placeFile, error) {
	p := &placeFile{box: b}
	if err := readRecord(b, placeID, &p.at); err != nil {
		return nil, err
	}
	p.saved = p.at
	return p, nil
}

// readRecord leaves v alone when there is no record, or none that can be read:
// the agent then begins with a snapshot, as on its first day.
func readRecord(b *box.Box, id string, v any) error {
	body, err := b.Get(id)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_ = json.Unmarshal(body, v)
	return nil
}

func (p *placeFile) get() position {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at
}

func (p *placeFile) set(at position) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at = at
}

// save writes the position when it has moved. Events that cause nothing may be
// seen twice, so it is not written for each of them.
func (p *placeFile) save() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.at == p.saved {
		return nil
	}
	body, err := json.Marshal(p.at)
	if err != nil {
		return err
	}
	if err := p.box.Put(placeID, body); err != nil {
		return err
	}
	p.saved = p.at
	return nil
}
