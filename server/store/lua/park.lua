-- park: keep the present visit aside; it comes back by resume.
local k, raw, v, visit_raw = busy_counter('park')
if not k then return refuse(raw) end
v.state, v.parked, v.reason = target('park', v.state), now, c.reason
hold(v)
vacate(k)
local json, counter = save(v), save_counter(k)
undoable(raw, {before(v, visit_raw)})
event('ticket.parked', {visit = json, counter = counter}, {reason = c.reason})
return commit()
