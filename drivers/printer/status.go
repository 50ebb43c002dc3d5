package printer

// Kind says what an answer of the printer is.
type Kind int

// What a printer can say.
const (
	RealTime Kind = iota + 1 // one byte, to DLE EOT n; which n is known to who asked
	AutoBack                 // four bytes of automatic status (ASB)
	Plain                    // one byte, to GS r
	Process                  // four characters: the process id of GS ( H, all before it is printed
	Name                     // text, to GS I
	XON
	XOFF
)

// Answer is one thing a printer said. Data is a copy.
type Answer struct {
	Kind Kind
	Data []byte
}

// Heads of longer answers, the type byte of a process id, and the longest name.
const (
	headBlock   = 0x37
	typeProcess = 0x22
	headName    = 0x5F
	xon         = 0x11
	xoff        = 0x13
	longestName = 80
)

// Parser cuts what a printer says into answers. It depends on the bytes alone; the
// bit patterns that tell answers apart are those of the Epson TM-T88III manual,
// appendix G. The zero value is ready.
type Parser struct {
	held  []byte // the beginning of a longer answer
	noisy bool   // since the last silence something came that makes no sense
}

// Feed takes bytes and gives the answers that became complete.
func (p *Parser) Feed(bytes []byte) []Answer {
	var out []Answer
	for _, b := range bytes {
		switch b {
		case xon: // flow control may stand in the middle of anything; no status byte looks like it
			out = append(out, Answer{Kind: XON})
		case xoff:
			out = append(out, Answer{Kind: XOFF})
		default:
			p.held = append(p.held, b)
			out = p.cut(out)
		}
	}
	return out
}

// Silence tells that the line was quiet for longer than a gap inside an answer: what
// is incomplete then stays so.
func (p *Parser) Silence() {
	p.held, p.noisy = p.held[:0], false
}

// cut takes answers off the front of what is held, and skips one byte where none can begin.
func (p *Parser) cut(out []Answer) []Answer {
	for len(p.held) > 0 {
		kind, length, skip, ok := begin(p.held)
		if !ok {
			p.noisy = true
			p.held = drop(p.held, 1)
			continue
		}
		if length == 0 {
			return out // more bytes are needed
		}
		// Bytes 2 to 4 of a damaged ASB look like answers to GS r: believe none after noise.
		if kind != Plain || !p.noisy {
			out = append(out, Answer{kind, append([]byte(nil), p.held[skip:skip+size(kind, length)]...)})
		}
		p.held = drop(p.held, length)
	}
	return out
}

// begin looks at the front of b: which answer it is, how many bytes it has in all
// (0: not yet known) and where its data begins; not ok when no answer begins so.
func begin(b []byte) (kind Kind, length, skip int, ok bool) {
	switch first := b[0]; {
	case first == headBlock:
		length, ok = process(b)
		return Process, length, 2, ok
	case first == headName:
		length, ok = name(b)
		return Name, length, 1, ok
	case first&0x93 == 0x10:
		length, ok = autoBack(b)
		return AutoBack, length, 0, ok
	case first&0x93 == 0x12:
		return RealTime, 1, 0, true
	case first&0x90 == 0:
		return Plain, 1, 0, true
	}
	return 0, 0, 0, false
}

// size is how much of an answer is data.
func size(kind Kind, length int) int {
	switch kind {
	case Process:
		return 4
	case Name:
		return length - 2
	}
	return length
}

// autoBack: bits 4 and 7 of the second to fourth byte are 0.
func autoBack(b []byte) (int, bool) {
	for _, x := range b[1:] {
		if x&0x90 != 0 {
			return 0, false
		}
	}
	if len(b) < 4 {
		return 0, true
	}
	return 4, true
}

// process: 37 22 d1 d2 d3 d4 00, each d from 20 to 7E (TM-T88III manual p. 428).
func process(b []byte) (int, bool) {
	for i, x := range b[1:] {
		switch {
		case i == 0 && x != typeProcess, i > 0 && i < 5 && !printable(x), i == 5 && x != 0:
			return 0, false
		}
	}
	if len(b) < 7 {
		return 0, true
	}
	return 7, true
}

// name: 5F, text, 00.
func name(b []byte) (int, bool) {
	for i, x := range b[1:] {
		switch {
		case x == 0:
			return i + 2, true
		case !printable(x) || i >= longestName:
			return 0, false
		}
	}
	return 0, true
}

func printable(b byte) bool { return b >= 0x20 && b <= 0x7E }

func drop(b []byte, n int) []byte { return b[:copy(b, b[n:])] }
