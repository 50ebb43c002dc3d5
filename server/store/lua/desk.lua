-- Counters. Used by all verbs of a counter.

-- The counter if it can take a visit now; nil and a code otherwise.
local function free_counter()
  local k, raw = load_counter(c.counter)
  if k.state == 'open' then return k, raw end
  if k.state == 'calling' or k.state == 'serving' then return nil, 'counter_busy' end
  return nil, 'counter_closed'
end

-- The counter with its present visit, when the verb may touch that visit.
local function busy_counter(verb)
  local k, raw = load_counter(c.counter)
  if k.state == 'closed' or k.state == 'paused' then return nil, 'counter_closed' end
  local v, visit_raw = load(k.visit)
  if not v or not target(verb, v.state) then return nil, 'wrong_state' end
  return k, raw, v, visit_raw
end

local function occupy(k, v, state)
  k.state, k.visit, k.number, k.since, k.reason = state, v.id, v.number, now, nil
end

local function vacate(k)
  k.state, k.visit, k.number, k.since = 'open', nil, nil, now
end

-- Calls a visit to the counter, from its queue or from where it was parked.
local function bring(k, v, verb)
  v.state, v.counter, v.called, v.calls, v.front, v.parked = target(verb, v.state), k.id, now, 1, nil, nil
  occupy(k, v, 'calling')
end

-- Starts a transaction.
local function begin(k, v, state)
  v.state, v.counter, v.served, v.tx = state, k.id, now, (v.tx or 0) + 1
  occupy(k, v, 'serving')
end

-- Ends the transaction of a serving visit: from now on it can be rated.
local function finish(k, v)
  local tx = {id = v.id .. '.' .. v.tx, visit = v.id, number = v.number, counter = k.id,
    service = v.service, started = v.served, ended = now}
  put('HSET', TXS, tx.id, cjson.encode(tx))
  k.last_tx, k.last_at, k.rated = tx.id, now, nil
  return tx.id
end

-- What undo needs of a visit: how it was, and the revision it has after this command.
local function before(v, raw) return {id = v.id, rev = v.rev, raw = raw} end
