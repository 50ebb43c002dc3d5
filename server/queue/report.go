package queue

// ReportSetting is how a hall judges and keeps its own figures. Zero values mean
// the defaults that its methods give.
type ReportSetting struct {
	// Fewest is from how many ratings on a clerk sees an aggregate, and a score is
	// shown without being greyed; 5 when empty and never less (product rules).
	Fewest int `json:"fewest,omitempty"`
	// Ranked is from how many ratings on anybody is put into an order; 30 when empty.
	Ranked int `json:"ranked,omitempty"`
	// KeepEvents and KeepVisits are how many months the single events, and the visits
	// without them, are kept; 24 and 60 when empty. Sums by day are kept for good.
	KeepEvents int `json:"keep_events,omitempty"`
	KeepVisits int `json:"keep_visits,omitempty"`
	// KeepAudit is how many months the audit log is kept; 24 when empty. A server with
	// several branches keeps it as long as the one that wants it longest.
	KeepAudit int `json:"keep_audit,omitempty"`
	// Indicators are those of the circular's nine that a queue system cannot know, told
	// by people for the self-assessment: 0 to 2 points by the number of the indicator
	// (TT 01/2018/TT-VPCP Đ13: 2, 5, 6, 8, 9).
	Indicators map[string]int `json:"indicators,omitempty"`
	// Letterhead stands at the head of printed reports.
	Letterhead LetterheadSetting `json:"letterhead,omitzero"`
	// Scheduled are reports that are written into the server's folder by themselves.
	Scheduled []ScheduledReport `json:"scheduled,omitempty"`
	// Published is what the public board of results shows.
	Published PublishedSetting `json:"published,omitzero"`
	Alerts    AlertSetting     `json:"alerts,omitzero"`
}

// LetterheadSetting is who signs a report (form of administrative documents: the
// issuing body left, the state's name right, the signature block below).
type LetterheadSetting struct {
	Above  string `json:"above,omitempty"`  // the body above: "ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ"
	Body   string `json:"body,omitempty"`   // the body that reports; the branch's name when empty
	Place  string `json:"place,omitempty"`  // before the date: "Hòa Bình"
	Title  string `json:"title,omitempty"`  // of who signs: "GIÁM ĐỐC"
	Signer string `json:"signer,omitempty"` // the name under the signature, may stay empty
}

// ScheduledReport is one report that writes itself after its span has ended.
type ScheduledReport struct {
	Span   string `json:"span"`   // day, week, month, quarter, year
	Format string `json:"format"` // pdf, xlsx, csv
}

// PublishedSetting is the public board of results; what the law wants published is
// on by default, a hall may hide what it has no figures of.
type PublishedSetting struct {
	Off  bool `json:"off,omitempty"`
	Days int  `json:"days,omitempty"` // how many days back the figures go; 30 when empty
}

// AlertSetting is when the head of hall is told. Zero means the default, -1 never.
type AlertSetting struct {
	Wait  int `json:"wait,omitempty"`  // minutes beyond the service's target; 0: as soon as it is passed
	Idle  int `json:"idle,omitempty"`  // minutes a counter stands open and idle while people wait for its services; 5
	Pause int `json:"pause,omitempty"` // minutes a pause lasts; 30
	Close int `json:"close,omitempty"` // tell so many minutes before the half-day's end that the queue will not be done; 60
	Low   int `json:"low,omitempty"`   // points on the 0-2 scale up to which a rating is told at once; 0
}

// The defaults of reports.
const (
	fewestRatings = 5
	fewestRanked  = 30
	monthsEvents  = 24
	monthsVisits  = 60
	monthsAudit   = 24
	publishedDays = 30
)

// FewestRatings is from how many ratings on an aggregate is shown.
func (r ReportSetting) FewestRatings() int { return orElse(r.Fewest, fewestRatings) }

// FewestRanked is from how many ratings on there is an order.
func (r ReportSetting) FewestRanked() int { return orElse(r.Ranked, fewestRanked) }

// EventMonths is how long single events are kept.
func (r ReportSetting) EventMonths() int { return orElse(r.KeepEvents, monthsEvents) }

// AuditMonths is how long the audit log is kept.
func (r ReportSetting) AuditMonths() int { return orElse(r.KeepAudit, monthsAudit) }

// VisitMonths is how long visits are kept, at least as long as their events.
func (r ReportSetting) VisitMonths() int {
	return max(orElse(r.KeepVisits, monthsVisits), r.EventMonths())
}

// PublishedDays is how far back the public board goes.
func (r ReportSetting) PublishedDays() int { return orElse(r.Published.Days, publishedDays) }

func orElse(n, other int) int {
	if n == 0 {
		return other
	}
	return n
}
