// Words for the state of printers, keypads, panels and scanners, for staff.
import { t } from '/web/i18n.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Device} Device */
/** @typedef {import('/web/types.js').DeviceState} DeviceState */

/** @type {Record<DeviceState, () => string>} */
export const deviceStates = {
  ready: () => t('c.dev.ready'), paper_low: () => t('c.dev.paper_low'), paper_out: () => t('c.dev.paper_out'),
  cover_open: () => t('c.dev.cover_open'), cutter: () => t('c.dev.cutter'), error: () => t('c.dev.error'),
  busy: () => t('c.dev.busy'), offline: () => t('c.dev.offline'), unknown: () => t('c.dev.unknown'),
};

/** @type {Record<Device['kind'], () => string>} */
export const deviceKinds = {
  printer: () => t('c.dev.printer'), keypad: () => t('c.dev.keypad'), panel: () => t('c.dev.panel'),
  scanner: () => t('c.dev.scanner'), agent: () => t('c.dev.agent'), screen: () => t('c.dev.screen'),
};

/**
 * Printers that staff must look after: without paper, open, jammed or away; and
 * those whose paper is about to end, after the others.
 * @param {HallState} state @returns {Device[]}
 */
export function printerTroubles(state) {
  const list = [...state.devices.values()].filter((d) => d.kind === 'printer' && d.state !== 'ready' && d.state !== 'unknown');
  return list.sort((a, b) => Number(a.state === 'paper_low') - Number(b.state === 'paper_low') || (a.id < b.id ? -1 : 1));
}

/** @param {Device} d "Máy 1: hết giấy" */
export const deviceLine = (d) => t('c.dev.line', { name: d.agent, what: deviceStates[d.state]() });

/** More names than these say less than their number. */
const NAMED = 3;

/**
 * Screens of the hall that answer no more, in words.
 * @param {HallState} state @returns {string[]}
 */
export function deadScreens(state) {
  const list = [...state.devices.values()].filter((d) => d.kind === 'screen' && d.state === 'offline');
  if (list.length > NAMED) return [t('c.dev.deads', { n: list.length })];
  return list.map((d) => t('c.dev.dead', { name: d.agent })).sort();
}
