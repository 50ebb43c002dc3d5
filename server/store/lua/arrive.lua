-- arrive: a booked visitor is here. Up to c.late ms late counts from the booked
-- time, later from now.
local code = c.booking
local raw = redis_call('HGET', BOOKINGS, code)
if not raw then return refuse('unknown_booking') end
local b = cjson.decode(raw)
if b.state ~= 'booked' or b.day ~= c.day then return refuse('booking_over', b.state) end
if not day_is_open then return refuse('service_closed', 'day') end
if meta[10] then return refuse('service_closed', 'emergency') end
c.priority = b.priority
local n, no = next_number()
if not n then return refuse(no) end
local v = issue(n, target('arrive', 'booked'))
v.booked = b.at
if now_ms - tonumber(b.at) <= c.late then v.ord = shifted(v.ord, tonumber(b.at) - now_ms) end
b.state, b.visit = 'arrived', v.id
local booking = cjson.encode(b)
put('HSET', BOOKINGS, code, booking)
local where = standing(v, enqueue(v))
local json = save_new(v)
event('booking.arrived', {visit = json, booking = booking})
return commit(where)
