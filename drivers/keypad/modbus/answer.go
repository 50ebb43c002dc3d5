package modbus

import "encoding/binary"

// Find looks for the answer to r in what the line brought so far: noise, answers
// of other units, late answers to other questions and an adapter's echo of the
// question are passed over.
//
// It gives the answer, or the unit's refusal as an Exception; done is false while
// neither is there. The first skip bytes can be forgotten either way.
func (r Request) Find(line []byte) (a Answer, skip int, done bool, err error) {
	for at := range line {
		n := r.size(line[at:])
		switch {
		case n == 0: // cannot begin here
			continue
		case n > len(line)-at:
			// It may begin here and end later; but noise looks like this too, so
			// the rest is searched as well and kept as long as nothing is found.
			if a, more, ok, err := r.after(line[at+1:]); ok {
				return a, at + 1 + more, true, err
			}
			return Answer{}, at, false, nil
		}
		if frame := line[at : at+n]; Whole(frame) {
			a, err := r.read(frame[:n-2])
			return a, at + n, true, err
		}
	}
	return Answer{}, len(line), false, nil
}

// after is Find without patience: only an answer that is there in whole counts.
func (r Request) after(line []byte) (Answer, int, bool, error) {
	for at := range line {
		n := r.size(line[at:])
		if n == 0 || n > len(line)-at || !Whole(line[at:at+n]) {
			continue
		}
		a, err := r.read(line[at : at+n-2])
		return a, at + n, true, err
	}
	return Answer{}, 0, false, nil
}

// size is how long the answer is that begins with b, 0 when none can. What has
// not come yet is taken to be right.
func (r Request) size(b []byte) int {
	is := func(i int, want byte) bool { return len(b) <= i || b[i] == want }
	if !is(0, r.Unit) {
		return 0
	}
	if len(b) > 1 && b[1] == byte(r.Function)|refused {
		return 5
	}
	if !is(1, byte(r.Function)) {
		return 0
	}
	switch r.Function {
	case ReadHolding, ReadInput, ReadWrite:
		if r.Count == 0 || r.Count > MaxRead || !is(2, byte(2*r.Count)) {
			return 0
		}
		return 5 + 2*int(r.Count)
	case WriteOne:
		return r.echoes(b, r.To, r.first())
	case WriteMany:
		return r.echoes(b, r.To, uint16(len(r.Values)))
	case Identify:
		if !is(2, identifyKind) || !is(3, r.Code) {
			return 0
		}
		return objectsEnd(b) + 2
	}
	return 0
}

// echoes is the size of an answer that repeats two words of the question.
func (r Request) echoes(b []byte, first, second uint16) int {
	want := words(nil, first, second)
	for i, w := range want {
		if len(b) > 2+i && b[2+i] != w {
			return 0
		}
	}
	return 8
}

// objectsEnd walks unit, function, kind, code, conformity, more, next, number of
// objects, and then number, length and text of each object.
func objectsEnd(b []byte) int {
	end := 8
	if len(b) < end {
		return end
	}
	for range b[7] {
		end += 2
		if len(b) < end {
			return end
		}
		end += int(b[end-1])
	}
	return min(end, MaxFrame)
}

// read takes what a frame without its CRC says.
func (r Request) read(b []byte) (Answer, error) {
	if b[1]&refused != 0 {
		return Answer{}, Exception(b[2])
	}
	switch r.Function {
	case ReadHolding, ReadInput, ReadWrite:
		a := Answer{Registers: make([]uint16, r.Count)}
		for i := range a.Registers {
			a.Registers[i] = binary.BigEndian.Uint16(b[3+2*i:])
		}
		return a, nil
	case Identify:
		return Answer{Objects: objects(b)}, nil
	}
	return Answer{}, nil
}

func objects(b []byte) map[byte]string {
	all := map[byte]string{}
	for rest := b[8:]; len(rest) >= 2; {
		n := int(rest[1])
		if len(rest) < 2+n {
			break
		}
		all[rest[0]] = string(rest[2 : 2+n])
		rest = rest[2+n:]
	}
	return all
}
