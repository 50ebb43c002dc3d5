package firmware

import (
	"fmt"
	"strings"
)

// Problem is one thing that is wrong in a file, told so that a technician with a
// text editor finds it.
type Problem struct {
	File string
	Line int    // from 1; 0 when it concerns the whole file
	Path string // e.g. serial.baud[0]; empty for the whole file
	Text string
}

// Error gives file:line: path: text, as compilers do, so that editors jump there.
func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	b.WriteString(": ")
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Text)
	return b.String()
}

// Problems are all that was found, in the order of the file.
type Problems []Problem

// Error gives one problem a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, one := range p {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// orNil keeps an empty list from becoming an error that is not nil.
func (p Problems) orNil() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// add notes a problem at a node.
func (p *Problems) add(n *node, path, format string, args ...any) {
	*p = append(*p, Problem{File: n.file, Line: n.line, Path: path, Text: fmt.Sprintf(format, args...)})
}
