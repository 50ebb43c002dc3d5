package search

// near finds the words a slip away from fold, among the words of names, fields
// and the table. One slip (a letter missing, doubled, wrong, or two swapped) in a
// word of three letters or more, two from seven letters on.
func (x *Index) near(fold string, add func(id int32)) {
	n := len(fold)
	if n < 3 || n > 24 {
		return
	}
	most := 1
	if n >= 7 {
		most = 2
	}
	mask := letters(fold)
	for l := n - most; l <= n+most; l++ {
		if l < 2 || l >= len(x.byLength) {
			continue
		}
		for _, id := range x.byLength[l] {
			// A slip changes at most two of the letters that occur.
			if bitsApart(mask, x.letterMask[id]) > 2*most {
				continue
			}
			if d := distance(fold, x.vocabulary[id], most); d > 0 && d <= most {
				add(id)
			}
		}
	}
}

func letters(s string) uint32 {
	var m uint32
	for i := range len(s) {
		m |= 1 << (s[i] & 31)
	}
	return m
}

func bitsApart(a, b uint32) int {
	n := 0
	for d := a ^ b; d != 0; d &= d - 1 {
		n++
	}
	return n
}

// distance counts the slips between two words (Damerau, neighbours swapped once);
// it gives up with most+1 when there are more than that. Words are at most 32 bytes.
func distance(a, b string, most int) int {
	if len(a) > 31 || len(b) > 31 {
		return most + 1
	}
	var rows [3][32]int
	two, one, now := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		one[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(one[j]+1, now[j-1]+1, one[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, two[j-2]+1)
			}
			now[j] = d
			least = min(least, d)
		}
		if least > most {
			return most + 1
		}
		two, one, now = one, now, two
	}
	return one[len(b)]
}
