-- reinstate: a visitor who missed the call is next at this counter after the present one.
local k = load_counter(c.counter)
if k.state == 'closed' then return refuse('counter_closed') end
local v = by_number(c.number)
if not v then return refuse('unknown_ticket', c.number) end
if not target('reinstate', v.state) then return refuse('wrong_state', v.state) end
v.state, v.q, v.front = target('reinstate', v.state), '@' .. c.counter, true
release(v)
enqueue(v)
not_undoable()
local json, counter = save(v), cjson.encode(k)
event('ticket.reinstated', {visit = json, counter = counter})
return commit()
