package embedded

import (
	lua "github.com/yuin/gopher-lua"
)

// openLibraries gives scripts what Redis gives them, less everything that
// depends on chance, on a clock, or on the world outside.
func (in *interpreter) openLibraries() {
	l := in.l
	for _, library := range []struct {
		name string
		open lua.LGFunction
	}{
		{lua.BaseLibName, lua.OpenBase},
		{lua.TabLibName, lua.OpenTable},
		{lua.StringLibName, lua.OpenString},
		{lua.MathLibName, lua.OpenMath},
	} {
		l.Push(l.NewFunction(library.open))
		l.Push(lua.LString(library.name))
		l.Call(1, 0)
	}
	for _, name := range []string{
		"collectgarbage", "dofile", "getfenv", "load", "loadfile", "loadstring", "module", "newproxy",
		"_printregs", "print", "rawset", "require", "setfenv", "package",
	} {
		in.globals.RawSetString(name, lua.LNil)
	}
	mathLib := in.globals.RawGetString("math").(*lua.LTable)
	mathLib.RawSetString("random", lua.LNil)
	mathLib.RawSetString("randomseed", lua.LNil)
	in.globals.RawSetString("redis", in.redisTable())
	in.globals.RawSetString("cjson", in.cjsonTable())
	for _, name := range []string{"string", "table", "math", "redis", "cjson"} {
		in.globals.RawSetString(name, in.readOnly(name))
	}
	in.protectGlobals()
}

// readOnly gives a table through which the named library can be read only: a
// change to it would live on into later calls, and be lost at the next start.
func (in *interpreter) readOnly(name string) *lua.LTable {
	meta := in.l.NewTable()
	meta.RawSetString("__index", in.globals.RawGetString(name))
	meta.RawSetString("__newindex", in.l.NewFunction(func(l *lua.LState) int {
		l.RaiseError("script attempted to change the library '%s'", name)
		return 0
	}))
	meta.RawSetString("__metatable", lua.LFalse)
	front := in.l.NewTable()
	front.Metatable = meta
	return front
}

// protectGlobals gives scripts an empty table as their globals, behind which
// the real ones stand: no assignment can reach those, and a name that was never
// declared is an error at once, as in Redis.
func (in *interpreter) protectGlobals() {
	missing := in.l.NewTable()
	missing.RawSetString("__index", in.l.NewFunction(func(l *lua.LState) int {
		l.RaiseError("Script attempted to access nonexistent global variable '%s'", l.Get(2).String())
		return 0
	}))
	in.globals.Metatable = missing
	front := in.l.NewTable()
	meta := in.l.NewTable()
	meta.RawSetString("__index", in.globals)
	meta.RawSetString("__newindex", in.l.NewFunction(func(l *lua.LState) int {
		l.RaiseError("Script attempted to create global variable '%s'", l.Get(2).String())
		return 0
	}))
	meta.RawSetString("__metatable", lua.LFalse)
	front.Metatable = meta
	in.globals.RawSetString("_G", front)
	in.env = front
}

func (in *interpreter) redisTable() *lua.LTable {
	t := in.l.NewTable()
	t.RawSetString("call", in.l.NewFunction(func(l *lua.LState) int { return in.call(l, false) }))
	t.RawSetString("pcall", in.l.NewFunction(func(l *lua.LState) int { return in.call(l, true) }))
	t.RawSetString("error_reply", in.l.NewFunction(func(l *lua.LState) int { return oneField(l, "err") }))
	t.RawSetString("status_reply", in.l.NewFunction(func(l *lua.LState) int { return oneField(l, "ok") }))
	return t
}

func oneField(l *lua.LState, name string) int {
	t := l.CreateTable(0, 1)
	t.RawSetString(name, lua.LString(l.CheckString(1)))
	l.Push(t)
	return 1
}

// call is redis.call and redis.pcall.
func (in *interpreter) call(l *lua.LState, protected bool) int {
	v, err := in.command(l)
	switch {
	case err == nil:
		l.Push(v)
	case protected:
		t := l.CreateTable(0, 1)
		t.RawSetString("err", lua.LString(err.Error()))
		l.Push(t)
	default:
		l.RaiseError("%s", err.Error())
	}
	return 1
}

func (in *interpreter) command(l *lua.LState) (lua.LValue, error) {
	// The list is new for each call: miniredis keeps parts of it.
	args := make([]string, l.GetTop())
	for i := range args {
		switch v := l.Get(i + 1).(type) {
		case lua.LString:
			args[i] = string(v)
		case lua.LNumber:
			args[i] = v.String()
		default:
			return nil, replyError("ERR Lua redis lib command arguments must be strings or integers")
		}
	}
	if len(args) == 0 {
		return nil, replyError("ERR Please specify at least one argument for this redis.call() call")
	}
	c := lookup(args[0])
	if c == nil {
		return nil, replyError("ERR the command " + args[0] + " is not among those scripts may use")
	}
	if why := c.refusal(args); why != "" {
		return nil, replyError("ERR " + why)
	}
	if in.m.broken {
		return nil, errBroken
	}
	if c.stream && len(args) >= 4 {
		return in.streamRange(c, args)
	}
	if c.write {
		in.m.wrote = true
	}
	r := reply{in.m.dispatch(args)}
	return r.lua(l)
}
