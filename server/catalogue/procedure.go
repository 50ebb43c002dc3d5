// Package catalogue holds the administrative procedures a hall shows: what an
// import brought, cleaned, beside the words it brought them in.
package catalogue

import "motcua/server/queue"

// Procedure is one entry of the national catalogue as the hall shows it. All text
// is NFC and clean (see Clean); Raw keeps the record as it came. The parts are
// those that must be published (NĐ 63/2010 as amended by NĐ 92/2017, art. 8).
type Procedure struct {
	Code         string          `json:"code"` // d.dddddd, without a local tail
	Name         string          `json:"name"`
	Field        string          `json:"field"`
	Levels       []string        `json:"levels,omitempty"`
	Decision     string          `json:"decision,omitempty"`  // number of the decision that published it
	Effective    queue.Day       `json:"effective,omitempty"` // when it came into force, if the source says so
	Kind         string          `json:"kind,omitempty"`
	Subjects     []string        `json:"subjects,omitempty"`
	Agency       string          `json:"agency,omitempty"`
	Authority    string          `json:"authority,omitempty"`
	Reception    string          `json:"reception,omitempty"`
	Steps        string          `json:"steps,omitempty"` // lines
	Channels     []Channel       `json:"channels,omitempty"`
	Documents    []DocumentGroup `json:"documents,omitempty"`
	Requirements string          `json:"requirements,omitempty"`
	Results      []string        `json:"results,omitempty"`
	LegalBasis   string          `json:"legal_basis,omitempty"`
	Source       string          `json:"source,omitempty"` // where it was taken from
	AsOf         string          `json:"as_of,omitempty"`  // when, "2026-07" or a day
	Keywords     []string        `json:"keywords,omitempty"`
	Sample       bool            `json:"sample,omitempty"` // of the demo catalogue: no substitute for the published text
	Withdrawn    bool            `json:"withdrawn,omitempty"`
}

// Channel is one way to file, with its time and fee.
type Channel struct {
	Mode string `json:"mode"` // direct, online, post
	Time string `json:"time,omitempty"`
	Term Term   `json:"term,omitzero"` // Time, when it could be read
	Fee  string `json:"fee,omitempty"`
	Note string `json:"note,omitempty"` // the fee's note: it may say that the province decides
	// ByProvince: the fee stands in a resolution of the province's council, whatever Fee says.
	ByProvince bool `json:"by_province,omitempty"`
}

// Term is a time limit. A day is not a working day.
type Term struct {
	N    float64 `json:"n,omitempty"`
	Unit string  `json:"unit,omitempty"` // day, working_day, hour, half_day
}

// DocumentGroup is what to bring in one case ("Trường hợp …"); Case is empty when there is one only.
type DocumentGroup struct {
	Case  string     `json:"case,omitempty"`
	Items []Document `json:"items"`
}

// Document is one paper to bring.
type Document struct {
	Name      string `json:"name"`
	Form      string `json:"form,omitempty"` // name or address of its form
	Originals int    `json:"originals"`
	Copies    int    `json:"copies"`
}
