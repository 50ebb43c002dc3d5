package speech

import "testing"

// The rules of saying numbers, North and South, where they differ.
func TestVietnamese(t *testing.T) {
	for _, c := range []struct {
		n            int64
		north, south string
	}{
		{0, "không", ""}, {1, "một", ""}, {4, "bốn", ""}, {5, "năm", ""}, {10, "mười", ""}, {11, "mười một", ""},
		{14, "mười bốn", ""}, {15, "mười lăm", ""}, {19, "mười chín", ""}, {20, "hai mươi", ""}, {21, "hai mươi mốt", ""},
		{24, "hai mươi tư", "hai mươi bốn"}, {25, "hai mươi lăm", ""},
		{44, "bốn mươi tư", "bốn mươi bốn"}, {55, "năm mươi lăm", ""}, {99, "chín mươi chín", ""}, {100, "một trăm", ""},
		{101, "một trăm linh một", "một trăm lẻ một"}, {104, "một trăm linh bốn", "một trăm lẻ bốn"},
		{105, "một trăm linh năm", "một trăm lẻ năm"}, {110, "một trăm mười", ""}, {111, "một trăm mười một", ""},
		{115, "một trăm mười lăm", ""}, {121, "một trăm hai mươi mốt", ""}, {205, "hai trăm linh năm", "hai trăm lẻ năm"},
		{1000, "một nghìn", "một ngàn"}, {1001, "một nghìn không trăm linh một", "một ngàn không trăm lẻ một"},
		{1015, "một nghìn không trăm mười lăm", "một ngàn không trăm mười lăm"},
		{1021, "một nghìn không trăm hai mươi mốt", "một ngàn không trăm hai mươi mốt"},
		{1025, "một nghìn không trăm hai mươi lăm", "một ngàn không trăm hai mươi lăm"},
		{1100, "một nghìn một trăm", "một ngàn một trăm"},
		{1105, "một nghìn một trăm linh năm", "một ngàn một trăm lẻ năm"},
		{8000, "tám nghìn", "tám ngàn"},
		{10005, "mười nghìn không trăm linh năm", "mười ngàn không trăm lẻ năm"},
		{100500, "một trăm nghìn năm trăm", "một trăm ngàn năm trăm"},
		{1000001, "một triệu không trăm linh một", "một triệu không trăm lẻ một"},
		{2_000_000_000, "hai tỷ", ""}, {-1, "", ""}, {1e12, "", ""},
	} {
		south := c.south
		if south == "" {
			south = c.north
		}
		if got := Vietnamese(c.n, North); got != c.north {
			t.Errorf("%d in the North: %q, want %q", c.n, got, c.north)
		}
		if got := Vietnamese(c.n, South); got != south {
			t.Errorf("%d in the South: %q, want %q", c.n, got, south)
		}
	}
}

func TestEnglish(t *testing.T) {
	for n, want := range map[int64]string{
		0: "zero", 7: "seven", 13: "thirteen", 20: "twenty", 21: "twenty-one", 40: "forty", 99: "ninety-nine",
		100: "one hundred", 105: "one hundred and five", 121: "one hundred and twenty-one", 1000: "one thousand",
		1005: "one thousand and five", 1100: "one thousand one hundred", 1025: "one thousand and twenty-five", -1: "", 1e6: "",
	} {
		if got := English(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int64]string{1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 8: "eighth", 9: "ninth",
		12: "twelfth", 13: "thirteenth", 20: "twentieth", 21: "twenty-first", 30: "thirtieth", 31: "thirty-first"} {
		if got := Ordinal(n); got != want {
			t.Errorf("day %d: %q, want %q", n, got, want)
		}
	}
}

func TestLetters(t *testing.T) {
	for letter, want := range map[byte]string{'A': "a", 'B': "bê", 'C': "xê", 'D': "dê", 'H': "hát", 'T': "tê"} {
		if got := Letter(letter); got != want {
			t.Errorf("%c: %q, want %q", letter, got, want)
		}
	}
	for letter := byte('A'); letter <= 'Z'; letter++ {
		if Letter(letter) == "" {
			t.Errorf("%c has no name", letter)
		}
	}
}
