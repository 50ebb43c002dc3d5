// The keyboard on the screen, A to Z without accents; accents by Telex for those
// who want them. A real keyboard and a scanner type into the same place.
import { h, icon, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { telex } from '/lookup/telex.js';

/** @typedef {import('/web/dom.js').Signal<string>} Value */
/**
 * @typedef {object} Options
 * @property {Value} value what has been typed
 * @property {'text' | 'code' | 'digits'} kind
 * @property {number} max letters
 * @property {() => void} [onenter]
 */

/** @type {Record<Options['kind'], string[]>} */
const ROWS = {
  text: ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  code: ['1234567890', 'QWERTYUIOP', 'ASDFGHJKL-', 'ZXCVBNM./'],
  digits: ['123', '456', '789', '0'],
};

/** Does the visitor want accents? It lasts as long as the page's language and modes do. */
let accents = false;

/** The keyboard that stands on the page, and what typing does to it. @type {{el: HTMLElement, kind: Options['kind'], type(letter: string): void, back(): void, enter(): void}[]} */
const boards = [];

/** The one a real keyboard types into. */
export function board() {
  return boards.filter((x) => x.el.isConnected).at(-1) ?? null;
}

/** The next visitor begins without accents. */
export const forgetTyping = () => {
  accents = false;
  boards.length = 0;
};

/** @param {Options} options */
export function keyboard({ value, kind, max, onenter }) {
  const el = h('div', { class: `keyboard ${kind}`, role: 'group', 'aria-label': t('l.keyboard') });
  const type = (/** @type {string} */ letter) => {
    const before = value.get();
    const clean = kind === 'digits' ? letter.replace(/\D/g, '') : kind === 'code' ? letter.toUpperCase() : letter;
    if (!clean) return;
    const next = accents && kind === 'text' ? telex(before, clean) : before + clean;
    if ([...next].length <= max) value.set(next.normalize('NFC'));
  };
  const back = () => value.set([...value.get()].slice(0, -1).join(''));
  const enter = () => onenter?.();

  const letter = (/** @type {string} */ x) => h('button', { type: 'button', class: 'key', onclick: () => type(x) }, x);
  const wide = (/** @type {string} */ name, /** @type {import('/web/dom.js').Children} */ face, /** @type {() => void} */ press, /** @type {object} */ props = {}) =>
    h('button', { type: 'button', class: `key ${name}`, onclick: press, ...props }, face);

  const draw = () => {
    const rows = ROWS[kind].map((row) => [...row].map(letter));
    const erase = wide('erase', icon('arrow-left'), back, { 'aria-label': t('l.key.erase') });
    if (kind === 'digits') {
      rows[3].unshift(wide('clear', t('l.key.clear'), () => value.set('')));
      rows[3].push(erase);
    } else rows[3].push(erase);
    if (kind === 'text') {
      rows.push([
        wide('telex', t('l.key.telex'), () => {
          accents = !accents;
          draw();
        }, { 'aria-pressed': String(accents) }),
        wide('space', t('l.key.space'), () => type(' ')),
        wide('clear', t('l.key.clear'), () => value.set('')),
      ]);
    }
    if (kind === 'code') rows.push([wide('clear', t('l.key.clear'), () => value.set('')), onenter && wide('enter', t('l.key.enter'), enter)].filter((x) => x instanceof HTMLElement));
    mount(el, rows.map((row) => h('div', { class: 'keys' }, row)));
  };
  draw();
  const old = boards.findIndex((x) => !x.el.isConnected);
  if (boards.length > 8 && old >= 0) boards.splice(old, 1);
  boards.push({ el, kind, type, back, enter });
  return { el, layout() {} };
}
