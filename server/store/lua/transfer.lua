-- transfer: to another service or counter. The visit keeps its number; its place
-- is by arrival, before everybody, or behind everybody.
local k, raw, v, visit_raw = busy_counter('transfer')
if not k then return refuse(raw) end
-- Nobody is sent to wait where nobody calls.
if c.to and load_counter(c.to).state == 'closed' then return refuse('counter_closed', c.to) end
local tx = v.state == 'serving' and finish(k, v) or nil
v.state = target('transfer', v.state)
if c.service then v.service, v.q = c.service, c.service else v.q = '@' .. c.to end
if c.place == 'front' then v.front = true end
if c.place == 'back' then v.ord = fresh_order() end
v.counter = nil
vacate(k)
enqueue(v)
local json, counter = save(v), save_counter(k)
undoable(raw, {before(v, visit_raw)}, tx)
event('ticket.transferred', {visit = json, counter = counter}, {from = k.id, place = c.place, reason = c.reason})
return commit()
