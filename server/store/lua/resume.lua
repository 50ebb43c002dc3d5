-- resume: call a parked visit back; without a number the one parked longest here.
local k, no = free_counter()
if not k then return refuse(no) end
local v
if c.number then
  v = by_number(c.number)
  if not v then return refuse('unknown_ticket', c.number) end
  if not target('resume', v.state) then return refuse('wrong_state', v.state) end
else
  local aside, oldest = redis_call('HGETALL', HELD), nil
  for i = 1, #aside, 2 do
    local at, state, counter = string.match(aside[i + 1], '^(%d+) (%S+) (.*)$')
    if state == 'parked' and counter == c.counter and (not oldest or at .. aside[i] < oldest.at) then
      oldest = {id = aside[i], at = at .. aside[i]}
    end
  end
  if not oldest then return refuse('no_one_waiting') end
  v = load(oldest.id)
end
release(v)
bring(k, v, 'resume')
not_undoable()
local json, counter = save(v), save_counter(k)
event('ticket.resumed', {visit = json, counter = counter})
return commit()
