-- settings: a new version of the branch's settings, if it was made from the
-- present one and takes no queue or counter away from somebody.
local kept = redis_call('HGET', SETTINGS, 'version')
if tonumber(kept or '0') ~= (c.version or 0) then return refuse('settings_conflict', kept or '0') end
for _, q in ipairs(queues) do -- those that would go
  if redis_call('LLEN', q.n) + redis_call('LLEN', q.p) + redis_call('LLEN', q.f) > 0 then
    return refuse('settings_in_use', q.id)
  end
end
for _, id in ipairs(c.counters or {}) do
  local k = load_counter(id)
  if k.state ~= 'closed' then return refuse('settings_in_use', id) end
end
local version = (c.version or 0) + 1
put('HSET', SETTINGS, 'version', version, 'document', c.document)
event('settings.changed', {}, {version = version})
return commit()
