// What the kiosk knows of its printer, and what it says of a visitor's paper.
import { get } from '/web/api.js';
import { t } from '/web/i18n.js';
import { machineName } from '/kiosk/machine.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Device} Device */
/** @typedef {import('/web/types.js').Ticket} Ticket */
/** @typedef {import('/web/speech.js').Said} Said */

/** @param {HallState} state @returns {Device | null} the printer that prints this kiosk's tickets */
export function printer(state) {
  const own = machineName();
  for (const d of state.devices.values()) if (d.kind === 'printer' && d.prints?.includes(own)) return d;
  return null;
}

/** @param {Device} d */
const prints = (d) => d.state === 'ready' || d.state === 'paper_low' || d.state === 'unknown';

/** @param {HallState} state @returns {boolean} could a ticket be printed now? */
export function canPrint(state) {
  const d = printer(state);
  return d !== null && prints(d);
}

/** @typedef {'none'|'printing'|'done'|'out'|'fault'} Paper */

/**
 * How a ticket's paper stands. What the printer said of the ticket itself counts
 * more than how the printer is now: the next roll may have run out since.
 * @param {HallState} state @param {Ticket} ticket @returns {Paper}
 */
export function paperOf(state, ticket) {
  const told = state.papers.get(ticket.id);
  if (told?.state === 'printed') return 'done';
  if (told) return told.reason === 'paper_out' ? 'out' : 'fault';
  const d = printer(state);
  if (!d) return 'none';
  return prints(d) ? 'printing' : d.state === 'paper_out' ? 'out' : 'fault';
}

/**
 * Learns what became of a ticket's paper while the line was cut: a new snapshot
 * tells a kiosk of no paper.
 * @param {HallState} state told here
 * @param {Ticket} ticket
 */
export async function ask(state, ticket) {
  const answer = await get(`/api/v1/tickets/${encodeURIComponent(ticket.token)}`);
  const { print, print_reason: reason } = answer.body ?? {};
  if (answer.ok && print && !state.papers.has(ticket.id)) state.papers.set(ticket.id, { state: print, reason: reason ?? '' });
}

/** Heading and sentence of the ticket screen. @type {Record<Paper, [Said, Said]>} */
const WORDS = {
  printing: [{ key: 'k.print.h' }, { key: 'k.print.sub' }],
  done: [{ key: 'k.done.h' }, { key: 'k.done.sub' }],
  out: [{ key: 'k.out.h' }, { key: 'k.out.sub' }],
  fault: [{ key: 'k.fault.h' }, { key: 'k.fault.sub' }],
  none: [{ key: 'k.done.h0' }, { key: 'k.done.sub0' }],
};

/** @param {Paper} paper */
export const wordsOf = (paper) => WORDS[paper];

/** @param {HallState} state @returns {string} for the strip above every screen; empty while the printer prints */
export function printerStrip(state) {
  const d = printer(state);
  if (!d || prints(d)) return '';
  return d.state === 'paper_out' ? t('k.out.strip') : t('k.fault.strip');
}
