-- close: the counter stops for today. Visits sent to it alone go back to their
-- service, with their place, so that nobody waits where nobody calls.
local k = load_counter(c.counter)
local to = COUNTER_TRANSITIONS.close[k.state]
if not to then return refuse('counter_busy') end
if to == k.state then return unchanged({counter = cjson.encode(k)}) end
local own = by_id['@' .. c.counter]
for _, key in ipairs({own.f, own.p, own.n}) do
  for _, e in ipairs(redis_call('LRANGE', key, 0, -1)) do
    local v = load(entry_id(e))
    dequeue(v)
    v.q = v.service
    enqueue(v)
    event('ticket.transferred', {visit = save(v)}, {from = c.counter, place = 'arrival'})
  end
end
k.state, k.reason, k.since = to, nil, now
not_undoable()
event('counter.closed', {counter = save_counter(k)})
return commit()
