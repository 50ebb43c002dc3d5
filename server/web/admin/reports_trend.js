// How it went: visits and waits over the span, how long people waited, what the
// counters did, and the week by the hour.
import { h, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { weekday } from '/web/time.js';
import { bars, chart, stack } from '/admin/chart.js';
import { about } from '/admin/reports_define.js';
import { count, decimal, hours, minutes, NONE, pauseReason, percent } from '/admin/reports_words.js';
import { dimensions, rowName } from '/admin/reports_tables.js';

/** @typedef {import('/admin/reports_types.js').Scene} Scene */
/** @typedef {import('/admin/reports_types.js').Row} Row */

/** @param {Scene} scene */
export function trend(scene) {
  const by = scene.span === 'day' ? 'hour' : scene.span === 'year' || (scene.report.by.day ?? []).length > 70 ? 'month' : 'day';
  const all = scene.report.by[by] ?? [], busy = all.map((r) => r.taken > 0);
  const rows = by === 'hour' ? all.slice(Math.max(0, busy.indexOf(true)), busy.lastIndexOf(true) + 1) : all; // the night is not drawn
  const name = (/** @type {Row} */ r) => (by === 'day' ? `${r.id.slice(8)}/${r.id.slice(5, 7)}` : by === 'month' ? `${r.id.slice(5, 7)}/${r.id.slice(0, 4)}` : rowName('hour', r));
  const points = rows.map((r) => ({ name: name(r), value: r.taken, line: r.wait.n ? r.wait.median / 60 : null,
    say: t('rp.say.trend', { name: name(r), taken: count(r.taken), wait: r.wait.n ? minutes(r.wait.median) : NONE }) }));
  const most = points.reduce((a, b) => (b.value > a.value ? b : a), points[0]);
  const label = by === 'hour' ? t('rp.trend.hour') : by === 'month' ? t('rp.trend.month') : t('rp.trend.day');
  return h('section', { class: 'trend' }, h('h2', null, label), most ? chart((w) => bars(w, points, {
    label, desc: t('rp.trend.desc', { n: points.length, name: most.name, most: count(most.value) }), number: (n) => count(n), measure: (n) => count(Math.round(n * 10) / 10) }),
  legend([['bar', t('rp.legend.taken')], ['line', t('rp.legend.wait')]]),
  asTable(label, [dimensions[by](), t('rp.f.taken'), t('rp.legend.wait')], points.map((p, i) => [p.name, count(p.value), rows[i].wait.n ? minutes(rows[i].wait.median) : NONE]))) : h('p', { class: 'none' }, t('rp.empty')));
}

/**
 * What a chart draws, in figures; folded away on screen, the tables of the paper say more.
 * @param {string} label @param {string[]} heads @param {string[][]} rows
 */
const asTable = (label, heads, rows) => h('details', { class: 'as-table on-screen' }, h('summary', null, t('rp.astable')),
  h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': label }, h('table', { class: 'figures' },
    h('thead', null, h('tr', null, heads.map((x, i) => h('th', { scope: 'col', class: i ? 'n' : null }, x)))),
    h('tbody', null, rows.map(([first, ...rest]) => h('tr', null, h('th', { scope: 'row' }, first), rest.map((x) => h('td', { class: 'n' }, x))))))));

/** @param {[string, string][]} items class and words */
export const legend = (items) => h('ul', { class: 'legend' }, items.map(([kind, words]) => h('li', null, h('i', { class: `key ${kind}` }), words)));

/** @param {Scene} scene */
export function waits(scene) {
  const list = scene.report.histogram, whole = list.reduce((a, b) => a + b, 0);
  const last = list.reduce((l, n, i) => (n > 0 && i < 24 ? i : l), 5);
  const name = (/** @type {number} */ i) => (i === 24 ? '120+' : String(i * 5));
  const points = list.map((n, i) => ({ i, n })).filter(({ i, n }) => i <= last || (i === 24 && n > 0)).map(({ i, n }) => ({ name: name(i), value: n,
    say: t(i === 24 ? 'rp.say.wait.last' : 'rp.say.wait', { from: i * 5, to: i * 5 + 5, n: count(n), share: percent(whole ? n / whole : 0) }) }));
  const half = scene.report.total.wait;
  return h('section', { class: 'waits' }, h('h2', null, t('rp.waits'), about(scene, 'histogram')),
    chart((w) => bars(w, points, { label: t('rp.waits'), desc: half.n ? t('rp.waits.desc', { median: minutes(half.median), p90: minutes(half.p90) }) : t('rp.empty'), number: (n) => count(n) }),
      h('p', { class: 'axis' }, t('rp.waits.axis')),
      asTable(t('rp.waits'), [t('rp.waits.span'), t('rp.waits.n'), t('rp.waits.share')], list.flatMap((n, i) => (n > 0 || i <= last ? [[i === 24 ? t('rp.waits.last') : t('rp.waits.from', { from: i * 5, to: i * 5 + 5 }), count(n), percent(whole ? n / whole : 0)]] : [])))));
}

