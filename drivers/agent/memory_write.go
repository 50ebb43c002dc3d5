package agent

import (
	"context"
	"errors"
	"fmt"
	"time"

	"motcua/drivers/printer"
	"motcua/drivers/serial"
	firmware "motcua/firmware-config"
)

// memoryWriter talks to a printer that is being set up. Times are the machine's:
// they are those of a real device.
type memoryWriter struct {
	port    serial.Port
	profile *firmware.Printer
	baud    int
}

const (
	askPatience   = time.Second     // for one answer
	flashPatience = 2 * time.Minute // for the printer to take everything, beside the line's own time
)

// ready asks until the printer says that nothing is wrong with it: Epson's begin
// anew after storing and are deaf meanwhile. inOrder also waits for an answer that
// comes when everything before it is done. Sources: Bixolon SRP-350 (DLE EOT),
// TM-T88III manual, FS q and GS r.
func (w *memoryWriter) ready(ctx context.Context, patience time.Duration, inOrder bool) error {
	wrong := "the printer does not answer: look at power, cable and speed"
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if err := ctx.Err(); err != nil {
			return err
		}
		now, err := "", w.quiet()
		if err == nil {
			now, err = w.trouble()
		}
		if err == nil && now == "" && inOrder {
			if _, err = w.ask([]byte{0x1D, 0x72, 0x01}, printer.Plain); err == nil {
				return nil
			}
		}
		switch {
		case errors.Is(err, serial.ErrTimeout):
			continue
		case err != nil:
			return err
		case now == "":
			return nil
		}
		wrong = now
		time.Sleep(200 * time.Millisecond) // answers come at once; nobody is in a hurry
	}
	return errors.New(wrong)
}

// trouble is what the printer says is wrong, "" for nothing.
func (w *memoryWriter) trouble() (string, error) {
	for _, q := range []struct {
		n, bits byte
		wrong   string
	}{{2, 0x04, "its cover is open"}, {4, 0x60, "it has no paper"}, {3, 0x6C, "it reports a fault"}, {1, 0x08, "it is off-line"}} {
		b, err := w.ask([]byte{0x10, 0x04, q.n}, printer.RealTime)
		if err != nil {
			return "", err
		}
		if b&q.bits != 0 {
			return "the printer cannot take anything now: " + q.wrong, nil
		}
	}
	return "", nil
}

// quiet passes over answers that come late. What is written and not sent stays: it
// may be the rest of what is stored.
func (w *memoryWriter) quiet() error {
	buf := make([]byte, 64)
	for {
		_, err := w.port.Read(buf, time.Now().Add(50*time.Millisecond))
		if errors.Is(err, serial.ErrTimeout) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// ask sends a question and gives its answer of one byte; whatever else the printer
// says of itself meanwhile is passed over.
func (w *memoryWriter) ask(question []byte, kind printer.Kind) (byte, error) {
	until := time.Now().Add(askPatience)
	if _, err := w.port.Write(question, until); err != nil {
		return 0, err
	}
	var parser printer.Parser
	buf := make([]byte, 64)
	for {
		n, err := w.port.Read(buf, until)
		if err != nil {
			return 0, err
		}
		for _, a := range parser.Feed(buf[:n]) {
			if a.Kind == kind {
				return a.Data[0], nil
			}
		}
		if time.Now().After(until) {
			return 0, serial.ErrTimeout
		}
	}
}

// send writes everything; a printer that says "wait" is waited for.
func (w *memoryWriter) send(ctx context.Context, bytes []byte) error {
	until := time.Now().Add(time.Duration(len(bytes))*10*time.Second/time.Duration(max(w.baud, 1)) + flashPatience)
	for sent := 0; sent < len(bytes); {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("agent: stopped in the middle: run it again: %w", err)
		}
		n, err := w.port.Write(bytes[sent:min(sent+256, len(bytes))], until)
		sent += n
		if err != nil {
			return fmt.Errorf("agent: the printer took %d of %d bytes; run it again: %w", sent, len(bytes), err)
		}
	}
	return w.port.Drain(until)
}
