// Package ff68 is the bytes of a family of call keypads and rating pads that share
// one RS-485 line, 9600 8N1, and speak when a key is pressed.
//
// A frame is FF 68 L L 68 ADDR CMD DATA… SUM 16: L counts ADDR to the end of DATA
// and is sent twice, SUM adds the same bytes up modulo 256 (the frame of IEC
// 870-5-1 FT1.2 behind a leading FF). The computer acknowledges by sending the
// frame back.
package ff68

// Bytes of the frame.
const (
	lead  = 0xFF
	start = 0x68
	stop  = 0x16
	extra = 7 // bytes of a frame that L does not count: FF 68 L L 68, SUM 16
)

// Lengths that L can have: an address and a command at least; the longest known
// frame is the display's, with six digits.
const (
	shortest = 2
	longest  = 16
)

// The commands.
const (
	CmdStart   = 0x01 // to a rating pad: with 0B, begin a rating; with the mark, thanks
	CmdDisplay = 0x02 // to a keypad: six digits
	CmdBeep    = 0x03 // to a keypad
	CmdMark    = 0x11 // from a rating pad
)

// Keys of a call keypad that the driver itself must know; the others are the
// profile's business.
const (
	Blank       = 0x0A // a digit that stays dark
	StartRating = 0x0B // data of CmdStart
)

// Frame is one message.
type Frame struct {
	Addr byte
	Cmd  byte
	Data string // bytes; a string, so that frames can be compared
}

// Bytes is the frame as it goes over the line.
func (f Frame) Bytes() []byte {
	n := byte(2 + len(f.Data))
	b := append(make([]byte, 0, int(n)+extra), lead, start, n, n, start, f.Addr, f.Cmd)
	b = append(b, f.Data...)
	return append(b, sum(b[5:]), stop)
}

// Reply is what acknowledges a frame: the frame itself; for a mark the same with
// CmdStart, which makes the sum smaller by 10 hex.
func (f Frame) Reply() Frame {
	if f.Cmd == CmdMark {
		f.Cmd = CmdStart
	}
	return f
}

// Key is the last byte of the data, 0 and false when there is none.
func (f Frame) Key() (byte, bool) {
	if f.Data == "" {
		return 0, false
	}
	return f.Data[len(f.Data)-1], true
}

func sum(b []byte) (s byte) {
	for _, v := range b {
		s += v
	}
	return s
}

// Find looks for the first whole frame in what the line brought so far. The first
// skip bytes can be forgotten either way: noise, half frames and frames whose sum
// is wrong. Two devices that spoke at once leave such rubbish; both repeat.
func Find(line []byte) (f Frame, skip int, done bool) {
	keep := -1 // where a frame may have begun that is not whole yet
	for at := range line {
		n := size(line[at:])
		switch {
		case n == 0:
		case n > len(line)-at:
			if keep < 0 {
				keep = at
			}
		case intact(line[at : at+n]):
			b := line[at+5 : at+n-2]
			return Frame{Addr: b[0], Cmd: b[1], Data: string(b[2:])}, at + n, true
		}
	}
	if keep < 0 {
		keep = len(line)
	}
	return Frame{}, keep, false
}

// size is how long the frame is that begins with b, 0 when none can. What has not
// come yet is taken to be right.
func size(b []byte) int {
	is := func(i int, want byte) bool { return len(b) <= i || b[i] == want }
	if !is(0, lead) || !is(1, start) || !is(4, start) {
		return 0
	}
	if len(b) < 3 {
		return shortest + extra
	}
	if b[2] < shortest || b[2] > longest || !is(3, b[2]) {
		return 0
	}
	return int(b[2]) + extra
}

func intact(b []byte) bool {
	n := len(b)
	return b[n-1] == stop && sumFits(b[n-2], b[5:n-2])
}
