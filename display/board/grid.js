// One cell for each counter: whose number it calls, and what it does when it calls none.
import { h, keyed, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { long } from '/board/hero.js';
import { callName, seen } from '/board/log.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').CounterName} CounterName */
/** @typedef {import('/web/types.js').Visit} Visit */
/** @typedef {{key: string, counter: CounterName, visit: Visit | undefined, last: string, state: string}} Cell */

/** Columns and rows for so many cells, on a wide panel and an upright one. @type {[number, string][]} */
const SHAPES = [[1, 'g1'], [2, 'g2'], [4, 'g4'], [6, 'g6'], [9, 'g9'], [12, 'g12'], [16, 'g16'], [20, 'g20']];

export function cells() {
  const list = h('ul'), el = h('main', { class: 'cells', 'aria-label': t('t.list'), 'aria-live': 'polite' }, list);

  /**
   * @param {HallState} state @param {CounterName[]} counters
   * @param {(counter: string) => string} last the number that it called last
   */
  function draw(state, counters, last) {
    list.className = SHAPES.find(([n]) => counters.length <= n)?.[1] ?? 'g20';
    keyed(list, counters.map((c) => cellOf(state, c, last(c.id))), (c) => c.key, cell);
  }
  return { el, draw };
}

/** @param {HallState} state @param {CounterName} counter @param {string} last @returns {Cell} */
function cellOf(state, counter, last) {
  const at = state.counters.get(counter.id);
  const found = at?.visit ? state.visits.get(at.visit) : undefined;
  const visit = found && (found.state === 'called' || found.state === 'serving') && found.counter === counter.id ? found : undefined;
  // Another element for each call: it greets with its animation, once.
  const key = visit ? callName(visit.id, counter.id, visit.calls) : `free ${counter.id}`;
  if (visit) seen(key, 'listed');
  return { key, counter, visit, last, state: visit ? visit.state : at?.state ?? 'closed' };
}

/** @param {Cell} c @param {HTMLElement | undefined} old */
function cell(c, old) {
  const el = old ?? h('li', { class: 'cell' });
  const print = JSON.stringify([c.counter.label, c.visit?.number, c.last, c.state]);
  if (el.dataset.print === print) return el;
  el.dataset.print = print;
  const number = c.visit?.number ?? '';
  el.className = `cell ${c.state} len${Math.min(number.length, 6)}${c.state === 'called' ? ' pulse' : ''}`;
  mount(el,
    h('span', { class: 'to' }, h('span', null, t('t.counter')), h('b', { class: `num${long(c.counter.label)}` }, c.counter.label),
      (c.visit?.calls ?? 1) > 1 && c.state === 'called' ? h('span', { class: 'again' }, t('t.nth', { n: c.visit?.calls ?? 1 })) : null),
    number ? h('span', { class: 'num called-number' }, number) : h('span', { class: 'rest' }, stateWords(c.state)),
    !number && c.last && c.state === 'open' ? h('span', { class: 'before' }, t('t.before', { number: c.last })) : null);
  return el;
}

/** @param {string} state */
function stateWords(state) {
  if (state === 'closed') return t('t.shut');
  return state === 'paused' ? t('t.paused') : t('t.free');
}
