-- The calling order: who is next at a counter. Used by call and next.

local function waited(e) return now_ms - entry_ms(e) end

-- The better of two heads by the counter's way of merging its services.
local function better(a, b)
  if not a then return b end
  local merge, limit = c.policy.merge, c.policy.max_wait
  if merge == 'weighted' then
    local wa, wb = waited(a.e) * a.w, waited(b.e) * b.w
    if wa ~= wb then return wa > wb and a or b end
  elseif merge == 'listed' then
    local late_a, late_b = waited(a.e) > limit, waited(b.e) > limit
    if late_a ~= late_b then return late_a and a or b end
    if not late_a then return a end -- a comes from a queue that stands earlier in the list
  end
  return b.e < a.e and b or a
end

local function head(class)
  local best
  for _, q in ipairs(queues) do
    local e = redis_call('LINDEX', q[class], 0)
    if e then best = better(best, {e = e, key = q[class], w = q.w}) end
  end
  return best
end

local function first_front()
  local best
  for _, q in ipairs(queues) do
    local e = redis_call('LINDEX', q.f, 0)
    if e and (not best or e < best.e) then best = {e = e, key = q.f} end
  end
  return best
end

-- Decides between the first with priority and the first without; k.turn counts
-- how many without are still due, and stays as it is while one kind is absent.
local function priority_first(k, p, n)
  local policy = c.policy
  if policy.mode == 'strict' then
    return not (waited(n.e) > policy.max_wait and n.e < p.e)
  elseif policy.mode == 'headstart' then
    return shifted(p.e, -policy.head_start) < n.e
  end
  if (k.turn or 0) > 0 then
    k.turn = k.turn - 1
    return false
  end
  k.turn = policy.n
  return true
end

-- Takes the next visit out of its queue; nil when nobody waits.
local function pick(k)
  local best = first_front()
  if not best then
    local p, n = head('p'), head('n')
    if p and n then best = priority_first(k, p, n) and p or n else best = p or n end
  end
  if not best then return nil end
  put('LPOP', best.key)
  return load(entry_id(best.e))
end
