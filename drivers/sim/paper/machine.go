// Package paper is an ESC/POS printer's understanding without the printer: it
// takes the bytes of a ticket in pieces of any size and redraws the paper dot for
// dot. It shares no code with the encoder, so that it can judge it.
//
// The commands follow the manuals of Epson's TM-T88III, TM-T81 and TM-L90; where
// cheap printers differ, Options say so.
package paper

import (
	"fmt"
	"image"
)

// Kinds of answers.
const (
	AnswerStatus   = "gs_r"    // GS r, in the order of the bytes
	AnswerID       = "gs_h"    // GS ( H, the process id
	AnswerName     = "gs_i"    // GS I
	AnswerRealTime = "dle_eot" // DLE EOT, only with Options.RealTime
)

// Options of a machine. The functions are called from within Write.
type Options struct {
	Dots         int     // printable dots a line
	DPI          int     // dots an inch; sets the line spacing of ESC 2
	Gap          int     // dots between head and cutter; 0 cuts at the head
	Lower, Upper int     // numbers of the TCVN-3 code pages; 0 means 30 and 31
	Chinese      bool    // bytes from 0x80 on are Chinese, two by two, until FS .
	NV           *Memory // pictures that outlive a power cut; nil for an empty one
	Name         string  // what GS I 67 says
	RealTime     bool    // answer DLE EOT here too, where no printer is around it that does

	Answer func(kind string, bytes []byte)
	Status func(n byte) byte // the byte of GS r n and DLE EOT n; nil means all is well
	ASB    func(n byte)      // GS a n was received
	Cut    func(*Page)
}

// Page is a finished ticket, or what is printed of one that is not.
type Page struct {
	Image   *image.Gray // 0 black, 255 white; as wide as the line
	Raw     []byte      // the bytes since the last cut, at most a megabyte of them
	Texts   []string    // lines printed by the printer's own letters, in NFC
	QR      []string    // contents of the symbols drawn by the printer itself
	Full    bool        // cut through; partially otherwise
	Clipped int         // black dots lost beyond the right edge
	Wrapped int         // lines of text broken because they did not fit
	Errors  []Error     // at most 100
}

// Error is something a printer would have stumbled over.
type Error struct {
	At   int // which byte since New
	What string
}

func (e Error) Error() string { return fmt.Sprintf("byte %d: %s", e.At, e.What) }

const (
	maxRows   = 16_000    // two metres of paper: longer is a runaway
	maxRaw    = 1_000_000 // bytes kept of one ticket
	maxErrors = 100
)

// Machine reads bytes and draws. It is used from one goroutine.
type Machine struct {
	o     Options
	mode  mode
	line  line
	page  Page
	pix   []byte // rows of o.Dots each
	at    int    // bytes read
	moved int    // dots of paper moved since New
	code  qrCode
	store *picture // GS ( L fn 112, waiting for fn 50

	// Of the command being read.
	prefix []byte
	cmd    *command
	args   []byte
	want   int
	sink   func(b byte) (more bool) // takes the data of a raster row by row
	pair   bool                     // the second byte of a Chinese letter comes next
}

// New gives a machine that was just switched on.
func New(o Options) *Machine {
	if o.Dots <= 0 {
		o.Dots = 576
	}
	if o.DPI <= 0 {
		o.DPI = 203
	}
	if o.Lower == 0 {
		o.Lower = 30
	}
	if o.Upper == 0 {
		o.Upper = 31
	}
	if o.NV == nil {
		o.NV = NewMemory()
	}
	m := &Machine{o: o}
	m.feed(o.Gap)
	m.moved = 0
	m.init()
	return m
}

// Write takes bytes. It never fails; what it does not understand is an Error of the page.
func (m *Machine) Write(p []byte) (int, error) {
	for _, b := range p {
		if len(m.page.Raw) < maxRaw {
			m.page.Raw = append(m.page.Raw, b)
		}
		m.step(b)
		m.at++
	}
	return len(p), nil
}

// Moved is how many rows of paper have passed the head since New, for pacing.
func (m *Machine) Moved() int { return m.moved }

// Rows is how many rows are on the paper since the last cut.
func (m *Machine) Rows() int { return len(m.pix) / m.o.Dots }

// Page draws what is on the paper since the last cut.
func (m *Machine) Page() *image.Gray { return m.picture(m.Rows()) }

// Current is Page with all that is known of it.
func (m *Machine) Current() *Page { return m.take(m.Rows()) }

// Idle tells whether nothing is half read and nothing waits to be printed.
func (m *Machine) Idle() bool {
	return m.sink == nil && m.cmd == nil && len(m.prefix) == 0 && m.line.width == 0
}

// Restart is switching it off and on: half a command, half a line and all
// settings are gone, the paper and the stored pictures are not.
func (m *Machine) Restart() {
	m.prefix, m.cmd, m.args, m.sink, m.pair = nil, nil, nil, nil, false
	m.init()
}

func (m *Machine) step(b byte) {
	switch {
	case m.sink != nil:
		if !m.sink(b) {
			m.sink = nil
		}
	case m.cmd != nil:
		m.args = append(m.args, b)
		m.run()
	case len(m.prefix) > 0:
		m.begin([2]byte{m.prefix[0], b})
	case m.pair:
		m.pair = false
		m.glyph(hanBox(), "□")
	case b == dle || b == esc || b == fs || b == gs:
		m.prefix = append(m.prefix[:0], b)
	case b < 0x20:
		m.control(b)
	case m.mode.chinese && b >= 0x80:
		m.pair = true
	default:
		m.letter(b)
	}
}

// begin looks a command up by its two first bytes.
func (m *Machine) begin(name [2]byte) {
	m.prefix = m.prefix[:0]
	cmd, known := commands[name]
	if !known {
		m.fail("unknown command %02x %02x", name[0], name[1])
		return
	}
	m.cmd, m.args, m.want = &cmd, m.args[:0], cmd.fixed
	m.run()
}

// run executes the command once its arguments are complete. Long commands say
// step by step how many they want.
func (m *Machine) run() {
	for len(m.args) == m.want {
		if more := m.cmd.more; more != nil {
			if want := more(m.args); want > m.want {
				m.want = want
				continue
			}
		}
		cmd, args := m.cmd, m.args
		m.cmd = nil
		if cmd.run != nil {
			cmd.run(m, args)
		}
		return
	}
}

func (m *Machine) control(b byte) {
	switch b {
	case '\n':
		m.newLine()
	case '\t':
		m.tab()
	case '\r', 0: // CR does nothing on a serial line unless set by a switch; NUL is padding
	case 0x18: // CAN belongs to page mode
	case 0x11, 0x13: // XON and XOFF of a careless line
	default:
		m.fail("unknown byte %02x", b)
	}
}

func (m *Machine) answer(kind string, b ...byte) {
	if m.o.Answer != nil {
		m.o.Answer(kind, b)
	}
}

func (m *Machine) status(n byte) byte {
	if m.o.Status == nil {
		return 0
	}
	return m.o.Status(n)
}

func (m *Machine) fail(format string, args ...any) {
	if len(m.page.Errors) < maxErrors {
		m.page.Errors = append(m.page.Errors, Error{At: m.at, What: fmt.Sprintf(format, args...)})
	}
}
