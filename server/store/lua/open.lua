-- open: the counter takes visits; also ends a pause.
local k = load_counter(c.counter)
if not day_is_open then return refuse('counter_closed', 'day') end
local to = COUNTER_TRANSITIONS.open[k.state]
if not to then return refuse('counter_busy') end
if to == k.state then return unchanged({counter = cjson.encode(k)}) end
k.state, k.reason, k.since = to, nil, now
not_undoable()
event('counter.opened', {counter = save_counter(k)})
return commit()
