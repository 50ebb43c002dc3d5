-- end: the present visit is done.
local k, raw, v, visit_raw = busy_counter('end')
if not k then return refuse(raw) end
local tx = finish(k, v)
v.state, v.ended, v.outcome = target('end', v.state), now, c.outcome
vacate(k)
local json, counter = save(v), save_counter(k)
undoable(raw, {before(v, visit_raw)}, tx)
event('ticket.ended', {visit = json, counter = counter})
return commit()
