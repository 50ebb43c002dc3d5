-- priority: confirm, change or remove a visit's priority group, with a reason.
local k = load_counter(c.counter)
local v = by_number(c.number)
if not v then return refuse('unknown_ticket', c.number) end
if not target('priority', v.state) then return refuse('wrong_state', v.state) end
local was = v.priority
if v.state == 'waiting' then dequeue(v) end
v.priority = c.priority
if v.state == 'waiting' then enqueue(v) end
not_undoable()
local json, counter = save(v), cjson.encode(k)
event('ticket.priority_changed', {visit = json, counter = counter}, {was = was, reason = c.reason})
return commit()
