package paper

import "motcua/server/qr"

// qrCode is what GS ( k has set for the next symbol.
type qrCode struct {
	size  int  // dots of a module
	level byte // '0' to '3': L M Q H
	data  []byte
}

// symbol serves GS ( k for QR codes (cn 49). Printers draw no quiet zone.
func (m *Machine) symbol(d []byte) {
	if len(d) < 3 || d[0] != '1' {
		m.fail("GS ( k with % x", d[:min(len(d), 8)])
		return
	}
	switch n := d[2]; {
	case d[1] == 'A' && len(d) == 4 && (n == '1' || n == '2'):
	case d[1] == 'C' && n >= 1 && n <= 16:
		m.code.size = int(n)
	case d[1] == 'E' && n >= '0' && n <= '3':
		m.code.level = n
	case d[1] == 'P' && n == '0' && len(d) > 3:
		m.code.data = append([]byte(nil), d[3:]...)
	case d[1] == 'Q' && n == '0':
		m.drawSymbol()
	default:
		m.fail("GS ( k with % x", d[:min(len(d), 8)])
	}
}

func (m *Machine) drawSymbol() {
	if len(m.code.data) == 0 {
		m.fail("GS ( k: no symbol stored")
		return
	}
	modules, err := qr.Bare(string(m.code.data), "LMQH"[m.code.level-'0'])
	if err != nil {
		m.fail("GS ( k: %v", err)
		return
	}
	b := newBits(len(modules), len(modules))
	for y, row := range modules {
		for x, dark := range row {
			b.dot[y*b.w+x] = dark
		}
	}
	left, right := m.area()
	if b.w*m.code.size > right-left {
		m.fail("a symbol of %d dots is wider than the paper", b.w*m.code.size) // printers leave it out
		return
	}
	m.show(picture{b: b, wide: m.code.size, high: m.code.size})
	m.page.QR = append(m.page.QR, string(m.code.data))
}
