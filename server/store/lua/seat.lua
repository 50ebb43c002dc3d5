-- seat: somebody sits down at the counter, or nobody from now on. Whom a visitor
-- is being served by does not change under way, though a name may be mended. With
-- another person the state begins anew: what the counter does from here on is theirs.
local k = load_counter(c.counter)
local was, is = k.seat or {}, c.seat or {}
local function same(a, b) return (a or '') == (b or '') end
local a, b = was.title or {}, is.title or {}
local stays = same(was.account, is.account)
if stays and same(was.name, is.name) and same(was.photo, is.photo)
    and same(a.vi, b.vi) and same(a.en, b.en) then
  return unchanged({counter = cjson.encode(k)})
end
if k.visit and not stays then return refuse('counter_busy') end
k.seat = c.seat
if not stays and k.state ~= 'closed' then k.since = now end
not_undoable()
event('counter.seated', {counter = save_counter(k)})
return commit()
