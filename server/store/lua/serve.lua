-- serve: the called visitor has come.
local k, no, v = busy_counter('serve')
if not k then return refuse(no) end
begin(k, v, target('serve', v.state))
not_undoable()
local json, counter = save(v), save_counter(k)
event('ticket.serving', {visit = json, counter = counter})
return commit()
