-- next: end the present visit and call the next, in one step; at a free counter
-- just call. When nobody waits it refuses and the present visit goes on.
local k, raw, v, visit_raw = load_counter(c.counter)
local touched, tx = {}, nil
if k.state == 'calling' or k.state == 'serving' then
  k, raw, v, visit_raw = busy_counter('end')
else
  k, raw = free_counter()
end
if not k then return refuse(raw) end
local following, following_raw = pick(k)
if not following then return refuse('no_one_waiting') end
if v then
  tx = finish(k, v)
  v.state, v.ended, v.outcome = target('end', v.state), now, c.outcome
  vacate(k)
  local json = save(v)
  touched[1] = before(v, visit_raw)
  event('ticket.ended', {visit = json, counter = cjson.encode(k)})
end
bring(k, following, 'call')
local json, counter = save(following), save_counter(k)
touched[#touched + 1] = before(following, following_raw)
undoable(raw, touched, tx)
event('ticket.called', {visit = json, counter = counter})
return commit()
