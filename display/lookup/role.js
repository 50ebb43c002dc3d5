// May this screen take numbers? A key made for displays may only read; then the
// look-up says which number to take at the kiosk.
import { get } from '/web/api.js';
import { learn } from '/kiosk/machine.js';

/** How long until it is asked again, ms. */
const PAUSE = 3000;

let may = false;

export const mayTake = () => may;

/** @param {() => void} changed */
export async function learnRole(changed) {
  const answer = await get('/api/v1/me?role=kiosk');
  if (answer.status === 0 || answer.status >= 500) {
    setTimeout(() => void learnRole(changed), PAUSE);
    return;
  }
  may = answer.ok;
  if (!may) return;
  await learn(() => {}); // the name of its key, by which its calls for help are known
  changed();
}
