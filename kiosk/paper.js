// What the kiosk knows of its printer, and what it says of a visitor's paper.
import { get } from '/web/api.js';
import { t } from '/web/i18n.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Device} Device */
/** @typedef {import('/web/types.js').Ticket} Ticket */

/** Name of the key this kiosk takes its tickets with: its printer prints for that name. */
let own = '';

/** Asks the server, or the agent before it, who this kiosk is; again until it is known. */
export async function learn() {
  const answer = await get('/api/v1/me?role=kiosk');
  if (answer.ok) own = answer.body.name;
  else setTimeout(learn, 3000);
}

/** @param {HallState} state @returns {Device | null} the printer that prints this kiosk's tickets */
export function printer(state) {
  for (const d of state.devices.values()) if (d.kind === 'printer' && d.prints?.includes(own)) return d;
  return null;
}

/** @param {Device} d */
const prints = (d) => d.state === 'ready' || d.state === 'paper_low' || d.state === 'unknown';

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
 * Heading and sentence of the ticket screen.
 * @param {Paper} paper
 * @returns {[string, string]}
 */
export function wordsOf(paper) {
  switch (paper) {
    case 'printing': return [t('k.print.h'), t('k.print.sub')];
    case 'done': return [t('k.done.h'), t('k.done.sub')];
    case 'out': return [t('k.out.h'), t('k.out.sub')];
    case 'fault': return [t('k.fault.h'), t('k.fault.sub')];
  }
  return [t('k.done.h0'), t('k.done.sub0')];
}

/** @param {HallState} state @returns {string} for the strip above every screen; empty while the printer prints */
export function printerStrip(state) {
  const d = printer(state);
  if (!d || prints(d)) return '';
  return d.state === 'paper_out' ? t('k.out.strip') : t('k.fault.strip');
}
