package embedded

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"motcua/server/store"
)

// scriptCases are run here and on a real Redis, in order, on the same keys:
// KEYS[1] "{b}:h", [2] "{b}:l", [3] "{b}:x", [4] "{b}:s", [5] "{b}:z". What they
// return must be the same to the byte.
var scriptCases = []struct{ name, lua, arg string }{
	{"status and payload", `return {'ok', ARGV[1]}`, "giấy tờ \x00 \xff"},
	{"number arguments", `redis.call('HSET', KEYS[1], 'a', 1700000000123, 'b', 0, 'c', -5, 'd', 1.5) return redis.call('HMGET', KEYS[1], 'a', 'b', 'c', 'd')`, ""},
	{"HMGET gives false", `local v = redis.call('HMGET', KEYS[1], 'a', 'none') return {tostring(v[2] == false), tostring(#v), type(v[2])}`, ""},
	{"HGET gives false", `local v = redis.call('HGET', KEYS[1], 'none') return {tostring(v == false), tostring(v)}`, ""},
	{"GET gives false", `local v = redis.call('GET', '{b}:none') return {tostring(v), type(v)}`, ""},
	{"HINCRBY", `return {redis.call('HINCRBY', KEYS[1], 'n', 5), redis.call('HINCRBY', KEYS[1], 'n', -7), redis.call('HGET', KEYS[1], 'n')}`, ""},
	{"HSET counts", `return {redis.call('HSET', KEYS[1], 'x', '1', 'a', '2'), redis.call('HLEN', KEYS[1]), redis.call('HEXISTS', KEYS[1], 'x')}`, ""},
	{"HDEL", `return {redis.call('HDEL', KEYS[1], 'x', 'none'), redis.call('HEXISTS', KEYS[1], 'x')}`, ""},
	{"HSETNX", `return {redis.call('HSETNX', KEYS[1], 'once', 'a'), redis.call('HSETNX', KEYS[1], 'once', 'b'), redis.call('HGET', KEYS[1], 'once')}`, ""},
	{"HGETALL by name", `local v, t = redis.call('HGETALL', KEYS[1]), {} for i = 1, #v, 2 do t[#t + 1] = v[i] .. '=' .. v[i + 1] end table.sort(t) return t`, ""},
	{"status reply", `local r = redis.call('SET', '{b}:k', 'v') return {r.ok, redis.call('GET', '{b}:k')}`, ""},
	{"SET NX", `local r = redis.call('SET', '{b}:k', 'w', 'NX') return {tostring(r), redis.call('GET', '{b}:k')}`, ""},
	{"INCR", `return {redis.call('INCR', '{b}:i'), redis.call('INCRBY', '{b}:i', 10), redis.call('GET', '{b}:i')}`, ""},
	{"RPUSH and LPUSH", `return {redis.call('RPUSH', KEYS[2], 'c', 'd'), redis.call('LPUSH', KEYS[2], 'b', 'a'), redis.call('LLEN', KEYS[2])}`, ""},
	{"LRANGE", `return redis.call('LRANGE', KEYS[2], 0, -1)`, ""},
	{"LRANGE of a part", `return redis.call('LRANGE', KEYS[2], 1, 2)`, ""},
	{"LRANGE of none", `return {tostring(#redis.call('LRANGE', '{b}:none', 0, -1))}`, ""},
	{"LINDEX", `return {redis.call('LINDEX', KEYS[2], 0), redis.call('LINDEX', KEYS[2], -1), tostring(redis.call('LINDEX', KEYS[2], 99)), tostring(redis.call('LINDEX', '{b}:none', 0))}`, ""},
	{"LINSERT", `return {redis.call('LINSERT', KEYS[2], 'BEFORE', 'c', 'x'), redis.call('LINSERT', KEYS[2], 'AFTER', 'c', 'y'), redis.call('LINSERT', KEYS[2], 'BEFORE', 'none', 'z'), redis.call('LINSERT', '{b}:none', 'BEFORE', 'a', 'b')}`, ""},
	{"LREM", `return {redis.call('LREM', KEYS[2], 1, 'x'), redis.call('LREM', KEYS[2], 0, 'none'), redis.call('LREM', KEYS[2], -1, 'y')}`, ""},
	{"list after", `return redis.call('LRANGE', KEYS[2], 0, -1)`, ""},
	{"LSET and LPOP", `redis.call('LSET', KEYS[2], 1, 'B') return {redis.call('LPOP', KEYS[2]), redis.call('LPOP', KEYS[2]), redis.call('RPOP', KEYS[2]), tostring(redis.call('LPOP', '{b}:none'))}`, ""},
	{"LTRIM", `redis.call('RPUSH', KEYS[2], 'p', 'q') redis.call('LTRIM', KEYS[2], 0, 1) return redis.call('LRANGE', KEYS[2], 0, -1)`, ""},
	{"an emptied list is gone", `redis.call('RPUSH', '{b}:e', 'a') redis.call('LREM', '{b}:e', 0, 'a') return {redis.call('EXISTS', '{b}:e'), redis.call('TYPE', '{b}:e').ok}`, ""},
	{"XADD", `return {redis.call('XADD', KEYS[3], '17-0', 'f', 'v', 'g', 'w'), redis.call('XADD', KEYS[3], '18-0', 'f', 'x'), redis.call('XLEN', KEYS[3])}`, ""},
	{"XADD of an old id", `local r = redis.pcall('XADD', KEYS[3], '18-0', 'f', 'x') return {r.err}`, ""},
	{"XRANGE", `local r = redis.call('XRANGE', KEYS[3], '-', '+') return {r[1][1], r[1][2][1], r[1][2][4], r[2][1], tostring(#r)}`, ""},
	{"XREVRANGE", `local r = redis.call('XREVRANGE', KEYS[3], '+', '-', 'COUNT', 1) return {r[1][1], tostring(#r)}`, ""},
	{"XRANGE of one", `local r = redis.call('XRANGE', KEYS[3], '17-0', '17-0') return {r[1][2][2], tostring(#r), tostring(#redis.call('XRANGE', KEYS[3], '16-0', '16-0')), tostring(#redis.call('XRANGE', '{b}:none', '-', '+'))}`, ""},
	{"XRANGE of a wrong type", `return {redis.pcall('XRANGE', KEYS[2], '-', '+').err, redis.pcall('XRANGE', KEYS[3], 'x', '+').err, redis.pcall('XRANGE', KEYS[3], '-', '+', 'COUNT').err}`, ""},
	{"SADD", `return {redis.call('SADD', KEYS[4], 'b', 'a', 'b'), redis.call('SISMEMBER', KEYS[4], 'a'), redis.call('SREM', KEYS[4], 'a', 'z'), redis.call('SCARD', KEYS[4]), redis.call('SMEMBERS', KEYS[4])[1]}`, ""},
	{"ZADD", `return {redis.call('ZADD', KEYS[5], 2, 'b', 1.5, 'a', 1700000000123, 'c'), redis.call('ZSCORE', KEYS[5], 'c'), redis.call('ZSCORE', KEYS[5], 'a'), redis.call('ZCARD', KEYS[5]), redis.call('ZCOUNT', KEYS[5], '-inf', 2), tostring(redis.call('ZSCORE', KEYS[5], 'none'))}`, ""},
	{"ZRANGE", `return redis.call('ZRANGE', KEYS[5], 0, -1)`, ""},
	{"ZRANGEBYSCORE", `return redis.call('ZRANGEBYSCORE', KEYS[5], '(1.5', '+inf', 'LIMIT', 0, 1)`, ""},
	{"ZREM", `return {redis.call('ZREM', KEYS[5], 'a', 'none'), redis.call('ZINCRBY', KEYS[5], 3, 'b'), redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', 10)}`, ""},
	{"DEL", `return {redis.call('DEL', KEYS[1], '{b}:none', KEYS[4]), redis.call('EXISTS', KEYS[1])}`, ""},
	{"pcall of a wrong type", `redis.call('RPUSH', KEYS[2], 'a') local r = redis.pcall('HGET', KEYS[2], 'f') return {r.err}`, ""},

	{"tostring", `return {tostring(17), tostring(1700000000123), tostring(-3), tostring(true), tostring(nil), tostring(2.5), 12 .. '', 7 / 2 .. ''}`, ""},
	{"tonumber", `return {tostring(tonumber('0017')), tostring(tonumber('1700000000123') + 1), tostring(tonumber('x')), tostring(tonumber('')), tostring(tonumber(' 5 '))}`, ""},
	{"format", `return {string.format('%.0f', 1700000000123), string.format('%03d', 7), string.format('%s|%s', 'a', 5), string.format('%d%%', 50), string.format('%5.2f', 1.005), string.format('%x', 255)}`, ""},
	{"numbers in the reply", `return {1, 2.9, -2.9, 1700000000123}`, ""},
	{"arithmetic", `return {tostring(7 % 3), tostring(-7 % 3), tostring(math.floor(-3.5)), tostring(math.ceil(3.2)), tostring(math.max(3, 9)), tostring(2 ^ 40)}`, ""},
	{"strings", `return {('abc'):sub(2), ('a,b'):find(',', 1, true) .. '', ('x'):rep(3), ('AbC'):lower(), ('x=1'):match('(%w)=(%d)'), (('a-b'):gsub('-', '+'))}`, ""},
	{"compare strings", `return {tostring('a' < 'b'), tostring('10' < '9'), tostring('2026-11-21T08:00:00' < '2026-11-21T08:00:01')}`, ""},
	{"unpack", `local t = {} for i = 1, 500 do t[i] = i end return {select('#', unpack(t)), (select(500, unpack(t)))}`, ""},
	{"table", `local t = {3, 1, 2} table.sort(t) table.insert(t, 9) table.insert(t, 1, 0) table.remove(t, 2) return {table.concat(t, ','), tostring(#t)}`, ""},
	{"sort by function", `local t = {{n = 2}, {n = 1}} table.sort(t, function(a, b) return a.n < b.n end) return {tostring(t[1].n)}`, ""},
	{"closures", `local n = 0 local function up() n = n + 1 return n end up() return {tostring(up())}`, ""},
	{"pairs see all", `local n = 0 for k, v in pairs({a = 1, b = 2, 5}) do n = n + v end return {tostring(n)}`, ""},
	{"error is caught", `local ok, e = pcall(function() error('no') end) return {tostring(ok), (tostring(e):gsub('^.*: ', ''))}`, ""},
	{"a returned error", `return redis.error_reply('WRONG word')`, ""},
	{"a status", `return {redis.status_reply('fine').ok}`, ""},

	{"encode a string", `return {cjson.encode(ARGV[1])}`, "Nguyễn \"x\" \\ / \b\f\n\r\t\x01\x1f\x7f <&> \u2028 \xff"},
	{"encode numbers", `return {cjson.encode({1700000000123, 0, -1, 1.5, 0.1, 100, 12345678901234, 1e20, 1/3})}`, ""},
	{"encode nested", `return {cjson.encode({{a = {1, 2, {b = 'c'}}}}), cjson.encode({a = {}}), cjson.encode({}), cjson.encode({true, false})}`, ""},
	{"encode number keys", `return {cjson.encode({[1] = 'a', [2] = 'b'}), cjson.encode({[3] = 'a'}), cjson.encode({['1'] = 'a'}), cjson.encode({[1.5] = 'a'})}`, ""},
	{"encode null", `return {cjson.encode(cjson.null), cjson.encode({a = cjson.null})}`, ""},
	{"decode an object", `local o = cjson.decode(ARGV[1]) return {o.a, tostring(o.n), tostring(o.t), tostring(o.deep.list[2].x), tostring(#o.deep.list), string.format('%.0f', o.ms), tostring(o.none == cjson.null)}`,
		`{"a":"một \"cửa\" \u0111\ud83d\ude00\/","n":12,"t":true,"ms":1700000000123,"deep":{"list":[1,{"x":"y"},[]]},"none":null}`},
	{"decode and encode", `return {cjson.encode(cjson.decode(ARGV[1]))}`, ` [ 1 , -2.5e3, "a\u0001\u00e9", [ ], {"k":[true,false,"x"]}, {} ] `},
	{"decode a number", `return {tostring(cjson.decode('1700000000123')), tostring(cjson.decode('-0.5'))}`, ""},
	{"decode fails", `return {tostring(pcall(cjson.decode, '{"a":}')), tostring(pcall(cjson.decode, '')), tostring(pcall(cjson.decode, '[1,]')), tostring(pcall(cjson.decode, '{"a":1} x')), tostring(pcall(cjson.decode, '"a'))}`, ""},
	{"encode fails", `return {tostring(pcall(cjson.encode, {f = function() end})), tostring(pcall(cjson.encode, {[1] = 1, [1000] = 2})), tostring(pcall(cjson.encode, 1 / 0))}`, ""},

	{"a global cannot be made", `x = 1 return {'no'}`, ""},
	{"a missing global is an error", `return {tostring(nothere)}`, ""},
	{"an unknown command", `return redis.call('NOSUCHCOMMAND')`, ""},
	{"a wrong type", `return {redis.call('HGET', KEYS[2], 'f')}`, ""},
	{"wrong arguments", `return {redis.call('HGET', {})}`, ""},
	{"a syntax error", `return {`, ""},
}

