-- pause: the counter takes no visits for a while, with a reason people can read.
local k = load_counter(c.counter)
local to = COUNTER_TRANSITIONS.pause[k.state]
if not to then return refuse(k.state == 'closed' and 'counter_closed' or 'counter_busy') end
if to == k.state and k.reason == c.reason then return unchanged({counter = cjson.encode(k)}) end
k.state, k.reason, k.since = to, c.reason, now
not_undoable()
event('counter.paused', {counter = save_counter(k)}, {reason = c.reason})
return commit()
