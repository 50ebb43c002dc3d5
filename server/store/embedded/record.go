package embedded

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
)

// castagnoli has hardware support on the processors we run on.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// record is one journalled call. A record without a script is void: its call
// failed half-way, was undone, and must not be replayed.
type record struct {
	seq  int64
	sha  string
	keys []string
	arg  string
}

var errShort = errors.New("ends too early")

// body packs what a script was called with: the number of keys, each key with
// its length, the rest is the argument.
func (r *record) body() []byte {
	size := len(r.arg) + binary.MaxVarintLen32*(1+len(r.keys))
	for _, k := range r.keys {
		size += len(k)
	}
	b := binary.AppendUvarint(make([]byte, 0, size), uint64(len(r.keys)))
	for _, k := range r.keys {
		b = appendString(b, k)
	}
	return append(b, r.arg...)
}

func (r *record) parseBody(b []byte) error {
	n, b, err := readCount(b)
	if err != nil {
		return err
	}
	r.keys = make([]string, n)
	for i := range r.keys {
		if r.keys[i], b, err = readString(b); err != nil {
			return err
		}
	}
	r.arg = string(b)
	return nil
}

// sum protects a record against changed bits, a swapped script and a wrong place.
func sum(seq int64, sha string, body []byte) int64 {
	var place [8]byte
	binary.BigEndian.PutUint64(place[:], uint64(seq))
	c := crc32.Update(0, castagnoli, place[:])
	c = crc32.Update(c, castagnoli, []byte(sha))
	return int64(crc32.Update(c, castagnoli, body))
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func readString(b []byte) (string, []byte, error) {
	n, b, err := readCount(b)
	if err != nil {
		return "", nil, err
	}
	return string(b[:n]), b[n:], nil
}

// readCount reads a number of things that must still follow in b, each at
// least one byte long; a larger number cannot be true.
func readCount(b []byte) (int, []byte, error) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return 0, nil, errShort
	}
	return int(n), b[size:], nil
}
