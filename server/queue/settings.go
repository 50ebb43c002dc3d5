package queue

// Text is a sentence or name in the languages of the screens. Vietnamese is
// required, English falls back to it. Text is NFC.
type Text struct {
	VI string `json:"vi"`
	EN string `json:"en,omitempty"`
}

// In gives the text in a language, Vietnamese when that one is missing.
func (t Text) In(lang string) string {
	if lang == "en" && t.EN != "" {
		return t.EN
	}
	return t.VI
}

// Settings is everything a branch's people can change: one validated,
// versioned document a branch. It may change while the hall runs.
type Settings struct {
	Version    int               `json:"version"`
	ID         string            `json:"id"`  // [a-z0-9-]{1,32}
	Tag        string            `json:"tag"` // two base64url characters that start this branch's ticket tokens
	Name       Text              `json:"name"`
	Place      Text              `json:"place"`             // the ward or commune, under the name
	Address    string            `json:"address,omitempty"` // how people are addressed in Vietnamese: "công dân", "quý khách"; ông/bà when empty
	Services   []ServiceSetting  `json:"services"`
	Groups     []GroupSetting    `json:"groups,omitempty"`
	Counters   []CounterSetting  `json:"counters"`
	Priorities []PrioritySetting `json:"priorities"`
	Policy     PolicySetting     `json:"policy"`
	Calendar   Calendar          `json:"calendar"`
	Rating     RatingSetting     `json:"rating"`
	Booking    BookingSetting    `json:"booking"`
	Pace       PaceSetting       `json:"pace"`
	Paper      PaperSetting      `json:"paper,omitzero"`
	Kiosk      KioskSetting      `json:"kiosk,omitzero"`
	Hall       HallSetting       `json:"hall,omitzero"`
	Box        BoxSetting        `json:"box,omitzero"`
	Dossiers   DossierSetting    `json:"dossiers,omitzero"`
	Board      BoardSetting      `json:"board,omitzero"`
	Report     ReportSetting     `json:"report,omitzero"`
	Brand      BrandSetting      `json:"brand,omitzero"`
	People     PeopleSetting     `json:"people,omitzero"`
	// Training says that this branch is for practice: every screen and every paper is
	// marked ĐÀO TẠO, and no figure of the others counts it.
	Training bool `json:"training,omitempty"`
}

// ServiceSetting is a queue's definition.
type ServiceSetting struct {
	ID         string         `json:"id"`
	Prefix     string         `json:"prefix"` // one to two capital letters, unique in the branch
	Name       Text           `json:"name"`
	Short      Text           `json:"short,omitzero"`       // for tables and the desk; Name when empty
	Field      string         `json:"field,omitempty"`      // its main field, as the catalogue names it
	Fields     []string       `json:"fields,omitempty"`     // further fields of the catalogue it covers
	Procedures []string       `json:"procedures,omitempty"` // single procedures it covers, by code
	Closed     bool           `json:"closed,omitempty"`     // takes no more visits; those who wait are still served
	Halves     []string       `json:"halves,omitempty"`     // ids of the half-days it opens in; all when empty
	Weekdays   []int          `json:"weekdays,omitempty"`   // 0 = Sunday; all working days when empty
	CutOff     map[string]HM  `json:"cut_off,omitempty"`    // by half-day: last moment for a number; the half-day's own when absent
	Quota      map[string]int `json:"quota,omitempty"`      // by half-day: numbers to give, at least 1; no limit when absent
	Promise    Promise        `json:"promise"`
	WaitTarget int            `json:"wait_target"` // minutes; longer waits are apologised for
	Typical    float64        `json:"typical"`     // minutes one serving takes, until the hall knows better
	PerPerson  int            `json:"per_person,omitempty"`
	NoConfirm  bool           `json:"no_confirm,omitempty"` // the kiosk gives a number at the first touch, without the question
	Late       LateNote       `json:"late,omitzero"`        // what who comes late in the day is told before taking a number
	Kind       ServiceKind    `json:"kind,omitempty"`       // what is special about it, "" for nothing
	Online     string         `json:"online,omitempty"`     // https address where it can be filed without coming; the kiosk shows it as a QR code
}

// LateNote is a sentence that holds from an hour of the day on: product rules, "The 15:00 notice".
type LateNote struct {
	From HM   `json:"from"`
	Text Text `json:"text"`
}

// GroupSetting is one tile of the kiosk that stands for several services: the
// next screen lists them. A service is in one group at most; those in none have
// tiles of their own.
type GroupSetting struct {
	ID       string   `json:"id"`
	Name     Text     `json:"name"`
	Services []string `json:"services"` // at least 2, in the order shown
}

// CounterSetting is a counter's definition.
type CounterSetting struct {
	ID       string   `json:"id"`
	Label    string   `json:"label"` // what people read: "03"
	Name     Text     `json:"name"`
	Services []string `json:"services"` // in the counter's own order
	Merge    Merge    `json:"merge,omitempty"`
	Weights  []int    `json:"weights,omitempty"` // beside Services, for ByWeight
	Clerk    string   `json:"clerk,omitempty"`
	// What the counter's display may tell of the clerk; empty for nothing.
	Title Text   `json:"title,omitzero"`
	Photo string `json:"photo,omitempty"` // of the hall's media
	Shown bool   `json:"shown,omitempty"` // the hall allows the clerk's name on the display
}

// PrioritySetting is a group that is served with priority, with its legal basis.
type PrioritySetting struct {
	ID    string `json:"id"`
	Name  Text   `json:"name"`
	Basis string `json:"basis,omitempty"` // căn cứ
}

