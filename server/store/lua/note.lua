-- note: tells of a device, a notice, a printed ticket or a new catalogue.
local parts = {}
if c.visit then
  local v, raw = load(c.visit)
  if not v then return refuse('unknown_ticket') end
  parts.visit = raw
end
event(c.kind, parts, {note = c.note, reason = c.reason, device = c.device, copy = c.copy})
return commit()
