-- cancel: the visitor gives the number back. It stays used.
local v = load(c.visit)
if not v then return refuse('unknown_ticket') end
if not target('cancel', v.state) then return refuse('not_waiting', v.state) end
dequeue(v)
v.state, v.ended = target('cancel', v.state), now
local json = save(v)
event('ticket.cancelled', {visit = json})
return commit()
