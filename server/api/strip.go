package api

import (
	"bytes"
	"path"
)

// strip leaves out of a module or a style sheet what only its readers need: lines
// that are nothing but a comment, and the blanks that indent a line. Every other
// line stays as it is and keeps its number, so that an error in a browser points at
// the line of the source. It reads lines, not the language: a text over several lines
// would be taken for code, and a test sees to it that there is none.
func strip(name string, body []byte) []byte {
	kind := path.Ext(name)
	if kind != ".js" && kind != ".css" {
		return body
	}
	lines := bytes.Split(body, []byte("\n"))
	for i := 0; i < len(lines); i++ {
		lines[i] = bytes.TrimLeft(lines[i], " \t")
		switch {
		case kind == ".js" && bytes.HasPrefix(lines[i], []byte("//")):
			lines[i] = nil
		case bytes.HasPrefix(lines[i], []byte("/*")):
			i = stripBlock(lines, i)
		}
	}
	return bytes.Join(lines, []byte("\n"))
}

// stripBlock empties the lines of the block comment that begins line first, unless
// code follows its end, and gives the last of them.
func stripBlock(lines [][]byte, first int) int {
	rest := lines[first][len("/*"):]
	for last := first; last < len(lines); last++ {
		if last > first {
			rest = lines[last]
		}
		_, after, ends := bytes.Cut(rest, []byte("*/"))
		if !ends {
			continue
		}
		if len(bytes.TrimSpace(after)) == 0 {
			clear(lines[first : last+1])
		}
		return last
	}
	return len(lines) - 1 // never closed: the browser shall say so
}
