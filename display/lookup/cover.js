// What covers the visit: the server gone, maintenance. (An emergency lies over
// everything by itself: /web/emergency.js.)
import { h, icon } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { machineName } from '/kiosk/machine.js';
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
  if (!state) return { id: 'loading', make: waiting };
  const told = maintenanceOf(state);
  return told && { id: `maintenance:${told.id}`, make: () => maintenance(told) };
}

/** Of this machine, known by its key, or of all. @param {import('/web/types.js').HallState} state */
function maintenanceOf(state) {
  const own = machineName();
  return [...state.notices.values()].find((n) => n.kind === 'maintenance' && (!n.machines?.length || n.machines.includes(own))) ?? null;
}

/** @param {import('/web/types.js').HallNotice} n @returns {View} */
const maintenance = (n) => ({
  name: 'maintenance',
  nodes: [h('div', { class: 'told' }, icon('settings'), h('h1', { tabindex: -1 }, t('k.maint.h')), h('p', null, n.text?.vi ? named(n.text) : t('k.maint.sub')))],
  read: () => [{ key: 'k.maint.h' }, n.text?.vi ? { name: n.text } : { key: 'k.maint.sub' }],
});

/** @returns {View} */
const paused = () => ({
  name: 'paused',
  nodes: [h('div', { class: 'told' }, icon('offline'), h('h1', { tabindex: -1 }, t('l.off.h')), h('p', null, t('l.off.sub')))],
  read: () => [{ key: 'l.off.h' }, { key: 'l.off.sub' }],
});
