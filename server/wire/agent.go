package wire

import "motcua/server/queue"

// Report is one record of an agent's outbox: POST /api/v1/branches/{branch}/reports
// with the record's id as Idempotency-Key. One of the three is set.
type Report struct {
	At     Time          `json:"at"` // when it happened, by the server's clock as far as the agent knows it
	Press  *Press        `json:"press,omitempty"`
	Print  *PrintResult  `json:"print,omitempty"`
	Device *queue.Device `json:"device,omitempty"` // Agent and Since are filled in by the server
}

// Press is a key pressed at a counter. Device, Boot and Seq name it for good, so
// that it counts once however often it arrives.
type Press struct {
	Device  string `json:"device"` // as in queue.Device.ID without the agent's name: "keypads:4"
	Counter string `json:"counter"`
	Do      string `json:"do"`              // rate, or a counter's verb
	Level   int    `json:"level,omitempty"` // of rate, 1 = best
	Boot    int    `json:"boot,omitempty"`
	Seq     int    `json:"seq,omitempty"`
}

// The outcomes of a print job.
const (
	Printed      = "printed" // the printer said so
	PrintSent    = "sent"    // a printer that cannot say more took it
	PrintFailed  = "failed"
	PrintUnknown = "unknown" // nobody knows whether paper came out
)

// PrintResult tells what became of a print job.
type PrintResult struct {
	Job    string `json:"job"`
	Visit  string `json:"visit"` // of a checklist the job's own id
	Device string `json:"device"`
	State  string `json:"state"`            // printed, sent, failed, unknown
	Reason string `json:"reason,omitempty"` // paper_out, cover_open, cutter, error, offline, too_late, time_out
}

// PrintJob is what a printer needs to know of a ticket:
// GET /api/v1/branches/{branch}/prints/{visit}?copy=n.
type PrintJob struct {
	Job      string       `json:"job"`  // visit id, and ".n" for the n-th copy
	Copy     int          `json:"copy"` // 0 for the first; from 1 on it is marked BẢN IN LẠI
	Visit    string       `json:"visit"`
	Number   string       `json:"number"`
	Hall     queue.Text   `json:"hall"`
	Place    queue.Text   `json:"place,omitzero"`
	Service  queue.Text   `json:"service"`
	Lang     string       `json:"lang"` // a tag, "vi"; one the printer has no words for is printed in Vietnamese
	Ahead    int          `json:"ahead"`
	Estimate *Interval    `json:"estimate"`           // minutes
	Area     []string     `json:"area"`               // labels of the counters that serve it
	Priority queue.Text   `json:"priority,omitzero"`  // name of the group
	URL      string       `json:"url"`                // for the QR; empty when nobody knows an address that phones reach
	Code     string       `json:"code"`               // to type instead
	WiFi     string       `json:"wifi,omitempty"`     // name of the hall's network
	WiFiKey  string       `json:"wifi_key,omitempty"` // its password, "-" for none; with it the paper carries a code that joins it
	Promise  queue.Text   `json:"promise,omitzero"`   // of the service, a sentence
	Notes    []queue.Text `json:"notes,omitempty"`    // more sentences of the hall
	Late     queue.Text   `json:"late,omitzero"`      // the procedure's own: what holds so late in the day
	Machine  string       `json:"machine,omitempty"`  // name of the machine it was taken at
	IssuedAt Time         `json:"issued_at"`
	Person   string       `json:"person,omitempty"`   // how the hall addresses people in Vietnamese, where that is not ông/bà
	Training bool         `json:"training,omitempty"` // of a branch for practice: marked ĐÀO TẠO
	// Checklist makes the job a list of what to bring; it has no visit then, and
	// Visit is the job's own id.
	Checklist *Checklist    `json:"checklist,omitempty"`
	Procedure *ProcedureRef `json:"procedure,omitempty"` // what the ticket was taken for
}
