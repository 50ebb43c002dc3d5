// The same figures by service, counter, clerk, hour … as tables that can be sorted;
// one at a time on screen, the main ones on paper.
import { h, icon, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { about } from '/admin/reports_define.js';
import { FIGURES, words } from '/admin/reports_figures.js';
import { count } from '/admin/reports_words.js';
import { readRange } from '/admin/reports_range.js';
import { weekday } from '/web/time.js';

/** @typedef {import('/admin/reports_types.js').Scene} Scene */
/** @typedef {import('/admin/reports_types.js').Dimension} Dimension */
/** @typedef {import('/admin/reports_types.js').Row} Row */
/** @typedef {import('/admin/reports_figures.js').Figure} Figure */
/** @typedef {'turns'|'work'|'ends'|'ratings'|'use'} Group */

/** @type {Record<Dimension, () => string>} */
export const dimensions = {
  service: () => t('rp.by.service'), field: () => t('rp.by.field'), procedure: () => t('rp.by.procedure'), counter: () => t('rp.by.counter'),
  clerk: () => t('rp.by.clerk'), hour: () => t('rp.by.hour'), weekday: () => t('rp.by.weekday'), priority: () => t('rp.by.priority'),
  channel: () => t('rp.by.channel'), day: () => t('rp.by.day'), month: () => t('rp.by.month'), branch: () => t('rp.by.branch'),
};

/** @type {Record<Group, {name: () => string, ids: string[]}>} */
const groups = {
  turns: { name: () => t('rp.g.turns'), ids: ['taken', 'served', 'no_show', 'cancelled', 'transferred', 'wait', 'wait_mean', 'wait_p90', 'in_target', 'over_target'] },
  work: { name: () => t('rp.g.work'), ids: ['transactions', 'service', 'service_mean', 'service_p90', 'promise', 'half_day', 'broken', 'unknown', 'told'] },
  ends: { name: () => t('rp.g.ends'), ids: ['done', 'received', 'supplement', 'refused', 'guided', 'expired', 'recalls', 'ping_pong', 'again', 'out_of_turn'] },
  ratings: { name: () => t('rp.g.ratings'), ids: ['transactions', 'rated', 'answers', 'content', 'between', 'mean'] },
  use: { name: () => t('rp.g.use'), ids: ['open', 'serving', 'idle', 'paused', 'transactions', 'service'] },
};

/** Which tables a reader of the paper gets, of one hall and of several. @type {Dimension[][]} */
const ON_PAPER = [['service', 'counter', 'clerk', 'priority', 'channel', 'weekday', 'hour'], ['branch', 'priority', 'channel', 'weekday', 'hour']];
/** So many rows of a table are shown at first. */
const FIRST = 40;
/** What was chosen last stays chosen when the span changes. @type {{by: Dimension, group: Group, sort: string, down: boolean}} */
const chosen = { by: 'service', group: 'turns', sort: '', down: true };
let picked = false;

/** Filters that a dimension's row stands for; null when visits cannot be asked for by it. Over several halls the id begins with the hall's. @param {Dimension} by @param {Row} r @param {boolean} several */
export function narrowed(by, r, several) {
  if (by === 'day' || by === 'month') {
    const range = readRange(by === 'day' ? r.id : `${r.id}-01..${lastOf(r.id)}`);
    return range && { from: range.from, to: range.to };
  }
  if (by === 'branch') return { branches: [r.id] };
  if (r.id === '') return by === 'priority' ? { filters: { priority: 'none' } } : null;
  const cut = several && (by === 'service' || by === 'counter' || by === 'clerk') ? r.id.indexOf('/') : -1;
  return cut > 0 ? { branches: [r.id.slice(0, cut)], filters: { [by]: r.id.slice(cut + 1) } } : { filters: { [by]: r.id } };
}

/** @param {string} month "2026-11" */
const lastOf = (month) => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10);

/** A row's name; those the server does not name are named here. @param {Dimension} by @param {Row} r */
export function rowName(by, r) {
  if (by === 'weekday') return weekday(Number(r.id));
  if (by === 'hour') return t('rp.hour', { n: r.id });
  if (by === 'channel') return channels[r.id]?.() ?? r.name;
  if (r.id === '' && by === 'priority') return t('rp.plain');
  return r.name || r.id || t('rp.unnamed');
}

/** @type {Record<string, () => string>} */
export const channels = { kiosk: () => t('rp.ch.kiosk'), desk: () => t('rp.ch.desk'), booking: () => t('rp.ch.booking'), phone: () => t('rp.ch.phone') };

