-- day-close: whoever has not been served is expired, who is being served is
-- ended without a rating, counters close. One event for each.
if not day_is_open then return refuse('wrong_state') end
local function stop(v)
  v.state, v.ended, v.reason = target('day-close', v.state), now, 'day_closed'
  event(v.state == 'ended' and 'ticket.ended' or 'ticket.expired', {visit = save(v)})
end
for _, q in ipairs(queues) do
  for _, key in ipairs({q.f, q.p, q.n}) do
    for _, e in ipairs(redis_call('LRANGE', key, 0, -1)) do stop(load(entry_id(e))) end
    put('DEL', key)
  end
end
local aside = redis_call('HGETALL', HELD)
for i = 1, #aside, 2 do stop(load(aside[i])) end
for _, id in ipairs(c.counters or {}) do
  local k, raw = load_counter(id)
  if k.visit then stop(load(k.visit)) end
  if raw ~= '' and (k.state ~= 'closed' or k.seat) then
    local kind = k.state == 'closed' and 'counter.seated' or 'counter.closed'
    k = {id = id, state = 'closed', turn = 0, since = now}
    event(kind, {counter = save_counter(k)})
  end
end
local bookings = redis_call('HGETALL', BOOKINGS)
for i = 1, #bookings, 2 do
  local b = cjson.decode(bookings[i + 1])
  if b.state == 'booked' and b.day == c.day then
    b.state = 'expired'
    local json = cjson.encode(b)
    put('HSET', BOOKINGS, b.code, json)
    event('ticket.expired', {booking = json})
  end
end
for _, n in ipairs((split_notices())) do -- to staff of this day
  n.ended = now
  event('notice.changed', {notice = cjson.encode(n)}, {note = 'ended'})
end
put('HSET', META, 'open', '0')
put('DEL', UNDO)
put('DEL', HELD)
event('day.closed', {})
return commit()
