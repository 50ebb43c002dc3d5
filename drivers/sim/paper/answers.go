package paper

// Commands that the printer answers in the order of the bytes, and real-time
// ones, which were executed when they arrived and are skipped here.
var answerCommands = map[string]command{
	"\x1da":    {fixed: 1, run: (*Machine).setASB},
	"\x1dr":    {fixed: 1, run: (*Machine).askStatus},
	"\x1dI":    {fixed: 1, run: (*Machine).askName},
	"\x1d(":    {fixed: 3, more: lengthOf, run: (*Machine).bracket},
	"\x1bv":    {run: func(m *Machine, _ []byte) { m.askStatus([]byte{1}) }},
	"\x1bu":    {fixed: 1},
	"\x10\x04": {fixed: 1, run: (*Machine).askNow},
	"\x10\x05": {fixed: 1},
	"\x10\x14": {fixed: 1, more: dc4Wants},
}

func (m *Machine) setASB(a []byte) {
	if m.o.ASB != nil {
		m.o.ASB(a[0])
	}
}

func (m *Machine) askStatus(a []byte) {
	n := a[0] &^ '0'
	if n != 1 && n != 2 && n != 4 {
		m.fail("GS r %d", a[0])
		return
	}
	m.answer(AnswerStatus, m.status(n)&0x6F) // bits 4 and 7 are always 0: that tells it from the others
}

func (m *Machine) askNow(a []byte) {
	if !m.o.RealTime || a[0] < 1 || a[0] > 4 {
		return
	}
	b := byte(0x12)
	if m.o.Status != nil {
		b = m.o.Status(a[0])
	}
	m.answer(AnswerRealTime, b)
}

// askName: numbers up to 3 give one byte, the letters a block (TM-T81, p. 110).
func (m *Machine) askName(a []byte) {
	text := func(s string) { m.answer(AnswerName, append(append([]byte{'_'}, s...), 0)...) }
	switch a[0] {
	case 1, '1', 2, '2', 3, '3':
		m.answer(AnswerName, 0x20)
	case 'A':
		text("1.00 ESC/POS")
	case 'B':
		text("MOTCUA")
	case 'C':
		text(m.o.Name)
	case 'D':
		text("SIM00001")
	default:
		m.fail("GS I %d", a[0])
	}
}

// bracket serves GS ( x pL pH data.
func (m *Machine) bracket(a []byte) {
	data := a[3:]
	switch a[0] {
	case 'H':
		m.processID(data)
	case 'L':
		m.graphics(data)
	case 'k':
		m.symbol(data)
	case 'A', 'D', 'E', 'K', 'M', 'N', 'C':
	default:
		m.fail("unknown command GS ( %q", a[0])
	}
}

// processID: 48 48 d1..d4 is answered 37 22 d1..d4 00 when all before it is on
// paper (TM-T88III, p. 428).
func (m *Machine) processID(d []byte) {
	if len(d) != 6 || d[0]&^'0' != 0 || d[1]&^'0' != 0 {
		m.fail("GS ( H with % x", d)
		return
	}
	for _, b := range d[2:] {
		if b < 0x20 || b > 0x7E {
			m.fail("process id % x", d[2:])
			return
		}
	}
	m.answer(AnswerID, 0x37, 0x22, d[2], d[3], d[4], d[5], 0)
}

// dc4Wants: the number of bytes after DLE DC4 depends on the function.
func dc4Wants(a []byte) int {
	switch a[0] {
	case 1, 2:
		return 3
	case 7:
		return 2
	case 8:
		return 8
	}
	return 1
}
