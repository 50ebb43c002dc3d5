// From a figure to the visits behind it, and from a visit to its events: what an
// inspector follows. There is nobody's name in it but the clerk's.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { day, hm, hms } from '/web/time.js';
import { date } from '/admin/procedures_words.js';
import { place } from '/admin/reports_more.js';
import { count, minutes, NONE } from '/admin/reports_words.js';

/** @typedef {import('/admin/reports_types.js').Scene} Scene */
/** @typedef {import('/admin/reports_types.js').Query} Query */
/** @typedef {import('/admin/reports_types.js').TracedVisit} Visit */
/** @typedef {import('/admin/reports_types.js').TracedTransaction} Transaction */
/** @typedef {import('/admin/reports_types.js').TracedEvent} TracedEvent */
/** @typedef {{visit: Visit, transactions: Transaction[] | null, events: TracedEvent[] | null}} Traced */

/** The server may read long. */
const PATIENCE = 30_000;

/** Figures that count something a visit may have several of. @param {string} figure */
const severalOf = (figure) => /^(service|promise|half_day|kept|broken|unknown|transfers|recalls|asked|answers|outcome_.*)$/.test(figure);

/** The address of a question. @param {Query} q @param {Record<string, string>} [more] */
export function search(q, more = {}) {
  const p = new URLSearchParams({ from: q.from, to: q.to, ...more });
  if (q.branches.length > 0) p.set('branch', q.branches.join(','));
  for (const [name, value] of Object.entries(q.filters)) if (value) p.set(name, value);
  return p.toString();
}

/**
 * The box of what is being followed: the list, and over it one visit.
 * @param {Scene} scene
 */
export function tracer(scene) {
  /** @param {string} title */
  function box(title) {
    const body = h('div', { class: 'body' }, h('p', { role: 'status' }, t('rp.loading')));
    const dialog = h('dialog', { class: 'tracing', 'aria-labelledby': 'trace-name', onclose: () => dialog.remove() },
      h('div', { class: 'headed' }, h('h2', { id: 'trace-name', tabindex: -1, autofocus: true }, title), h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, t('rp.close'))), body);
    document.querySelector('dialog.tracing')?.remove();
    document.body.append(dialog);
    dialog.showModal();
    return body;
  }

  /** @param {string} figure @param {string} title @param {Query} query */
  async function list(figure, title, query) {
    const body = box(title), rows = h('tbody'), more = h('button', { type: 'button', class: 'plain', hidden: true }, t('rp.tr.more')), told = h('p', { class: 'note', role: 'status' }, t('rp.loading'));
    const table = h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': title }, h('table', { class: 'figures' },
      h('thead', null, h('tr', null, [t('rp.tr.number'), t('rp.by.day'), t('rp.tr.taken'), t('rp.tr.called'), t('rp.tr.ended')].map((x) => h('th', { scope: 'col' }, x)), h('th', { scope: 'col', class: 'n' }, t('rp.tr.wait')),
        [t('rp.by.service'), t('rp.by.counter'), t('rp.tr.state')].map((x) => h('th', { scope: 'col' }, x)))), rows));
    let cursor = '', known = 0;
    const next = async () => {
      more.hidden = true;
      const answer = await get(`/api/v1/reports/visits?${search(query, { figure, ...(cursor && { cursor }) })}`, PATIENCE);
      if (!answer.ok) return void mount(told, sentence(answer.code));
      const visits = /** @type {Visit[]} */ (answer.body.visits ?? []), had = known;
      rows.append(...visits.map((v) => row(v, () => void one(v.id, v.branch, () => void list(figure, title, query)))));
      known += visits.length;
      cursor = answer.body.next ?? '';
      told.textContent = known === 0 ? t('rp.tr.none') : cursor ? t('rp.tr.some', { n: count(known) }) : t('rp.tr.all', { n: count(known) });
      more.hidden = !cursor;
      table.hidden = known === 0;
      if (had > 0) /** @type {HTMLElement | null} */ (rows.children[had]?.querySelector('button'))?.focus();
    };
    more.addEventListener('click', () => void next());
    mount(body, told, severalOf(figure) ? h('p', { class: 'note' }, t('rp.tr.fewer')) : null, table, more);
    await next();
  }

  /** @param {Visit} v @param {() => void} open */
  function row(v, open) {
    return h('tr', { 'data-visit': v.id }, h('th', { scope: 'row' }, h('button', { type: 'button', class: 'trace num', 'aria-label': t('rp.tr.visit', { number: v.number }), onclick: open }, v.number)),
      [date(v.day), time(v.taken), time(v.called), time(v.ended)].map((x) => h('td', null, x)), h('td', { class: 'n' }, v.wait === null || v.wait === undefined ? NONE : minutes(v.wait)),
      h('td', null, serviceName(v.service)), h('td', null, place(scene, v.counter ?? '')), h('td', null, stateWords(v)));
  }

  /** @param {string} id @param {string} branch @param {() => void} [back] */
  async function one(id, branch, back) {
    const body = box(t('rp.loading'));
    const answer = await get(`/api/v1/reports/visits/${encodeURIComponent(id)}?branch=${encodeURIComponent(branch)}`, PATIENCE);
    if (!answer.ok) return void mount(body, h('p', { class: 'fault', role: 'alert' }, sentence(answer.code)));
    const { visit: v, transactions, events } = /** @type {Traced} */ (answer.body);
    const head = document.getElementById('trace-name');
    if (head) head.textContent = t('rp.tr.title', { number: v.number, date: date(v.day) });
    mount(body, back ? h('button', { type: 'button', class: 'plain back', onclick: back }, t('rp.tr.back')) : null,
      h('dl', { class: 'visit' }, facts(v).map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value)))),
      (transactions ?? []).length > 0 ? [h('h3', null, t('rp.tr.transactions')), h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': t('rp.tr.transactions') }, h('table', { class: 'figures' },
        h('thead', null, h('tr', null, [t('rp.by.counter'), t('rp.by.clerk'), t('rp.tr.started'), t('rp.tr.ended'), t('rp.tr.outcome'), t('rp.tr.promise')].map((x) => h('th', { scope: 'col' }, x)))),
        h('tbody', null, (transactions ?? []).map((x) => h('tr', null, h('th', { scope: 'row' }, place(scene, x.counter)), [x.clerk || NONE, time(x.started), time(x.ended), outcome(x.outcome), promise(x)].map((c) => h('td', null, c)))))))] : null,
      h('h3', null, t('rp.tr.events')), h('ol', { class: 'events' }, (events ?? []).map((e) => h('li', null,
        h('span', { class: 'num' }, hms(e.at)), h('div', null, h('b', null, eventName(e.kind)), e.counter ? ` · ${place(scene, e.counter)}` : '', e.by ? ` · ${e.by}` : '', h('small', null, t('rp.tr.seq', { n: e.seq, kind: e.kind })),
          h('details', null, h('summary', null, t('rp.tr.body')), h('pre', { tabindex: 0 }, JSON.stringify(e.body, null, 2))))))));
  }

  /** @param {Visit} v @returns {[string, string][]} */
  function facts(v) {
    return [[t('rp.by.service'), serviceName(v.service)], [t('rp.by.priority'), named(scene.branch?.priorities.find((p) => p.id === v.priority)?.name) || v.priority || t('rp.plain')],
      [t('rp.tr.taken'), time(v.taken)], [t('rp.tr.called'), time(v.called)], [t('rp.tr.started'), time(v.served)], [t('rp.tr.ended'), time(v.ended)],
      [t('rp.f.wait1'), v.wait === null || v.wait === undefined ? NONE : t('rp.n.minutes', { n: minutes(v.wait) })], [t('rp.tr.state'), stateWords(v)]];
  }

  /** @param {string} id */
  const serviceName = (id) => named(scene.branch?.services.find((x) => x.id === id)?.name) || id;
  return { list, one };
}

