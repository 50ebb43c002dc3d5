-- What every verb shares. A script is the tables it needs of the domain's state
-- machine, this file, the shared files it needs, and the verb's own.
--
-- KEYS  1 meta  2 visits and their index  3 counters  4 undo  5 requests
--       6 requests of the day before  7 events  8 transactions  9 bookings
--       10 settings  11 held  12 events of the day before, then three for each
--       queue of the command: others, priority, front.  Spelt in keys.go.
-- ARGV  1 the command as JSON (queue.Command).
-- Reply {'ok'|'again', its last event, more, seq}, or {'no', code, detail}.
--
-- The answer of a command is its last event, which carries the changed records;
-- so a request is remembered by its seq, and repeated it reads that event again.
--
-- A verb first reads and checks, then writes with put, tells with event, and
-- ends with commit, which writes the events last, in the same step. A refusal
-- after a write is a defect and stops with an error. No TIME, no random: the
-- same call on the same keys does the same, so that the journal can be replayed.
local META, VISITS, REQUESTS, EVENTS = KEYS[1], KEYS[2], KEYS[5], KEYS[7]
local redis_call = redis.call
local c = cjson.decode(ARGV[1])

local wrote = false
local function put(...)
  wrote = true
  return redis_call(...)
end

local function refuse(code, detail)
  if wrote then error(code .. ' after a write') end
  return {'no', code, detail or ''}
end

-- The counts of numbers stand in the same hash as the rest, to be read and
-- written together: this is the hall's most frequent script.
local NUMBER = 'number:' .. (c.prefix or '')
local GIVEN = 'given:' .. (c.at_day or c.day) .. ':' .. (c.service or '') .. ':' .. (c.half or '')
local meta = redis_call('HMGET', META, 'seq', 'day', 'open', 'fence', 'last', 'epoch', 'arrivals', NUMBER, GIVEN,
  'emergency')
if (meta[4] or '') ~= (c.fence or '') then return refuse('fenced') end

local function event_at(key, seq)
  local found = redis_call('XRANGE', key, seq .. '-0', seq .. '-0')
  return found[1] and found[1][2][2]
end

if c.rid then
  local kept = redis_call('HGET', REQUESTS, c.rid) or redis_call('HGET', KEYS[6], c.rid)
  if kept then
    local print, seq, more = string.match(kept, '^(%S*) (%d+) (.*)$')
    if print ~= c.fp then return refuse('idempotency_key_reused') end
    return {'again', event_at(EVENTS, seq) or event_at(KEYS[12], seq) or '{}', more, seq}
  end
end

local open_day = meta[2] or ''
if c.verb ~= 'day-open' and open_day ~= c.day then return refuse('day_changed', open_day) end
local day_is_open = meta[3] == '1'

-- Time never runs backwards within a branch, whatever the machine's clock does.
local now = c.now
if meta[5] and tonumber(meta[5]) > tonumber(now) then now = meta[5] end
local now_ms = tonumber(now)

local queues, by_id = c.queues or {}, {}
for i, q in ipairs(queues) do
  local k = 12 + (i - 1) * 3
  q.n, q.p, q.f, q.w = KEYS[k + 1], KEYS[k + 2], KEYS[k + 3], q.w or 1
  by_id[q.id] = q
end

-- Where the state machine (queue.Transitions) leads from here; nil if refused.
local function target(verb, state) return TRANSITIONS[verb][state or ''] end

-- A visit's id is its day and number: unique over days, the same to the end.
local function id_of(number)
  local day = c.rate_day or c.day
  return string.sub(day, 3, 4) .. string.sub(day, 6, 7) .. string.sub(day, 9, 10) .. '-' .. number
end

-- Writes a visit; more are further fields and values of the same hash.
local function save(v, ...)
  v.rev = (v.rev or 0) + 1
  local json = cjson.encode(v)
  put('HSET', VISITS, v.id, json, ...)
  return json
end

-- Fields of META that commit writes together with the seq: one command less for
-- each, in the script and in Redis' log.
local counts = {}
local function count(field, value)
  counts[#counts + 1] = field
  counts[#counts + 1] = value
end

-- JSON of changed records and of a small table, each with its comma; put together by hand
-- because the records are JSON already.
local function members(parts, extra)
  local s = ''
  if parts.visit then s = s .. ',"visit":' .. parts.visit end
  if parts.counter then s = s .. ',"counter":' .. parts.counter end
  if parts.rating then s = s .. ',"rating":' .. parts.rating end
  if parts.booking then s = s .. ',"booking":' .. parts.booking end
  if parts.bookings then s = s .. ',"bookings":' .. parts.bookings end
  if parts.notice then s = s .. ',"notice":' .. parts.notice end
  if parts.notices then s = s .. ',"notices":' .. parts.notices end
  if extra and next(extra) then s = s .. ',' .. string.sub(cjson.encode(extra), 2, -2) end
  return s
end

local events = {}
local function event(kind, parts, extra)
  local by = c.by and ',"by":' .. cjson.encode(c.by) or ''
  events[#events + 1] = '{"kind":"' .. kind .. '","at":"' .. now .. '","day":"' .. c.day .. '","verb":"' ..
    c.verb .. '"' .. by .. members(parts, extra) .. '}'
end

-- more: a small table that the answer has beside the event.
local function commit(more)
  local seq = tonumber(meta[1] or '0')
  for _, e in ipairs(events) do
    seq = seq + 1
    put('XADD', EVENTS, seq .. '-0', 'e', e)
  end
  put('HSET', META, 'seq', seq, 'last', now, unpack(counts))
  more = more and cjson.encode(more) or '{}'
  if c.rid then put('HSET', REQUESTS, c.rid, c.fp .. ' ' .. seq .. ' ' .. more) end
  return {'ok', events[#events], more, tostring(seq)}
end

-- A command that found nothing to change: no event, the records as they are.
local function unchanged(parts)
  local more = '{' .. string.sub(members(parts), 2) .. '}'
  if c.rid then put('HSET', REQUESTS, c.rid, c.fp .. ' 0 ' .. more) end
  return {'ok', '{}', more, meta[1] or '0'}
end
