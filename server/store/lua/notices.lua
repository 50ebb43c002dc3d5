-- The notices that stand, as a list in the branch's own hash: they outlive the
-- day. While one of them is an emergency the field `emergency` says so to the
-- scripts that give numbers.
local MOST_NOTICES = 100

-- Told to staff of this day; the others stand until somebody ends them.
local OF_THE_DAY = {help = true, pace = true, person = true}

local function standing_notices()
  return cjson.decode(redis_call('HGET', META, 'notices') or '[]')
end

local function save_notices(list)
  local emergency = false
  for _, n in ipairs(list) do
    if n.kind == 'emergency' then emergency = true end
  end
  if #list > 0 then put('HSET', META, 'notices', cjson.encode(list)) else put('HDEL', META, 'notices') end
  if emergency then put('HSET', META, 'emergency', '1') else put('HDEL', META, 'emergency') end
end

-- Takes the notices of the day off the list; gives them, and those that stay.
local function split_notices()
  local over, left = {}, {}
  for _, n in ipairs(standing_notices()) do
    if OF_THE_DAY[n.kind] then over[#over + 1] = n else left[#left + 1] = n end
  end
  if #over > 0 then save_notices(left) end
  return over, left
end
