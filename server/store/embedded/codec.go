package embedded

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// snapshotFormat is the first byte of a snapshot.
const snapshotFormat = 1

// maxSnapshot bounds what a damaged snapshot can make us read, in bytes.
const maxSnapshot = 1 << 30

// encodeDump packs a dump: format, then compressed keys.
func encodeDump(all []KeyDump) []byte {
	var out bytes.Buffer
	out.WriteByte(snapshotFormat)
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		panic(err) // only for a level that does not exist
	}
	b := binary.AppendUvarint(nil, uint64(len(all)))
	for i := range all {
		b = appendKey(b, &all[i])
		w.Write(b) // a bytes.Buffer never fails
		b = b[:0]
	}
	w.Write(b)
	w.Close()
	return out.Bytes()
}

func appendKey(b []byte, k *KeyDump) []byte {
	b = appendString(appendString(b, k.Type), k.Key)
	b = appendStrings(b, k.Values)
	b = binary.AppendUvarint(b, uint64(len(k.Members)))
	for _, m := range k.Members {
		b = binary.BigEndian.AppendUint64(appendString(b, m.Name), math.Float64bits(m.Score))
	}
	b = binary.AppendUvarint(b, uint64(len(k.Entries)))
	for _, e := range k.Entries {
		b = appendStrings(appendString(b, e.ID), e.Values)
	}
	return b
}

func appendStrings(b []byte, list []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = appendString(b, s)
	}
	return b
}

// decodeDump unpacks what encodeDump packed.
func decodeDump(body []byte) ([]KeyDump, error) {
	if len(body) == 0 || body[0] != snapshotFormat {
		return nil, errors.New("its format is not known to this program")
	}
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(body[1:])), maxSnapshot))
	if err != nil {
		return nil, err
	}
	d := decoder{b: raw}
	all := make([]KeyDump, d.count())
	for i := range all {
		all[i] = d.key()
	}
	if d.err == nil && len(d.b) > 0 {
		d.err = fmt.Errorf("%d bytes too many", len(d.b))
	}
	return all, d.err
}

// decoder reads until its first error, after which everything is empty.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) count() (n int) {
	if d.err == nil {
		n, d.b, d.err = readCount(d.b)
	}
	return n
}

func (d *decoder) str() (s string) {
	if d.err == nil {
		s, d.b, d.err = readString(d.b)
	}
	return s
}

func (d *decoder) strs() []string {
	n := d.count()
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = d.str()
	}
	return list
}

func (d *decoder) float() float64 {
	if d.err == nil && len(d.b) < 8 {
		d.err = errShort
	}
	if d.err != nil {
		return 0
	}
	bits := binary.BigEndian.Uint64(d.b)
	d.b = d.b[8:]
	return math.Float64frombits(bits)
}

func (d *decoder) key() KeyDump {
	k := KeyDump{Type: d.str(), Key: d.str(), Values: d.strs()}
	if n := d.count(); n > 0 {
		k.Members = make([]Member, n)
		for i := range k.Members {
			k.Members[i] = Member{Name: d.str(), Score: d.float()}
		}
	}
	if n := d.count(); n > 0 {
		k.Entries = make([]Entry, n)
		for i := range k.Entries {
			k.Entries[i] = Entry{ID: d.str(), Values: d.strs()}
		}
	}
	if k.Type == String && len(k.Values) != 1 && d.err == nil {
		d.err = errors.New("a string without a value")
	}
	return k
}
