package wire

import "motcua/server/queue"

// VisitInfo is a visit as a view may see it. Tokens, codes and forecasts are
// in no view; the priority group and the place in the queue only in staff
// views, because a group can tell of a person's health.
type VisitInfo struct {
	ID      string           `json:"id"`
	Number  string           `json:"number"`
	Service string           `json:"service"`
	State   queue.VisitState `json:"state"`
	Counter string           `json:"counter,omitempty"`
	Calls   int              `json:"calls,omitempty"`
	Called  Time             `json:"called,omitempty"`
	Tx      int              `json:"tx,omitempty"`

	Priority  string `json:"priority,omitempty"`  // staff
	Queue     string `json:"queue,omitempty"`     // staff
	Front     bool   `json:"front,omitempty"`     // staff
	Order     string `json:"order,omitempty"`     // staff: sorts the waiting list
	Procedure string `json:"procedure,omitempty"` // staff
	Taken     Time   `json:"taken,omitempty"`     // staff
	Booked    Time   `json:"booked,omitempty"`    // staff
	Served    Time   `json:"served,omitempty"`    // staff
	Ended     Time   `json:"ended,omitempty"`     // staff
	Parked    Time   `json:"parked,omitempty"`    // staff
	Outcome   string `json:"outcome,omitempty"`   // staff
	Reason    string `json:"reason,omitempty"`    // staff

	Print       string `json:"print,omitempty"`        // staff, in snapshots: printed, failed, unknown; events tell later changes
	PrintReason string `json:"print_reason,omitempty"` // staff, in snapshots: why not
}

// VisitFor gives a visit as a view may see it.
func VisitFor(view View, v *queue.Visit) VisitInfo {
	info := VisitInfo{ID: v.ID, Number: v.Number, Service: v.Service, State: v.State,
		Counter: v.Counter, Calls: v.Calls, Called: TimeOf(v.Called.Time()), Tx: v.Tx}
	if !view.Staff() {
		return info
	}
	info.Priority, info.Queue, info.Front, info.Order = v.Priority, v.Queue, v.Front, v.Order
	info.Procedure, info.Outcome, info.Reason = v.Procedure, v.Outcome, v.Reason
	info.Taken, info.Booked = TimeOf(v.Taken.Time()), TimeOf(v.Booked.Time())
	info.Served, info.Ended, info.Parked = TimeOf(v.Served.Time()), TimeOf(v.Ended.Time()), TimeOf(v.Parked.Time())
	return info
}

// CounterInfo is a counter's working state.
type CounterInfo struct {
	ID     string             `json:"id"`
	State  queue.CounterState `json:"state"`
	Visit  string             `json:"visit,omitempty"`
	Number string             `json:"number,omitempty"`
	Reason string             `json:"reason,omitempty"` // of a pause
	Since  Time               `json:"since,omitempty"`
	Rate   *RateInfo          `json:"rate,omitempty"`
	Clerk  string             `json:"clerk,omitempty"` // who sits there with an account; of events, for staff
}

// RateInfo is the transaction a keypad or tablet may rate, and from when its
// window counts.
type RateInfo struct {
	Tx    string `json:"tx"`
	From  Time   `json:"from"`
	Rated bool   `json:"rated"`
}

// CounterFor gives a counter as any view may see it.
func CounterFor(c *queue.Counter) CounterInfo {
	info := CounterInfo{ID: c.ID, State: c.State, Visit: c.Visit, Number: c.Number, Reason: c.Reason,
		Since: TimeOf(c.Since.Time())}
	if c.LastTx != "" {
		info.Rate = &RateInfo{Tx: c.LastTx, From: TimeOf(c.LastAt.Time()), Rated: c.Rated}
	}
	return info
}

// BranchInfo is what screens need of the settings.
type BranchInfo struct {
	ID         string              `json:"id"`
	Name       queue.Text          `json:"name"`
	Place      queue.Text          `json:"place"`
	Address    string              `json:"address,omitempty"` // how people are addressed: ông/bà, công dân, quý khách
	Version    int                 `json:"version"`
	Services   []ServiceInfo       `json:"services"`
	Counters   []CounterName       `json:"counters"`
	Priorities []PriorityInfo      `json:"priorities"`
	Rating     queue.RatingSetting `json:"rating"`
	Halves     []queue.Half        `json:"halves"` // today's
	Groups     []GroupInfo         `json:"groups,omitempty"`
	Kiosk      queue.KioskSetting  `json:"kiosk,omitzero"`
	Pace       queue.PaceSetting   `json:"pace,omitzero"`     // kiosk and staff views
	Booking    int                 `json:"booking,omitempty"` // days ahead that can be booked, 0 for none
	Lookup     bool                `json:"lookup,omitempty"`  // there are procedures to look up
	Hall       queue.HallSetting   `json:"hall,omitzero"`     // look-up, board and staff views
	Board      queue.BoardSetting  `json:"board,omitzero"`    // board, counter and staff views
	Box        bool                `json:"box,omitempty"`     // the suggestion box is open
	Verify     bool                `json:"verify,omitempty"`  // who knows the digits is told more of a dossier
	WiFi       string              `json:"wifi,omitempty"`    // name of the network phones need to reach the server
	Always     bool                `json:"always,omitempty"`
	Trusted    bool                `json:"trusted,omitempty"`  // the store's durability could not be checked (--trust-store): desks show it
	Engine     string              `json:"engine,omitempty"`   // staff views: for the desk's footer
	Logo       string              `json:"logo,omitempty"`     // path of the hall's own logo; a neutral building when empty
	Training   bool                `json:"training,omitempty"` // a branch for practice: every screen shows the word
}

