package scanner

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"hash/maphash"
	"slices"
	"time"
	"unicode/utf8"

	"motcua/firmware-config"
)

// What counts where a profile says nothing.
const (
	longest  = 512
	silence  = 60 * time.Millisecond
	abandon  = time.Second // a code without its end is given up after this
	wakeRest = 50 * time.Millisecond
)

// Splitter makes codes of bytes. It is a pure function of what it is fed: it waits
// for nothing and keeps no code once it gave it away.
type Splitter struct {
	ends    []byte        // bytes that end a code
	silence time.Duration // 0: only a byte ends a code
	repeat  time.Duration
	longest int

	held    []byte
	over    bool // the code at hand is too long: nothing of it counts
	seed    maphash.Seed
	last    uint64 // hash of the last code, not the code
	lastAt  time.Time
	hasLast bool
}

// NewSplitter makes a splitter for a model of scanner. CR and LF end a code
// whatever the profile says, so that a scanner set wrongly still works; TAB does
// only where the profile names it.
func NewSplitter(p *firmware.Scanner) (*Splitter, error) {
	s := &Splitter{ends: []byte("\r\n"), longest: p.Longest, seed: maphash.MakeSeed(),
		silence: time.Duration(p.Silence) * time.Millisecond, repeat: time.Duration(p.Repeat) * time.Millisecond}
	switch p.End {
	case "crlf", "cr", "lf":
	case "tab":
		s.ends = append(s.ends, '\t')
	case "silence", "":
		if s.silence <= 0 {
			s.silence = silence
		}
	default:
		return nil, fmt.Errorf("scanner profile %s: end %q is none of crlf, cr, lf, tab, silence", p.ID, p.End)
	}
	if s.longest <= 0 {
		s.longest = longest
	}
	return s, nil
}

// wakeBytes reads the profile's wake sequence.
func wakeBytes(p *firmware.Scanner) ([]byte, error) {
	b, err := hex.DecodeString(p.Wake)
	if err != nil {
		return nil, fmt.Errorf("scanner profile %s: wake %q is not hex", p.ID, p.Wake)
	}
	return b, nil
}

// Feed takes what came in at a moment and gives the codes that ended in it.
func (s *Splitter) Feed(data []byte, at time.Time) []string {
	var codes []string
	for _, b := range data {
		switch {
		case bytes.IndexByte(s.ends, b) >= 0:
			codes = s.end(codes, at)
		case s.over:
		case len(s.held) == s.longest+padding:
			s.over = true
			s.forget()
		default:
			s.held = append(s.held, b)
		}
	}
	return codes
}

// Wait is how long nothing must come before Silent is to be told; 0 when nothing
// is at hand.
func (s *Splitter) Wait() time.Duration {
	switch {
	case len(s.held) == 0 && !s.over:
		return 0
	case s.silence > 0:
		return s.silence
	}
	return abandon
}

// Silent tells that nothing came for as long as Wait said. That ends a code where
// the profile says so. Elsewhere half a code is dropped: half a number may be the
// number of something else.
func (s *Splitter) Silent(at time.Time) []string {
	if s.silence == 0 {
		s.forget()
		s.over = false
		return nil
	}
	return s.end(nil, at)
}

func (s *Splitter) end(codes []string, at time.Time) []string {
	code, ok := s.clean()
	if ok && !s.repeated(code, at) {
		codes = append(codes, string(code))
	}
	s.forget()
	s.over = false
	return codes
}

// Some scanners put these round a code; within one they are noise.
const (
	frame   = "\x00\x02\x03\t"
	mark    = "\ufeff" // byte order mark
	padding = 8        // how many of them may stand beside the longest code
)

// clean gives the code at hand without its wrapping; false when it is none.
func (s *Splitter) clean() ([]byte, bool) {
	code := bytes.Trim(s.held, frame)
	code = bytes.Trim(bytes.TrimPrefix(code, []byte(mark)), frame)
	if s.over || len(code) == 0 || len(code) > s.longest || !utf8.Valid(code) {
		return nil, false
	}
	if slices.ContainsFunc(code, func(b byte) bool { return b < ' ' || b == 0x7f }) {
		return nil, false
	}
	return code, true
}

// repeated tells a code that is held under the scanner: each time it is seen
// again puts off the moment when it counts anew.
func (s *Splitter) repeated(code []byte, at time.Time) bool {
	sum := maphash.Bytes(s.seed, code)
	again := s.hasLast && sum == s.last && at.Sub(s.lastAt) < s.repeat
	s.last, s.lastAt, s.hasLast = sum, at, true
	return again
}

// forget overwrites what was held: it may have been an identity card.
func (s *Splitter) forget() {
	clear(s.held)
	s.held = s.held[:0]
}
