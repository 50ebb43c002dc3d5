// What the board has heard and shown, for whoever asks whether it shows every
// call once: when the event came, when its number stood in a list or cell, and
// when it stood large. Bounded: it is a screen that runs for months.

/** @typedef {{call: string, heard: number, times: number, listed: number, large: number}} Entry moments of performance.now(), 0 for not yet; `times` the event came */

const MOST = 500;
/** @type {Map<string, Entry>} */
const entries = new Map();

/** @param {string} id of the visit @param {string | undefined} counter @param {number | undefined} calls */
export const callName = (id, counter, calls) => `${id} ${counter ?? ''} ${calls ?? 1}`;

/** @param {string} call */
export function heard(call) {
  const known = entries.get(call);
  if (known) {
    known.times++;
    return;
  }
  entries.set(call, { call, heard: performance.now(), times: 1, listed: 0, large: 0 });
  if (entries.size > MOST) entries.delete(entries.keys().next().value ?? '');
}

/** @param {string} call @param {'listed' | 'large'} where */
export function seen(call, where) {
  const entry = entries.get(call);
  if (entry && !entry[where]) entry[where] = performance.now();
}

/** All that is remembered, the oldest first. */
export const callLog = () => [...entries.values()];
