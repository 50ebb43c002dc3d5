-- day-open: a new business day. Days only move forwards. The store's epoch is
-- made here if it has none: a store that lost its past has none.
if open_day >= c.day then return refuse('wrong_state', open_day) end
if day_is_open then return refuse('wrong_state', 'open ' .. open_day) end
if not meta[6] then put('HSET', META, 'epoch', c.epoch) end
put('HSET', META, 'day', c.day, 'open', '1', 'arrivals', 0)
for _, field in ipairs(redis_call('HKEYS', META)) do -- numbers begin again
  local given = string.match(field, '^given:([%d-]+)')
  if (given and given < c.day) or string.match(field, '^number:') or string.match(field, '^person:') then
    put('HDEL', META, field)
  end
end
local all, kept = redis_call('HGETALL', BOOKINGS), {}
for i = 1, #all, 2 do
  local b = cjson.decode(all[i + 1])
  if b.state == 'booked' and b.day >= c.day then kept[#kept + 1] = all[i + 1]
  elseif b.day < c.day then put('HDEL', BOOKINGS, all[i]) end
end
table.sort(kept)
for i = 13 + #queues * 3, #KEYS do put('DEL', KEYS[i]) end
-- A day is rebuilt from its own events alone, so its first one tells what still stands.
local _, notices = split_notices()
event('day.opened', {bookings = #kept > 0 and '[' .. table.concat(kept, ',') .. ']' or nil,
  notices = #notices > 0 and cjson.encode(notices) or nil})
return commit()
