-- Giving out a number. Used by take, walk-in and arrive.

-- The next number, or nil and a code when none may be given.
local function next_number()
  local n = {number = tonumber(meta[8] or '0') + 1, arrivals = tonumber(meta[7] or '0') + 1,
    given = tonumber(meta[9] or '0') + 1}
  if c.quota and c.verb == 'take' and n.given > c.quota then return nil, 'quota_full' end
  if c.person then
    local taken = redis_call('HMGET', META, 'person:' .. c.person .. ':' .. c.service, 'person:' .. c.person)
    n.persons, n.persons_day = tonumber(taken[1] or '0') + 1, tonumber(taken[2] or '0') + 1
    if c.most and n.persons > c.most or c.most_day and n.persons_day > c.most_day then
      return nil, 'too_many_tickets'
    end
  end
  if redis_call('HEXISTS', VISITS, 'c:' .. c.code) == 1 then return nil, 'code_taken' end
  return n
end

-- Makes the visit of a new number and its counts.
local function issue(n, state)
  local number = c.prefix .. string.format('%03d', n.number)
  local v = {
    id = id_of(number), number = number, service = c.service, state = state, priority = c.priority, q = c.service, ord = order(n.arrivals),
    token = c.token, code = c.code, proc = c.proc, lang = c.lang, origin = c.origin,
    forecast = c.forecast, taken = now,
  }
  -- Counted by prefix: should a prefix move to another service, its numbers go on.
  count(NUMBER, n.number)
  count('arrivals', n.arrivals)
  if c.half and c.verb == 'take' then count(GIVEN, n.given) end
  if n.persons then
    count('person:' .. c.person .. ':' .. c.service, n.persons)
    count('person:' .. c.person, n.persons_day)
  end
  return v
end

-- Writes a new visit with its indexes.
local function save_new(v) return save(v, 't:' .. v.token, v.id, 'c:' .. v.code, v.id) end
