-- Queues. A queue is three lists in calling order (others, priority, front); an
-- entry is the visit's order string, '|', its id, so that comparing entries as
-- text compares places. Lists, not sorted sets: the embedded engine sorts a
-- whole sorted set at each look, and almost everybody joins at the end.

local function class_key(q, v)
  if v.front then return q.f end
  if v.priority then return q.p end
  return q.n
end

local function entry(v) return v.ord .. '|' .. v.id end
local function entry_id(e) return string.sub(e, string.find(e, '|', 1, true) + 1) end
local function entry_ms(e) return tonumber(string.sub(e, 1, 13)) end

-- An entry or order string as if it had come ms later.
local function shifted(e, ms) return string.format('%.0f', entry_ms(e) + ms) .. string.sub(e, 14) end

-- How many entries of a list come before this one.
local function rank(key, e)
  local low, high = 0, redis_call('LLEN', key)
  while low < high do
    local mid = math.floor((low + high) / 2)
    if redis_call('LINDEX', key, mid) < e then low = mid + 1 else high = mid end
  end
  return low
end

-- Puts a visit where its order string belongs; gives its rank there.
local function enqueue(v)
  local key, e = class_key(by_id[v.q], v), entry(v)
  local last = redis_call('LINDEX', key, -1)
  if not last or last < e then return put('RPUSH', key, e) - 1 end
  local place = rank(key, e)
  if place == 0 then
    put('LPUSH', key, e)
  else
    put('LINSERT', key, 'AFTER', redis_call('LINDEX', key, place - 1), e)
  end
  return place
end

local function dequeue(v) put('LREM', class_key(by_id[v.q], v), 1, entry(v)) end

-- The order string of whoever arrives now; n, the count of arrivals, keeps those
-- of one millisecond apart and in order.
local function order(n) return now .. '.' .. string.format('%06d', n) end

-- The order string of a visit that is placed anew, behind all others of this moment.
local function fresh_order()
  local n = tonumber(meta[7] or '0') + 1
  put('HSET', META, 'arrivals', n)
  return order(n)
end

-- Where a visit with a known rank stands among all who wait for its queue: what
-- queue.AheadOf counts the people ahead from.
local function standing(v, mine)
  local q, others = by_id[v.q], 0
  local other_key = v.priority and q.n or q.p
  if c.policy and c.policy.mode == 'headstart' then
    local shift = v.priority and -c.policy.head_start or c.policy.head_start
    others = rank(other_key, shifted(v.ord, shift))
  else
    others = redis_call('LLEN', other_key)
  end
  return {rank = mine, others = others, fronts = redis_call('LLEN', q.f)}
end
