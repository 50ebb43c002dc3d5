// A list a page at a time: as many rows as fit, two big keys to turn it. Nothing
// scrolls: who has never used a screen presses what is written.
import { h, icon, mount, set } from '/web/dom.js';
import { t } from '/web/i18n.js';

/**
 * @template T
 * @typedef {object} List
 * @property {number} least height of a row, units
 * @property {number} [high] of a row that has the room for it, units
 * @property {number} most rows on a page
 * @property {(offset: number, n: number) => {total: number, items: T[]} | Promise<{total: number, items: T[]} | null>} load null: it could not be had
 * @property {(item: T, at: number) => HTMLElement} row
 * @property {string} label of the list, for those who hear it
 * @property {(total: number) => void} [loaded]
 * @property {boolean} [under] the keys stand below the rows and not beside them
 * @property {number} [from] the first row to show
 * @property {(from: number) => void} [moved]
 */

/**
 * @template T
 * @param {List<T>} list
 */
export function pages(list) {
  let from = list.from ?? 0, slots = 0, total = 0, turn = 0;
  const rows = h('ul', { class: 'rows', 'aria-label': list.label });
  const step = (/** @type {number} */ by) => () => move(from + by * slots);
  const prev = h('button', { type: 'button', 'aria-label': t('k.page.prev'), onclick: step(-1) }, icon('chevron-up'));
  const next = h('button', { type: 'button', 'aria-label': t('k.page.next'), onclick: step(1) }, icon('chevron-down'));
  const place = h('span', { class: 'num', 'aria-live': 'polite' });
  const keys = h('div', { class: 'turn', hidden: true }, prev, place, next);
  const el = h('div', { class: list.under ? 'paged under' : 'paged' }, rows, keys);
  // What stands above may still grow by a line.
  new ResizeObserver(() => el.isConnected && el.clientHeight > 0 && layout()).observe(el);

  /** How many rows fit now; the list is asked for when that is another number. */
  function layout() {
    const style = getComputedStyle(document.documentElement);
    const unit = (Number(style.getPropertyValue('--k')) || 1) * (Number(style.getPropertyValue('--k-text')) || 1);
    const gap = parseFloat(getComputedStyle(rows).rowGap) || 0;
    const room = rows.clientHeight;
    const n = Math.max(1, Math.min(list.most, Math.floor((room + gap) / (list.least * unit + gap))));
    const height = Math.min((room + gap) / n - gap, (list.high ?? list.least * 1.25) * unit);
    set(rows, { style: { '--row': `${Math.floor(height)}px` } });
    if (n === slots) return;
    slots = n;
    from = Math.floor(from / slots) * slots;
    void fetchPage();
  }

  /** @param {number} to */
  function move(to) {
    from = Math.max(0, to);
    list.moved?.(from);
    void fetchPage();
  }

  /** The latest answer counts; until it comes the rows that stand are kept. */
  async function fetchPage() {
    const mine = ++turn;
    let answer = list.load(from, slots);
    if (answer instanceof Promise) answer = await /** @type {any} */ (answer);
    const got = /** @type {{total: number, items: T[]} | null} */ (answer);
    if (mine !== turn || !got) return;
    if (got.items.length === 0 && from > 0) return move(Math.max(0, from - slots));
    const focused = rows.contains(document.activeElement) || keys.contains(document.activeElement);
    const pressed = document.activeElement;
    total = got.total;
    mount(rows, got.items.map((x, i) => h('li', null, list.row(x, from + i))));
    const hidden = total <= slots;
    if (keys.hidden !== hidden) {
      keys.hidden = hidden;
      if (list.under) layout();
    }
    set(prev, { disabled: from === 0 });
    set(next, { disabled: from + slots >= total });
    const pageOf = `${Math.floor(from / slots) + 1}/${Math.max(1, Math.ceil(total / slots))}`;
    if (place.textContent !== pageOf) place.textContent = pageOf;
    if (focused && (!pressed?.isConnected || /** @type {HTMLButtonElement} */ (pressed).disabled)) first()?.focus();
    list.loaded?.(total);
  }

  const first = () => /** @type {HTMLElement | null} */ (rows.querySelector('button'));
  /** From the first row again. */
  const reset = () => move(0);
  return { el, layout, reset, first, again: () => void fetchPage(), shown: () => rows };
}

/**
 * A list that is here already.
 * @template T
 * @param {T[]} all
 * @returns {(offset: number, n: number) => {total: number, items: T[]}}
 */
export const held = (all) => (offset, n) => ({ total: all.length, items: all.slice(offset, offset + n) });