var caseKeys = []string{"{b}:h", "{b}:l", "{b}:x", "{b}:s", "{b}:z"}

// TestScriptsAsOnRedis: the Lua a script meets here is the Lua of Redis, as far
// as our scripts go.
func TestScriptsAsOnRedis(t *testing.T) {
	redis := startRedis(t)
	m, err := newMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer m.close()
	for _, c := range scriptCases {
		s := store.NewScript(c.name, c.lua)
		want, wantErr := redis.eval(s, caseKeys, c.arg)
		got, gotErr, half := m.run(s, &record{keys: caseKeys, arg: c.arg})
		if half {
			t.Errorf("%s: half done: %v", c.name, gotErr)
			m.mu.Unlock()
		}
		if (gotErr == nil) != (wantErr == nil) {
			t.Errorf("%s:\n  here  %q, %v\n  Redis %q, %v", c.name, got, gotErr, want, wantErr)
			continue
		}
		if gotErr == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n  here  %q\n  Redis %q", c.name, got, want)
		}
	}
}

// readCases follow on a few keys; the reply must have go-redis' shape.
var readCases = []string{
	"GET {b}:k", "GET {b}:none", "EXISTS {b}:k {b}:none {b}:h", "TYPE {b}:h", "STRLEN {b}:k",
	"HGET {b}:h f", "HGET {b}:h none", "HMGET {b}:h f none g", "HMGET {b}:none f", "HLEN {b}:h", "HGETALL {b}:none", "HGETALL {b}:h",
	"LRANGE {b}:l 0 -1", "LINDEX {b}:l 7", "LLEN {b}:l", "SMEMBERS {b}:s", "SMEMBERS {b}:none", "SISMEMBER {b}:s a", "ZRANGE {b}:z 0 -1 WITHSCORES",
	"XLEN {b}:x", "XRANGE {b}:x - +", "XRANGE {b}:x 9 10", "XRANGE {b}:x (9-0 + COUNT 2", "XRANGE {b}:x 8-1 8-1", "XRANGE {b}:x - (10-0", "XRANGE {b}:none - +", "XRANGE {b}:x 11 9",
	"XREVRANGE {b}:x + -", "XREVRANGE {b}:x + - COUNT 1", "XREVRANGE {b}:x (10-0 9", "XREVRANGE {b}:x + - COUNT 99", "XREVRANGE {b}:none + -",
	"XREAD COUNT 2 STREAMS {b}:x 0", "XREAD COUNT 100 STREAMS {b}:x 9-0", "XREAD STREAMS {b}:x 8", "XREAD COUNT 2 STREAMS {b}:x 12-0", "XREAD COUNT 2 STREAMS {b}:none 0",
	"HGET {b}:l f", "XRANGE {b}:h - +", "XRANGE {b}:x nonsense +", "XREAD COUNT x STREAMS {b}:x 0",
}

