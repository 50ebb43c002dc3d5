package embedded

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/parse"

	"motcua/server/store"
)

// Limits of the one interpreter: the stacks grow to these, then the script fails.
const (
	luaCallDepth = 200
	luaRegistry  = 4 << 10
	luaMaxValues = 1 << 20
)

// interpreter is one kept Lua state. Nothing of a call stays in it for the next
// one: KEYS and ARGV are new, globals cannot be made, libraries not changed.
type interpreter struct {
	m       *memory
	l       *lua.LState
	globals *lua.LTable // the real ones; scripts see env
	env     *lua.LTable
	scripts map[string]*lua.LFunction // compiled once, by SHA
}

func newInterpreter(m *memory) *interpreter {
	in := &interpreter{m: m, scripts: map[string]*lua.LFunction{}}
	in.reset()
	return in
}

// reset makes a new state. Compiled scripts belong to the old one's globals.
func (in *interpreter) reset() {
	in.close()
	in.l = lua.NewState(lua.Options{
		SkipOpenLibs: true, CallStackSize: luaCallDepth,
		RegistrySize: luaRegistry, RegistryMaxSize: luaMaxValues, RegistryGrowStep: luaRegistry,
	})
	in.globals = in.l.G.Global
	clear(in.scripts)
	in.openLibraries()
}

func (in *interpreter) close() {
	if in.l != nil {
		in.l.Close()
	}
}

// compile gives a script as a function.
func (in *interpreter) compile(s *store.Script) (*lua.LFunction, error) {
	if f := in.scripts[s.SHA]; f != nil {
		return f, nil
	}
	chunk, err := parse.Parse(strings.NewReader(s.Source), s.Name)
	if err != nil {
		return nil, err
	}
	proto, err := lua.Compile(chunk, s.Name)
	if err != nil {
		return nil, err
	}
	f := in.l.NewFunctionFromProto(proto)
	f.Env = in.env
	in.scripts[s.SHA] = f
	return f, nil
}

// run runs a script and gives its reply. An error leaves a fresh interpreter
// behind; what the script wrote before it is the caller's to undo (wrote).
func (in *interpreter) run(s *store.Script, keys []string, arg string) ([]string, error) {
	f, err := in.compile(s)
	if err != nil {
		return nil, scriptError(s, err)
	}
	argv := in.l.CreateTable(1, 0)
	argv.Append(lua.LString(arg))
	in.globals.RawSetString("KEYS", in.list(keys))
	in.globals.RawSetString("ARGV", argv)
	in.l.Push(f)
	if err := in.l.PCall(0, 1, nil); err != nil {
		in.reset()
		return nil, scriptError(s, err)
	}
	result := in.l.Get(-1)
	in.l.Pop(1)
	out, err := replyOf(result)
	if err != nil {
		return nil, scriptError(s, err)
	}
	return out, nil
}

func (in *interpreter) list(values []string) *lua.LTable {
	t := in.l.CreateTable(len(values), 0)
	for _, v := range values {
		t.Append(lua.LString(v))
	}
	return t
}

// replyOf turns what a script returned into strings. Numbers lose what stands
// behind their point, as they do on the way to a Redis client.
func replyOf(v lua.LValue) ([]string, error) {
	t, ok := v.(*lua.LTable)
	if !ok {
		return nil, fmt.Errorf("returned a %s, not a list", v.Type())
	}
	if e := t.RawGetString("err"); e != lua.LNil {
		return nil, errors.New(e.String())
	}
	out := make([]string, t.Len())
	for i := range out {
		switch e := t.RawGetInt(i + 1).(type) {
		case lua.LString:
			out[i] = string(e)
		case lua.LNumber:
			out[i] = strconv.FormatInt(int64(e), 10)
		default:
			return nil, fmt.Errorf("returned a %s in its list", e.Type())
		}
	}
	return out, nil
}

// ScriptError is a script that failed: a defect of the script, never a refusal.
type ScriptError struct {
	Script string // its name
	Reason string
}

func (e *ScriptError) Error() string { return "script " + e.Script + ": " + e.Reason }

// scriptError keeps the message and its line; the Lua stack below it would
// only repeat them.
func scriptError(s *store.Script, err error) error {
	reason := err.Error()
	var api *lua.ApiError
	if errors.As(err, &api) && api.Object != nil && api.Object != lua.LNil {
		reason = api.Object.String()
	}
	return &ScriptError{Script: s.Name, Reason: strings.TrimSpace(reason)}
}
