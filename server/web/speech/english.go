package speech

import "strings"

var (
	small = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen " +
		"fourteen fifteen sixteen seventeen eighteen nineteen")
	decades = strings.Fields("- - twenty thirty forty fifty sixty seventy eighty ninety")
	months  = strings.Fields("January February March April May June July August September October November December")
)

// English gives a whole number from 0 to 999,999 in words.
func English(n int64) string {
	switch {
	case n < 0 || n >= 1e6:
		return ""
	case n < 20:
		return small[n]
	case n < 100:
		return joined(decades[n/10], "-", n%10)
	case n < 1000:
		return joined(small[n/100]+" hundred", " and ", n%100)
	case n%1000 > 0 && n%1000 < 100:
		return joined(English(n/1000)+" thousand", " and ", n%1000)
	default:
		return joined(English(n/1000)+" thousand", " ", n%1000)
	}
}

func joined(words, by string, rest int64) string {
	if rest == 0 {
		return words
	}
	return words + by + English(rest)
}

// Ordinal gives the place of a day in its month, 1 to 31: "twenty-third".
func Ordinal(n int64) string {
	words := English(n)
	for _, change := range [][2]string{{"one", "first"}, {"two", "second"}, {"three", "third"}, {"five", "fifth"},
		{"eight", "eighth"}, {"nine", "ninth"}, {"twelve", "twelfth"}} {
		if before, ok := strings.CutSuffix(words, change[0]); ok {
			return before + change[1]
		}
	}
	if before, ok := strings.CutSuffix(words, "y"); ok {
		return before + "ieth"
	}
	return words + "th"
}
