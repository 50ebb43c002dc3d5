// Sends calls through the board's queue in stepped time: bursts of a full hall,
// calls taken back, visitors who leave early. Gives what went wrong.
async (calls) => {
  const { callQueue, rows, TURN, GRID } = await import('/board/calls.js');
  let seed = 7;
  const random = () => {
    seed = (seed + 0x6D2B79F5) | 0;
    let x = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
  const COUNTERS = 40, STEP = 250;
  const state = { visits: new Map(), counters: new Map() };
  const until = new Map(), made = new Map(), wrong = [];
  for (let c = 1; c <= COUNTERS; c++) state.counters.set(String(c), { id: String(c), state: 'open' });
  const queue = callQueue();
  let now = 1000, n = 0, longest = 0, busiest = 0, before = new Set();
  queue.begin(state, now);
  const call = (counter) => {
    const v = { id: `v${++n}`, number: `A${n}`, service: 's', state: 'called', counter, calls: 1, called: String(now).padStart(12, '0') };
    state.visits.set(v.id, v);
    state.counters.set(counter, { id: counter, state: 'calling', visit: v.id });
    until.set(counter, now + 1000 + random() ** 2 * 180_000);
    made.set(v.id, { at: now, large: 0, shown: 0 });
    queue.event({ kind: 'ticket.called', at: '', visit: { ...v } }, now);
  };
  while (n < calls || until.size > 0) {
    const burst = random() < 0.01;
    for (const counter of state.counters.keys()) {
      const end = until.get(counter);
      if (end !== undefined && now >= end) {
        const id = state.counters.get(counter).visit, v = state.visits.get(id), m = made.get(id);
        if (now - m.at >= 60_000 && m.shown !== 1) wrong.push(`${id} stood ${now - m.at} ms and was shown large ${m.shown} times`);
        if (m.shown > 1) wrong.push(`${id} was shown large ${m.shown} times`);
        state.visits.set(id, { ...v, state: 'ended' });
        state.counters.set(counter, { id: counter, state: 'open' });
        until.delete(counter);
      } else if (end === undefined && n < calls && (burst || random() < 0.004)) call(counter);
    }
    const shown = queue.step(state, now);
    if (shown.length > GRID) wrong.push(`${shown.length} in the large field`);
    const fresh = new Set(shown.filter((c) => c.fresh).map((c) => c.id));
    for (const id of fresh) {
      if (before.has(id)) continue;
      const m = made.get(id);
      m.shown++;
      m.large = now;
      longest = Math.max(longest, now - m.at);
    }
    before = fresh;
    const seen = new Set([...shown.map((c) => c.id), ...rows(state, shown, () => true).map((v) => v.id)]);
    for (const { visit } of state.counters.values()) if (visit && !seen.has(visit)) wrong.push(`${visit} stands nowhere`);
    busiest = Math.max(busiest, shown.length);
    now += STEP;
  }
  if (longest > Math.ceil(COUNTERS / GRID) * TURN + 2 * 10_000) wrong.push(`a call came into the large field after ${longest} ms`);
  if (busiest < GRID) wrong.push('the large field never split');
  return wrong.slice(0, 20);
}
