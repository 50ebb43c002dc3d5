package sim

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"motcua/firmware-config"
)

// Scanner is a code reader: it types what it is given and ends it as its
// profile says.
type Scanner struct {
	id    string
	pr    *firmware.Scanner
	cable *Cable

	mu    sync.Mutex
	watch func()
	count int
	last  string
}

// ScannerState is what a page draws of a scanner.
type ScannerState struct {
	Plugged bool   `json:"plugged"`
	Count   int    `json:"count"` // scans since it was switched on
	Last    string `json:"last"`
}

// NewScanner puts a scanner on a cable, which it owns from then on.
func NewScanner(cable *Cable, id string, profile *firmware.Scanner) (*Scanner, error) {
	if cable == nil || profile == nil {
		return nil, errors.New("sim: a scanner needs a profile and a cable")
	}
	return &Scanner{id: id, pr: profile, cable: cable}, nil
}

// ID is the id of the site file.
func (s *Scanner) ID() string { return s.id }

// Kind is scanner.
func (s *Scanner) Kind() string { return "scanner" }

// Cable is the scanner's line.
func (s *Scanner) Cable() *Cable { return s.cable }

// Close pulls the cable for good.
func (s *Scanner) Close() error { return s.cable.Close() }

// Watch sets what is called when the state changes.
func (s *Scanner) Watch(changed func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watch = changed
}

// State is a ScannerState.
func (s *Scanner) State() any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return ScannerState{Plugged: s.cable.Plugged(), Count: s.count, Last: s.last}
}

// Scan reads a code: its text goes down the line. A pulled cable carries nothing,
// and the scanner beeps all the same.
func (s *Scanner) Scan(text string) error {
	ends := map[string]string{"crlf": "\r\n", "cr": "\r", "lf": "\n", "tab": "\t", "silence": ""}
	end, known := ends[s.pr.End]
	if !known {
		return fmt.Errorf("sim: a scanner that ends with %q", s.pr.End)
	}
	s.mu.Lock()
	s.count++
	s.last = text
	s.mu.Unlock()
	_, err := s.cable.Write([]byte(text + end))
	if errors.Is(err, ErrUnplugged) {
		return nil
	}
	return err
}

// longestScan is more than any code holds.
const longestScan = 4096

// Act knows scan (arg: the text), unplug and plug.
func (s *Scanner) Act(action, arg string) error {
	var err error
	switch action {
	case "scan":
		if strings.TrimSpace(arg) == "" || len(arg) > longestScan {
			return fmt.Errorf("%w: a scan of %d bytes", ErrAction, len(arg))
		}
		err = s.Scan(arg)
	case "unplug":
		s.cable.Unplug()
	case "plug":
		err = s.cable.Plug()
	default:
		return fmt.Errorf("%w: %q of a scanner", ErrAction, action)
	}
	s.mu.Lock()
	watch := s.watch
	s.mu.Unlock()
	if watch != nil {
		watch()
	}
	return err
}
