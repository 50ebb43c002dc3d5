package escpos

// A printer looks for real-time commands in whatever comes in, pictures too, and
// obeys them at once: DLE EOT (10 04 n), DLE ENQ (10 05 n), DLE DC4 (10 14 fn).
// "Epson TM-U220 specification p. 74" says so and leaves it to the host.

// dle begins every real-time command.
const dle = 0x10

// defuse clears the dot of each 0x10 that begins a command within a picture: one
// dot is not seen. After the picture comes ESC, FS or GS, so only 10 14 matters at
// its very end.
func defuse(data []byte) {
	for from := 0; ; {
		at := hidden(data[from:])
		if at < 0 {
			break
		}
		data[from+at] = 0
		from += at
	}
	if n := len(data); n >= 2 && data[n-2] == dle && data[n-1] == 0x14 {
		data[n-2] = 0
	}
}

// hidden finds the first real-time command in a run of bytes; -1 for none. A few
// models know DLE EOT up to 8.
func hidden(data []byte) int {
	for i := 0; i+2 < len(data); i++ {
		if data[i] != dle {
			continue
		}
		n := data[i+2]
		switch data[i+1] {
		case 0x04:
			if n >= 1 && n <= 8 {
				return i
			}
		case 0x05:
			if n == 1 || n == 2 {
				return i
			}
		case 0x14:
			return i
		}
	}
	return -1
}
