// The session of whoever works at this page has ended. The way on is the login page, and
// back to this one; but a dialog that is half filled in would be lost by that: it stays,
// says so, and goes on once the same person has logged in beside it.
import { get } from '/web/api.js';
import { h } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** Where to log in, and come back from to this very page. */
export const loginPage = () => `/login?to=${encodeURIComponent(location.pathname + location.search + location.hash)}`;

/** The account that this page was made for; null where people do not log in. @type {string | null} */
let owner = null;
let left = false;

/** @param {string} account id; empty for a key */
export function ownedBy(account) {
  owner = account;
}

/** Somebody logs out, and the page leaves by itself. */
export function leaving() {
  left = true;
}

/** The session is over: leads to the login page, or says so where something is half filled in. */
export function logInAgain() {
  if (left) return;
  const box = owner === null ? null : document.querySelector('dialog[open]:has(input, textarea, select)');
  if (!box) return location.assign(loginPage());
  if (box.querySelector('.session-ended')) return;
  box.prepend(h('p', { class: 'session-ended', role: 'alert' }, t('ac.ended'), ' ', h('a', { href: loginPage(), target: '_blank', rel: 'noopener' }, t('ac.ended.in'))));
}

/** The line is there again: for the same person everything stands as it was. */
export async function resumed() {
  const notes = document.querySelectorAll('.session-ended');
  if (notes.length === 0) return;
  const me = await get('/api/v1/me');
  if (!me.ok) return;
  if ((me.body.account?.id ?? '') !== owner) return location.reload();
  for (const note of notes) note.remove();
}
