// Somebody comes from the look-up screens with a procedure: straight to the
// question, or home with a sentence why not.
import { tell } from '/kiosk/guide.js';
import { takeWish } from '/kiosk/lookup.js';
import { seeking } from '/kiosk/later.js';
import { refusedWords } from '/kiosk/closed.js';
import { wishFor } from '/kiosk/session.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */

/**
 * @param {App} app
 * @returns {boolean} whether there was a wish
 */
export function followWish(app) {
  const wish = takeWish();
  if (!wish) return false;
  const { branch, figures } = app.state();
  const service = branch.services.find((s) => s.id === wish.service), figure = figures.get(wish.service);
  if (service && figure?.open) {
    wishFor(service.id, wish.procedure);
    app.confirm(service);
    if (wish.procedure) seeking().then((x) => x.seek(service.id, wish.procedure)).catch(() => {}); // the question stands without
    return true;
  }
  app.first();
  if (!service) tell({ key: 'k.wish.unknown' });
  else tell(refusedWords(figure?.reason === 'quota_full' ? 'quota_full' : 'service_closed', service, figure, app.now()).heading);
  return true;
}
