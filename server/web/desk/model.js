// What the desk shows, worked out of the hall's state. Nothing here touches the
// page or the network, so each rule can be read and checked by itself.

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Visit} Visit */
/** @typedef {import('/web/types.js').Counter} Counter */
/** @typedef {import('/web/types.js').CounterName} CounterName */

/** @typedef {'done'|'received'|'supplement'|'refused'|'guided'} Outcome */

/**
 * One counter of the settings and its working state; null when the settings do not have it (any more).
 * @typedef {object} Place
 * @property {CounterName} name
 * @property {Counter} now
 * @property {Visit | null} visit called or serving here
 */

/**
 * @param {HallState} state
 * @param {string} id
 * @returns {Place | null}
 */
export function placeOf(state, id) {
  const name = state.branch.counters.find((c) => c.id === id);
  if (!name) return null;
  /** @type {Counter} */
  const now = state.counters.get(id) ?? { id, state: 'closed' };
  return { name, now, visit: (now.visit && state.visits.get(now.visit)) || null };
}

/**
 * Who comes before whom in the list: those placed before the policy, then
 * priority, then the others, each by their place. Which of the two classes is
 * called next is the store's decision (it alone knows the interleave count).
 * @param {Visit} a @param {Visit} b
 */
function byPlace(a, b) {
  const rank = (/** @type {Visit} */ v) => (v.front ? 0 : v.priority ? 1 : 2);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  const x = a.order ?? '', y = b.order ?? '';
  return x < y ? -1 : x > y ? 1 : 0;
}

/**
 * The visits that wait for one counter: in its services' queues, or sent to it alone.
 * @param {HallState} state
 * @param {CounterName} counter
 */
export function waitingFor(state, counter) {
  const mine = new Set([...counter.services, `@${counter.id}`]);
  return [...state.visits.values()].filter((v) => v.state === 'waiting' && mine.has(v.queue ?? v.service)).sort(byPlace);
}

/** @param {HallState} state */
export function waitingAll(state) {
  return [...state.visits.values()].filter((v) => v.state === 'waiting').sort(byPlace);
}

/**
 * No-shows of the hall: any counter may take one back in. The latest first.
 * @param {HallState} state
 */
export function noShows(state) {
  return [...state.visits.values()].filter((v) => v.state === 'no_show')
    .sort((a, b) => ((b.called ?? '') > (a.called ?? '') ? 1 : -1));
}

/**
 * Visits parked at this counter, longest first.
 * @param {HallState} state
 * @param {string} counter
 */
export function parkedAt(state, counter) {
  return [...state.visits.values()].filter((v) => v.state === 'parked' && v.counter === counter)
    .sort((a, b) => ((a.parked ?? '') > (b.parked ?? '') ? 1 : -1));
}

/**
 * Waiting visits by service, sent ones included.
 * @param {HallState} state
 */
export function countWaiting(state) {
  /** @type {Map<string, number>} */
  const n = new Map();
  for (const v of state.visits.values()) if (v.state === 'waiting') n.set(v.service, (n.get(v.service) ?? 0) + 1);
  return n;
}

/** @typedef {{served: number, mean: number | null, noShow: number, parked: number}} Today mean in seconds */

/**
 * This counter's day, as far as the visits tell it.
 * @param {HallState} state
 * @param {string} counter
 * @returns {Today}
 */
export function todayOf(state, counter) {
  let served = 0, timed = 0, sum = 0, noShow = 0, parked = 0;
  for (const v of state.visits.values()) {
    if (v.counter !== counter) continue;
    if (v.state === 'no_show') noShow++;
    if (v.state === 'parked') parked++;
    if (v.state !== 'ended') continue;
    served++;
    const took = Date.parse(v.ended ?? '') - Date.parse(v.served ?? '');
    if (took >= 0) {
      timed++;
      sum += took;
    }
  }
  return { served, mean: timed ? sum / timed / 1000 : null, noShow, parked };
}

/** @typedef {'open'|'reopen'|'call'|'serve'|'next'|'end'} Big */

/**
 * What the one big button does now.
 * @param {Place} place
 * @param {number} waiting visits that wait for this counter
 * @returns {{act: Big, ready: boolean}} not ready: it says what it would do, but nobody waits
 */
export function bigOf(place, waiting) {
  switch (place.now.state) {
    case 'closed': return { act: 'open', ready: true };
    case 'paused': return { act: 'reopen', ready: true };
    case 'calling': return { act: 'serve', ready: true };
    case 'serving': return { act: waiting ? 'next' : 'end', ready: true };
    default: return { act: 'call', ready: waiting > 0 };
  }
}

/**
 * A number as people type it, made whole: "a12" is A012. Empty when it is none.
 * @param {string} typed
 */
export function wholeNumber(typed) {
  const m = /^\s*([a-z]{1,2})\s*0*(\d{1,6})\s*$/i.exec(typed);
  return m && Number(m[2]) > 0 ? m[1].toUpperCase() + m[2].padStart(3, '0') : '';
}

/**
 * "04:18", and "1:02:05" from an hour on.
 * @param {number} ms
 */
export function clockOf(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const h = Math.floor(s / 3600);
  return `${h ? `${h}:` : ''}${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}