/** @param {string | null | undefined} when */
const time = (when) => (when ? hm(when) : NONE);

/** @param {Transaction} x */
const promise = (x) => (!x.due ? NONE : x.kept === 1 || x.kept === true ? t('rp.kept') : x.kept === 0 || x.kept === false ? t('rp.broken') : t('rp.due', { time: `${hm(x.due)}, ${date(day(x.due))}` }));

/** @type {Record<string, () => string>} */
const states = { booked: () => t('rp.st.booked'), waiting: () => t('rp.st.waiting'), called: () => t('rp.st.called'), serving: () => t('rp.st.serving'), parked: () => t('rp.st.parked'),
  no_show: () => t('rp.st.no_show'), ended: () => t('rp.st.ended'), cancelled: () => t('rp.st.cancelled'), expired: () => t('rp.st.expired') };
/** @type {Record<string, () => string>} */
const outcomes = { done: () => t('rp.out.done'), received: () => t('rp.out.received'), supplement: () => t('rp.out.supplement'), refused: () => t('rp.out.refused'), guided: () => t('rp.out.guided') };
/** @param {string} id */
const outcome = (id) => outcomes[id]?.() ?? (id || NONE);
/** @param {Visit} v */
const stateWords = (v) => [states[v.state]?.() ?? v.state, v.outcome && outcome(v.outcome)].filter(Boolean).join(' · ');

/** What an event says, by its kind. @type {Record<string, () => string>} */
const names = {
  'ticket.taken': () => t('rp.ev.taken'), 'ticket.called': () => t('rp.ev.called'), 'ticket.recalled': () => t('rp.ev.recalled'), 'ticket.serving': () => t('rp.ev.serving'),
  'ticket.no_show': () => t('rp.ev.no_show'), 'ticket.reinstated': () => t('rp.ev.reinstated'), 'ticket.parked': () => t('rp.ev.parked'), 'ticket.resumed': () => t('rp.ev.resumed'),
  'ticket.transferred': () => t('rp.ev.transferred'), 'ticket.ended': () => t('rp.ev.ended'), 'ticket.cancelled': () => t('rp.ev.cancelled'), 'ticket.expired': () => t('rp.ev.expired'),
  'ticket.undone': () => t('rp.ev.undone'), 'ticket.delayed': () => t('rp.ev.delayed'), 'ticket.priority_changed': () => t('rp.ev.priority'), 'ticket.printed': () => t('rp.ev.printed'),
  'ticket.print_failed': () => t('rp.ev.print_failed'), 'booking.made': () => t('rp.ev.booked'), 'booking.arrived': () => t('rp.ev.arrived'),
};

/** @param {string} kind */
const eventName = (kind) => names[kind]?.() ?? kind;
