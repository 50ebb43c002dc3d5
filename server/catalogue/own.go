package catalogue

import "motcua/server/queue"

// Own is what the hall itself knows of a procedure, beside what the national
// catalogue says: it stays through every import.
type Own struct {
	Code string `json:"code"`
	// Fee is what the province's council has set, with its resolution: shown in
	// place of "by the province".
	Fee        string    `json:"fee,omitempty"`
	Resolution string    `json:"resolution,omitempty"`
	FeeFrom    queue.Day `json:"fee_from,omitempty"` // since when
	// OnTheSpot: received, examined, approved and returned here ("4 tại chỗ").
	OnTheSpot bool          `json:"on_the_spot,omitempty"`
	Promise   queue.Promise `json:"promise,omitzero"`
	// Online is how much of it can be done online: full (toàn trình), part (một
	// phần), none; "" when the hall has not said.
	Online    string         `json:"online,omitempty"`
	OnlineURL string         `json:"online_url,omitempty"` // https address of its form
	Late      queue.LateNote `json:"late,omitzero"`        // its own 15:00 text, in place of the service's
	Words     []string       `json:"words,omitempty"`      // what people here call it: searched
	// Forms are https addresses, by the name of the paper or form as the record has it.
	Forms map[string]string `json:"forms,omitempty"`
}

// Plain is a procedure as a citizen asks for it: bring, time, fee, where. The
// official text stands behind it, in Procedure.
type Plain struct {
	Cases []PlainCase `json:"cases"` // at least one; who has several is asked which applies
	Times []PlainTime `json:"times"` // direct first; the same time in several channels stands once
	Fees  []PlainFee  `json:"fees"`
}

// PlainCase is what to bring in one case.
type PlainCase struct {
	Name  string       `json:"name,omitempty"`
	Bring []PlainPaper `json:"bring"`
	Sets  string       `json:"sets,omitempty"` // number of sets, when the record says
}

// PlainPaper is one paper.
type PlainPaper struct {
	Name      string `json:"name"`            // cut to what fits two lines where it is longer
	Whole     string `json:"whole,omitempty"` // the official text, when Name is shorter
	Originals int    `json:"originals"`
	Copies    int    `json:"copies"`
	Show      bool   `json:"show,omitempty"` // to be shown only, not handed in ("xuất trình")
	Note      bool   `json:"note,omitempty"` // a remark on the papers, not one of them: nothing to tick off
	Form      string `json:"form,omitempty"` // name of its form
	FormURL   string `json:"form_url,omitempty"`
}

// PlainTime is a time limit as the record has it. A day is not a working day.
type PlainTime struct {
	Modes []string `json:"modes"` // direct, online, post
	Text  string   `json:"text"`
	Term  Term     `json:"term,omitzero"`
}

// PlainFee is what it costs. When the note of the record leaves it to the
// province, Text is never "Miễn phí".
type PlainFee struct {
	Modes      []string  `json:"modes"`
	Text       string    `json:"text,omitempty"`
	Note       string    `json:"note,omitempty"`
	ByProvince bool      `json:"by_province,omitempty"` // "Theo quy định của HĐND tỉnh", and no own fee is known
	Resolution string    `json:"resolution,omitempty"`  // of the province's own fee in Text
	From       queue.Day `json:"from,omitempty"`
}
