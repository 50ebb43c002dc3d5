-- call: the next visit, or a chosen number (out of turn, with a reason).
local k, raw = free_counter()
if not k then return refuse(raw) end
local v, visit_raw
if c.number then
  v, visit_raw = by_number(c.number)
  if not v then return refuse('unknown_ticket', c.number) end
  if not target('call', v.state) then return refuse('wrong_state', v.state) end
  dequeue(v)
else
  v, visit_raw = pick(k)
  if not v then return refuse('no_one_waiting') end
end
bring(k, v, 'call')
local json, counter = save(v), save_counter(k)
undoable(raw, {before(v, visit_raw)})
event('ticket.called', {visit = json, counter = counter}, {out_of_turn = c.number and true or nil, reason = c.reason})
return commit()
