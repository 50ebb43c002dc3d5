package sim

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strconv"
	"time"

	"motcua/drivers/sim/paper"
)

// keep is how many tickets a printer remembers.
const keep = 20

// Ticket is paper that came out.
type Ticket struct {
	N       int       `json:"n"`     // from 1 on
	Began   time.Time `json:"began"` // when its first bytes came
	At      time.Time `json:"at"`
	Rows    int       `json:"rows"` // dots high
	Texts   []string  `json:"texts"`
	QR      []string  `json:"qr"`
	Errors  []string  `json:"errors"` // what the printer did not understand
	Clipped int       `json:"clipped"`
	Bytes   int       `json:"bytes"`
	Taken   bool      `json:"taken"` // torn off
	PNG     []byte    `json:"-"`
}

// PrinterState is what a page draws of a printer.
type PrinterState struct {
	ID       string   `json:"id"`
	Kind     string   `json:"kind"`
	Name     string   `json:"name"` // maker and model
	Port     string   `json:"port"`
	Plugged  bool     `json:"plugged"`
	Paper    string   `json:"paper"` // ok, low, out
	Cover    bool     `json:"cover"`
	Jam      bool     `json:"jam"`    // the cutter will stick, or sticks
	Stuck    bool     `json:"stuck"`  // it stopped because of that
	Silent   bool     `json:"silent"` // answers nothing
	Deaf     bool     `json:"deaf"`
	Printing bool     `json:"printing"`
	Buffered int      `json:"buffered"` // bytes received and not printed
	Lost     int      `json:"lost"`     // bytes that found no room
	Dots     int      `json:"dots"`
	DPI      int      `json:"dpi"`
	Rows     int      `json:"rows"` // of the ticket that is coming out
	Gap      int      `json:"gap"`  // how many of them are still inside, between head and cutter
	Count    int      `json:"count"`
	Tickets  []Ticket `json:"tickets"` // the last, oldest first
}

// State is a PrinterState.
func (p *Printer) State() any { return p.Look() }

// Look gives the state with its type.
func (p *Printer) Look() PrinterState {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.fault
	state := PrinterState{
		ID: p.id, Kind: p.Kind(), Name: p.pr.Name, Port: p.cable.Path(), Plugged: p.cable.Plugged(), Paper: "ok",
		Cover: f.cover, Jam: f.jam, Stuck: f.jammed, Silent: f.silent, Deaf: p.isDeaf(), Printing: p.printing,
		Buffered: len(p.buffer), Lost: p.lost, Dots: p.pr.Dots, DPI: p.dpi(), Rows: p.machine.Rows(),
		Gap: p.gap(), Count: p.count, Tickets: append([]Ticket{}, p.tickets...),
	}
	switch {
	case f.end:
		state.Paper = "out"
	case f.low:
		state.Paper = "low"
	}
	return state
}

// Tickets gives the last tickets, oldest first.
func (p *Printer) Tickets() []Ticket { return p.Look().Tickets }

// deliver keeps a ticket, p.mu held.
func (p *Printer) deliver(page *paper.Page) {
	p.count++
	ticket := Ticket{
		N: p.count, Began: p.began, At: p.clock.Now(), Rows: page.Image.Rect.Dy(), Texts: append([]string{}, page.Texts...), QR: append([]string{}, page.QR...),
		Errors: []string{}, Clipped: page.Clipped, Bytes: len(page.Raw), PNG: encode(page.Image),
	}
	for _, e := range page.Errors {
		ticket.Errors = append(ticket.Errors, e.Error())
	}
	p.began = time.Time{}
	p.tickets = append(p.tickets, ticket)
	if len(p.tickets) > keep {
		p.tickets = slices.Clone(p.tickets[len(p.tickets)-keep:])
	}
}

func encode(g *image.Gray) []byte {
	if g.Rect.Empty() {
		return nil
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, g); err != nil {
		return nil
	}
	return b.Bytes()
}

// Picture gives ticket n as PNG; 0 is what is coming out, nil if nothing is.
func (p *Printer) Picture(n int) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n == 0 {
		return encode(p.machine.Page()), nil
	}
	for _, t := range p.tickets {
		if t.N == n {
			return t.PNG, nil
		}
	}
	return nil, fmt.Errorf("%w: ticket %d", ErrNoDevice, n)
}

// Act does what hands do to a printer: paper_out (arg: after so many rows),
// paper_low, reload, cover, close, jam (arg "hard": until unjam), unjam, power,
// silent, answer, deaf (arg: seconds), tear, unplug, plug.
func (p *Printer) Act(action, arg string) error {
	switch action {
	case "unplug":
		p.cable.Unplug()
	case "plug":
		if err := p.cable.Plug(); err != nil {
			return err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.act(action, arg); err != nil {
		return err
	}
	p.changed()
	return nil
}

func (p *Printer) act(action, arg string) error {
	f := &p.fault
	switch action {
	case "unplug", "plug":
	case "paper_out":
		return p.paperOut(arg)
	case "paper_low":
		f.low = true
	case "reload":
		f.low, f.end, p.rows = false, false, -1
	case "cover":
		f.cover = true
	case "close":
		f.cover = false
	case "jam":
		f.jam, f.hard = true, arg == "hard"
	case "unjam":
		f.jam, f.hard = f.jammed, false // what has failed waits for DLE ENQ all the same
	case "silent":
		f.silent = true
	case "answer":
		f.silent = false
	case "deaf":
		return p.deafen(arg)
	case "power":
		p.powerCycle()
	case "tear":
		for i := range p.tickets {
			p.tickets[i].Taken = true
		}
	default:
		return fmt.Errorf("%w: %q of a printer", ErrAction, action)
	}
	return nil
}

func (p *Printer) paperOut(arg string) error {
	rows, err := 0, error(nil)
	if arg != "" {
		rows, err = strconv.Atoi(arg)
	}
	if err != nil || rows < 0 {
		return fmt.Errorf("%w: paper_out after %q rows", ErrAction, arg)
	}
	p.rows, p.fault.end = rows, rows == 0
	return nil
}

func (p *Printer) deafen(arg string) error {
	seconds, err := strconv.ParseFloat(arg, 64)
	if err != nil || seconds < 0 || seconds > 3600 {
		return fmt.Errorf("%w: deaf for %q seconds", ErrAction, arg)
	}
	p.deaf = p.clock.Now().Add(time.Duration(seconds * float64(time.Second)))
	return nil
}

// powerCycle loses all but the paper, the stored pictures and what hands did.
func (p *Printer) powerCycle() {
	p.empty()
	p.out, p.asb, p.sniff = nil, 0, paper.Sniffer{}
	if p.fault.jammed && !p.fault.hard {
		p.fault.jam, p.fault.jammed = false, false
	}
	if p.stuck != nil && !p.fault.jammed {
		p.deliver(p.stuck)
		p.stuck = nil
	}
}
