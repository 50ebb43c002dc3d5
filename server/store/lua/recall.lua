-- recall: call the present visit again.
local k, no, v = busy_counter('recall')
if not k then return refuse(no) end
v.called, v.calls = now, (v.calls or 0) + 1
not_undoable()
local json, counter = save(v), cjson.encode(k)
event('ticket.recalled', {visit = json, counter = counter})
return commit()
