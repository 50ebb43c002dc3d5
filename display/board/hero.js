// The large field: one number and its counter, or a grid of several.
import { h, mount } from '/web/dom.js';
import { named, t } from '/web/i18n.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/board/calls.js').Call} Call */

/** Rows and columns of the grid, by how many calls it holds. @param {number} n */
const shape = (n) => (n <= 4 ? 'four' : n <= 6 ? 'six' : 'nine');

export function hero() {
  const el = h('div', { class: 'now', role: 'region', 'aria-label': t('t.now'), 'aria-live': 'polite' });
  let print = '';

  /** @param {HallState} state @param {Call[]} shown */
  function draw(state, shown) {
    const next = JSON.stringify([state.open, state.branch.version, shown.map((c) => [c.id, c.counter, c.calls, c.fresh])]);
    if (next === print) return;
    print = next;
    if (shown.length === 0) mount(el, idle(state));
    else if (shown.length === 1) mount(el, ...single(state, shown[0]));
    else mount(el, h('h2', null, t('t.invite')), h('ul', { class: `many ${shape(shown.length)}` }, shown.map((c) => cell(state, c))));
  }
  return { el, draw };
}

/** @param {HallState} state @param {string} id */
export const label = (state, id) => state.branch.counters.find((c) => c.id === id)?.label ?? id;

/** Some counters are called by a word: it needs smaller letters than two digits. @param {string} label */
export const long = (label) => (label.length > 3 ? ' word' : label.length > 2 ? ' wide' : '');

/** @param {HallState} state @param {Call} call */
function single(state, call) {
  const v = state.visits.get(call.id);
  const number = v?.number ?? '';
  const service = state.branch.services.find((s) => s.id === v?.service);
  return [
    h('h2', null, t('t.invite'), call.calls > 1 ? h('span', { class: 'again' }, t('t.recall', { n: call.calls })) : null),
    h('p', { class: `n num len${Math.min(number.length, 6)}${call.fresh ? ' pulse' : ''}` }, number),
    h('p', { class: 'q' }, h('span', null, t('t.to')), h('b', { class: `num${long(label(state, call.counter))}` }, label(state, call.counter))),
    h('p', { class: 'sv' }, named(service?.name)),
  ];
}

/** @param {HallState} state @param {Call} call */
function cell(state, call) {
  const number = state.visits.get(call.id)?.number ?? '', at = label(state, call.counter);
  return h('li', { class: `len${Math.min(number.length, 6)}${call.fresh ? ' pulse' : ''}` },
    h('span', { class: 'num' }, number),
    h('span', { class: 'to' }, h('span', null, t('t.counter')), h('b', { class: `num${long(at)}` }, at)));
}

/** @param {HallState} state */
function idle(state) {
  if (state.open || state.branch.always) return h('p', { class: 'idle' }, t('t.idle'));
  const hours = (state.branch.halves ?? []).map((x) => `${x.from} – ${x.to}`);
  return h('p', { class: 'idle' }, hours.length ? t('t.closed', { hours: hours.join(t('t.and')) }) : t('t.closed.day'));
}
