// What the hall knows of the procedure that somebody found on the look-up screens:
// the question before its number names it, and tells what holds for it alone.
import { get } from '/web/api.js';
import { branch } from '/web/page.js';
import { sought, wished } from '/kiosk/session.js';

/** Letters a name may have on the card; the longest are a page long. */
const ROOM = 90;

/**
 * Asks once. Whoever does not get an answer is asked the service's own question.
 * @param {string} service
 * @param {string} code of the procedure
 */
export async function seek(service, code) {
  const answer = await get(`/api/v1/procedures/${encodeURIComponent(code)}?branch=${encodeURIComponent(branch())}`);
  if (!answer.ok || wished() !== code) return; // another visitor, or none
  const { name, own = {} } = answer.body;
  sought.set({
    service, name: shown(String(name)),
    late: own.late?.text?.vi ? own.late : null,
    online: own.online || (own.online_url ? 'full' : ''),
  });
}

/** @param {string} name */
const shown = (name) => (name.length > ROOM ? `${name.slice(0, ROOM).replace(/\s+\S*$/, '')}…` : name);