func TestReadsAsOnRedis(t *testing.T) {
	redis := startRedis(t)
	e := mustOpen(t, t.TempDir(), testOptions(t))
	fill := store.NewScript("fill", `
redis.call('SET', '{b}:k', 'v') redis.call('HSET', '{b}:h', 'f', '1')
redis.call('RPUSH', '{b}:l', 'b', 'a') redis.call('SADD', '{b}:s', 'a') redis.call('ZADD', '{b}:z', 2, 'x', 1.5, 'y')
for _, id in ipairs({'7-0', '8-0', '8-1', '9-0', '10-0', '12-0'}) do redis.call('XADD', '{b}:x', id, 'f', id) end
return {'ok'}`)
	if _, err := redis.eval(fill, nil, ""); err != nil {
		t.Fatal(err)
	}
	mustRun(t, e, fill, nil, "")
	for _, line := range readCases {
		args := strings.Fields(line)
		want, wantErr := redis.ask(args...)
		got, gotErr := e.Read(context.Background(), args...)
		if (gotErr == nil) != (wantErr == nil) || !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n  here  %#v, %v\n  Redis %#v, %v", line, got, gotErr, want, wantErr)
		}
	}
	for _, line := range []string{"SET a b", "KEYS *", "EVAL x 0", "FLUSHALL", "XREAD BLOCK 0 STREAMS {b}:x 0", "XDEL {b}:x 7-0", ""} {
		if v, err := e.Read(context.Background(), strings.Fields(line)...); err == nil {
			t.Errorf("Read(%q) was allowed: %v", line, v)
		}
	}
}

