package embedded

import (
	"bytes"
	"errors"
	"strconv"

	lua "github.com/yuin/gopher-lua"
)

// replyError is an error a Redis command answered with.
type replyError string

func (e replyError) Error() string { return string(e) }

var errReply = errors.New("a reply that is not in the wire format")

// reply reads the wire format from memory (RESP version 2).
type reply struct{ b []byte }

// head takes one line: its sign and what follows it.
func (r *reply) head() (byte, []byte, error) {
	end := bytes.IndexByte(r.b, '\n')
	if end < 2 || r.b[end-1] != '\r' {
		return 0, nil, errReply
	}
	sign, line := r.b[0], r.b[1:end-1]
	r.b = r.b[end+1:]
	return sign, line, nil
}

// bulk takes the n bytes that follow a head.
func (r *reply) bulk(n int) (string, error) {
	if n < 0 || len(r.b) < n+2 {
		return "", errReply
	}
	s := string(r.b[:n])
	r.b = r.b[n+2:]
	return s, nil
}

// value gives the next reply as Go has it: nil, string, int64, []any, and an
// error the command answered with.
func (r *reply) value() (any, error) {
	sign, line, err := r.head()
	if err != nil {
		return nil, err
	}
	switch sign {
	case '+':
		return string(line), nil
	case '-':
		return nil, replyError(line)
	}
	n, err := strconv.ParseInt(string(line), 10, 64)
	if err != nil {
		return nil, errReply
	}
	switch {
	case sign == ':':
		return n, nil
	case n < 0:
		return nil, nil
	case sign == '$':
		return r.bulk(int(n))
	case sign == '*':
		list := make([]any, n)
		for i := range list {
			if list[i], err = r.value(); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	return nil, errReply
}

// lua gives the next reply as Redis gives it to a script: nothing is false, a
// status is a table with ok. An error is not among the values.
func (r *reply) lua(l *lua.LState) (lua.LValue, error) {
	sign, line, err := r.head()
	if err != nil {
		return nil, err
	}
	switch sign {
	case '+':
		t := l.CreateTable(0, 1)
		t.RawSetString("ok", lua.LString(line))
		return t, nil
	case '-':
		return nil, replyError(line)
	}
	n, err := strconv.ParseInt(string(line), 10, 64)
	if err != nil {
		return nil, errReply
	}
	switch {
	case sign == ':':
		return lua.LNumber(n), nil
	case n < 0:
		return lua.LFalse, nil
	case sign == '$':
		s, err := r.bulk(int(n))
		return lua.LString(s), err
	case sign == '*':
		return r.luaList(l, int(n))
	}
	return nil, errReply
}

func (r *reply) luaList(l *lua.LState, n int) (lua.LValue, error) {
	t := l.CreateTable(n, 0)
	for range n {
		v, err := r.lua(l)
		if err != nil {
			return nil, err
		}
		t.Append(v)
	}
	return t, nil
}
