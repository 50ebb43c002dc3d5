// The list beside the large field: the latest numbers at their counters. What
// does not fit at a readable size follows on further pages, in turn.
import { h, keyed } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { label, long } from '/board/hero.js';
import { callName, seen } from '/board/log.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Visit} Visit */
/** @typedef {{key: string, number: string, counter: string, called: boolean}} Row */

/** How long a page stands, ms. */
const PAGE = 10_000;

export function callList() {
  const body = h('tbody'), pages = h('span', { class: 'pages num' });
  const el = h('table', null,
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('t.list'), pages), h('th', { scope: 'col' }, t('t.counter')))), body);
  let page = 0, since = 0, first = '';

  /**
   * @param {HallState} state @param {Visit[]} visits the latest call first
   * @param {number} now @param {number} room rows there is room for
   */
  function draw(state, visits, now, room) {
    // A new call brings its own page back: it is seen at once.
    const latest = visits.length ? keyOf(visits[0]) : '';
    const all = Math.max(1, Math.ceil(visits.length / room));
    if (latest !== first || page >= all) {
      page = 0;
      since = now;
    } else if (now - since >= PAGE) {
      page = (page + 1) % all;
      since = now;
    }
    first = latest;
    pages.textContent = all > 1 ? t('t.page', { n: page + 1, of: all }) : '';
    fill(state, visits.slice(page * room, (page + 1) * room), room);
  }

  /** @param {HallState} state @param {Visit[]} visits @param {number} room */
  function fill(state, visits, room) {
    /** @type {Row[]} */
    const rows = visits.map((v) => ({ key: keyOf(v), number: v.number, counter: label(state, v.counter ?? ''), called: v.state === 'called' }));
    for (const row of rows) seen(row.key, 'listed');
    while (rows.length < room) rows.push({ key: `empty ${rows.length}`, number: '', counter: '', called: false });
    // A row of its own for each call: a new one greets with its animation, once.
    keyed(body, rows, (r) => r.key, (r, old) => {
      const tr = old ?? h('tr', { class: r.number ? `in len${Math.min(r.number.length, 6)}` : null }, h('td', { class: 'num' }, r.number), h('td', { class: 'num' }));
      if (tr.cells[1].textContent !== r.counter) tr.cells[1].textContent = r.counter;
      tr.cells[1].className = `num${long(r.counter)}`;
      tr.classList.toggle('called', r.called);
      return tr;
    });
  }
  return { el, draw };
}

/** @param {Visit} v */
const keyOf = (v) => callName(v.id, v.counter, v.calls);
