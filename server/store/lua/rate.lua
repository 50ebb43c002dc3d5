-- rate: one rating a transaction, in its source's window; the first press counts.
local function the_transaction()
  if c.source == 'keypad' or c.source == 'tablet' then
    local k = load_counter(c.counter)
    if not k.last_tx or k.state == 'serving' then return nil end
    return k.last_tx
  end
  local v
  if c.visit then v = load(c.visit) else v = by_number(c.number) end
  if not v then return nil, 'unknown_ticket' end
  -- A visit under way is rated for its transaction before the present one, if any.
  local last = v.tx or 0
  if v.state == 'serving' then last = last - 1 end
  return last > 0 and v.id .. '.' .. last or nil
end

local id, no = the_transaction()
if no then return refuse(no) end
local raw = id and redis_call('HGET', TXS, id)
if not raw then return refuse('nothing_to_rate') end
local tx = cjson.decode(raw)
if tx.level then return refuse('already_rated') end
local k = load_counter(tx.counter)
-- The window starts when the transaction ends, and again with an invitation.
local from = k.last_tx == tx.id and k.last_at or tx.ended
-- A press may arrive late; it belongs to the moment it was made. Two seconds are
-- for clocks that differ.
local pressed = math.min(tonumber(c.at or now), now_ms)
if c.window and pressed - tonumber(from) > c.window then return refuse('nothing_to_rate', 'late') end
if c.at and pressed < tonumber(from) - 2000 then return refuse('nothing_to_rate', 'early') end
tx.level, tx.source = c.level, c.source
local json = cjson.encode(tx)
put('HSET', TXS, tx.id, json)
local parts = {rating = json}
if k.last_tx == tx.id then
  k.rated = true
  parts.counter = save_counter(k)
end
event('rating.given', parts, {reasons = c.reasons})
return commit()
