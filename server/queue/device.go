package queue

import "strings"

// DeviceState is how a device is.
type DeviceState string

// The states of devices. Keypads, panels and scanners are ready, offline or unknown.
const (
	DeviceReady    DeviceState = "ready"
	DevicePaperLow DeviceState = "paper_low"
	DevicePaperOut DeviceState = "paper_out"
	DeviceCover    DeviceState = "cover_open"
	DeviceCutter   DeviceState = "cutter"
	DeviceError    DeviceState = "error"   // a fault of the machine that none of the others names
	DeviceBusy     DeviceState = "busy"    // more tickets at once than it can print
	DeviceOffline  DeviceState = "offline" // its line or its agent is away
	DeviceUnknown  DeviceState = "unknown" // it does not answer, which does not mean that it does not print
)

// DeviceStates lists them.
var DeviceStates = []DeviceState{DeviceReady, DevicePaperLow, DevicePaperOut, DeviceCover, DeviceCutter, DeviceError,
	DeviceBusy, DeviceOffline, DeviceUnknown}

// Prints tells whether a printer in this state can print a ticket now.
func (s DeviceState) Prints() bool {
	return s == DeviceReady || s == DevicePaperLow || s == DeviceUnknown
}

// DeviceKinds lists what devices there are.
var DeviceKinds = []string{"printer", "keypad", "panel", "scanner", "agent"}

// Device is what is known of one device, as its agent last told it.
type Device struct {
	ID       string      `json:"id"`    // agent's name "/" id in its site file, and ":" unit on a bus: "Máy 1/keypads:4"
	Agent    string      `json:"agent"` // name of the agent's key
	Kind     string      `json:"kind"`  // one of DeviceKinds, or "screen": those the server watches itself
	State    DeviceState `json:"state"`
	Detail   string      `json:"detail,omitempty"`  // for technicians, in English
	Counter  string      `json:"counter,omitempty"` // where it stands
	Prints   []string    `json:"prints,omitempty"`  // printer: names of the keys whose tickets it prints
	Profile  string      `json:"profile,omitempty"`
	Verified string      `json:"verified,omitempty"` // hardware, manual or guess
	Since    Millis      `json:"since,omitempty"`    // when this state began
}

// The outcomes of printing a ticket, as events tell them: ticket.printed, or
// ticket.print_failed with one of these notes.
const (
	PrintUnknown = "unknown"  // it may have come out: nobody reprints by itself
	PrintTooLate = "too_late" // the printer was away for so long that the visitor is gone
)

// NoteRemoved is the note of device.changed when the device is no more;
// NotePrint asks the printer to print a ticket again, and NoteList, followed by
// the id of a job, to print a list of what to bring.
const (
	NoteRemoved = "removed"
	NotePrint   = "print"
	NoteList    = "list:"
)

// ListOf reads the job's id out of such a note.
func ListOf(note string) (job string, ok bool) { return strings.CutPrefix(note, NoteList) }

// Print is what is known of a visit's paper.
type Print struct {
	State  string // printed, failed, unknown
	Reason string // why not
	Copies int    // how often it was asked for again
}

// The states of a print.
const (
	PrintDone   = "printed"
	PrintFailed = "failed"
)

// applyDevice takes what an event tells of devices and paper. Devices outlive the
// day: what hangs on a wall is there tomorrow.
func (s *State) applyDevice(e *Event) {
	switch e.Kind {
	case DeviceChanged:
		switch {
		case e.Device == nil:
		case strings.HasPrefix(e.Note, NoteList): // a wish, and no news of the device
		case e.Note == NoteRemoved:
			delete(s.Devices, e.Device.ID)
		case e.Note == NotePrint:
			if e.Visit != nil {
				p := s.Prints[e.Visit.ID]
				p.Copies = max(p.Copies, e.Copy)
				s.Prints[e.Visit.ID] = p
			}
		default:
			s.Devices[e.Device.ID] = e.Device
		}
	case TicketPrinted, TicketPrintFailed:
		if e.Visit != nil {
			s.Prints[e.Visit.ID] = Print{State: printState(e), Reason: e.Note, Copies: s.Prints[e.Visit.ID].Copies}
		}
	}
}

func printState(e *Event) string {
	switch {
	case e.Kind == TicketPrinted:
		return PrintDone
	case e.Note == PrintUnknown:
		return PrintUnknown
	}
	return PrintFailed
}
