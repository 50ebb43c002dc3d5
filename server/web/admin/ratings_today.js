// Today's low marks and the presses that did not count. They are read anew when a
// rating comes, and now and then: a press that is refused is no event of the hall.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { named, t } from '/web/i18n.js';
import { day } from '/web/time.js';

/** @typedef {{half: 'morning'|'afternoon', services: string[], level: number, points: number, source: string, reasons: string[]|null}} Low */
/** @typedef {{half: 'morning'|'afternoon', counter: string, source: string, level: number, why: string}} Refused */
/** @typedef {{day: string, given: number, low: Low[]|null, refused: Refused[]|null}} Today */

/** How often it is read without being told, ms. */
const LOOK = 60_000;

/** @type {Record<string, () => string>} */
export const sources = { keypad: () => t('a.r.keypad'), tablet: () => t('a.r.tablet'), phone: () => t('a.r.phone'), paper: () => t('a.r.paper') };
/** @type {Record<string, () => string>} */
const whys = {
  late: () => t('a.r.why.late'), already_rated: () => t('a.r.why.twice'), nothing_to_rate: () => t('a.r.why.nothing'), foreign: () => t('a.r.why.foreign'),
};

/** @param {import('/admin/admin.js').App} app */
export function todayPart(app) {
  const path = `/api/v1/branches/${encodeURIComponent(app.branch)}/ratings`;
  const sum = h('p', { class: 'hint', role: 'status' }), fault = h('p', { class: 'fault', role: 'alert' });
  const low = h('div'), refused = h('div');
  let look = 0, under = false;

  async function load() {
    if (under) return;
    under = true;
    const { ok, code, body } = await get(`${path}?day=${day(app.now())}`);
    under = false;
    fault.textContent = ok ? '' : sentence(code);
    if (ok) show(body);
  }

  /** @param {string} id */
  const counter = (id) => t('a.r.counter', { label: app.state()?.branch.counters.find((c) => c.id === id)?.label ?? id });
  /** @param {string} id */
  const service = (id) => named(app.state()?.branch.services.find((s) => s.id === id)?.name) || id;
  /** @param {string} x */
  const half = (x) => (x === 'morning' ? t('a.r.morning') : t('a.r.afternoon'));
  /** @param {number} n */
  const level = (n) => named(app.state()?.branch.rating.levels[n - 1]?.name) || String(n);
  /** @param {string} id */
  const reason = (id) => named((app.state()?.branch.rating.reasons ?? []).find((r) => r.id === id)?.name) || id;

  /** @param {Today} x */
  function show(x) {
    const lows = x.low ?? [], others = x.refused ?? [];
    sum.textContent = t('a.r.given', { n: x.given, low: lows.length, refused: others.length });
    mount(low, lows.length === 0 ? h('p', { class: 'none' }, t('a.r.low.none')) : table('lows',
      [t('a.r.half'), t('a.r.services'), t('a.r.level'), t('a.r.reasons'), t('a.r.source')],
      lows.map((r) => [half(r.half), r.services.map(service).join(', '), level(r.level), (r.reasons ?? []).map(reason).join(', ') || t('a.r.noreason'), sources[r.source]?.() ?? r.source])));
    mount(refused, others.length === 0 ? h('p', { class: 'none' }, t('a.r.refused.none')) : table('refusals',
      [t('a.r.half'), t('a.r.place'), t('a.r.source'), t('a.r.why')],
      others.map((r) => [half(r.half), r.counter ? counter(r.counter) : '', sources[r.source]?.() ?? r.source, whys[r.why]?.() ?? r.why])));
  }

  const el = h('section', null, h('h2', null, t('a.r.low')), sum, fault, low, h('h3', null, t('a.r.refused')), h('p', { class: 'hint' }, t('a.r.refused.hint')), refused);
  return {
    el, load: () => void load(),
    open() {
      void load();
      window.clearInterval(look);
      look = window.setInterval(() => {
        if (document.visibilityState === 'visible' && app.online()) void load();
      }, LOOK);
    },
    close: () => window.clearInterval(look),
  };
}

/** @param {string} name @param {string[]} head @param {string[][]} rows */
function table(name, head, rows) {
  return h('table', { class: name }, h('thead', null, h('tr', null, head.map((words) => h('th', { scope: 'col' }, words)))),
    h('tbody', null, rows.map(([first, ...rest]) => h('tr', null, h('th', { scope: 'row' }, first), rest.map((words, i) => h('td', { 'data-label': head[i + 1] }, words))))));
}
