package queue

// BoardSetting is how the hall is told who goes where: its boards and its voice.
type BoardSetting struct {
	Zones []ZoneSetting `json:"zones,omitempty"` // parts of a large hall with boards of their own
	Night NightSetting  `json:"night,omitzero"`
	Voice VoiceSetting  `json:"voice,omitzero"`
}

// ZoneSetting is a part of the hall: its boards and its voice call for these
// counters only. A counter in no zone is called in all of them.
type ZoneSetting struct {
	ID       string   `json:"id"`
	Name     Text     `json:"name"`
	Counters []string `json:"counters"`
}

// NightSetting is when boards are black; never when empty.
type NightSetting struct {
	From HM `json:"from,omitempty"`
	To   HM `json:"to,omitempty"`
}

// VoiceSetting is how calls are spoken.
type VoiceSetting struct {
	On      bool   `json:"on,omitempty"`
	Region  string `json:"region,omitempty"`  // "south" says "lẻ", "ngàn"; the northern words when empty
	Numbers string `json:"numbers,omitempty"` // "whole": "số mười hai"; digit by digit when empty
	English bool   `json:"english,omitempty"` // each call in English too
	// Also are tags of more languages a call is said in, those of folders with
	// recordings; docs/speech.md.
	Also []string `json:"also,omitempty"`
	Once bool     `json:"once,omitempty"` // calls are said once; twice when false
	// Hours bound the loudness, percent; 100 outside all of them.
	Hours []LoudnessHour `json:"hours,omitempty"`
}

// LoudnessHour is how loud it may be in a part of the day, in one zone or all.
type LoudnessHour struct {
	Zone    string `json:"zone,omitempty"`
	From    HM     `json:"from"`
	To      HM     `json:"to"`
	Percent int    `json:"percent"` // 0 to 100
}
