// Lists longer than a screen, a page at a time by two large keys. Rows are as high
// as their words: a page holds as many as there is room for.
import { h, icon, mount } from '/web/dom.js';
import { locale, t } from '/web/i18n.js';

/** @typedef {import('/web/dom.js').Children} Children */
/**
 * Where somebody is in a list; it outlives the screen's being drawn anew.
 * @template T
 * @typedef {object} Place
 * @property {number} offset of the first row shown
 * @property {number[]} before the offsets of the pages before
 * @property {{offset: number, total: number, items: T[]} | null} page what has been fetched
 * @property {boolean} failed
 */

/** More rows are never on one page. */
export const MOST = 7;

/** @returns {Place<any>} the beginning of a list */
export const start = () => ({ offset: 0, before: [], page: null, failed: false });

/**
 * Rows that are here already, as a source of pages.
 * @template T
 * @param {T[]} items
 * @returns {(offset: number) => Promise<{total: number, items: T[]}>}
 */
export function ready(items) {
  const load = async (/** @type {number} */ offset) => ({ total: items.length, items: items.slice(offset, offset + MOST) });
  local.add(load);
  return load;
}

/** The sources that cost nothing. @type {WeakSet<Function>} */
const local = new WeakSet();

/**
 * @template T
 * @param {object} of
 * @param {Place<T>} of.place
 * @param {(offset: number) => Promise<{total: number, items: T[]} | null>} of.load null when it cannot be had
 * @param {(item: T, n: number) => HTMLElement} of.row `n` counts from 1 over all pages
 * @param {string} of.empty said when there is nothing
 * @param {string} [of.label]
 * @returns {{el: HTMLElement, layout: () => void}}
 */
export function leaf({ place, load, row, empty, label }) {
  const list = h('ol', { class: 'leaf-rows', 'aria-label': label ?? null });
  const span = h('span', { class: 'num', role: 'status' });
  const prev = h('button', { type: 'button', 'aria-label': t('k.page.prev'), onclick: () => turn(place.before.pop() ?? 0) }, icon('chevron-up'));
  const next = h('button', { type: 'button', 'aria-label': t('k.page.next'), onclick: forward }, icon('chevron-down'));
  const keys = h('div', { class: 'turn', hidden: true }, prev, span, next);
  let shown = 0;

  /** @param {number} offset */
  async function turn(offset) {
    place.offset = offset;
    const page = await load(offset);
    place.failed = !page;
    if (page) place.page = { offset, ...page };
    if (!list.isConnected) return;
    draw();
    if (document.documentElement.dataset.keys) /** @type {HTMLElement | null} */ (list.querySelector('button'))?.focus();
  }

  function forward() {
    place.before.push(place.offset);
    void turn(place.offset + shown);
  }

  function draw() {
    const page = place.page;
    if (place.failed || !page) {
      mount(list, h('li', { class: 'leaf-none', role: 'status' }, place.failed ? t('l.away.sub') : t('l.wait')));
      keys.hidden = true;
      return;
    }
    mount(list, ...page.items.map((item, i) => h('li', null, row(item, page.offset + i + 1))), page.total === 0 && h('li', { class: 'leaf-none' }, empty));
    layout();
  }

  function layout() {
    const page = place.page;
    if (!page || place.failed || !list.isConnected) return;
    keys.hidden = false; // the rows must fit beside the keys
    const rows = [...list.children];
    for (const el of rows) /** @type {HTMLElement} */ (el).hidden = false;
    shown = rows.length;
    while (shown > 1 && list.scrollHeight > list.clientHeight + 1) /** @type {HTMLElement} */ (rows[--shown]).hidden = true;
    const to = page.offset + shown;
    keys.hidden = page.offset === 0 && to >= page.total;
    prev.disabled = page.offset === 0;
    next.disabled = to >= page.total;
    mount(span, t('l.range', { from: number(page.offset + 1), to: number(to) }), h('br'), t('l.range.of', { all: number(page.total) }));
  }

  // What was fetched is shown again; a list that is here already is read anew.
  if (place.page && !local.has(load)) queueMicrotask(draw);
  else void turn(place.offset);
  return { el: h('div', { class: 'leaf' }, list, keys), layout };
}

/** @param {number} n */
const number = (n) => n.toLocaleString(locale());
