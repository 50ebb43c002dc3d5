package sim

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	firmware "motcua/firmware-config"
)

// PanelOptions describe a line with panels and nothing else on it.
type PanelOptions struct {
	ID      string
	Cable   *Cable
	Profile *firmware.Panel
	Units   []firmware.Unit
	Baud    int
	Clock   Clock
	Seed    uint64
}

// NewPanels starts a line of panels. Its actions are those of Keypads; panels
// that take text know plug and unplug only.
func NewPanels(o PanelOptions) (Device, error) {
	if o.Profile.Protocol == "ascii" {
		return newSigns(o), nil
	}
	return NewKeypads(KeypadOptions{ID: o.ID, Cable: o.Cable, Units: o.Units, Baud: o.Baud, Clock: o.Clock, Seed: o.Seed,
		Profile: &firmware.Keypad{Head: o.Profile.Head, Protocol: o.Profile.Protocol, Digits: o.Profile.Digits}})
}

// Signs are panels that take lines of text: two digits of address, B or S where
// the panel blinks by itself, the text, a carriage return.
type Signs struct {
	o  PanelOptions
	wg sync.WaitGroup

	mu      sync.Mutex
	shows   map[int]PadState
	changed func()
}

func newSigns(o PanelOptions) *Signs {
	s := &Signs{o: o, shows: map[int]PadState{}}
	for _, u := range o.Units {
		s.shows[u.Address] = PadState{Address: u.Address, Counter: u.Counter, Role: u.Role, On: true,
			Lamps: []string{}, Display: strings.Repeat(" ", o.Profile.Digits)}
	}
	s.wg.Go(s.listen)
	return s
}

// ID is the device's id in its site file.
func (s *Signs) ID() string { return s.o.ID }

// Kind is panel.
func (s *Signs) Kind() string { return "panel" }

// Cable is the line.
func (s *Signs) Cable() *Cable { return s.o.Cable }

// Close ends the panels and their cable.
func (s *Signs) Close() error {
	err := s.o.Cable.Close()
	s.wg.Wait()
	return err
}

// Watch sets what is called when State is another.
func (s *Signs) Watch(changed func()) {
	s.mu.Lock()
	s.changed = changed
	s.mu.Unlock()
}

// Act plugs and unplugs.
func (s *Signs) Act(action, _ string) error {
	switch action {
	case "plug":
		return s.o.Cable.Plug()
	case "unplug":
		s.o.Cable.Unplug()
		return nil
	}
	return fmt.Errorf("%w: %q", ErrAction, action)
}

// State is a BusState.
func (s *Signs) State() any {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := BusState{Protocol: "ascii", Plugged: s.o.Cable.Plugged()}
	for _, u := range s.o.Units {
		b.Units = append(b.Units, s.shows[u.Address])
	}
	return b
}

// longestLine is more than any panel shows; the rest of a longer line is lost.
const longestLine = 64

func (s *Signs) listen() {
	var line []byte
	piece := make([]byte, 256)
	for {
		n, err := s.o.Cable.Read(piece)
		if err != nil {
			return
		}
		for _, c := range piece[:n] {
			switch {
			case c == '\r':
				s.take(string(line))
				line = line[:0]
			case len(line) < longestLine:
				line = append(line, c)
			}
		}
	}
}

// take shows a line on the panel that is meant.
func (s *Signs) take(line string) {
	if len(line) < 2 {
		return
	}
	address, err := strconv.Atoi(line[:2])
	text, blink := line[2:], false
	if s.o.Profile.Blink && text != "" {
		text, blink = text[1:], text[0] == 'B'
	}
	s.mu.Lock()
	p, known := s.shows[address]
	if err != nil || !known || len(text) > s.o.Profile.Digits {
		s.mu.Unlock()
		return
	}
	p.Display, p.Blink = text, blink
	s.shows[address] = p
	changed := s.changed
	s.mu.Unlock()
	if changed != nil {
		changed()
	}
}
