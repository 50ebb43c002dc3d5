// How long the board has heard nothing, and what it owes the people who read it.

/** @typedef {'on' | 'cut' | 'old' | 'closed'} Line cut: a small sign; old: numbers may be out of date; closed: show none */

const OLD = 60_000;
const CLOSED = 600_000;

/**
 * @param {boolean} online
 * @param {number} since when the line was lost
 * @param {number} now
 * @returns {{kind: Line}}
 */
export function lineState(online, since, now) {
  if (online) return { kind: 'on' };
  const age = now - since;
  return { kind: age >= CLOSED ? 'closed' : age >= OLD ? 'old' : 'cut' };
}
