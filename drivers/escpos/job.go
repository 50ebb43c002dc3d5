// Package escpos writes tickets as printers of the ESC/POS family take them. It is
// bytes alone: no port, no clock, no waiting.
//
// Vietnamese is drawn, since hardly two printers agree on where its letters are;
// and because the line is slow, the ticket is drawn so that few bytes say it:
// each line is cut to its ink, blank paper is fed, type is sent at half the
// resolution from top to bottom, the printer draws the QR code itself, and what
// stands on every ticket may lie in the printer's memory.
package escpos

import (
	"fmt"

	"motcua/firmware-config"
	"motcua/server/wire"
)

// Job is a ticket as a printer takes it.
type Job struct {
	Bytes []byte
	Rows  int // dots of paper fed, for the time-out
}

// Encode writes a ticket for a printer of which nothing is known to lie in its
// memory. The only fault is a profile that cannot be printed with.
func Encode(t Ticket, p *firmware.Printer) (Job, error) { return EncodeStored(t, p, nil) }

// EncodeStored writes a ticket and prints what Setup stored from the printer's
// own memory. A piece that changed since, a hall's new name perhaps, is sent.
func EncodeStored(t Ticket, p *firmware.Printer, s *Stored) (Job, error) {
	if err := usable(p); err != nil {
		return Job{}, err
	}
	t = t.cleaned()
	w := &writer{prof: p}
	w.begin()
	if p.Text == "tcvn3" || p.Text == "ascii" {
		w.lines(textOf(t, p))
	} else {
		w.ticket(lay(t, p, s))
	}
	w.cut()
	return w.job()
}

// EncodeJob writes whatever a print job is: a ticket, or a list of what to bring.
func EncodeJob(job *wire.PrintJob, p *firmware.Printer, s *Stored) (Job, error) {
	if job.Checklist != nil {
		return EncodeList(ListOf(job), p, s)
	}
	return EncodeStored(TicketOf(job), p, s)
}

func usable(p *firmware.Printer) error {
	switch {
	case p == nil:
		return fmt.Errorf("escpos: no profile")
	case p.Dots < 192 || p.Dots > 1024:
		return fmt.Errorf("escpos: %s: %d dots a line, 192 to 1024 can be laid out", p.ID, p.Dots)
	}
	return nil
}

// Size is how long a job of so many bytes keeps a serial line busy, in seconds:
// a byte is ten bits with its start and stop.
func Size(bytes, baud int) float64 { return float64(bytes) * 10 / float64(baud) }
