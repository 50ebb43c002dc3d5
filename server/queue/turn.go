package queue

// PriorityFirst decides between the first with priority and the first without when
// both wait at a counter, each written "order|id" as in the store, at a moment in ms
// since 1970. turn is the counter's: visits without priority still due before the
// next with; it is counted on. The store's script policy.lua decides in the hall;
// this is the same rule for what is reckoned without a store.
func (p Policy) PriorityFirst(turn *int, now int64, priority, other string) bool {
	switch p.Mode {
	case Strict:
		overdue := now-Millis(other[:13]).Int() > p.MaxWait
		return !(overdue && other < priority)
	case HeadStart:
		return shifted(priority, -p.HeadStart) < other
	}
	if *turn > 0 {
		*turn--
		return false
	}
	*turn = p.N
	return true
}
