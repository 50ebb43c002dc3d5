// Package qr is the one home of the QR library. It gives symbols as modules,
// for paper, and as SVG, for screens.
package qr

import (
	"strconv"
	"strings"
	"sync"

	"github.com/skip2/go-qrcode"
)

// Longest is the longest content in bytes: what still makes a symbol that a
// phone reads from a slip of paper.
const Longest = 300

// Modules gives the symbol's modules, true for dark, with the quiet zone of
// four modules around it. Medium correction.
func Modules(content string) ([][]bool, error) {
	code, err := qrcode.New(content, qrcode.Medium)
	if err != nil {
		return nil, err
	}
	return code.Bitmap(), nil
}

// SVG gives the symbol as a square image without a size of its own. Making one
// costs a megabyte of garbage, so the last ones are kept.
func SVG(content string) ([]byte, error) {
	if made := kept.get(content); made != nil {
		return made, nil
	}
	modules, err := Modules(content)
	if err != nil {
		return nil, err
	}
	made := draw(modules)
	kept.put(content, made)
	return made, nil
}

// draw writes one path: a run of dark modules in a row is one rectangle.
func draw(modules [][]bool) []byte {
	n := strconv.Itoa(len(modules))
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` + n + ` ` + n + `" shape-rendering="crispEdges" role="img" aria-label="QR">`)
	b.WriteString(`<path fill="#fff" d="M0 0h` + n + `v` + n + `H0z"/><path fill="#000" d="`)
	for y, row := range modules {
		for x := 0; x < len(row); x++ {
			if !row[x] {
				continue
			}
			from := x
			for x < len(row) && row[x] {
				x++
			}
			run := strconv.Itoa(x - from)
			b.WriteString("M" + strconv.Itoa(from) + " " + strconv.Itoa(y) + "h" + run + "v1h-" + run + "z")
		}
	}
	b.WriteString(`"/></svg>`)
	return []byte(b.String())
}

// cache keeps the symbols asked for last: first in, first out is enough, since
// a ticket's code is asked for a few times within minutes.
type cache struct {
	mu    sync.Mutex
	made  map[string][]byte
	order []string
}

const cacheSize = 256

var kept = cache{made: map[string][]byte{}}

func (c *cache) get(content string) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.made[content]
}

func (c *cache) put(content string, svg []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.made[content] != nil {
		return
	}
	if len(c.order) >= cacheSize {
		delete(c.made, c.order[0])
		c.order = c.order[1:]
	}
	c.made[content] = svg
	c.order = append(c.order, content)
}
