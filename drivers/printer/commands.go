package printer

import (
	"bytes"
	"fmt"
	"time"

	"motcua/firmware-config"
)

var (
	reset      = []byte{0x1B, 0x40}
	chineseOff = []byte{0x1C, 0x2E}
	buttonOff  = []byte{0x1B, 0x63, 0x35, 0x01}
	// Drawer pulse and power-off hidden in a picture must not be obeyed (TM-T81 manual p. 76).
	pulseOff  = []byte{0x1D, 0x28, 0x44, 0x05, 0x00, 0x14, 0x01, 0x00, 0x02, 0x00}
	autoOn    = []byte{0x1D, 0x61, 0x0E}                         // on/off-line, errors, paper
	retry     = []byte{0x10, 0x05, 0x01}                         // go on from the line that failed
	discard   = []byte{0x10, 0x05, 0x02}                         // clear the buffers and recover
	whoAreYou = []byte{0x1D, 0x49, 0x43}                         // model name
	askTaken  = []byte{0x1D, 0x72, 0x01}                         // answered in the order of the buffer
	askDone   = []byte{0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30} // and four characters
)

// setup is what every ticket begins with. ESC @ takes automatic status back, and a
// printer may have been switched off since the last ticket.
func setup(p *firmware.Printer) []byte {
	out := bytes.Clone(reset)
	if p.ChineseOff {
		out = append(out, chineseOff...)
	}
	out = append(out, buttonOff...)
	if p.ProcessID {
		out = append(out, pulseOff...)
	}
	if p.ASB {
		out = append(out, autoOn...)
	}
	return out
}

// whole puts a ticket between its preparation and the question whether it is done.
func whole(p *firmware.Printer, ticket []byte, id string) []byte {
	ticket = bytes.TrimPrefix(bytes.TrimPrefix(ticket, reset), chineseOff)
	out := append(setup(p), ticket...)
	switch p.Confirms() {
	case "id":
		out = append(append(out, askDone...), id...)
	case "gs_r":
		out = append(out, askTaken...)
	}
	return out
}

// rinse ends what a broken-off ticket left in the printer: zeros fill up a picture
// that still waits for its bytes, and are nothing anywhere else; then the slip is
// cut off, so that the next visitor does not carry it away.
func rinse(p *firmware.Printer, unclean int) []byte {
	most := unclean
	if p.Band > 0 && p.Dots > 0 {
		most = min(most, p.Band*(p.Dots/8)+64)
	}
	out := append(make([]byte, most), setup(p)...)
	switch p.Cut {
	case "feed_partial":
		return append(out, 0x1D, 0x56, 0x42, 0x00)
	case "partial":
		return append(out, 0x1B, 0x64, 0x04, 0x1D, 0x56, 0x01)
	case "full":
		return append(out, 0x1B, 0x64, 0x04, 0x1D, 0x56, 0x00)
	}
	return append(out, 0x1B, 0x64, 0x04)
}

// processName writes a process id: four characters.
func processName(n int) string { return fmt.Sprintf("%04d", n) }

// lineTime is how long bytes take on the line: ten bits each.
func lineTime(bytes, baud int) time.Duration {
	return time.Duration(bytes) * 10 * time.Second / time.Duration(baud)
}

// paperTime is how long rows of dots take to come out.
func paperTime(rows int, p *firmware.Printer) time.Duration {
	if p.DPI <= 0 || p.Speed <= 0 {
		return 0
	}
	return time.Duration(float64(rows) * 25.4 / float64(p.DPI) / float64(p.Speed) * float64(time.Second))
}
