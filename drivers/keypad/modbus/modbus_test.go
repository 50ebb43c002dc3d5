package modbus

import (
	"bytes"
	"encoding/hex"
	"errors"
	"slices"
	"testing"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The frames of the specification's own examples (V1.1b3 chapter 6), with the CRC
// another implementation computed, and the exchange of our keypads.
func TestRequestBytes(t *testing.T) {
	cases := []struct {
		r    Request
		want string // without CRC
	}{
		{Request{Unit: 0x11, Function: ReadHolding, From: 0x6B, Count: 3}, "1103006b0003"},
		{Request{Unit: 1, Function: ReadInput, From: 8, Count: 1}, "010400080001"},
		{Request{Unit: 1, Function: WriteOne, To: 1, Values: []uint16{3}}, "010600010003"},
		{Request{Unit: 1, Function: WriteMany, To: 1, Values: []uint16{0x0A, 0x0102}}, "01100001000204000a0102"},
		{Request{Unit: 4, Function: ReadWrite, From: 16, Count: 11, To: 0, Values: []uint16{7}}, "04170010000b00000001020007"},
		{Request{Unit: 1, Function: Identify, Code: 1}, "012b0e0100"},
	}
	for _, c := range cases {
		got := c.r.Bytes()
		if !Whole(got) || !bytes.Equal(got[:len(got)-2], unhex(t, c.want)) {
			t.Errorf("%+v: %x, want %s and a CRC", c.r, got, c.want)
		}
	}
	// Known from the serial line guide: 02 07 has the CRC 41 12.
	if got := Sealed([]byte{2, 7}); !bytes.Equal(got, []byte{2, 7, 0x41, 0x12}) {
		t.Errorf("CRC of 02 07: % x", got)
	}
}

func answerTo(body string) []byte {
	b, _ := hex.DecodeString(body)
	return Sealed(b)
}

func TestFind(t *testing.T) {
	read := Request{Unit: 4, Function: ReadWrite, From: 16, Count: 2, To: 0, Values: []uint16{1}}
	good := answerTo("04170400010002")
	write := Request{Unit: 4, Function: WriteMany, To: 32, Values: []uint16{1, 2}}
	late := answerTo("0417020009")
	cases := map[string]struct {
		r    Request
		line []byte
		done bool
		want []uint16
	}{
		"clean":                       {read, good, true, []uint16{1, 2}},
		"after noise":                 {read, slices.Concat([]byte{0xFF, 0x04, 0x00}, good), true, []uint16{1, 2}},
		"after half an answer":        {read, slices.Concat(good[:5], good), true, []uint16{1, 2}},
		"after the question's echo":   {read, slices.Concat(read.Bytes(), good), true, []uint16{1, 2}},
		"after a late, shorter one":   {read, slices.Concat(late, good), true, []uint16{1, 2}},
		"after another unit's":        {read, slices.Concat(answerTo("05170400030004"), good), true, []uint16{1, 2}},
		"half":                        {read, good[:7], false, nil},
		"of another unit":             {read, answerTo("05170400030004"), false, nil},
		"of another function":         {read, answerTo("04030400030004"), false, nil},
		"of another length":           {read, answerTo("0417060003000400ff"), false, nil},
		"with a wrong CRC":            {read, append(bytes.Clone(good[:8]), good[8]^1), false, nil},
		"only the question's echo":    {write, write.Bytes(), false, nil},
		"written":                     {write, answerTo("041000200002"), true, nil},
		"written, the echo before it": {write, slices.Concat(write.Bytes(), answerTo("041000200002")), true, nil},
		"written elsewhere":           {write, answerTo("041000210002"), false, nil},
		"nothing":                     {read, nil, false, nil},
	}
	for name, c := range cases {
		a, skip, done, err := c.r.Find(c.line)
		if done != c.done || err != nil || !slices.Equal(a.Registers, c.want) {
			t.Errorf("%s: %v, done %v, %v", name, a.Registers, done, err)
		}
		if done && skip != len(c.line) {
			t.Errorf("%s: %d of %d bytes used", name, skip, len(c.line))
		}
	}
}

// An answer that comes byte by byte is found when its last byte is there, whatever
// was forgotten before.
func TestFindByteByByte(t *testing.T) {
	r := Request{Unit: 4, Function: ReadHolding, From: 0, Count: 3}
	line := slices.Concat([]byte{0x04, 0x03, 0x06, 0x00}, []byte{0x04}, answerTo("0403060001020304ff"))
	var buf []byte
	for i, b := range line {
		buf = append(buf, b)
		a, skip, done, _ := r.Find(buf)
		if done != (i == len(line)-1) {
			t.Fatalf("byte %d of %d: done %v", i+1, len(line), done)
		}
		if done && !slices.Equal(a.Registers, []uint16{1, 0x0203, 0x04FF}) {
			t.Fatalf("read %x", a.Registers)
		}
		buf = buf[skip:]
	}
}

func TestFindException(t *testing.T) {
	r := Request{Unit: 1, Function: ReadHolding, From: 999, Count: 1}
	_, _, done, err := r.Find(answerTo("018302"))
	if !done || !errors.Is(err, IllegalAddress) {
		t.Errorf("done %v, %v", done, err)
	}
}

func TestFindIdentity(t *testing.T) {
	r := Request{Unit: 1, Function: Identify, Code: 1}
	line := answerTo("012b0e01010000020003414243" + "01024d43")
	a, _, done, err := r.Find(line)
	if !done || err != nil || a.Objects[0] != "ABC" || a.Objects[1] != "MC" {
		t.Errorf("%q, done %v, %v", a.Objects, done, err)
	}
}

// FuzzModbus: whatever comes before an answer, it is found; whatever comes, nothing
// breaks, and no byte is forgotten that is not there.
func FuzzModbus(f *testing.F) {
	f.Add([]byte{4, 0x17, 4, 0, 1}, byte(4), byte(0x17), byte(2), uint16(7))
	f.Add([]byte("\x01\x83\x02\xc0\xf1"), byte(1), byte(3), byte(1), uint16(0))
	f.Add([]byte("\x01\x2b\x0e\x01\x01\x00\x00\x03\x00\xff"), byte(1), byte(0x2B), byte(1), uint16(1))
	f.Add([]byte{}, byte(1), byte(0x10), byte(9), uint16(32))
	f.Fuzz(func(t *testing.T, noise []byte, unit, function, count byte, value uint16) {
		r := Request{Unit: unit, Function: Function(function), From: value, Count: uint16(count), To: value,
			Values: make([]uint16, count%MaxWrite), Code: 1}
		_, skip, done, _ := r.Find(noise)
		if skip < 0 || skip > len(noise) {
			t.Fatalf("skips %d of %d bytes", skip, len(noise))
		}
		if done || (r.Function != ReadHolding && r.Function != ReadInput && r.Function != ReadWrite) || count < 1 || count > MaxRead {
			return
		}
		body := []byte{unit, function, 2 * count}
		for range count {
			body = words(body, value)
		}
		line := append(bytes.Clone(noise[skip:]), Sealed(body)...)
		a, _, done, err := r.Find(line)
		if !done {
			t.Fatalf("an answer behind %x is not found", noise)
		}
		if err == nil && len(a.Registers) != int(count) {
			t.Fatalf("%d registers, want %d", len(a.Registers), count)
		}
	})
}
