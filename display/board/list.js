// The list beside the large field: the five latest numbers at their counters.
import { h, keyed } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { label } from '/board/hero.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').Visit} Visit */
/** @typedef {{key: string, number: string, counter: string, called: boolean}} Row */

/** More rows than five would be too small to read at five metres. */
const ROWS = 5;

export function callList() {
  const body = h('tbody');
  const el = h('table', null,
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('t.list')), h('th', { scope: 'col' }, t('t.counter')))), body);

  /** @param {HallState} state @param {Visit[]} visits */
  function draw(state, visits) {
    /** @type {Row[]} */
    const rows = visits.slice(0, ROWS).map((v) => ({
      key: `${v.id}:${v.counter}:${v.calls}`, number: v.number, counter: label(state, v.counter ?? ''), called: v.state === 'called',
    }));
    while (rows.length < ROWS) rows.push({ key: `empty ${rows.length}`, number: '', counter: '', called: false });
    // A row of its own for each call: a new one greets with its animation, once.
    keyed(body, rows, (r) => r.key, (r, old) => {
      const tr = old ?? h('tr', { class: r.number ? 'in' : null }, h('td', { class: 'num' }, r.number), h('td', { class: 'num' }, r.counter));
      tr.classList.toggle('called', r.called);
      return tr;
    });
  }
  return { el, draw };
}
