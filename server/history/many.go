package history

// together is how many rows one statement inserts where there are many: the way
// into the library costs as much as a row.
const together = 16

// many gathers rows of one table.
type many struct {
	head, tail string // around the values
	columns    int
	full       string // the statement of as many rows as go together
	args       []any
}

// add puts a row behind those that were gathered, and writes them when they are enough.
func (b *batch) add(head, tail string, row ...any) error {
	m := b.rows[head]
	if m == nil {
		m = &many{head: head, tail: tail, columns: len(row), full: head + values(together, len(row)) + tail, args: make([]any, 0, together*len(row))}
		b.rows[head] = m
		b.order = append(b.order, m)
	}
	m.args = append(m.args, row...)
	if len(m.args) < together*m.columns {
		return nil
	}
	err := b.exec(m.full, m.args...)
	m.args = m.args[:0]
	return err
}

// flush writes the rows that are still gathered.
func (b *batch) flush() error {
	for _, m := range b.order {
		for len(m.args) > 0 {
			if err := b.exec(m.head+values(1, m.columns)+m.tail, m.args[:m.columns]...); err != nil {
				return err
			}
			m.args = m.args[m.columns:]
		}
		m.args = make([]any, 0, together*m.columns)
	}
	return nil
}

// values gives so many rows of question marks.
func values(rows, columns int) string {
	row := "(" + marks(columns) + ")"
	all := row
	for range rows - 1 {
		all += "," + row
	}
	return all
}