// PolicySetting is the calling order of the branch.
type PolicySetting struct {
	Mode      Mode   `json:"mode"`
	N         int    `json:"n"`
	MaxWait   int    `json:"max_wait"`   // minutes
	HeadStart int    `json:"head_start"` // minutes
	Basis     string `json:"basis,omitempty"`
}

// RatingSetting is the scale of satisfaction, best first.
type RatingSetting struct {
	Levels  []RatingLevel `json:"levels"`  // 2 to 5
	Reasons []RatingLevel `json:"reasons"` // asked after a low mark; Value unused
	Window  int           `json:"window"`  // seconds for keypad and tablet
	// Form asks on the tablets, after a mark, the four questions of the circular's
	// indicators 1, 3, 4 and 7; phones and paper offer them anyway.
	Form bool `json:"form,omitempty"`
}

// RatingLevel is one key of the scale.
type RatingLevel struct {
	ID    string `json:"id"`
	Name  Text   `json:"name"`
	Value int    `json:"value"` // 0, 1 or 2 on the legal scale
}

// BookingSetting says how booked visitors are taken.
type BookingSetting struct {
	LateMinutes int `json:"late_minutes"` // how late one may come and keep the booked place
	DaysAhead   int `json:"days_ahead"`
}

// PaperSetting is what the hall wants on every printed ticket.
type PaperSetting struct {
	WiFi  string `json:"wifi,omitempty"`  // name of the network phones need to reach the server; no line when empty
	Notes []Text `json:"notes,omitempty"` // at most 3 sentences
	// WiFiKey is the network's password ("-" for a network without): with it the
	// ticket can carry a code that joins the network.
	WiFiKey string `json:"wifi_key,omitempty"`
}

// PaceSetting guards against one person taking many tickets. Zero refuses nobody.
type PaceSetting struct {
	PerService int `json:"per_service"`
	PerDay     int `json:"per_day"`
	// A kiosk that gives so many tickets within so many seconds says "one number a
	// person is enough" and tells the guide; it refuses nothing. 0 tickets: never.
	Kiosk   int `json:"kiosk,omitempty"`
	Seconds int `json:"seconds,omitempty"`
}

// KioskSetting is how the hall's kiosks are built. A kiosk's own address may say
// otherwise (?diag= and ?base=).
type KioskSetting struct {
	Diagonal float64 `json:"diagonal,omitempty"` // inches, 32 when empty
	Base     int     `json:"base,omitempty"`     // millimetres from the floor to the lower edge of the picture, 800 when empty
	Scan     bool    `json:"scan,omitempty"`     // the kiosk invites to scan the identity card: one person, one number
}

// HM is a time of day written "07:30".
type HM string

// Unit of a promise.
type Unit string

// The units of a promise.
const (
	HalfDays     Unit = "half_days"
	WorkingDays  Unit = "working_days" // half-days two at a time: 1.5 working days are 3
	CalendarDays Unit = "calendar_days"
	ThisWeek     Unit = "this_week"
)

// Promise is when a dossier's result is due; Calendar.Due says how each unit is
// counted. An empty Unit promises nothing.
type Promise struct {
	Unit   Unit    `json:"unit,omitempty"`
	Amount float64 `json:"amount,omitempty"`
}

// Calendar is when the branch works.
type Calendar struct {
	Always   bool      `json:"always,omitempty"` // open at any hour (demo): days close and open together at 00:00
	Halves   []Half    `json:"halves"`           // the usual half-days, in order
	Seasons  []Season  `json:"seasons,omitempty"`
	Week     []WeekDay `json:"week"` // working weekdays
	Holidays []Holiday `json:"holidays,omitempty"`
	MakeUp   []MakeUp  `json:"make_up,omitempty"`
	Golden   []Special `json:"golden,omitempty"`  // Hai ngày vàng trong tuần
	NoSlip   []Special `json:"no_slip,omitempty"` // Ngày không phiếu hẹn
	CloseAt  HM        `json:"close_at"`          // the day closes by itself; 23:55 when empty
}

// Half is a half-day (buổi).
type Half struct {
	ID     string `json:"id"` // am, pm
	Name   Text   `json:"name"`
	From   HM     `json:"from"`
	To     HM     `json:"to"`
	CutOff HM     `json:"cut_off"` // last moment for a number, and for "within the half-day"; To when empty
	Take   HM     `json:"take"`    // first moment for a number; From when empty
}

// Season replaces the half-days' hours for a part of the year. It has the same
// half-days as the usual calendar, by id.
type Season struct {
	From   string `json:"from"` // "04-16", both ends included, may pass over New Year
	To     string `json:"to"`
	Halves []Half `json:"halves"`
}

// WeekDay is a working weekday with the half-days worked, all when empty.
type WeekDay struct {
	Day    int      `json:"day"` // 0 = Sunday
	Halves []string `json:"halves"`
}

// Holiday is a day, or several, without work.
type Holiday struct {
	From Day  `json:"from"`
	To   Day  `json:"to,omitempty"`
	Name Text `json:"name"`
}

// MakeUp is a day worked in place of another; Like is the weekday whose hours it has.
type MakeUp struct {
	Day  Day  `json:"day"`
	Like int  `json:"like"`
	Name Text `json:"name"`
}

// Special is a golden or no-slip day of certain services. A day made up counts
// as the weekday it is worked like.
type Special struct {
	Weekdays []int          `json:"weekdays"`
	Services []string       `json:"services"`
	Quota    map[string]int `json:"quota,omitempty"`    // by half-day, in place of the service's
	Promise  *Promise       `json:"promise,omitempty"`  // in place of the service's
	Counters []string       `json:"counters,omitempty"` // counters that serve them too on that day
}
