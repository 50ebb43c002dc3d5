-- note: something happened to a device, a print, a notice or the catalogue.
local parts = {}
if c.visit then
  local v, raw = load(c.visit)
  if not v then return refuse('unknown_ticket') end
  parts.visit = raw
end
if c.notice then
  local n, left, found = c.notice, {}, nil
  for _, other in ipairs(standing_notices()) do
    if other.id == n.id then found = other else left[#left + 1] = other end
    if c.note ~= 'ended' and OF_THE_DAY[n.kind] and other.kind == n.kind and other.by == n.by
        and other.service == n.service then
      return unchanged({notice = cjson.encode(other)}) -- told already, and nobody has seen to it yet
    end
  end
  if c.note == 'ended' then
    if not found then return refuse('unknown_notice') end
    n = found
    n.ended, n.ended_by = now, c.by
  else
    if #left >= MOST_NOTICES then return refuse('too_many_notices') end
    n.at = now
    left[#left + 1] = n
  end
  save_notices(left)
  parts.notice = cjson.encode(n)
end
event(c.kind, parts, {note = c.note, reason = c.reason, device = c.device, copy = c.copy, version = c.version})
return commit()
