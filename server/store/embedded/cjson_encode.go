package embedded

import (
	"math"
	"strconv"

	lua "github.com/yuin/gopher-lua"
)

// cjson as Redis has it (lua-cjson): an object keeps the order of its text, so
// that a script's walk over it is the same at every replay, and the text of
// strings and numbers is Redis' to the byte. miniredis' own json differs in
// all three.

// Limits of lua-cjson.
const (
	jsonDepth       = 1000
	jsonSparseSafe  = 10 // an array may have holes up to this index
	jsonSparseRatio = 2  // above it, at most every second place may be one
)

type jsonError string

func (e jsonError) Error() string { return string(e) }

func (in *interpreter) cjsonTable() *lua.LTable {
	null := in.l.NewUserData()
	t := in.l.NewTable()
	t.RawSetString("null", null)
	t.RawSetString("encode", in.l.NewFunction(func(l *lua.LState) int {
		e := jsonEncoder{null: null}
		if err := e.value(l.CheckAny(1), 0); err != nil {
			l.RaiseError("%s", err.Error())
		}
		l.Push(lua.LString(e.b))
		return 1
	}))
	t.RawSetString("decode", in.l.NewFunction(func(l *lua.LState) int {
		d := jsonDecoder{l: l, null: null, s: l.CheckString(1)}
		v, err := d.document()
		if err != nil {
			l.RaiseError("%s", err.Error())
		}
		l.Push(v)
		return 1
	}))
	return t
}

type jsonEncoder struct {
	b    []byte
	null lua.LValue
}

func (e *jsonEncoder) value(v lua.LValue, depth int) error {
	switch v := v.(type) {
	case lua.LString:
		e.str(string(v))
	case lua.LNumber:
		return e.number(float64(v))
	case lua.LBool:
		e.b = strconv.AppendBool(e.b, bool(v))
	case *lua.LNilType:
		e.b = append(e.b, "null"...)
	case *lua.LTable:
		return e.table(v, depth+1)
	default:
		if v != e.null {
			return jsonError("Cannot serialise " + v.Type().String() + ": type not supported")
		}
		e.b = append(e.b, "null"...)
	}
	return nil
}

// number writes 14 significant digits, as C's %.14g does.
func (e *jsonEncoder) number(f float64) error {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return jsonError("Cannot serialise number: must not be NaN or Inf")
	}
	e.b = appendNumber(e.b, f)
	return nil
}

func appendNumber(b []byte, f float64) []byte {
	if i := int64(f); float64(i) == f && i > -1e14 && i < 1e14 && (i != 0 || !math.Signbit(f)) {
		return strconv.AppendInt(b, i, 10)
	}
	return strconv.AppendFloat(b, f, 'g', 14, 64)
}

func (e *jsonEncoder) table(t *lua.LTable, depth int) error {
	if depth > jsonDepth {
		return jsonError("Cannot serialise, excessive depth")
	}
	length, err := arrayLength(t)
	if err != nil {
		return err
	}
	if length > 0 {
		return e.array(t, length, depth)
	}
	e.b = append(e.b, '{')
	first := true
	for k, v := t.Next(lua.LNil); k != lua.LNil; k, v = t.Next(k) {
		if !first {
			e.b = append(e.b, ',')
		}
		first = false
		switch k := k.(type) {
		case lua.LString:
			e.str(string(k))
		case lua.LNumber:
			e.b = append(e.b, '"')
			e.b = appendNumber(e.b, float64(k))
			e.b = append(e.b, '"')
		default:
			return jsonError("Cannot serialise table: table key must be a number or string")
		}
		e.b = append(e.b, ':')
		if err := e.value(v, depth); err != nil {
			return err
		}
	}
	e.b = append(e.b, '}')
	return nil
}

func (e *jsonEncoder) array(t *lua.LTable, length, depth int) error {
	e.b = append(e.b, '[')
	for i := 1; i <= length; i++ {
		if i > 1 {
			e.b = append(e.b, ',')
		}
		if err := e.value(t.RawGetInt(i), depth); err != nil {
			return err
		}
	}
	e.b = append(e.b, ']')
	return nil
}

// arrayLength is the highest index of a table that has whole positive numbers
// as keys and nothing else; 0 for every other table, an empty one too.
func arrayLength(t *lua.LTable) (int, error) {
	highest, items := 0, 0
	for k, _ := t.Next(lua.LNil); k != lua.LNil; k, _ = t.Next(k) {
		n, ok := k.(lua.LNumber)
		if !ok || n < 1 || float64(n) != math.Floor(float64(n)) {
			return 0, nil
		}
		highest = max(highest, int(n))
		items++
	}
	if highest > jsonSparseSafe && highest > items*jsonSparseRatio {
		return 0, jsonError("Cannot serialise table: excessively sparse array")
	}
	return highest, nil
}

const hexDigits = "0123456789abcdef"

// jsonEscape is the letter behind the backslash; 'u' stands for a number.
var jsonEscape = func() (t [256]byte) {
	for c := range 0x20 {
		t[c] = 'u'
	}
	for c, letter := range map[byte]byte{'\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r', '"': '"', '\\': '\\', '/': '/', 0x7f: 'u'} {
		t[c] = letter
	}
	return t
}()

func (e *jsonEncoder) str(s string) {
	e.b = append(e.b, '"')
	from := 0
	for i := range len(s) {
		letter := jsonEscape[s[i]]
		if letter == 0 {
			continue
		}
		e.b = append(e.b, s[from:i]...)
		e.b = append(e.b, '\\', letter)
		if letter == 'u' {
			e.b = append(e.b, '0', '0', hexDigits[s[i]>>4], hexDigits[s[i]&15])
		}
		from = i + 1
	}
	e.b = append(append(e.b, s[from:]...), '"')
}
