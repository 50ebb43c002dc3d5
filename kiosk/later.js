// Parts of the kiosk that few visitors need: they are no part of what must be
// there before the first touch. They are fetched as soon as the first screen
// stands and nothing else is to be done, so that they are there when the line
// breaks.

/** @typedef {import('/kiosk/kiosk.js').App} App */

/** Whoever has booked, or asks how a ticket stands. */
export const arriving = () => import('/kiosk/arrive.js');
/** Booking a later half-day. */
export const booking = () => import('/kiosk/book.js');
/** Which language, in a hall of more than two. */
export const languageChoice = () => import('/kiosk/languages.js');

/** What the hall knows of a procedure found on the look-up screens. */
export const seeking = () => import('/kiosk/sought.js');

/** How long until it is tried again, ms; and the longest wait for a quiet moment. */
const PAUSE = 3000, BUSY = 5000;

/** Fetches all parts, as often as it takes. */
export function fetchLater() {
  requestIdleCallback(() => {
    Promise.all([arriving(), booking(), languageChoice()]).catch(() => setTimeout(fetchLater, PAUSE));
  }, { timeout: BUSY });
}

/**
 * Uses a part once it is there; where it cannot be had, the visitor is told as of
 * every other request that does not reach the server.
 * @template T
 * @param {App} app
 * @param {() => Promise<T>} load one of the parts
 * @param {(part: T) => void} use
 */
export async function using(app, load, use) {
  let part;
  try {
    part = await load();
  } catch {
    return app.failed({ ok: false, status: 0, code: 'network', body: null }, () => using(app, load, use));
  }
  use(part);
}
