-- book: keep a place in a later half-day; it counts towards that half-day's quota.
if redis_call('HEXISTS', BOOKINGS, c.code) == 1 then return refuse('code_taken') end
local n = tonumber(meta[9] or '0') + 1
if c.quota and n > c.quota then return refuse('quota_full') end
local json = cjson.encode({code = c.code, service = c.service, at = c.at, day = c.at_day, half = c.half or '',
  state = 'booked', priority = c.priority})
put('HSET', META, GIVEN, n)
put('HSET', BOOKINGS, c.code, json)
event('booking.made', {booking = json})
return commit()
