// Which calls the board's large field shows, and for how long. Pure: it is told
// what happened and what time it is, and says what to show.
//
// A call is shown in the list at once. The large field turns every six seconds
// while others wait for it; when more than three wait it splits into a grid, so
// that nobody's number comes late and none is left out while it is still true.
import { callName, heard, seen } from '/board/log.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').HallEvent} HallEvent */
/** @typedef {import('/web/types.js').Visit} Visit */

/** One call: of a visit, to a counter, for the n-th time. @typedef {{id: string, counter: string, calls: number, fresh: boolean}} Call */

export const TURN = 6000;
/** A grid is read longer than one number, unless the next grid waits. */
export const GRID_TURN = 10_000;
/** More than so many waiting calls make a grid. */
export const CROWD = 3;
/** Calls a grid holds. */
export const GRID = 9;

/** Calls remembered as shown before those of visitors who have left are forgotten. */
const TOLD = 300;

const CALLS = new Set(['ticket.called', 'ticket.recalled', 'ticket.resumed']);

/**
 * Whether a visit is called or served at its counter. Both records are asked: a
 * screen may be shown only one of them when a call is taken back.
 * @param {HallState} state @param {Visit} v
 */
function isAt(state, v) {
  return (v.state === 'called' || v.state === 'serving') && !!v.counter && state.counters.get(v.counter)?.visit === v.id;
}

/** @param {Call} call */
const name = (call) => callName(call.id, call.counter, call.calls);

/**
 * @param {object} [options]
 * @param {(counter: string | undefined) => boolean} [options.has] does this board call for the counter?
 * @param {() => number} [options.room] calls a grid holds
 */
export function callQueue({ has = () => true, room = () => GRID } = {}) {
  /** @type {Call[]} */
  let shown = [];
  /** @type {Call[]} */
  let waiting = [];
  let since = 0;
  /** Calls that were shown large, or were history when this page opened. @type {Set<string>} */
  let told = new Set();

  /** The call was not taken back, missed or sent elsewhere, and the visitor has not left. @param {HallState} state @param {Call} call */
  const current = (state, call) => {
    const v = state.visits.get(call.id);
    return !!v && v.counter === call.counter && isAt(state, v);
  };

  /** @param {number} n @param {number} now */
  function turn(n, now) {
    shown = waiting.splice(0, n);
    since = now;
    for (const call of shown) tell(call);
  }

  /** @param {Call} call */
  function tell(call) {
    told.add(name(call));
    seen(name(call), 'large');
  }

  return {
    /**
     * After a snapshot: the last call still true is shown, without a flourish.
     * @param {HallState} state @param {number} now
     */
    begin(state, now) {
      const first = since === 0;
      const kept = shown.filter((c) => current(state, c));
      const live = [...state.visits.values()].filter((v) => v.state === 'called' && has(v.counter) && isAt(state, v))
        .sort((a, b) => ((a.called ?? '') < (b.called ?? '') ? -1 : 1))
        .map((v) => ({ id: v.id, counter: v.counter ?? '', calls: v.calls ?? 1, fresh: true }));
      // Calls made while the line was cut, oldest first; those of a first snapshot are history.
      told = new Set(first ? live.map(name) : [...told].filter((call) => state.visits.has(call.split(' ')[0])));
      waiting = live.filter((call) => !told.has(name(call)));
      shown = kept;
      since = since || now;
    },

    /**
     * @param {HallEvent} event @param {number} now
     */
    event(event, now) {
      const v = event.visit;
      if (!v || !CALLS.has(event.kind) || v.state !== 'called' || !v.counter || !has(v.counter)) return;
      const call = { id: v.id, counter: v.counter, calls: v.calls ?? 1, fresh: true };
      heard(name(call));
      const same = (/** @type {Call} */ c) => c.id === v.id;
      if (shown.some(same)) {
        shown = shown.map((c) => (same(c) ? call : c));
        since = now;
        tell(call);
        return;
      }
      waiting = waiting.filter((c) => !same(c));
      waiting.push(call);
    },

    /**
     * Moves on where it is time to. @param {HallState} state @param {number} now
     * @returns {Call[]}
     */
    step(state, now) {
      const age = now - since;
      const full = shown.length > 1 && waiting.length <= CROWD ? GRID_TURN : TURN;
      shown = shown.filter((c) => current(state, c));
      waiting = waiting.filter((c) => current(state, c));
      if (told.size > TOLD) told = new Set([...told].filter((call) => state.visits.has(call.split(' ')[0])));
      const old = shown.every((c) => !c.fresh);
      if (waiting.length > CROWD && shown.length <= 1) {
        // Whoever has not had the whole turn goes along into the grid.
        if (!old && age < TURN) waiting.unshift(...shown);
        turn(room(), now);
      } else if (waiting.length > 0 && (old || age >= full)) {
        turn(waiting.length > CROWD ? room() : 1, now);
      }
      if (shown.length === 0) shown = latest(state, has);
      return shown;
    },
  };
}

/**
 * With nothing to turn to, the last call that is still true stays.
 * @param {HallState} state @param {(counter: string | undefined) => boolean} has
 * @returns {Call[]}
 */
function latest(state, has) {
  /** @type {Visit | null} */
  let last = null;
  for (const v of state.visits.values()) {
    if (v.called && has(v.counter) && v.called > (last?.called ?? '') && isAt(state, v)) last = v;
  }
  return last ? [{ id: last.id, counter: last.counter ?? '', calls: last.calls ?? 1, fresh: false }] : [];
}

/**
 * The list: who is called or served now, the latest call first.
 * @param {HallState} state @param {Call[]} shown these stand in the large field
 * @param {(counter: string | undefined) => boolean} has does this board call for the counter?
 */
export function rows(state, shown, has) {
  const large = new Set(shown.map((c) => c.id));
  return [...state.visits.values()]
    .filter((v) => v.called && has(v.counter) && !large.has(v.id) && isAt(state, v))
    .sort(latestFirst);
}

/**
 * Numbers that were called and nobody came, the latest first. The counter that
 * called them is no longer theirs: the prefix tells whose they are.
 * @param {HallState} state @param {(service: string) => boolean} serves
 */
export function missed(state, serves) {
  return [...state.visits.values()].filter((v) => v.state === 'no_show' && serves(v.service)).sort(latestFirst).map((v) => v.number);
}

/** @param {Visit} a @param {Visit} b */
const latestFirst = (a, b) => ((a.called ?? '') > (b.called ?? '') ? -1 : 1);
