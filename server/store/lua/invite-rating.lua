-- invite-rating: ask for the rating of the transaction just ended once more; the
-- keypad's window starts again.
local k = load_counter(c.counter)
if k.state == 'closed' then return refuse('counter_closed') end
if not k.last_tx or k.state == 'serving' then return refuse('nothing_to_rate') end
if k.rated then return refuse('already_rated') end
k.last_at = now
not_undoable()
local counter = save_counter(k)
event('rating.invited', {counter = counter})
return commit()
