-- walk-in: a visitor without a number is served at once and gets the next number.
local k, raw = free_counter()
if not k then return refuse(raw) end
local n, no = next_number()
if not n then return refuse(no) end
local v = issue(n, 'called')
begin(k, v, target('walk-in'))
local json, counter = save_new(v), save_counter(k)
undoable(raw, {before(v, '')})
event('ticket.serving', {visit = json, counter = counter})
return commit()
