package speech

import "strings"

// Region is a way of saying numbers in Vietnamese.
type Region int

// The two usages that differ: North says "linh", "tư" and "nghìn", South "lẻ",
// "bốn" and "ngàn".
const (
	North Region = iota
	South
)

var digits = []string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// groups are the names of a thousand's powers, lowest first.
var groups = map[Region][]string{
	North: {"", "nghìn", "triệu", "tỷ"},
	South: {"", "ngàn", "triệu", "tỷ"},
}

// Vietnamese gives a whole number from 0 to 999,999,999,999 in words. Synthesizers
// get some of these wrong (15 becomes "ten years"): always feed them the words.
func Vietnamese(n int64, r Region) string {
	if n < 0 || n >= 1e12 {
		return ""
	}
	if n == 0 {
		return digits[0]
	}
	var parts []string
	for power := 3; power >= 0; power-- {
		unit := int64(1)
		for range power {
			unit *= 1000
		}
		three := n / unit % 1000
		if three == 0 {
			continue
		}
		// A group inside a number is said in full: "một nghìn không trăm linh năm".
		parts = append(parts, hundreds(int(three), r, len(parts) > 0))
		if power > 0 {
			parts = append(parts, groups[r][power])
		}
	}
	return strings.Join(parts, " ")
}

// hundreds says 1 to 999; inner means that a greater group stands before it.
func hundreds(n int, r Region, inner bool) string {
	if n < 100 && !inner {
		return tens(n, r)
	}
	words := digits[n/100] + " trăm"
	switch rest := n % 100; {
	case rest == 0:
		return words
	case rest < 10:
		return words + " " + linh(r) + " " + digits[rest]
	default:
		return words + " " + tens(rest, r)
	}
}

func linh(r Region) string {
	if r == South {
		return "lẻ"
	}
	return "linh"
}

// tens says 0 to 99.
func tens(n int, r Region) string {
	if n < 10 {
		return digits[n]
	}
	words := digits[n/10] + " mươi"
	if n < 20 {
		words = "mười"
	}
	switch unit := n % 10; {
	case unit == 0:
		return words
	case unit == 1 && n > 20:
		return words + " mốt"
	case unit == 4 && n > 20 && r == North:
		return words + " tư"
	case unit == 5:
		return words + " lăm"
	default:
		return words + " " + digits[unit]
	}
}

// letters are the names of the letters as people spell with them.
var letters = map[byte]string{
	'A': "a", 'B': "bê", 'C': "xê", 'D': "dê", 'E': "e", 'F': "ép", 'G': "giê", 'H': "hát", 'I': "i",
	'J': "gi", 'K': "ca", 'L': "e lờ", 'M': "em mờ", 'N': "en nờ", 'O': "o", 'P': "pê", 'Q': "quy",
	'R': "e rờ", 'S': "ét sì", 'T': "tê", 'U': "u", 'V': "vê", 'W': "vê kép", 'X': "ích xì", 'Y': "y dài", 'Z': "dét",
}

// Letter names a capital letter from A to Z in Vietnamese.
func Letter(letter byte) string { return letters[letter] }
