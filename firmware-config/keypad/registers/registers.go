// Code generated from registers.yaml by go generate; DO NOT EDIT.

// Package registers is the keypad's register map.
package registers

// What the device says of itself.
const (
	DeviceType      = 0x5151
	FirmwareVersion = 0x0100 // binary coded decimal
	Vendor          = "Mot Cua"
	Product         = "MOTCUA-KP"
)

// Rules of the events.
const (
	EventRing    = 16   // presses kept
	EventSeqStep = 4099 // see FirstSeq
	EventAgeUnit = 10   // ms
	HostLost     = 5000 // ms without a request
)

// Input registers: FC 04.
const (
	InputDeviceType = 0  // always the device's type
	InputVersion    = 1  // BCD: of the firmware
	InputBoot       = 2  // counts starts of the chip; kept in EEPROM
	InputUptime     = 3  // s: since the start; goes round after 18 h
	InputQueued     = 4  // events waiting to be acknowledged
	InputSeq        = 5  // of the oldest event, 0 when there is none; (boot, seq) names an event for good
	InputKey        = 6  // of the oldest event, 0 when there is none
	InputAge        = 7  // 10 ms: of the oldest event; stays at 65535
	InputLost       = 8  // presses lost since the start because the ring was full; stays at 65535
	InputCRCErrors  = 9  // frames with a wrong CRC since the start, whoever they were for; stays at 65535
	InputRawKeys    = 10 // keys held down now, after debouncing; bit 0 is key 1
	InputEnd        = 11 // one more than the last
)

// Holding registers: FC 03, 06, 10 and 17 hex.
const (
	HoldingAck          = 0  // a seq: drops the oldest event if it has just this one; anything else, and 0, changes nothing
	HoldingDebounce     = 1  // ms: a key must be quiet this long
	HoldingLED          = 2  // bits 0 and 1: lamps A and B on; bits 4 and 5: they blink instead
	HoldingAddress      = 3  // on the line
	HoldingParity       = 4  // 0 = 8N1, 1 = 8E1
	HoldingBaud         = 5  // 100 Bd: 9600, 19200, 38400 or 57600
	HoldingMirror       = 16 // the inputs again, so that one FC 17 hex acknowledges and reads the next event
	HoldingDigits       = 32 // characters of the display, from the left; what seven segments cannot show stays dark
	HoldingBlink        = 40 // places of the display that blink; bit 0 is the leftmost
	HoldingBrightness   = 41 // of the display
	HoldingBeep         = 42 // 10 ms: sounds the buzzer this long; reads what is left of it
	HoldingConfigCRC    = 64 // CRC of the configuration in force
	HoldingConfigCommit = 65 // the CRC of the pending values: stores them and puts them in force after the answer; a wrong one forgets them (exception 3)
	HoldingEnd          = 66 // one more than the last
)

// Lengths, ranges and defaults of what can be set.
const (
	DebounceMin       = 1
	DebounceMax       = 200
	DebounceDefault   = 20
	LEDMin            = 0
	LEDMax            = 51
	AddressMin        = 1
	AddressMax        = 247
	AddressDefault    = 1
	ParityMin         = 0
	ParityMax         = 1
	ParityDefault     = 0
	BaudMin           = 96
	BaudMax           = 576
	BaudDefault       = 192
	MirrorCount       = 11
	DigitsCount       = 8
	DigitsMin         = 32
	DigitsMax         = 126
	DigitsDefault     = 32
	BlinkMin          = 0
	BlinkMax          = 255
	BrightnessMin     = 0
	BrightnessMax     = 15
	BrightnessDefault = 8
	BeepMin           = 0
	BeepMax           = 200
)

// Key is one key of the keypad.
type Key struct {
	Number int
	Pin    string // of the chip: port and bit
	Name   string
	Text   string
}

// Register is one register, or Count of them in a row.
type Register struct {
	Kind     string // input | holding
	Address  int
	Count    int
	Name     string
	Access   string // r | w | rw
	Unit     string
	Min, Max int
	Values   []int // when not everything between Min and Max is meant
	Default  int
	Config   bool // pending until committed
	Text     string
}

// Numbers of the keys.
const (
	KeyRate1      = 1  // rating, the best level
	KeyRate2      = 2  // rating, second level
	KeyRate3      = 3  // rating, third level
	KeyRate4      = 4  // rating, fourth level
	KeyRate5      = 5  // rating, fifth level
	KeyCallNext   = 6  // call the next number
	KeyCallRecall = 7  // call the same number again
	KeyCallNoShow = 8  // the visitor did not come
	KeyCallPause  = 9  // pause the counter, or go on
	KeyCallInvite = 10 // ask for a rating
)

// Keys in the order of their numbers.
var Keys = []Key{
	{1, "C0", "rate_1", "rating, the best level"},
	{2, "C1", "rate_2", "rating, second level"},
	{3, "C2", "rate_3", "rating, third level"},
	{4, "C3", "rate_4", "rating, fourth level"},
	{5, "C4", "rate_5", "rating, fifth level"},
	{6, "D3", "call_next", "call the next number"},
	{7, "D4", "call_recall", "call the same number again"},
	{8, "D5", "call_no_show", "the visitor did not come"},
	{9, "D6", "call_pause", "pause the counter, or go on"},
	{10, "D7", "call_invite", "ask for a rating"},
}