// ServiceInfo names a service.
type ServiceInfo struct {
	ID         string     `json:"id"`
	Prefix     string     `json:"prefix"`
	Name       queue.Text `json:"name"`
	Short      queue.Text `json:"short"`
	WaitTarget int        `json:"wait_target"`
	Typical    float64    `json:"typical"`

	Kind      queue.ServiceKind `json:"kind,omitempty"`
	NoConfirm bool              `json:"no_confirm,omitempty"`
	Late      queue.LateNote    `json:"late,omitzero"`
	Online    string            `json:"online,omitempty"`
	Promise   queue.Text        `json:"promise,omitzero"` // today's, a sentence: as the printed ticket has it
	Golden    *SpecialInfo      `json:"golden,omitempty"`
	NoSlip    *SpecialInfo      `json:"no_slip,omitempty"`
}

// SpecialInfo tells of a service's golden or no-slip days.
type SpecialInfo struct {
	Today    bool      `json:"today,omitempty"`
	Next     queue.Day `json:"next,omitempty"` // the first one after today
	Weekdays []int     `json:"weekdays"`       // 0 = Sunday
}

// GroupInfo is one tile of the kiosk that stands for several services.
type GroupInfo struct {
	ID       string     `json:"id"`
	Name     queue.Text `json:"name"`
	Services []string   `json:"services"`
}

// CounterName names a counter.
type CounterName struct {
	ID       string     `json:"id"`
	Label    string     `json:"label"`
	Name     queue.Text `json:"name"`
	Services []string   `json:"services"`
	Clerk    string     `json:"clerk,omitempty"` // staff; and the counter view where the hall shows it
	Title    queue.Text `json:"title,omitzero"`  // counter view
	Photo    string     `json:"photo,omitempty"` // counter view: name of a file of the hall's media
}

// PriorityInfo names a priority group.
type PriorityInfo struct {
	ID   string     `json:"id"`
	Name queue.Text `json:"name"`
}

// TicketInfo is a ticket as its holder sees it (contract: GET /api/v1/tickets/{token}).
type TicketInfo struct {
	ID       string           `json:"id"`
	Number   string           `json:"number"`
	Service  string           `json:"service"`
	State    queue.VisitState `json:"state"`
	Ahead    int              `json:"ahead"`
	Estimate *Interval        `json:"estimate"`
	Token    string           `json:"token"`
	Code     string           `json:"code"`
	URL      string           `json:"url"`
	IssuedAt Time             `json:"issued_at"`
	Priority string           `json:"priority,omitempty"`
	Counter  string           `json:"counter,omitempty"`
	Calls    int              `json:"calls"`
	EndedAt  Time             `json:"ended_at,omitempty"`
	// What the phone shows beside it.
	Branch      string     `json:"branch"`
	BranchName  queue.Text `json:"branch_name,omitzero"`
	BranchLogo  string     `json:"branch_logo,omitempty"` // path of the hall's own logo
	Person      string     `json:"person,omitempty"`      // how the hall addresses people in Vietnamese; ông/bà when empty
	ServiceName queue.Text `json:"service_name,omitzero"`
	CounterName string     `json:"counter_label,omitempty"`
	Area        []string   `json:"area,omitempty"`         // labels of the counters that serve it
	Print       string     `json:"print,omitempty"`        // what became of its paper: printed, failed, unknown
	PrintReason string     `json:"print_reason,omitempty"` // why not
	Rate        *RateInfo  `json:"rate,omitempty"`         // what it may rate
	Levels      []Choice   `json:"levels,omitempty"`       // the scale, beside rate
	Reasons     []Choice   `json:"reasons,omitempty"`      // of a low mark, beside rate

	Lang    string       `json:"lang,omitempty"`   // it was taken in
	Behind  int          `json:"behind,omitempty"` // waiting: people of the same class behind it who could be let pass, MostPassed at most
	Moved   bool         `json:"moved,omitempty"`  // waiting: sent on from another counter or service
	Again   bool         `json:"again,omitempty"`  // waiting: missed its call, and will be called again
	Until   Time         `json:"until,omitempty"`  // no_show: when work ends, and with it the chance to be called again; empty when nothing ends
	Promise queue.Text   `json:"promise,omitzero"` // of the service, a sentence: as on the paper
	Late    queue.Text   `json:"late,omitzero"`    // what whoever took a number so late in the day was told
	Notes   []queue.Text `json:"notes,omitempty"`  // sentences of the hall: as on the paper
	Notice  queue.Text   `json:"notice,omitzero"`  // the emergency that stands now

	Procedure *ProcedureRef `json:"procedure,omitempty"` // what it was taken for, when it came from the look-up
	Training  bool          `json:"training,omitempty"`  // of a branch for practice: the page shows the word
}

// ProcedureRef names a procedure; its page is /p/{code}.
type ProcedureRef struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	OnlineURL string `json:"online_url,omitempty"` // where the hall says it can be filed without coming
}
