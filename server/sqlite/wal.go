package sqlite

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// The write-ahead log's layout, from SQLite's file format document, section 4:
// a header of 32 bytes, then frames of 24 bytes and one page each. A frame's
// checksum covers everything before it and is the seed of the next one's.
const (
	walHeader   = 32
	frameHeader = 24
	walMagic    = 0x377f0682 // its lowest bit set: checksums are big-endian
)

// CheckLog looks for damage in a database's write-ahead log that SQLite itself
// would hide. SQLite takes the first unreadable frame for the torn end of a
// commit that never finished, and drops it with all that follows. That is right
// for the last transaction only, since each is on the disk before the next one
// begins: whole transactions behind the unreadable frame were acknowledged
// once, so losing them is damage and gives an error of kind Corrupt.
//
// Call it before the database is opened. A database without a log is fine.
func CheckLog(path string) error {
	f, err := os.Open(path + "-wal")
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return wrap("check log", err)
	}
	defer f.Close()
	err = checkLog(bufio.NewReaderSize(f, 1<<16))
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil // the file may end anywhere: that is a torn end
	}
	return wrap("check log", err)
}

func checkLog(r io.Reader) error {
	head := make([]byte, walHeader)
	if _, err := io.ReadFull(r, head); err != nil {
		return err
	}
	magic := binary.BigEndian.Uint32(head)
	var order binary.ByteOrder = binary.LittleEndian
	if magic&1 == 1 {
		order = binary.BigEndian
	}
	size := int(binary.BigEndian.Uint32(head[8:]))
	seed := checksum(order, [2]uint32{}, head[:24])
	sound := magic&^1 == walMagic && seed == stored(head[24:]) && size >= 512 && size <= 65536
	frame := make([]byte, frameHeader)
	if !sound {
		if _, err := io.ReadFull(r, frame); err != nil {
			return err
		}
		return &Error{Kind: Corrupt, Op: "check log", Err: errors.New("its header is damaged and transactions stand behind it")}
	}
	scan := logScan{order: order, salt: [8]byte(head[16:24]), seed: seed}
	page := make([]byte, size)
	for {
		if _, err := io.ReadFull(r, frame); err != nil {
			return err
		}
		if _, err := io.ReadFull(r, page); err != nil {
			return err
		}
		if err := scan.next(frame, page); err != nil {
			return err
		}
	}
}

// logScan walks the frames of one generation of the log.
type logScan struct {
	order   binary.ByteOrder
	salt    [8]byte
	seed    [2]uint32
	number  int
	damaged int // the first unreadable frame, 0 while there is none
	allowed int // commits that may follow it: the end of its own transaction
}

// next takes one frame.
func (s *logScan) next(frame, page []byte) error {
	s.number++
	ours := [8]byte(frame[8:16]) == s.salt
	commit := ours && binary.BigEndian.Uint32(frame[4:]) != 0
	seed := checksum(s.order, checksum(s.order, s.seed, frame[:8]), page)
	// Behind a damaged frame, its stored checksum is still the next one's seed.
	s.seed = stored(frame[16:])
	whole := ours && seed == s.seed
	switch {
	case s.damaged == 0 && !whole: // or the older generation begins here
		s.damage(commit)
	case s.damaged > 0 && whole && commit:
		if s.allowed--; s.allowed < 0 {
			return &Error{Kind: Corrupt, Op: "check log", Err: fmt.Errorf(
				"frame %d is damaged, and frame %d ends a whole transaction behind it", s.damaged, s.number)}
		}
	}
	return nil
}

func (s *logScan) damage(commit bool) {
	s.damaged, s.allowed = s.number, 1
	if commit {
		s.allowed = 0
	}
}

func stored(b []byte) [2]uint32 {
	return [2]uint32{binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])}
}

// checksum continues SQLite's log checksum over b, whose length is a multiple of 8.
func checksum(order binary.ByteOrder, seed [2]uint32, b []byte) [2]uint32 {
	s0, s1 := seed[0], seed[1]
	for i := 0; i+8 <= len(b); i += 8 {
		s0 += order.Uint32(b[i:]) + s1
		s1 += order.Uint32(b[i+4:]) + s0
	}
	return [2]uint32{s0, s1}
}
