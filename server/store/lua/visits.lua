-- Visits and counters that exist already. Used by every verb but take.
local COUNTERS, UNDO, TXS, BOOKINGS, SETTINGS, HELD = KEYS[3], KEYS[4], KEYS[8], KEYS[9], KEYS[10], KEYS[11]

local function load(id)
  local raw = id and redis_call('HGET', VISITS, id)
  if not raw then return nil end
  return cjson.decode(raw), raw
end

local function by_number(number) return load(id_of(number)) end

-- Lists a visit that stands neither in a queue nor at a counter, or takes it off the list.
local function hold(v)
  put('HSET', HELD, v.id, now .. ' ' .. v.state .. ' ' .. (v.counter or ''))
end
local function release(v) put('HDEL', HELD, v.id) end

local function load_counter(id)
  local raw = redis_call('HGET', COUNTERS, id)
  if raw then return cjson.decode(raw), raw end
  return {id = id, state = 'closed', turn = 0}, ''
end

local function save_counter(k)
  local json = cjson.encode(k)
  put('HSET', COUNTERS, k.id, json)
  return json
end

-- Remembers how to take this command back; any other command of the counter forgets it.
local function undoable(counter_raw, visits, tx)
  put('HSET', UNDO, c.counter, cjson.encode({verb = c.verb, at = now, counter = counter_raw, visits = visits, tx = tx}))
end
local function not_undoable() put('HDEL', UNDO, c.counter) end
