package search

import "strings"

// Somebody who is used to a Vietnamese keyboard types its keys on a plain one,
// and the letters stay as they were: "ddaats" for đất, "d9at1" in the other
// habit. These functions read such a word; ok is false when it has no such key.

const (
	hat   = '\u0302'
	breve = '\u0306'
	horn  = '\u031B'
)

var (
	telexTones = map[byte]rune{'s': '\u0301', 'f': '\u0300', 'r': '\u0309', 'x': '\u0303', 'j': '\u0323'}
	vniTones   = map[byte]rune{'1': '\u0301', '2': '\u0300', '3': '\u0309', '4': '\u0303', '5': '\u0323'}
)

// keys is a word while its keys are read: its letters, each with a mark of its own.
type keys struct {
	letters []rune
	marks   []rune
	tone    rune
	touched bool
}

func telex(fold string) (word, bool) {
	var k keys
	for i := range len(fold) {
		c := fold[i]
		switch {
		case c >= 0x80:
			return word{}, false
		case telexTones[c] != 0 && k.vowels():
			k.tone, k.touched = telexTones[c], true
		case c == 'd' && k.mark('d', 'đ'):
		case (c == 'a' || c == 'e' || c == 'o') && k.mark(rune(c), hat):
		case c == 'w' && (k.horns() || k.mark('a', breve)):
		case c == 'w':
			k.letters, k.marks, k.touched = append(k.letters, 'u'), append(k.marks, horn), true
		default:
			k.letters, k.marks = append(k.letters, rune(c)), append(k.marks, 0)
		}
	}
	return k.word()
}

func vni(fold string) (word, bool) {
	var k keys
	for i := range len(fold) {
		c := fold[i]
		switch {
		case c >= 0x80:
			return word{}, false
		case vniTones[c] != 0 && k.vowels():
			k.tone, k.touched = vniTones[c], true
		case c == '6' && (k.mark('a', hat) || k.mark('e', hat) || k.mark('o', hat)):
		case c == '7' && k.horns():
		case c == '8' && k.mark('a', breve):
		case c == '9' && k.mark('d', 'đ'):
		default:
			k.letters, k.marks = append(k.letters, rune(c)), append(k.marks, 0)
		}
	}
	return k.word()
}

func (k *keys) vowels() bool {
	return strings.ContainsAny(string(k.letters), "aeiouy")
}

// mark puts a mark on the last bare letter of that kind.
func (k *keys) mark(letter, mark rune) bool {
	for i := len(k.letters) - 1; i >= 0; i-- {
		if k.letters[i] == letter && k.marks[i] == 0 {
			k.marks[i], k.touched = mark, true
			return true
		}
	}
	return false
}

// horns puts the horn on u and o; both have it when they stand together (ươ).
func (k *keys) horns() bool {
	done := false
	for i := len(k.letters) - 1; i >= 0 && !done; i-- {
		if (k.letters[i] == 'u' || k.letters[i] == 'o') && k.marks[i] == 0 {
			k.marks[i], done = horn, true
			if k.letters[i] == 'o' && i > 0 && k.letters[i-1] == 'u' {
				k.marks[i-1] = horn
			}
		}
	}
	k.touched = k.touched || done
	return done
}

func (k *keys) word() (word, bool) {
	if !k.touched {
		return word{}, false
	}
	var fold, shape strings.Builder
	for i, r := range k.letters {
		fold.WriteRune(r)
		switch k.marks[i] {
		case 0:
			shape.WriteRune(r)
		case 'đ':
			shape.WriteRune('đ')
		default:
			shape.WriteRune(r)
			shape.WriteRune(k.marks[i])
		}
	}
	return word{fold: lastY(fold.String()), shape: shape.String(), tone: k.tone}, true
}
