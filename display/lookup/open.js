// The way to a procedure. Its screen is fetched once nothing else is to be done,
// or when somebody wants it.
import { here } from '/lookup/catalogue.js';
import { away } from '/lookup/later.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/procedure.js').Procedure} Procedure */

/** How long a quiet moment is waited for, ms. */
const BUSY = 3000;

const screen = () => import('/lookup/record.js');

/** Fetches the screen before anybody asks for it. */
export function fetchRecord() {
  requestIdleCallback(() => void screen().catch(() => {}), { timeout: BUSY });
}

/**
 * Fetches a procedure and shows it; the first question where there is one.
 * @param {App} app
 * @param {string} code
 */
export async function openRecord(app, code) {
  const place = app.place();
  const [part, p] = await Promise.all([screen().catch(() => null), load(app, code)]);
  if (place !== app.place()) return; // somebody went on meanwhile
  if (!part || !p) return app.show(() => away(app, () => void openRecord(app, code)));
  const open = part.opened(p);
  app.show(() => part.recordView(app, open));
}

/** @param {App} app @param {string} code @returns {Promise<Procedure | null>} */
export async function load(app, code) {
  const answer = await app.get(`/api/v1/procedures/${encodeURIComponent(code)}?${here()}`);
  return answer.ok ? answer.body : null;
}
