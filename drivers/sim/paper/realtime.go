package paper

// Sniffer finds real-time commands in what arrives. Printers look for them before
// they know what the bytes are, so they also find them inside pictures (TM-U220,
// p. 74): a driver that lets one slip into a raster is punished here as there.
type Sniffer struct{ seen []byte }

// Next takes a received byte and gives the command it completes, or nil:
// DLE EOT n, DLE ENQ n, or DLE DC4 with its parameters.
func (s *Sniffer) Next(b byte) []byte {
	s.seen = append(s.seen, b)
	for len(s.seen) > 0 && !begins(s.seen) {
		s.seen = s.seen[1:]
	}
	if len(s.seen) < 3 || s.seen[1] == 0x14 && len(s.seen) < 2+dc4Wants(s.seen[2:]) {
		return nil
	}
	done := s.seen
	s.seen = nil
	return done
}

// begins tells whether a real-time command may begin so.
func begins(p []byte) bool {
	if p[0] != dle {
		return false
	}
	if len(p) == 1 {
		return true
	}
	last := map[byte][]byte{4: {1, 2, 3, 4}, 5: {1, 2}, 0x14: {1, 2, 7, 8}}[p[1]]
	if last == nil || len(p) == 2 {
		return last != nil
	}
	for _, n := range last {
		if p[2] == n {
			return true
		}
	}
	return false
}
