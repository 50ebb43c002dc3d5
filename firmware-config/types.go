// Package firmware knows the devices of a hall as data: profiles say how a model
// speaks, a site file says which of them stand on which port. Nothing here opens
// a port.
package firmware

// Verified says how sure a profile's facts are.
type Verified struct {
	How  string `yaml:"how" json:"how"`                       // hardware | manual | guess
	By   string `yaml:"by,omitempty" json:"by,omitempty"`     // who held the device, for hardware
	Date string `yaml:"date,omitempty" json:"date,omitempty"` // yyyy-mm-dd
}

// Serial is how a model's line is set when it leaves the factory.
type Serial struct {
	Baud   []int  `yaml:"baud" json:"baud"`     // speeds it can be set to, the usual one first
	Parity string `yaml:"parity" json:"parity"` // none | even | odd
	Stop   int    `yaml:"stop" json:"stop"`     // stop bits, 1 or 2
	Flow   string `yaml:"flow" json:"flow"`     // none | rtscts | xonxoff
}

// Head is what every profile begins with.
type Head struct {
	ID       string   `yaml:"id" json:"id"` // the file's name without .yaml
	Inherits string   `yaml:"inherits,omitempty" json:"inherits,omitempty"`
	Kind     string   `yaml:"kind" json:"kind"` // printer | keypad | panel | scanner
	Name     string   `yaml:"name" json:"name"` // maker and model, for people
	Verified Verified `yaml:"verified" json:"verified"`
	Sources  []string `yaml:"sources,omitempty" json:"sources,omitempty"` // manuals the facts are from, with page; never inherited
	Serial   Serial   `yaml:"serial" json:"serial"`
	Quirks   []string `yaml:"quirks,omitempty" json:"quirks,omitempty"` // sentences for technicians
	Setup    []string `yaml:"setup,omitempty" json:"setup,omitempty"`   // what to set on the device, step by step
}

// Printer is a ticket printer that speaks ESC/POS.
type Printer struct {
	Head       `yaml:",inline"`
	Dots       int    `yaml:"dots" json:"dots"`             // printable dots a line: 384, 512, 576
	DPI        int    `yaml:"dpi" json:"dpi"`               // dots an inch, 180 or 203
	Buffer     int    `yaml:"buffer" json:"buffer"`         // receive buffer, bytes
	Speed      int    `yaml:"speed_mm_s" json:"speed_mm_s"` // paper speed
	Text       string `yaml:"text" json:"text"`             // raster | tcvn3 | ascii
	Lower      int    `yaml:"tcvn3_lower,omitempty" json:"tcvn3_lower,omitempty"`
	Upper      int    `yaml:"tcvn3_upper,omitempty" json:"tcvn3_upper,omitempty"`
	Raster     string `yaml:"raster_cmd" json:"raster_cmd"`   // gs_v_0 | gs_paren_l
	Band       int    `yaml:"band_rows" json:"band_rows"`     // most rows of one raster command
	QR         string `yaml:"qr" json:"qr"`                   // native | raster
	Number     string `yaml:"number" json:"number"`           // font | raster: who draws the big number
	NVLogo     bool   `yaml:"nv_logo" json:"nv_logo"`         // FS p prints pictures stored by FS q
	Glyphs     bool   `yaml:"user_glyphs" json:"user_glyphs"` // ESC & is known to work
	Cut        string `yaml:"cut" json:"cut"`                 // feed_partial | partial | full | none
	NearEnd    bool   `yaml:"near_end" json:"near_end"`       // has the near-end sensor
	ChineseOff bool   `yaml:"chinese_off" json:"chinese_off"` // wants FS . after ESC @
	// What it answers.
	DLEEOT    bool `yaml:"dle_eot" json:"dle_eot"`
	ASB       bool `yaml:"asb" json:"asb"`
	GSR       bool `yaml:"gs_r" json:"gs_r"`
	ProcessID bool `yaml:"gs_paren_h" json:"gs_paren_h"` // GS ( H: says when the printing before it is done
}

// Confirms tells by what a finished ticket is known: "id" (GS ( H), "gs_r",
// "status" (quiet and clean afterwards: sent, not known printed), "none" (one way).
func (p *Printer) Confirms() string {
	switch {
	case p.ProcessID:
		return "id"
	case p.GSR:
		return "gs_r"
	case p.DLEEOT:
		return "status"
	}
	return "none"
}

// Action is what a key means.
type Action struct {
	Do    string `yaml:"do" json:"do"`                           // rate, or a counter's verb: next, recall, no-show, pause, invite-rating …
	Level int    `yaml:"level,omitempty" json:"level,omitempty"` // of rate: place in the list, 1 = best
	With  string `yaml:"with,omitempty" json:"with,omitempty"`   // FF 68: the digits that must precede the key, as hex
}

