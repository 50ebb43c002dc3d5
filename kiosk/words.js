// The sentences that depend on the queue: what a tile says, what the question before a number adds.
import { about } from '/web/labels.js';
import { hm } from '/web/time.js';
import { again } from '/kiosk/said.js';

/** @typedef {import('/web/types.js').Figure} Figure */
/** @typedef {import('/web/types.js').Service} Service */
/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/speech.js').Said} Said */

/** @param {number} now server time in ms */
export const morning = (now) => hm(now) < '12:00';

/**
 * What stands under a service's name on its tile.
 * @param {Figure | undefined} f
 * @param {number} now
 * @returns {Said | null}
 */
export function tileMeta(f, now) {
  if (!f) return null;
  if (!f.open) return whyClosed(f, now);
  const n = f.waiting;
  if (n === 0) return { key: 'k.tile.now' };
  if (!f.estimate) return { key: 'k.tile.count', args: { n } };
  const h = halfHours(f.estimate);
  return h ? { key: 'k.tile.hours', args: { n, h } } : { key: 'k.tile.wait', args: { n, m: about(f.estimate) } };
}

/**
 * What stands under the name of several services: how many wait, or when the first opens again.
 * @param {(Figure | undefined)[]} figures
 * @param {number} now
 * @returns {Said | null}
 */
export function groupMeta(figures, now) {
  const known = figures.filter((f) => f !== undefined);
  const open = known.filter((f) => f.open);
  if (open.length === 0) return tileMeta(firstToOpen(known), now);
  const n = open.reduce((sum, f) => sum + f.waiting, 0);
  return n === 0 ? { key: 'k.tile.now' } : { key: 'k.tile.count', args: { n } };
}

/** A long wait in hours, to the half; 0 under 100 minutes. @param {{low: number, high: number}} e */
function halfHours(e) {
  const minutes = about(e);
  return minutes < 100 ? 0 : Math.round(minutes / 30) / 2;
}

/** @param {Figure} f @param {number} now @returns {Said} */
function whyClosed(f, now) {
  if (f.reason === 'quota_full') return morning(now) ? { key: 'k.tile.full.am' } : { key: 'k.tile.full.pm' };
  return f.opens ? { key: 'k.tile.reopen', args: { when: again(f.opens, now) } } : { key: 'k.tile.closed' };
}

/**
 * The line under "Take a number for …?"
 * @param {Figure | undefined} f
 * @returns {Said}
 */
export function confirmInfo(f) {
  if (!f || f.waiting === 0) return { key: 'k.conf.now' };
  const n = f.waiting;
  if (!f.estimate) return { key: 'k.conf.count', args: { n } };
  const h = halfHours(f.estimate);
  return h ? { key: 'k.conf.hours', args: { n, h } } : { key: 'k.conf.info', args: { n, m: about(f.estimate) } };
}

/**
 * Why the whole hall gives no numbers now; null when at least one service does.
 * @param {HallState} state
 * @returns {Figure | null}
 */
export function closedHall(state) {
  const figures = [...state.figures.values()];
  // An emergency has its own screen, which comes and goes with the notice.
  if (figures.length === 0 || figures.some((f) => f.open || f.reason === 'emergency')) return null;
  // One service may be switched off for the day while lunch explains the rest.
  const telling = figures.filter((f) => f.reason && f.reason !== 'closed');
  return firstToOpen(telling) ?? figures[0];
}

/** @param {Figure[]} figures the first when none says when it opens */
function firstToOpen(figures) {
  const opening = figures.filter((f) => f.opens).sort((a, b) => Date.parse(a.opens ?? '') - Date.parse(b.opens ?? ''));
  return opening[0] ?? figures[0];
}
