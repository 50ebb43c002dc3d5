package catalogue

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// modes in the order people ask for them: at the hall first.
var modes = []string{"direct", "online", "post"}

// Plain gives the procedure as a citizen asks for it. own is what the hall itself
// knows of it; nil for nothing.
func (p Procedure) Plain(own *Own) Plain {
	if own == nil {
		own = &Own{}
	}
	return Plain{Cases: plainCases(p.Documents, own.Forms), Times: plainTimes(p.Channels), Fees: plainFees(p.Channels, own)}
}

// PlainFees is the part of Plain that a fee board shows.
func (p Procedure) PlainFees(own *Own) []PlainFee {
	if own == nil {
		own = &Own{}
	}
	return plainFees(p.Channels, own)
}

// byMode gives the channels direct first; those of one mode stay in their order.
func byMode(list []Channel) []Channel {
	rank := func(mode string) int {
		if i := slices.Index(modes, mode); i >= 0 {
			return i
		}
		return len(modes)
	}
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b Channel) int { return rank(a.Mode) - rank(b.Mode) })
	return sorted
}

// plainTimes gives each time once, with the channels that have it.
func plainTimes(channels []Channel) []PlainTime {
	list := []PlainTime{}
	for _, c := range byMode(channels) {
		t := PlainTime{Modes: []string{c.Mode}, Text: timeText(c), Term: c.Term}
		if t.Text == "" {
			continue
		}
		same := slices.IndexFunc(list, func(o PlainTime) bool { return strings.EqualFold(o.Text, t.Text) && o.Term == t.Term })
		if same < 0 {
			list = append(list, t)
		} else if !slices.Contains(list[same].Modes, c.Mode) {
			list[same].Modes = append(list[same].Modes, c.Mode)
		}
	}
	return list
}

// unitWords writes a unit as people say it.
var unitWords = map[string]string{UnitDay: "ngày", UnitWorkingDay: "ngày làm việc", UnitHour: "giờ", UnitHalfDay: "buổi", UnitMonth: "tháng"}

// askThere stands in place of a bare number: nobody knows whether it means days or
// working days. The number itself stands in the official text.
const askThere = "Hỏi tại quầy"

var bareNumber = regexp.MustCompile(`^\d[\d.,]*$`)

// timeText is the time as the record has it. Where the record has none, the note
// of the channel may tell it.
func timeText(c Channel) string {
	switch unit := unitWords[c.Term.Unit]; {
	case c.Time == "":
		_, rest := feeNote(c.Note)
		return timeSentence(rest)
	case c.Term.Unit == "" && bareNumber.MatchString(strings.TrimSpace(c.Time)):
		return askThere
	case unit != "" && strings.EqualFold(plain(c.Time), plain(trimZero(c.Term.N)+" "+unit)):
		return trimZero(c.Term.N) + " " + unit
	}
	return c.Time
}

var (
	saysTime  = regexp.MustCompile(`\d+ ?(?:\([^)]*\) ?)?(?:ngay|gio|thang|buoi|phut)\b|trong ngay|ngay sau khi|ngay khi`)
	sentences = regexp.MustCompile(`\n|(?:[.;])\s+`)
)

// timeSentence finds the first sentence that names a time.
func timeSentence(note string) string {
	for _, part := range sentences.Split(note, -1) {
		part = strings.TrimSpace(strings.Trim(part, " .;-+*•"))
		if s := plain(part); saysTime.MatchString(s) && !strings.HasPrefix(s, "phi") && !strings.HasPrefix(s, "le phi") {
			return brief(part)
		}
	}
	return ""
}

// trimZero writes a number as people do: 0.5 is "0,5".
func trimZero(n float64) string {
	return strings.Replace(strconv.FormatFloat(n, 'f', -1, 64), ".", ",", 1)
}