// TestForbidden: what a snapshot would lose, or a replay would do differently,
// cannot be called.
func TestForbidden(t *testing.T) {
	e := mustOpen(t, t.TempDir(), testOptions(t))
	for _, line := range []string{
		`redis.call('EXPIRE', 'a', 5)`, `redis.call('SET', 'a', 'b', 'EX', 5)`, `redis.call('set', 'a', 'b', 'px', 5)`, `redis.call('XADD', 's', '*', 'a', 'b')`,
		`redis.call('XADD', 's', 'MAXLEN', 5, '1-0', 'a', 'b')`, `redis.call('XDEL', 's', '1-0')`, `redis.call('TIME')`, `redis.call('KEYS', '*')`,
		`redis.call('SRANDMEMBER', 's')`, `redis.call('SPOP', 's')`, `redis.call('EVAL', 'return 1', 0)`, `redis.call('FLUSHALL')`, `redis.call('ZRANK', 'z', 'a')`,
		`math.random()`, `os.time()`, `io.open('x')`, `loadstring('return 1')()`, `require('os')`, `debug.getinfo(1)`,
		`string.format = nil`, `redis.call = nil`, `cjson.encode = nil`, `tostring = nil`, `_G.tostring = nil`, `rawset(_G, 'x', 1)`, `setmetatable(_G, {})`, `KEYS = {}`,
	} {
		_, err := e.Run(context.Background(), store.NewScript("forbidden", line+` return {'ran'}`), nil, "")
		if _, ok := err.(*ScriptError); !ok {
			t.Errorf("%s: %v", line, err)
		}
	}
	mustTake(t, e, "still works")
}

