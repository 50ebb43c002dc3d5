package queue

// ServiceKind marks a service that is not about a field's dossiers. How many
// visits each kind had is counted apart.
type ServiceKind string

// The kinds of services.
const (
	PostService   ServiceKind = "post"        // Bưu chính công ích: sends dossiers in and results home
	OnlineService ServiceKind = "online_help" // Hỗ trợ nộp trực tuyến: somebody helps to file online
	ResultService ServiceKind = "results"     // Trả kết quả: collects what is ready
)

// HallSetting is what the hall publishes beside the catalogue: on its look-up
// screens, its board and in print.
type HallSetting struct {
	// Complaints is where phản ánh, kiến nghị go; a hall must post it (NĐ 20/2008).
	Complaints ContactSetting `json:"complaints,omitzero"`
	// Portal is the https address where a formal complaint, with name and phone, is
	// filed: it is shown as a QR code, since the hall keeps no such thing.
	Portal string `json:"portal,omitempty"`
	// Conduct are the rules officers keep, a sentence each.
	Conduct []Text `json:"conduct,omitempty"`
	// Tariff is what Bưu chính công ích charges.
	Tariff  TariffSetting   `json:"tariff,omitzero"`
	Offices []OfficeSetting `json:"offices,omitempty"`
	// Playlist is shown by screens nobody uses.
	Playlist []SlideSetting `json:"playlist,omitempty"`
}

// ContactSetting says how to reach somebody.
type ContactSetting struct {
	Name    Text   `json:"name,omitzero"`
	Address Text   `json:"address,omitzero"`
	Phone   string `json:"phone,omitempty"`
	Email   string `json:"email,omitempty"`
	Hours   Text   `json:"hours,omitzero"`
}

// TariffSetting is a table of prices with what it leans on.
type TariffSetting struct {
	Basis string      `json:"basis,omitempty"` // căn cứ
	Rows  []TariffRow `json:"rows,omitempty"`
}

// TariffRow is one price.
type TariffRow struct {
	Name  Text `json:"name"`
	Price Text `json:"price"`
}

// OfficeSetting is another place that takes what this hall does not.
type OfficeSetting struct {
	ID         string         `json:"id"`
	Contact    ContactSetting `json:"contact"`
	Fields     []string       `json:"fields,omitempty"`     // of the catalogue that it takes
	Procedures []string       `json:"procedures,omitempty"` // single ones, by code
	Levels     []string       `json:"levels,omitempty"`     // all of these levels, as the catalogue writes them: "Cấp tỉnh"
	Metres     int            `json:"metres,omitempty"`     // how far from here; the nearest is named first
}

// SlideSetting is one picture, film or sentence of the playlist.
type SlideSetting struct {
	File    string `json:"file,omitempty"` // of the hall's media
	Text    Text   `json:"text,omitzero"`  // under it, or alone; what a film says, for who cannot hear
	Seconds int    `json:"seconds,omitempty"`
	From    Day    `json:"from,omitempty"` // first and last day it is shown; any day when empty
	To      Day    `json:"to,omitempty"`
}

// BoxSetting is the suggestion box.
type BoxSetting struct {
	Open     bool `json:"open,omitempty"`
	KeepDays int  `json:"keep_days,omitempty"` // how long the text of a suggestion is kept; 90 when empty
}

// DossierSetting says how filed dossiers are looked up.
type DossierSetting struct {
	// Verify offers more than the degree to who knows the last digits of the
	// identity number the dossier was filed under. Off by default.
	Verify   bool `json:"verify,omitempty"`
	SoonDays int  `json:"soon_days,omitempty"` // working days before the due day on which a dossier is nearly overdue; 1 when empty
}
