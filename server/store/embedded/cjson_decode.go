package embedded

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	lua "github.com/yuin/gopher-lua"
)

// jsonDecoder reads one JSON text into Lua values.
type jsonDecoder struct {
	l    *lua.LState
	null lua.LValue
	s    string
	at   int
}

func (d *jsonDecoder) document() (lua.LValue, error) {
	v, err := d.value(0)
	if err != nil {
		return nil, err
	}
	d.space()
	if d.at < len(d.s) {
		return nil, d.wrong("the end")
	}
	return v, nil
}

func (d *jsonDecoder) wrong(expected string) error {
	return jsonError(fmt.Sprintf("Expected %s at character %d", expected, d.at+1))
}

func (d *jsonDecoder) space() {
	for d.at < len(d.s) {
		switch d.s[d.at] {
		case ' ', '\t', '\n', '\r':
			d.at++
		default:
			return
		}
	}
}

// next skips spaces and gives the character there without taking it, 0 at the end.
func (d *jsonDecoder) next() byte {
	d.space()
	if d.at >= len(d.s) {
		return 0
	}
	return d.s[d.at]
}

func (d *jsonDecoder) value(depth int) (lua.LValue, error) {
	switch c := d.next(); {
	case c == '"':
		s, err := d.str()
		return lua.LString(s), err
	case c == '{' || c == '[':
		if depth++; depth > jsonDepth {
			return nil, jsonError("Found too many nested data structures")
		}
		if c == '{' {
			return d.object(depth)
		}
		return d.array(depth)
	case c == '-' || c >= '0' && c <= '9':
		return d.number()
	}
	for word, v := range map[string]lua.LValue{"true": lua.LTrue, "false": lua.LFalse, "null": d.null} {
		if strings.HasPrefix(d.s[d.at:], word) {
			d.at += len(word)
			return v, nil
		}
	}
	return nil, d.wrong("a value")
}

func (d *jsonDecoder) number() (lua.LValue, error) {
	from := d.at
	for d.at < len(d.s) && strings.IndexByte("+-.eE0123456789", d.s[d.at]) >= 0 {
		d.at++
	}
	f, err := strconv.ParseFloat(d.s[from:d.at], 64)
	if err != nil {
		d.at = from
		return nil, d.wrong("a number")
	}
	return lua.LNumber(f), nil
}

func (d *jsonDecoder) object(depth int) (lua.LValue, error) {
	t := d.l.NewTable()
	d.at++
	if d.next() == '}' {
		d.at++
		return t, nil
	}
	for {
		if d.next() != '"' {
			return nil, d.wrong("an object key")
		}
		key, err := d.str()
		if err != nil {
			return nil, err
		}
		if d.next() != ':' {
			return nil, d.wrong("a colon")
		}
		d.at++
		v, err := d.value(depth)
		if err != nil {
			return nil, err
		}
		t.RawSetString(key, v)
		switch d.next() {
		case ',':
			d.at++
		case '}':
			d.at++
			return t, nil
		default:
			return nil, d.wrong("a comma or the object's end")
		}
	}
}

func (d *jsonDecoder) array(depth int) (lua.LValue, error) {
	t := d.l.NewTable()
	d.at++
	if d.next() == ']' {
		d.at++
		return t, nil
	}
	for {
		v, err := d.value(depth)
		if err != nil {
			return nil, err
		}
		t.Append(v)
		switch d.next() {
		case ',':
			d.at++
		case ']':
			d.at++
			return t, nil
		default:
			return nil, d.wrong("a comma or the array's end")
		}
	}
}

// str takes a string; most have no escape and are a part of the text.
func (d *jsonDecoder) str() (string, error) {
	d.at++
	from := d.at
	var b []byte
	for d.at < len(d.s) {
		switch c := d.s[d.at]; {
		case c == '"':
			part := d.s[from:d.at]
			d.at++
			if b == nil {
				return part, nil
			}
			return string(append(b, part...)), nil
		case c == '\\':
			b = append(b, d.s[from:d.at]...)
			var err error
			if b, err = d.escape(b); err != nil {
				return "", err
			}
			from = d.at
		case c < 0x20:
			return "", d.wrong("no control character in a string")
		default:
			d.at++
		}
	}
	return "", d.wrong("a string's end")
}

func (d *jsonDecoder) escape(b []byte) ([]byte, error) {
	if d.at+1 >= len(d.s) {
		return nil, d.wrong("an escape")
	}
	c := d.s[d.at+1]
	if c == 'u' {
		return d.unicode(b)
	}
	i := strings.IndexByte(`"\/bfnrt`, c)
	if i < 0 {
		return nil, d.wrong("an escape")
	}
	d.at += 2
	return append(b, "\"\\/\b\f\n\r\t"[i]), nil
}

func (d *jsonDecoder) unicode(b []byte) ([]byte, error) {
	r, ok := d.hex(d.at)
	if !ok {
		return nil, d.wrong("four hexadecimal digits")
	}
	d.at += 6
	if !utf16.IsSurrogate(r) {
		return utf8.AppendRune(b, r), nil
	}
	low, ok := d.hex(d.at)
	if full := utf16.DecodeRune(r, low); ok && full != utf8.RuneError {
		d.at += 6
		return utf8.AppendRune(b, full), nil
	}
	return nil, d.wrong("the second half of a pair")
}

// hex reads \uXXXX at a place.
func (d *jsonDecoder) hex(at int) (rune, bool) {
	if at+6 > len(d.s) || d.s[at] != '\\' || d.s[at+1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(d.s[at+2:at+6], 16, 16)
	return rune(n), err == nil
}