/** @param {Scene} scene */
export function tables(scene) {
  const has = /** @type {Dimension[]} */ (Object.keys(dimensions)).filter((d) => (scene.report.by[d] ?? []).length > 0);
  const several = scene.query.branches.length !== 1;
  if (!picked) chosen.by = several ? 'branch' : 'service';
  if (!has.includes(chosen.by)) chosen.by = has[0] ?? 'service';
  const place = h('div', { class: 'on-screen' });
  const by = h('div', { class: 'tabs', role: 'group', 'aria-label': t('rp.tables') }, has.map((d) => tab(d, dimensions[d](), () => { chosen.by = d; chosen.sort = ''; picked = true; })));
  const sets = h('div', { class: 'tabs small', role: 'group', 'aria-label': t('rp.columns') },
    /** @type {Group[]} */ (Object.keys(groups)).map((g) => tab(g, groups[g].name(), () => { chosen.group = g; chosen.sort = ''; })));

  /** @param {string} id @param {string} name @param {() => void} choose */
  function tab(id, name, choose) {
    return h('button', { type: 'button', 'data-tab': id, onclick: () => { choose(); draw(); } }, name);
  }

  function draw() {
    for (const b of by.children) b.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (b).dataset.tab === chosen.by));
    for (const b of sets.children) b.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (b).dataset.tab === chosen.group));
    const sorted = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.sort;
    mount(place, one(scene, chosen.by, chosen.group, draw));
    if (sorted) /** @type {HTMLElement | null} */ (place.querySelector(`[data-sort="${sorted}"]`))?.focus();
  }
  draw();
  return h('section', { class: 'tables' }, h('h2', null, t('rp.tables')), h('div', { class: 'pick on-screen' }, by, sets), place,
    h('div', { class: 'on-paper' }, ON_PAPER[several ? 1 : 0].filter((d) => has.includes(d)).map((d) => h('div', { class: 'sheet-table' },
      h('h3', null, dimensions[d]()), one(scene, d, 'turns'), d === 'service' || d === 'clerk' ? one(scene, d, 'ratings') : null))));
}

/** @param {Scene} scene @param {Dimension} by @param {Group} group @param {() => void} [again] after another order was chosen */
function one(scene, by, group, again) {
  const columns = groups[group].ids.map((id) => FIGURES[id]);
  // An hour in which nothing was taken or served has nothing to tell, unless counters stood open.
  const told = (scene.report.by[by] ?? []).filter((r) => r.taken > 0 || r.service.n > 0 || (group === 'use' && r.use.open > 0));
  const rows = again ? order(told, columns) : told;
  const head = columns.map((x) => h('th', { scope: 'col', class: 'n', 'aria-sort': again && chosen.sort === x.id ? (chosen.down ? 'descending' : 'ascending') : null },
    again ? [h('button', { type: 'button', class: 'sort', 'data-sort': x.id, onclick: () => {
      chosen.down = chosen.sort === x.id ? !chosen.down : true;
      chosen.sort = x.id;
      again();
    } }, x.name(), chosen.sort === x.id ? icon(chosen.down ? 'chevron-down' : 'chevron-up') : null), about(scene, x.def)] : x.name()));
  const line = (/** @type {Row} */ r) => h('tr', { 'data-id': r.id }, h('th', { scope: 'row' }, rowName(by, r)), columns.map((x) => value(scene, by, r, x, Boolean(again))));
  const cut = again && rows.length > FIRST + 5 ? FIRST : rows.length, body = h('tbody', null, rows.slice(0, cut).map(line));
  const more = cut < rows.length ? h('button', { type: 'button', class: 'plain', onclick: () => { body.append(...rows.slice(cut).map(line)); more?.remove(); } }, t('rp.rows', { n: count(rows.length) })) : null;
  return h('div', { class: 'scroll', role: again ? 'region' : null, tabindex: again ? 0 : null, 'aria-label': again ? dimensions[by]() : null },
    h('table', { class: 'figures' },
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, dimensions[by]()), head)),
      body,
      h('tfoot', null, h('tr', null, h('th', { scope: 'row' }, t('rp.total')), columns.map((x) => h('td', { class: 'n' }, words(x, scene.report.total)))))), more);
}

/** @param {Row[]} rows @param {Figure[]} columns */
function order(rows, columns) {
  const x = columns.find((c) => c.id === chosen.sort);
  if (!x) return rows;
  // What is not known stands last, whichever way.
  const v = (/** @type {Row} */ r) => x.value(r) ?? (chosen.down ? -Infinity : Infinity);
  return [...rows].sort((a, b) => (chosen.down ? v(b) - v(a) : v(a) - v(b)));
}

/** @param {Scene} scene @param {Dimension} by @param {Row} r @param {Figure} x @param {boolean} live */
function value(scene, by, r, x, live) {
  const text = words(x, r), faint = x.faint?.(r) ? ' faint' : '', narrow = live && scene.define(x.def)?.visits && x.value(r) ? narrowed(by, r, scene.query.branches.length !== 1) : null;
  return h('td', { class: `n${faint}` }, narrow
    ? h('button', { type: 'button', class: 'trace', onclick: () => scene.trace(x.def, t('rp.trace.of', { figure: x.name(), of: rowName(by, r) }), narrow) }, text) : text);
}