// Table is every register, inputs first.
var Table = []Register{
	{Kind: "input", Address: 0, Count: 1, Name: "device_type", Access: "r", Unit: "", Min: 0, Max: 65535, Default: 0, Config: false,
		Text: "always the device's type"},
	{Kind: "input", Address: 1, Count: 1, Name: "version", Access: "r", Unit: "BCD", Min: 0, Max: 65535, Default: 0, Config: false,
		Text: "of the firmware"},
	{Kind: "input", Address: 2, Count: 1, Name: "boot", Access: "r", Unit: "", Min: 1, Max: 65535, Default: 0, Config: false,
		Text: "counts starts of the chip; kept in EEPROM"},
	{Kind: "input", Address: 3, Count: 1, Name: "uptime", Access: "r", Unit: "s", Min: 0, Max: 65535, Default: 0, Config: false,
		Text: "since the start; goes round after 18 h"},
	{Kind: "input", Address: 4, Count: 1, Name: "queued", Access: "r", Unit: "", Min: 0, Max: 16, Default: 0, Config: false,
		Text: "events waiting to be acknowledged"},
	{Kind: "input", Address: 5, Count: 1, Name: "seq", Access: "r", Unit: "", Min: 0, Max: 65535, Default: 0, Config: false,
		Text: "of the oldest event, 0 when there is none; (boot, seq) names an event for good"},
	{Kind: "input", Address: 6, Count: 1, Name: "key", Access: "r", Unit: "", Min: 0, Max: 10, Default: 0, Config: false,
		Text: "of the oldest event, 0 when there is none"},
	{Kind: "input", Address: 7, Count: 1, Name: "age", Access: "r", Unit: "10 ms", Min: 0, Max: 65535, Default: 0, Config: false,
		Text: "of the oldest event; stays at 65535"},
	{Kind: "input", Address: 8, Count: 1, Name: "lost", Access: "r", Unit: "", Min: 0, Max: 65535, Default: 0, Config: false,
		Text: "presses lost since the start because the ring was full; stays at 65535"},
	{Kind: "input", Address: 9, Count: 1, Name: "crc_errors", Access: "r", Unit: "", Min: 0, Max: 65535, Default: 0, Config: false,
		Text: "frames with a wrong CRC since the start, whoever they were for; stays at 65535"},
	{Kind: "input", Address: 10, Count: 1, Name: "raw_keys", Access: "r", Unit: "", Min: 0, Max: 65535, Default: 0, Config: false,
		Text: "keys held down now, after debouncing; bit 0 is key 1"},
	{Kind: "holding", Address: 0, Count: 1, Name: "ack", Access: "rw", Unit: "", Min: 0, Max: 65535, Default: 0, Config: false,
		Text: "a seq: drops the oldest event if it has just this one; anything else, and 0, changes nothing"},
	{Kind: "holding", Address: 1, Count: 1, Name: "debounce", Access: "rw", Unit: "ms", Min: 1, Max: 200, Default: 20, Config: true,
		Text: "a key must be quiet this long"},
	{Kind: "holding", Address: 2, Count: 1, Name: "led", Access: "rw", Unit: "", Min: 0, Max: 51, Default: 0, Config: false,
		Text: "bits 0 and 1: lamps A and B on; bits 4 and 5: they blink instead"},
	{Kind: "holding", Address: 3, Count: 1, Name: "address", Access: "rw", Unit: "", Min: 1, Max: 247, Default: 1, Config: true,
		Text: "on the line"},
	{Kind: "holding", Address: 4, Count: 1, Name: "parity", Access: "rw", Unit: "", Min: 0, Max: 1, Default: 0, Config: true,
		Text: "0 = 8N1, 1 = 8E1"},
	{Kind: "holding", Address: 5, Count: 1, Name: "baud", Access: "rw", Unit: "100 Bd", Min: 96, Max: 576, Values: []int{96, 192, 384, 576}, Default: 192, Config: true,
		Text: "9600, 19200, 38400 or 57600"},
	{Kind: "holding", Address: 16, Count: 11, Name: "mirror", Access: "r", Unit: "", Min: 0, Max: 65535, Default: 0, Config: false,
		Text: "the inputs again, so that one FC 17 hex acknowledges and reads the next event"},
	{Kind: "holding", Address: 32, Count: 8, Name: "digits", Access: "rw", Unit: "", Min: 32, Max: 126, Default: 32, Config: false,
		Text: "characters of the display, from the left; what seven segments cannot show stays dark"},
	{Kind: "holding", Address: 40, Count: 1, Name: "blink", Access: "rw", Unit: "", Min: 0, Max: 255, Default: 0, Config: false,
		Text: "places of the display that blink; bit 0 is the leftmost"},
	{Kind: "holding", Address: 41, Count: 1, Name: "brightness", Access: "rw", Unit: "", Min: 0, Max: 15, Default: 8, Config: false,
		Text: "of the display"},
	{Kind: "holding", Address: 42, Count: 1, Name: "beep", Access: "rw", Unit: "10 ms", Min: 0, Max: 200, Default: 0, Config: false,
		Text: "sounds the buzzer this long; reads what is left of it"},
	{Kind: "holding", Address: 64, Count: 1, Name: "config_crc", Access: "r", Unit: "", Min: 0, Max: 65535, Default: 0, Config: false,
		Text: "CRC of the configuration in force"},
	{Kind: "holding", Address: 65, Count: 1, Name: "config_commit", Access: "w", Unit: "", Min: 0, Max: 65535, Default: 0, Config: false,
		Text: "the CRC of the pending values: stores them and puts them in force after the answer; a wrong one forgets them (exception 3)"},
}
