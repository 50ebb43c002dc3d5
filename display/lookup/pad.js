// A pad of few large keys: the signs of a dossier's code, or figures alone. It
// hears a keyboard too.
import { h, icon } from '/web/dom.js';
import { t } from '/web/i18n.js';

/** @typedef {import('/web/dom.js').Signal<string>} Text */

/**
 * @param {object} of
 * @param {Text} of.value
 * @param {string[]} of.signs one key each, row by row
 * @param {number} of.columns
 * @param {number} of.max
 * @param {string} of.label
 * @param {() => void} of.enter
 */
export function pad(of) {
  const type = (/** @type {string} */ sign) => {
    if (of.value.get().length < of.max) of.value.set(of.value.get() + sign);
  };
  const el = h('div', { class: 'pad', role: 'group', 'aria-label': of.label, style: { '--columns': of.columns } },
    of.signs.map((sign) => h('button', { type: 'button', class: 'btn num', 'data-sign': sign, 'aria-label': spoken(sign), onclick: () => type(sign) }, sign)),
    h('button', { type: 'button', class: 'btn erase', 'data-sign': 'erase', 'aria-label': t('l.file.erase'), onclick: () => erase(of.value) }, icon('arrow-left'), h('span', null, t('l.file.del'))));
  listen(el, of, type);
  return el;
}

/** @param {string} sign */
const spoken = (sign) => (sign === '.' ? t('l.file.dot') : sign === '-' ? t('l.file.dash') : null);

/** @param {Text} value @returns {boolean} false when there was nothing */
function erase(value) {
  if (!value.get()) return false;
  value.set(value.get().slice(0, -1));
  return true;
}

/**
 * A keyboard types into the value for as long as the pad stands.
 * @param {HTMLElement} el
 * @param {Parameters<typeof pad>[0]} of
 * @param {(sign: string) => void} type
 */
function listen(el, of, type) {
  const press = (/** @type {KeyboardEvent} */ e) => {
    if (!el.isConnected) return document.removeEventListener('keydown', press, true);
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    const sign = e.key.toUpperCase();
    if (of.signs.includes(sign)) type(sign);
    else if (e.key === 'Enter' && !document.activeElement?.matches('button, a')) of.enter();
    else if (e.key !== 'Backspace' || !erase(of.value)) return;
    e.preventDefault();
    e.stopPropagation();
  };
  // Before the page's own keys, and after wedge.js has taken away what a scanner typed.
  document.addEventListener('keydown', press, true);
}
