// Search: what is typed is answered at each letter from the second on.
import { h, icon, mount, signal } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { here } from '/lookup/catalogue.js';
import { fieldsView } from '/lookup/fields.js';
import { keyboard } from '/lookup/keyboard.js';
import { MOST, row } from '/lookup/list.js';
import { pages } from '/lookup/pages.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */

/** Letters before the first answer. */
const FIRST = 2;
/** Letters that can be typed. */
const LONGEST = 80;

/** What people here look for, to begin with. */
const TRY = ['khai sinh', 'sổ đỏ', 'xác nhận độc thân', 'hộ kinh doanh'];

/** @typedef {{value: import('/web/dom.js').Signal<string>, from: number}} Search what one visitor has typed, and the page they are on: kept while the screen is drawn anew */

/** @param {string} typed @returns {Search} */
export const newSearch = (typed) => ({ value: signal(typed), from: 0 });

/** @param {App} app @param {Search} search @returns {View} */
export function searchView(app, search) {
  const { value } = search;
  let total = -1;
  const words = h('span', { class: 'typed' });
  const clear = h('button', { type: 'button', class: 'clear', 'aria-label': t('l.key.clear'), onclick: () => value.set('') }, icon('x'));
  const field = h('div', { class: 'asked', role: 'textbox', 'aria-label': t('l.search.ph'), 'aria-readonly': 'true' }, icon('search'), words);
  const told = h('div', { class: 'found', role: 'status', 'aria-live': 'polite' });
  const list = pages({
    least: 100, high: 124, most: MOST, label: t('l.results'), from: search.from, moved: (to) => void (search.from = to),
    async load(offset, n) {
      const q = value.get().trim();
      if (q.length < FIRST) return { total: -1, items: [] };
      const answer = await app.get(`/api/v1/procedures?q=${encodeURIComponent(q)}&explain=1&offset=${offset}&limit=${n}&${here()}`);
      return answer.ok ? answer.body : null;
    },
    row: (x) => row(app, x),
    loaded(n) {
      total = n;
      tell();
    },
  });
  const board = keyboard({ value, kind: 'text', max: LONGEST, onenter: () => list.first()?.click() });

  /** What stands in place of results. */
  function tell() {
    const q = value.get().trim();
    told.hidden = total > 0;
    list.el.hidden = total <= 0;
    if (total > 0) return;
    if (total === 0 && q.length >= FIRST) {
      return mount(told, h('p', { class: 'none' }, t('l.none', { x: q })),
        h('button', { type: 'button', class: 'btn', onclick: () => app.turn(() => fieldsView(app)) }, icon('list'), t('l.byfield')));
    }
    mount(told, h('p', null, t('l.search.try')),
      h('ul', { class: 'tries' }, TRY.map((x) => h('li', null, h('button', { type: 'button', class: 'btn', onclick: () => value.set(x) }, `“${x}”`)))));
  }

  const draw = () => {
    const q = value.get();
    mount(words, q || h('em', null, t('l.search.ph')), q && h('i', { class: 'caret', 'aria-hidden': 'true' }));
    clear.hidden = q === '';
  };
  const off = value.on(() => {
    if (!field.isConnected) return off();
    draw();
    list.reset();
  });
  draw();
  tell();
  return {
    name: 'search', lead: [h('h1', { class: 'sr', tabindex: -1 }, t('l.home.1')), h('div', { class: 'line' }, field, clear)],
    nodes: [h('div', { class: 'results' }, told, list.el), board.el],
    layout() {
      // The list is measured where it will stand, results or not.
      const was = list.el.hidden;
      list.el.hidden = false;
      told.hidden = true;
      list.layout();
      list.el.hidden = was;
      told.hidden = !was;
      board.layout();
      list.again();
    },
    fresh: list.again,
    read: () => [{ key: 'l.search.read' }],
  };
}
