// When a tablet may ask, and which marks ask why. Pure.

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').RatingLevel} RatingLevel */

/** @typedef {{tx: string, until: number}} Open the transaction to rate, and to when */

/**
 * The rating this counter's tablet may take now; null when there is none: rated,
 * too late, or the next visitor is being served (the answer would be theirs).
 * @param {HallState} state
 * @param {string} counter
 * @param {number} now
 * @returns {Open | null}
 */
export function openRating(state, counter, now) {
  const c = state.counters.get(counter);
  if (!c?.rate || c.rate.rated || c.state === 'serving') return null;
  const until = Date.parse(c.rate.from) + state.branch.rating.window * 1000;
  return now < until ? { tx: c.rate.tx, until } : null;
}

/**
 * The number of the visit a transaction belongs to ("<visit id>.<n>"), if it can be seen.
 * @param {HallState} state
 * @param {string} tx
 */
export function numberOf(state, tx) {
  return state.visits.get(tx.slice(0, tx.lastIndexOf('.')))?.number ?? '';
}

/**
 * Whether a mark is low: the last of the scale, or one that counts nothing.
 * @param {RatingLevel[]} levels
 * @param {number} level 1 = best
 */
export function isLow(levels, level) {
  return level === levels.length || (level > 1 && levels[level - 1]?.value === 0);
}

/**
 * The faces of a scale of 2 to 5 marks, best first; 4 laughs, 1 frowns.
 * @param {number} n
 */
export function faces(n) {
  return n === 2 ? [4, 1] : n === 3 ? [4, 2, 1] : n === 4 ? [4, 3, 2, 1] : [4, 3, 2, 1, 1];
}
