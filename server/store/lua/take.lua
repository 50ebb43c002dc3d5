-- take: a visitor takes a number and waits.
if not day_is_open then return refuse('service_closed', 'day') end
if meta[10] then return refuse('service_closed', 'emergency') end
local n, no = next_number()
if not n then return refuse(no) end
local v = issue(n, target('take'))
local where = standing(v, enqueue(v))
if c.person then where.person_count = n.persons_day end
local json = save_new(v)
event('ticket.taken', {visit = json})
return commit(where)
