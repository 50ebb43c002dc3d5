-- delay: the visitor lets some people of the same class go first. The answer
-- says where the visit stands now, as when a number is taken.
local v = load(c.visit)
if not v then return refuse('unknown_ticket') end
if not target('delay', v.state) then return refuse('not_waiting', v.state) end
local q = by_id[v.q]
local key = class_key(q, v)
local at = rank(key, entry(v))
local behind = redis_call('LRANGE', key, at + 1, at + c.people)
if #behind > 0 then
  dequeue(v)
  -- Just behind the last of them: '~' sorts after every digit, and the revision keeps two such apart.
  local last = behind[#behind]
  v.ord = string.sub(last, 1, string.find(last, '|', 1, true) - 1) .. '~' .. string.format('%04d', v.rev)
  put('LINSERT', key, 'AFTER', last, entry(v))
end
local json = save(v)
event('ticket.delayed', {visit = json}, {note = tostring(#behind)})
return commit(standing(v, at + #behind))
