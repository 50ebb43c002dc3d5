// Tiles like archive drawers, as many on a page as can be touched with ease.
import { h, icon, keyed, mount, set } from '/web/dom.js';
import { t } from '/web/i18n.js';

/**
 * @typedef {object} Tile
 * @property {string} id
 * @property {string} tab the letter, or "icon:name"
 * @property {string} title
 * @property {string} meta
 * @property {string} [kind] an extra class
 * @property {string} [badge] a few words in the corner: "Ngày vàng"
 * @property {boolean} [off]
 * @property {boolean} [shut] gives no numbers either, but says more when it is touched
 * @property {() => void} pick
 * @property {import('/web/speech.js').Said} [name] the title as it is read aloud
 * @property {import('/web/speech.js').Said | null} [says] the line under it
 */
/** @typedef {{el: HTMLElement, update: () => void, layout: () => void, shown: () => Tile[]}} TileGrid `shown`: the tiles of the page in view, as digits choose them */

/**
 * @param {() => Tile[]} list asked again at every update
 * @param {string} [pinned] id of a tile that stays on the first page
 * @returns {TileGrid}
 */
export function tileGrid(list, pinned) {
  let page = 0, slots = 8, high = -1;
  const grid = h('div', { class: 'tiles' });
  const place = h('span', { 'aria-live': 'polite' });
  const turn = (/** @type {number} */ by) => () => { page += by; update(); };
  const prev = h('button', { type: 'button', onclick: turn(-1) }, icon('arrow-left'), t('k.page.prev'));
  const next = h('button', { type: 'button', onclick: turn(1) }, t('k.page.next'), icon('arrow-right'));
  const pager = h('div', { class: 'pages' }, prev, place, next);
  const el = h('main', { class: 'body' }, grid, pager);

  /** How many fit: whole tiles of a size for fingers, never more than can be taken in. */
  function layout() {
    const style = getComputedStyle(document.documentElement);
    const px = (/** @type {string} */ name) => Number(style.getPropertyValue(name)) || 1;
    const { size, text, reach, shape } = document.documentElement.dataset;
    const unit = px('--k') * px('--k-text');
    const cols = size === 'big' || (text === 'large' && shape !== 'wide') ? 1 : 2;
    const least = (cols === 1 ? 130 : 168) * unit;
    const gap = parseFloat(getComputedStyle(grid).rowGap) || 0;
    const most = reach === 'low' ? 4 : size === 'big' || text === 'large' ? 5 : 8;
    const rowsIn = (/** @type {number} */ height) => Math.max(1, Math.floor((height + gap) / (least + gap)));
    const fitting = () => Math.min(rowsIn(grid.clientHeight), Math.floor(most / cols)) * cols;
    const rows = () => set(grid, { style: { '--cols': cols, '--rows': Math.ceil(Math.min(slots, list().length) / cols) } });
    grid.classList.toggle('one', cols === 1);
    set(pager, { hidden: true });
    slots = fitting();
    if (list().length > slots) {
      set(pager, { hidden: false });
      slots = fitting();
    }
    rows();
    // Names that are too long for so low a tile get higher ones, and fewer on a page.
    while (fill() && slots > cols) {
      slots -= cols;
      set(pager, { hidden: false });
      rows();
    }
    high = grid.clientHeight;
  }

  /** The words change, and the head above with its own: what no longer fits is laid out again. */
  function update() {
    if (fill() || grid.clientHeight !== high) layout();
  }

  /** @returns {boolean} whether some words do not fit */
  function fill() {
    const pages = split(list(), slots, pinned);
    page = Math.max(0, Math.min(page, pages.length - 1));
    keyed(grid, pages[page], (x) => x.id, (x, old) => draw(x, old));
    set(prev, { disabled: page === 0 });
    set(next, { disabled: page >= pages.length - 1 });
    const text = pages.length > 1 ? t('k.page.of', { n: page + 1, m: pages.length }) : '';
    if (place.textContent !== text) place.textContent = text;
    return tighten(grid);
  }

  const shown = () => split(list(), slots, pinned)[page] ?? [];
  return { el, update, layout, shown };
}

/**
 * Long names get smaller letters, on all tiles alike, rather than be cut off.
 * @param {HTMLElement} grid
 * @returns {boolean} whether even that is too little
 */
function tighten(grid) {
  const cut = () => [...grid.querySelectorAll('.tile .t')].some((x) => x.scrollHeight > x.clientHeight + 1);
  grid.classList.remove('tight', 'tighter');
  if (cut()) grid.classList.add('tight');
  if (cut()) grid.classList.add('tighter');
  return cut();
}

/**
 * @param {Tile[]} all
 * @param {number} slots
 * @param {string} [pinned]
 * @returns {Tile[][]} at least one page
 */
function split(all, slots, pinned) {
  const kept = slots > 1 ? all.find((x) => x.id === pinned) : undefined;
  const rest = all.filter((x) => x !== kept);
  const first = kept ? [...rest.splice(0, slots - 1), kept] : rest.splice(0, slots);
  const pages = [first];
  while (rest.length > 0) pages.push(rest.splice(0, slots));
  return pages;
}

/**
 * @param {Tile} x
 * @param {HTMLElement & {tile?: Tile} | undefined} old
 */
function draw(x, old) {
  const el = old ?? build(x);
  el.tile = x;
  set(el, { disabled: Boolean(x.off) });
  el.classList.toggle('shut', Boolean(x.shut));
  const [title, meta] = [el.querySelector('strong'), el.querySelector('small')];
  if (title && title.textContent !== x.title) title.textContent = x.title;
  if (meta && meta.textContent !== x.meta) mount(meta, x.meta);
  const badge = /** @type {HTMLElement | null} */ (el.querySelector('.badge'));
  if (badge) {
    badge.hidden = !x.badge;
    badge.textContent = x.badge ?? '';
  }
  return el;
}

/** @param {Tile} x @returns {HTMLElement & {tile?: Tile}} */
function build(x) {
  const image = x.tab.startsWith('icon:');
  /** @type {HTMLElement & {tile?: Tile}} */
  const el = h('button', { type: 'button', class: `tile ${x.kind ?? ''}`, 'data-id': x.id, onclick: () => el.tile?.pick() },
    h('span', { class: `tab num${x.tab.length === 2 ? ' two' : ''}`, 'aria-hidden': 'true' }, image ? icon(x.tab.slice(5)) : x.tab),
    h('span', { class: 't' }, h('strong'), h('span', { class: 'line' }, h('small'), h('span', { class: 'badge', hidden: true }))));
  return el;
}
