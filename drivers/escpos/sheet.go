package escpos

// sheet is a piece of paper over the whole printable width: eight dots a byte,
// the left one highest, 1 for black.
type sheet struct {
	bytes int // a row
	rows  [][]byte
}

func newSheet(dots int) *sheet { return &sheet{bytes: dots / 8} }

func (s *sheet) dots() int { return s.bytes * 8 }

// grow makes the sheet at least n rows high.
func (s *sheet) grow(n int) {
	for len(s.rows) < n {
		s.rows = append(s.rows, make([]byte, s.bytes))
	}
}

// set blackens a dot; one beside the paper is nobody's.
func (s *sheet) set(x, y int) {
	if x < 0 || x >= s.dots() || y < 0 {
		return
	}
	s.grow(y + 1)
	s.rows[y][x/8] |= 0x80 >> (x % 8)
}

func (s *sheet) at(x, y int) bool {
	return s.rows[y][x/8]&(0x80>>(x%8)) != 0
}

// reach tells how many bytes to each side of the middle a row's ink needs.
// Everything is cut to the same width left and right and printed centred: so
// nothing depends on a printer's idea of an absolute position, and pieces of one
// line stand exactly above each other.
func (s *sheet) reach(row []byte) int {
	for i := 0; i < s.bytes/2; i++ {
		if row[i] != 0 || row[s.bytes-1-i] != 0 {
			return s.bytes/2 - i
		}
	}
	return 0
}

// middle gives the piece of a row that lies reach bytes to both sides of the middle.
func (s *sheet) middle(row []byte, reach int) []byte {
	return row[s.bytes/2-reach : s.bytes/2+reach]
}

// band is a stretch of rows sent as one picture; blank when reach is 0.
type band struct{ from, to, reach int }

// bandHeader is what a picture costs beside its data: GS v 0 m xL xH yL yH.
const bandHeader = 8

// bands cuts the sheet into the pictures that take the fewest bytes: a wide row
// makes all rows of its picture wide, but each picture has a header. Blank rows
// are pictures of their own, one byte wide. No picture has more than most rows.
func (s *sheet) bands(most int) []band {
	n := len(s.rows)
	reaches := make([]int, n)
	for i, row := range s.rows {
		reaches[i] = s.reach(row)
	}
	best := make([]int, n+1) // cost of the rows from i on
	next := make([]band, n)
	for i := n - 1; i >= 0; i-- {
		reach := 0
		for j := i + 1; j <= n && j-i <= most; j++ {
			reach = max(reach, reaches[j-1])
			cost := bandHeader + max(2*reach, 1)*(j-i) + best[j]
			if j == i+1 || cost < best[i] {
				best[i], next[i] = cost, band{i, j, reach}
			}
		}
	}
	var all []band
	for i := 0; i < n; i = next[i].to {
		all = append(all, next[i])
	}
	return all
}
