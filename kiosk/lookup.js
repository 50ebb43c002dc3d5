// The way to the look-up screens and back: who found a procedure there comes
// here for its number.
import { query } from '/web/page.js';

/** What says which kiosk this is, and goes along. */
const OWN = ['branch', 'key', 'diag', 'base'];

/** @returns {URLSearchParams} */
function own() {
  const kept = new URLSearchParams();
  for (const name of OWN) if (query(name)) kept.set(name, query(name));
  return kept;
}

/**
 * @param {'' | '#dossier'} part of the look-up screen
 * @param {string} [code] of a dossier, as scanned; in the fragment, which no server's log keeps
 */
export function openLookup(part, code) {
  const there = own();
  there.set('from', 'kiosk');
  location.assign(`/lookup/?${there}${part}${code ? `=${encodeURIComponent(code)}` : ''}`);
}

/**
 * What somebody who came from the look-up wants a number for. It is told once:
 * the address forgets it, so that a reload does not ask the next visitor for it.
 * @returns {{service: string, procedure: string} | null}
 */
export function takeWish() {
  const wish = { service: query('service'), procedure: query('procedure') };
  if (!wish.service) return null;
  const kept = own();
  if (returns()) kept.set('back', 'lookup');
  const rest = kept.toString();
  history.replaceState(null, '', location.pathname + (rest && `?${rest}`));
  return wish;
}

/** Does this page stand on a look-up screen, for one number only? */
export const returns = () => query('back') === 'lookup';

/**
 * Back to the look-up screen that the visitor came from.
 * @param {string} procedure code of the one that was looked at, for whoever changed their mind
 * @returns {boolean} whether that is where this page belongs
 */
export function goBack(procedure) {
  if (!returns()) return false;
  location.assign(`/lookup/?${own()}${procedure && `#procedure=${encodeURIComponent(procedure)}`}`);
  return true;
}
