package search

// A question is read in several ways ("readings"): as typed, without its weak
// words, with people's words replaced by official ones. A reading is a row of
// slots; a slot is one word to find, with all the words that may stand for it.

// Bounds that keep the time of a search bounded, whatever is typed.
const (
	mostRunes    = 200
	mostSlots    = 24 // fits the bits of a mask
	mostReadings = 12
)

// how a word of the catalogue stands for the word typed, best first.
type how uint8

const (
	whole how = iota
	byKeys
	begun
	slipped
)

var howNames = [...]string{"whole", "keys", "prefix", "typo"}

type slot struct {
	w       word // what was typed
	key     word // the same read as Telex or VNI; fold empty if it is not
	means   map[int32]how
	weak    bool
	unknown bool
}

type reading struct {
	slots    []slot
	synonym  bool
	said     string // the words of the table that it replaces
	declared bool   // the table speaks of the whole question
	typo     bool   // a slip in people's words
	prefix   bool
	minus    int // points off for how it was come by
}

// slotFor finds the words that may stand for w.
func (x *Index) slotFor(w word, last, slips bool) slot {
	s := slot{w: w, means: map[int32]how{}}
	id, ok := x.ids[w.fold]
	if ok {
		s.means[id] = whole
	}
	if !ok || !x.known[id] {
		x.readKeys(&s, last)
	}
	if last {
		for _, id := range x.prefixed(w.fold) {
			s.put(id, begun)
		}
	}
	if slips || len(s.means) == 0 || !ok && !last && s.key.fold == "" || s.key.fold != "" && slips {
		x.near(w.fold, func(id int32) { s.put(id, slipped) })
	}
	s.unknown = len(s.means) == 0
	return s
}

// readKeys tries the word as Telex and as VNI.
func (x *Index) readKeys(s *slot, last bool) {
	for _, read := range []func(string) (word, bool){telex, vni} {
		k, ok := read(rawFold(s.w))
		if !ok {
			continue
		}
		if id, in := x.ids[k.fold]; in && x.known[id] {
			s.key = k
			s.put(id, byKeys)
			return
		}
		if last && len(k.fold) > 1 && len(x.prefixed(k.fold)) > 0 {
			s.key = k
			for _, id := range x.prefixed(k.fold) {
				s.put(id, begun)
			}
		}
	}
}

// rawFold is the word as typed: the fold may have made i of its last y.
func rawFold(w word) string {
	if w.marked() {
		return "" // whoever has marks on the keyboard leaves no keys behind
	}
	return plainY(w)
}

func (s *slot) put(id int32, h how) {
	if old, ok := s.means[id]; !ok || h < old {
		s.means[id] = h
	}
}

// readings lists the ways to read a question.
func (x *Index) readings(q string, slips bool) []reading {
	ws := x.lengthen(words(cut(q, mostRunes)))
	if len(ws) > mostSlots {
		ws = ws[:mostSlots]
	}
	if len(ws) == 0 {
		return nil
	}
	unfinished := !endsWord(q)
	slots := make([]slot, len(ws))
	for i, w := range ws {
		slots[i] = x.slotFor(w, unfinished && i == len(ws)-1, slips && i < 12)
	}
	found := x.sayings(slots)
	for _, f := range found {
		if f.sign == signWeak {
			for i := f.at; i < f.at+len(f.said); i++ {
				slots[i].weak = true
			}
		}
	}
	list := []reading{{slots: slots}}
	if strong := strongOf(slots); len(strong) > 0 && len(strong) < len(slots) {
		list = append(list, reading{slots: strong, minus: 100})
		// People's words may have weak ones between them.
		for _, r := range x.replaced(strong, x.sayings(strong)) {
			r.minus += 90
			list = append(list, r)
		}
	}
	if apart, ok := x.apart(slots); ok {
		list = append(list, reading{slots: apart, minus: 60})
	}
	return append(list, x.replaced(slots, found)...)
}

// endsWord tells whether the person went on after the last word.
func endsWord(q string) bool {
	return q != "" && q[len(q)-1] == ' '
}

func cut(s string, runes int) string {
	for i := range s {
		if runes == 0 {
			return s[:i]
		}
		runes--
	}
	return s
}

func strongOf(slots []slot) []slot {
	var list []slot
	for _, s := range slots {
		if !s.weak {
			list = append(list, s)
		}
	}
	return list
}

// apart parts unknown words that are two known ones run together.
func (x *Index) apart(slots []slot) ([]slot, bool) {
	var list []slot
	done := false
	for _, s := range slots {
		if _, ok := x.ids[s.w.fold]; ok || len(list) >= mostSlots-1 {
			list = append(list, s)
			continue
		}
		best, at := 0, 0
		for i := 2; i <= len(s.w.fold)-2; i++ {
			if n := min(x.common(s.w.fold[:i]), x.common(s.w.fold[i:])); n > best {
				best, at = n, i
			}
		}
		if best == 0 {
			list = append(list, s)
			continue
		}
		done = true
		for _, part := range []string{s.w.fold[:at], s.w.fold[at:]} {
			list = append(list, x.slotFor(word{fold: part, shape: part}, false, false))
		}
	}
	return list[:min(len(list), mostSlots)], done
}

// common counts the names that have the word.
func (x *Index) common(fold string) int {
	id, ok := x.ids[fold]
	if !ok {
		return 0
	}
	return len(x.posts[inName][id])
}
