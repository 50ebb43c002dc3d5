// What each counter called last, so that the visits themselves can be forgotten: a
// board runs for months and shows only who is called, served or missed.

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Visit} Visit */

/** Those the board has something to say of; whoever comes back is told of by an event. */
const SHOWN = new Set(['called', 'serving', 'no_show']);
/** So many of the others are kept: that there were any tells of the day. */
const KEPT = 50;

/**
 * @returns {{begin: (state: HallState) => void, event: (state: HallState, visit: Visit | undefined) => void, number: (counter: string) => string}}
 */
export function recentCalls() {
  /** @type {Map<string, {number: string, called: string}>} */
  let last = new Map();
  /** Visits there is nothing to say of, the oldest first. @type {Set<string>} */
  let gone = new Set();

  /** @param {HallState} state @param {Visit} v */
  const forget = (state, v) => {
    gone.delete(v.id);
    if (SHOWN.has(v.state)) return;
    gone.add(v.id);
    if (gone.size <= KEPT) return;
    const [oldest] = gone;
    gone.delete(oldest);
    state.visits.delete(oldest);
  };

  /** @param {Visit} v */
  const note = (v) => {
    if (v.counter && v.called && v.called >= (last.get(v.counter)?.called ?? '')) last.set(v.counter, { number: v.number, called: v.called });
  };

  return {
    begin(state) {
      last = new Map();
      gone = new Set();
      for (const v of [...state.visits.values()]) {
        note(v);
        forget(state, v);
      }
    },
    event(state, visit) {
      if (!visit) return;
      note(visit);
      forget(state, visit);
    },
    number: (counter) => last.get(counter)?.number ?? '',
  };
}