const USES = /** @type {const} */ (['serving', 'calling', 'idle', 'paused']);
/** @type {Record<typeof USES[number], () => string>} */
const useNames = { serving: () => t('rp.use.serving'), calling: () => t('rp.use.calling'), idle: () => t('rp.use.idle'), paused: () => t('rp.use.paused') };

/** More counters than these are read in the table. */
const MOST = 24;

/** What each counter did while it stood open. @param {Scene} scene */
export function counters(scene) {
  const rows = (scene.report.by.counter ?? []).filter((r) => r.use.open > 0);
  if (rows.length === 0 || rows.length > MOST) return null;
  return h('section', { class: 'uses' }, h('h2', null, t('rp.uses'), about(scene, 'use')),
    legend(USES.map((u) => [u, useNames[u]()])),
    h('table', { class: 'stacks' }, h('caption', { class: 'sr' }, t('rp.uses')),
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('rp.by.counter')), h('th', { scope: 'col' }, t('rp.uses')), h('th', { scope: 'col', class: 'n' }, t('rp.f.open')))),
      h('tbody', null, rows.map((r) => useRow(r)))));
}

/** Why counters paused, and for how long. @param {Scene} scene */
export function pauses(scene) {
  const list = scene.report.pauses ?? [];
  return list.length === 0 ? null : h('section', { class: 'pauses' }, h('h2', null, t('rp.pauses'), about(scene, 'pauses')),
    h('ul', { class: 'sums' }, list.map((p) => h('li', null, h('span', null, pauseReason(p.id || p.name)), h('b', { class: 'num' }, t('rp.n.hours', { n: hours(p.value) }))))));
}

/** @param {Row} r */
function useRow(r) {
  const say = (/** @type {typeof USES[number]} */ u) => t('rp.say.use', { what: useNames[u](), n: hours(r.use[u]), share: percent(r.use[u] / r.use.open) });
  return h('tr', null, h('th', { scope: 'row' }, rowName('counter', r)),
    h('td', null, chart((w) => stack(w, USES.map((u) => ({ kind: u, value: r.use[u], say: say(u) })),
      { label: rowName('counter', r), desc: USES.map(say).join('; '), number: (n) => `${decimal(n * 100)}%` }, 26))),
    h('td', { class: 'n' }, hours(r.use.open)));
}

/** What the heat map shows. @type {'taken' | 'wait'} */
let heatOf = 'taken';
/** Monday first. */
const WEEK = [1, 2, 3, 4, 5, 6, 0];

/** The week by the hour, as a table whose cells are tinted: one thing for eyes and ears. @param {Scene} scene */
export function heat(scene) {
  const grid = scene.report.heat, place = h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': t('rp.heat') });
  const busy = WEEK.filter((d) => grid[d].some((c) => c.taken > 0)), at = [...Array(24).keys()].filter((i) => busy.some((d) => grid[d][i].taken > 0));
  const first = at[0] ?? 7, last = at.at(-1) ?? 17, day = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const pick = h('div', { class: 'tabs small on-screen', role: 'group', 'aria-label': t('rp.heat') }, /** @type {const} */ (['taken', 'wait']).map((k) =>
    h('button', { type: 'button', 'data-tab': k, onclick: () => { heatOf = k; draw(); } }, k === 'taken' ? t('rp.heat.taken') : t('rp.heat.wait'))));
  const caption = h('p', { class: 'axis' });
  /** The visits of one hour of one weekday. @param {number} d @param {number} i @param {string} text */
  const cell = (d, i, text) => (scene.define('taken')?.visits ? h('button', { type: 'button', class: 'trace', onclick: () => scene.trace('taken', t('rp.trace.of', { figure: weekday(d), of: t('rp.hour', { n: i }) }), { filters: { hour: String(i), weekday: String(d) } }) }, text) : text);
  function draw() {
    for (const b of pick.children) b.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (b).dataset.tab === heatOf));
    caption.textContent = heatOf === 'taken' ? t('rp.heat.taken.axis') : t('rp.heat.wait.axis');
    const most = Math.max(...busy.flatMap((d) => day.map((i) => grid[d][i][heatOf])), 1e-9);
    mount(place, h('table', { class: 'heat' }, h('caption', { class: 'sr' }, t('rp.heat')),
      h('thead', null, h('tr', null, h('td'), day.map((i) => h('th', { scope: 'col' }, t('rp.hour', { n: i }))))),
      h('tbody', null, busy.map((d) => h('tr', null, h('th', { scope: 'row' }, weekday(d)), day.map((i) => {
        const c = grid[d][i];
        if (c.taken === 0) return h('td', { class: 'l0' }, '');
        return h('td', { class: `l${Math.max(1, Math.ceil((c[heatOf] / most) * 6))}` }, cell(d, i, heatOf === 'taken' ? count(c.taken) : minutes(c.wait)));
      }))))));
  }
  draw();
  return busy.length === 0 ? null : h('section', { class: 'heating' }, h('div', { class: 'headed' }, h('h2', null, t('rp.heat'), about(scene, 'heat')), pick), place, caption);
}
