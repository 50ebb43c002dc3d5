-- undo: take back the counter's last command whole, within the window, unless a
-- rating came or a visit has moved on.
local kept = redis_call('HGET', UNDO, c.counter)
local u = kept and cjson.decode(kept)
if not u or now_ms - tonumber(u.at) > UNDO_WINDOW then return refuse('nothing_to_undo') end
if u.tx and cjson.decode(redis_call('HGET', TXS, u.tx)).level then return refuse('nothing_to_undo', 'rated') end
local current = {}
for i, b in ipairs(u.visits) do
  current[i] = load(b.id)
  if current[i].rev ~= b.rev then return refuse('nothing_to_undo', current[i].number) end
end

local k = u.counter ~= '' and cjson.decode(u.counter) or {id = c.counter, state = 'closed', turn = 0}
local counter = save_counter(k)
if u.tx then put('HDEL', TXS, u.tx) end
not_undoable()
local json
for i = #u.visits, 1, -1 do -- the last change first
  local b, v = u.visits[i], current[i]
  if v.state == 'waiting' then dequeue(v) else release(v) end
  if b.raw == '' then
    v.state, v.ended, v.counter = 'cancelled', now, nil -- a walk-in: its number stays used
  else
    local rev = v.rev
    v = cjson.decode(b.raw)
    v.rev = rev
    if v.state == 'waiting' then enqueue(v) end
  end
  json = save(v)
  event('ticket.undone', {visit = json, counter = counter}, {undoes = u.verb})
end
return commit()