// Keypad is a family of call keypads and rating pads on one line.
type Keypad struct {
	Head     `yaml:",inline"`
	Protocol string            `yaml:"protocol" json:"protocol"`               // modbus | ff68
	Rate     map[string]Action `yaml:"rate" json:"rate"`                       // key or mark (decimal) -> meaning, of units with role rate
	Call     map[string]Action `yaml:"call" json:"call"`                       // key (decimal; ff68: hex) -> meaning, of units with role call
	Timeout  int               `yaml:"timeout_ms" json:"timeout_ms"`           // for an answer
	Retries  int               `yaml:"retries" json:"retries"`                 // before a unit is off-line
	Idle     int               `yaml:"offline_poll_ms" json:"offline_poll_ms"` // how often an off-line unit is asked
	Repeat   int               `yaml:"repeat_ms" json:"repeat_ms"`             // ff68: the same key within this time is one press
	Digits   int               `yaml:"digits" json:"digits"`                   // of its own display, 0 for none
	// Debounce is how long a key must be quiet, of units that are told so; 0 leaves them as they are.
	Debounce int `yaml:"debounce_ms,omitempty" json:"debounce_ms,omitempty"`
}

// Panel is a counter's display of numbers.
type Panel struct {
	Head     `yaml:",inline"`
	Protocol string `yaml:"protocol" json:"protocol"` // modbus | ff68 | ascii
	Digits   int    `yaml:"digits" json:"digits"`
	Letters  bool   `yaml:"letters" json:"letters"` // can it show the letter of A012?
	Blink    bool   `yaml:"blink" json:"blink"`
}

// Scanner reads codes and sends them as text.
type Scanner struct {
	Head    `yaml:",inline"`
	End     string `yaml:"end" json:"end"`                       // crlf | cr | lf | tab | silence
	Silence int    `yaml:"silence_ms" json:"silence_ms"`         // a code is over after this much of it
	Repeat  int    `yaml:"repeat_ms" json:"repeat_ms"`           // the same code within this time is one scan
	Longest int    `yaml:"longest" json:"longest"`               // bytes
	Wake    string `yaml:"wake,omitempty" json:"wake,omitempty"` // hex sent before it listens
}

// Site is an agent's own file: what stands where.
type Site struct {
	Branch string `yaml:"branch" json:"branch"`
	Name   string `yaml:"name" json:"name"`                         // of this machine, on tickets and in lists: "Máy 1"
	Server string `yaml:"server,omitempty" json:"server,omitempty"` // http://host:port; --server wins
	// CA, Pin and Cert are of HTTPS: a file with the authority that the server's
	// certificate must come from, or the fingerprint of its key; and a file with the
	// agent's own certificate and key, where the server asks for one. Files may be
	// relative to the site file's own folder.
	CA      string   `yaml:"ca,omitempty" json:"ca,omitempty"`
	Pin     string   `yaml:"pin,omitempty" json:"pin,omitempty"`
	Cert    string   `yaml:"cert,omitempty" json:"cert,omitempty"`
	Data    string   `yaml:"data,omitempty" json:"data,omitempty"`     // folder of key, outbox and spool
	Listen  string   `yaml:"listen,omitempty" json:"listen,omitempty"` // the kiosk's proxy, e.g. 127.0.0.1:8090; empty for none
	Devices []Device `yaml:"devices" json:"devices"`
	// Profiles is a folder with profiles of the hall's own, which win over the
	// built-in ones; in the file it may be relative to the file's own folder.
	Profiles string `yaml:"profiles,omitempty" json:"profiles,omitempty"`
}

// Device is one port and what hangs on it.
type Device struct {
	ID      string   `yaml:"id" json:"id"` // unique in the site: printer, keypads, scanner
	Profile string   `yaml:"profile" json:"profile"`
	Port    string   `yaml:"port" json:"port"`                         // /dev/serial/by-id/…, /dev/motcua/…
	Baud    int      `yaml:"baud,omitempty" json:"baud,omitempty"`     // when it is not the profile's first
	Flow    string   `yaml:"flow,omitempty" json:"flow,omitempty"`     // when it is not the profile's
	Prints  []string `yaml:"prints,omitempty" json:"prints,omitempty"` // printer: names of the keys whose tickets come out here; empty: this agent's own
	Units   []Unit   `yaml:"units,omitempty" json:"units,omitempty"`   // keypads and panels

	Debounce int `yaml:"debounce_ms,omitempty" json:"debounce_ms,omitempty"` // keypads: when it is not the profile's
}

// Unit is one keypad or panel on a bus.
type Unit struct {
	Address int    `yaml:"address" json:"address"`
	Counter string `yaml:"counter" json:"counter"` // id of the counter it stands at
	Role    string `yaml:"role" json:"role"`       // rate | call | panel
}
