// The dark head of the page with the question, and the clock on every screen.
import { mark } from '/web/brand.js';
import { h } from '/web/dom.js';
import { named } from '/web/i18n.js';
import { hm, dayDate } from '/web/time.js';

/** @typedef {import('/web/types.js').Branch} Branch */

/**
 * @param {Branch} branch
 * @param {string} question
 */
export function head(branch, question) {
  const sub = h('p');
  const el = h('header', { class: 'head' },
    h('div', { class: 'drum', 'aria-hidden': 'true' }),
    h('div', { class: 'brand' },
      h('div', { class: 'seal' }, mark(branch.logo)),
      h('div', null, h('b', null, named(branch.name)), h('small', null, named(branch.place))),
      clock()),
    h('div', { class: 'ask' }, h('h1', { tabindex: -1 }, question), sub));
  return { el, sub };
}

/** The server's time at the last tick, ms. */
let at = 0;

const face = (/** @type {string | null} */ part) => (part === 'time' ? hm(at) : dayDate(at));

/** A clock; tickClocks keeps it going. It shows the last tick from the start: what stands beside it must not be laid out twice. */
export function clock() {
  return h('div', { class: 'clock' },
    h('span', { class: 'num', 'data-clock': 'time' }, at > 0 && face('time')),
    h('small', { 'data-clock': 'date' }, at > 0 && face('date')));
}

/**
 * Sets every clock on the page to the server's time.
 * @param {ParentNode} root
 * @param {number} now
 */
export function tickClocks(root, now) {
  at = now;
  for (const el of root.querySelectorAll('[data-clock]')) {
    const text = face(el.getAttribute('data-clock'));
    if (el.textContent !== text) el.textContent = text;
  }
}
