package catalogue

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths of a short text, in characters: what fits two lines of a screen, and
// what may still stand when no earlier place to cut makes sense.
const (
	fitsTwoLines = 110
	mostShort    = 150
	leastShort   = 16
)

// brief cuts a text at the last sensible place that fits; a text cut inside a
// sentence ends with "…".
func brief(s string) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) <= fitsTwoLines && !strings.Contains(s, "\n") {
		return s
	}
	if cut := cutAt(s, "\n", ". ", "; ", " ("); cut != "" {
		return cut
	}
	if cut := cutAt(s, ": ", ", ", " hoặc ", " hoặc: "); cut != "" {
		return cut + "…"
	}
	return atWord(s, fitsTwoLines)
}

// cutAt gives the longest beginning that ends at one of these places, fits, and
// leaves no bracket open. "Trường hợp …:" alone would say nothing.
func cutAt(s string, places ...string) string {
	best := ""
	for _, place := range places {
		for from := 0; ; {
			i := strings.Index(s[from:], place)
			if i < 0 {
				break
			}
			head := strings.TrimRight(s[:from+i], " ,;:.")
			from += i + len(place)
			n := utf8.RuneCountInString(head)
			if n > fitsTwoLines {
				break
			}
			if n < leastShort || strings.Count(head, "(") != strings.Count(head, ")") || len(head) <= len(best) || abbreviated(head) ||
				place == ": " && opening.MatchString(head) {
				continue
			}
			best = head
		}
	}
	if best == "" {
		return ""
	}
	return loose(best)
}

var opening = regexp.MustCompile(`(?i)^(?:đối với|trường hợp|nếu|lưu ý|ghi chú|trong đó)`)

// abbreviated tells whether a text ends with a letter or number and a dot that
// ends no sentence ("TP.", "1.").
func abbreviated(s string) bool {
	i := strings.LastIndexByte(s, ' ')
	last := s[i+1:]
	return utf8.RuneCountInString(last) <= 2 && strings.IndexFunc(last, unicode.IsLower) < 0
}

// atWord cuts between two words, after at most so many characters.
func atWord(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	at, n := 0, 0
	for i, r := range s {
		if n++; n > most {
			break
		}
		if r == ' ' {
			at = i
		}
	}
	if at == 0 { // one endless word
		return string([]rune(s)[:most]) + "…"
	}
	head := loose(strings.TrimRight(s[:at], " ,;:.("))
	if strings.Count(head, "(") > strings.Count(head, ")") {
		if i := strings.LastIndex(head, " ("); utf8.RuneCountInString(head[:max(i, 0)]) >= leastShort {
			head = head[:i]
		}
	}
	return strings.TrimSuffix(head, "…") + "…"
}

// hanging are words that must not end a text.
var hanging = regexp.MustCompile(`(?i)(?:\s+(?:hoặc|và|của|theo|tại|do|có|các|những|với|đối với|để|về|từ|trong|cho|bằng|là|số|khoản|điều|điểm|được|thì|mà|bởi|trên|trường hợp|ban hành|kèm|kèm theo|quy định|quy định tại|phải|không|đã|sẽ|như|nếu|khi|một|gồm|bao gồm))+$`)

// loose takes words from the end that ask for more.
func loose(s string) string {
	cut := strings.TrimRight(hanging.ReplaceAllString(s, ""), " ,;:.-–")
	if utf8.RuneCountInString(cut) < leastShort {
		return s
	}
	return cut
}