// TestNothingStays: a call finds nothing of the call before it.
func TestNothingStays(t *testing.T) {
	e := mustOpen(t, t.TempDir(), testOptions(t))
	peek := store.NewScript("peek", `KEYS[3] = 'left' ARGV[2] = 'left' return {tostring(#KEYS), tostring(#ARGV), tostring(KEYS[1]), ARGV[1]}`)
	for i := range 3 {
		keys := []string{"a", "b"}[:i%3]
		got := mustRun(t, e, peek, keys, "x")
		if i == 0 && got[2] != "nil" || got[3] != "x" || got[1] != "2" {
			t.Fatalf("call %d: %v", i, got)
		}
	}
	count := store.NewScript("count", `local t = {} t[#t + 1] = 1 return {tostring(#t)}`)
	for range 3 {
		if got := mustRun(t, e, count, nil, ""); got[0] != "1" {
			t.Fatalf("the script's own locals stayed: %v", got)
		}
	}
	deep := store.NewScript("deep", `local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end return {tostring(f(tonumber(ARGV[1])))}`)
	if got := mustRun(t, e, deep, nil, "100"); got[0] != "100" {
		t.Fatal(got)
	}
	if _, err := e.Run(context.Background(), deep, nil, "1000000"); err == nil {
		t.Fatal("endless recursion passed")
	}
	if got := mustRun(t, e, deep, nil, "100"); got[0] != "100" {
		t.Fatal(got)
	}
}

// TestMiniredisPins holds what this package relies on and miniredis does not
// promise: Dispatch with a peer of our own, without a connection or a port.
func TestMiniredisPins(t *testing.T) {
	m, err := newMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer m.close()
	if a := m.srv.Addr(); a != nil {
		t.Errorf("miniredis listens on %v", a)
	}
	for name, c := range commands {
		if !m.srv.IsRegisteredCommand(name) {
			t.Errorf("%s is not known to miniredis", name)
		}
		if c.write == m.srv.IsReadOnlyCommand(name) {
			t.Errorf("%s: we say write=%v, miniredis says the contrary", name, c.write)
		}
	}
	big := strings.Repeat("x", 3*maxKeptReply)
	m.dispatch([]string{"SET", "k", big})
	for range 2 {
		r := reply{m.dispatch([]string{"GET", "k"})}
		if v, err := r.value(); err != nil || v != big {
			t.Fatalf("a reply larger than every buffer came back as %.20v, %v", fmt.Sprint(v), err)
		}
	}
	r := reply{m.dispatch([]string{"GET", "none"})}
	if v, err := r.value(); v != nil || err != nil || cap(m.out.b) > maxKeptReply {
		t.Fatalf("%v, %v, %d bytes kept", v, err, cap(m.out.b))
	}
}
