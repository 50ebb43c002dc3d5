-- no-show: the called visitor did not come.
local k, raw, v, visit_raw = busy_counter('no-show')
if not k then return refuse(raw) end
v.state = target('no-show', v.state)
hold(v)
vacate(k)
local json, counter = save(v), save_counter(k)
undoable(raw, {before(v, visit_raw)})
event('ticket.no_show', {visit = json, counter = counter})
return commit()
