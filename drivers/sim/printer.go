package sim

import (
	"context"
	"errors"
	"sync"
	"time"

	"motcua/drivers/sim/paper"
	"motcua/firmware-config"
)

// PrinterOptions say which printer stands there and how fast its time runs.
type PrinterOptions struct {
	ID      string
	Profile *firmware.Printer
	Baud    int    // 0 is the profile's first
	Flow    string // empty is the profile's
	Clock   Clock  // nil is Faster(1)
}

// Printer is a ticket printer on a cable. It takes bytes no faster than its line
// carries them, holds no more than its buffer holds, prints no faster than its
// motor turns, and can be out of paper, open, jammed, deaf or dumb.
type Printer struct {
	id    string
	pr    *firmware.Printer
	baud  int
	flow  string
	clock Clock
	cable *Cable
	ctx   context.Context
	stop  context.CancelFunc
	done  sync.WaitGroup

	mu      sync.Mutex
	began   time.Time  // when the first bytes of this ticket came
	moved   *sync.Cond // something of what follows is another
	watch   func()
	machine *paper.Machine
	sniff   paper.Sniffer
	buffer  []byte
	held    bool     // it told the computer to wait
	lost    int      // bytes that found no room
	out     [][]byte // to be sent
	saying  bool     // something of it is being sent
	closed  bool

	taken, said int // bytes taken from the line and sent over it

	late  [][]byte      // answers waiting until the paper before them is printed
	pages []*paper.Page // cut, waiting for the same

	asb      byte
	lastASB  [4]byte
	fault    faults
	deaf     time.Time // until then nothing is heard or said
	rows     int       // of paper left; negative: as many as you like
	stuck    *paper.Page
	printing bool
	tickets  []Ticket
	count    int
}

// faults are what is wrong with a printer.
type faults struct {
	low, end, cover bool
	jam             bool // the next cut fails
	hard            bool // and fails again until the jam is cleared by hand
	jammed          bool // it failed: stopped until DLE ENQ
	silent          bool // answers nothing, as cheap clones do
}

// gapMM lies between the head and the cutter of a ticket printer.
const gapMM = 12

// NewPrinter puts a printer on a cable, which it owns from then on.
func NewPrinter(cable *Cable, o PrinterOptions) (*Printer, error) {
	if o.Profile == nil || cable == nil {
		return nil, errors.New("sim: a printer needs a profile and a cable")
	}
	p := &Printer{id: o.ID, pr: o.Profile, baud: o.Baud, flow: o.Flow, clock: o.Clock, cable: cable, rows: -1}
	if p.baud == 0 && len(p.pr.Serial.Baud) > 0 {
		p.baud = p.pr.Serial.Baud[0]
	}
	if p.baud <= 0 {
		p.baud = 9600
	}
	if p.flow == "" {
		p.flow = p.pr.Serial.Flow
	}
	if p.clock == nil {
		p.clock = Faster(1)
	}
	p.moved = sync.NewCond(&p.mu)
	p.machine = paper.New(paper.Options{
		Dots: p.pr.Dots, DPI: p.pr.DPI, Gap: p.gap(), Lower: p.pr.Lower, Upper: p.pr.Upper,
		Chinese: p.pr.ChineseOff, Name: p.pr.Name, Answer: p.answer, Status: p.inOrder, ASB: p.setASB,
		Cut: func(done *paper.Page) { p.pages = append(p.pages, done) },
	})
	p.ctx, p.stop = context.WithCancel(context.Background())
	p.done.Go(p.receive)
	p.done.Go(p.print)
	p.done.Go(p.send)
	return p, nil
}

func (p *Printer) dpi() int {
	if p.pr.DPI > 0 {
		return p.pr.DPI
	}
	return 203
}

// gap is the way from the head to the cutter in dots.
func (p *Printer) gap() int { return gapMM * 10 * p.dpi() / 254 }

// ID is the id of the site file.
func (p *Printer) ID() string { return p.id }

// Kind is printer.
func (p *Printer) Kind() string { return "printer" }

// Cable is the printer's line.
func (p *Printer) Cable() *Cable { return p.cable }

// Watch sets what is called when the state changes. It must not call back.
func (p *Printer) Watch(changed func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watch = changed
}

// Close ends the printer and its cable.
func (p *Printer) Close() error {
	p.mu.Lock()
	p.closed = true
	p.moved.Broadcast()
	p.mu.Unlock()
	p.stop()
	err := p.cable.Close()
	p.done.Wait()
	return err
}

// changed tells everybody, p.mu held.
func (p *Printer) changed() {
	p.tellASB()
	p.moved.Broadcast()
	if p.watch != nil {
		p.watch()
	}
}
