package wire

import "motcua/server/queue"

// Checklist is what to bring for a procedure, in one case of it: with it a
// PrintJob is no ticket but a list on the ticket printer. The catalogue is in
// Vietnamese alone; the words around it are the paper's own.
type Checklist struct {
	Procedure string           `json:"procedure"` // its code
	Name      string           `json:"name"`
	Case      string           `json:"case,omitempty"` // which of several it is
	Papers    []ChecklistPaper `json:"papers"`
	Sets      string           `json:"sets,omitempty"` // number of sets
	Times     []ChecklistTime  `json:"times,omitempty"`
	Fees      []ChecklistFee   `json:"fees,omitempty"`
	Counters  []string         `json:"counters,omitempty"` // labels of those that take it here
	Office    string           `json:"office,omitempty"`   // the nearest one, when it is not done here
	Late      queue.Text       `json:"late,omitzero"`      // what holds late in the day
	Promise   queue.Text       `json:"promise,omitzero"`
	Online    bool             `json:"online,omitempty"` // it can be filed without coming; the address is behind the code
	AsOf      string           `json:"as_of,omitempty"`
	Sample    bool             `json:"sample,omitempty"` // of the demo catalogue
}

// ChecklistPaper is one paper to bring.
type ChecklistPaper struct {
	Name      string `json:"name"`
	Originals int    `json:"originals,omitempty"`
	Copies    int    `json:"copies,omitempty"`
	Show      bool   `json:"show,omitempty"` // to be shown only
}

// ChecklistTime is a time limit, for these ways to file: direct, online, post.
type ChecklistTime struct {
	Modes []string `json:"modes,omitempty"`
	Text  string   `json:"text"`
}

// ChecklistFee is what it costs.
type ChecklistFee struct {
	Modes      []string `json:"modes,omitempty"`
	Text       string   `json:"text,omitempty"`
	ByProvince bool     `json:"by_province,omitempty"` // the province's council sets it, and how much is not known
	Resolution string   `json:"resolution,omitempty"`
}
