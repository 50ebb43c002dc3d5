-- lease: at most one server writes to a branch. KEYS 1 lease  2 meta.
-- ARGV 1 holder  2 milliseconds  3 take, renew or give  4 fence (renew, give).
-- The lease expires by the server's own clock; the fence number, which every
-- script compares, stops a holder that slept through its lease.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return {'no', 'held', holder} end
local fence = redis.call('HGET', KEYS[2], 'fence') or ''
if ARGV[3] ~= 'take' and fence ~= ARGV[4] then return {'no', 'fenced', fence} end
if ARGV[3] == 'give' then
  redis.call('DEL', KEYS[1])
  return {'ok', fence}
end
if ARGV[3] == 'take' then
  fence = tostring(tonumber(fence == '' and '0' or fence) + 1)
  redis.call('HSET', KEYS[2], 'fence', fence)
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return {'ok', fence}
