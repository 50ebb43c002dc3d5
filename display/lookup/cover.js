// What covers the visit: the server gone. (An emergency lies over everything by
// itself: /web/emergency.js.)
import { h, icon } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { waiting } from '/lookup/shell.js';

/** @typedef {import('/lookup/app.js').View} View */

/** Shorter cuts only show a strip, ms. */
const PATIENCE = 10_000;

/**
 * @param {import('/web/types.js').HallState | null} state
 * @param {number} away ms without the server
 * @param {View | null} view that stands now
 * @returns {{id: string, make: () => View} | null}
 */
export function coverOf(state, away, view) {
  if (away >= PATIENCE && !(state && view?.keeps)) return { id: 'paused', make: paused };
  return state ? null : { id: 'loading', make: waiting };
}

/** @returns {View} */
const paused = () => ({
  name: 'paused',
  nodes: [h('div', { class: 'told' }, icon('offline'), h('h1', { tabindex: -1 }, t('l.off.h')), h('p', null, t('l.off.sub')))],
  read: () => [{ key: 'l.off.h' }, { key: 'l.off.sub' }],
});
