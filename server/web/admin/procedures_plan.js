// What an import does or would do, in five tables of which one is open.
import { h, mount } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { count, partName, table } from '/admin/procedures_words.js';

/** @typedef {{code: string, name: string, parts?: string[]}} Item */
/** @typedef {{place: import('/web/types.js').Text, severity: 'error'|'warning', code: string, vi: string, en: string}} Problem */
/**
 * @typedef {object} Plan counts are exact, of each kind at most 1,000 are listed
 * @property {number} [version]
 * @property {number} records
 * @property {number} added
 * @property {number} changed
 * @property {number} unchanged
 * @property {number} withdrawn
 * @property {number} errors
 * @property {number} warnings
 * @property {Item[]} [add]
 * @property {Item[]} [change]
 * @property {Item[]} [withdraw]
 * @property {Problem[]} problems
 */
/** @typedef {{id: string, name: string, n: number, heads: string[], rows: () => HTMLElement[]}} Tab */

/** @param {Plan} plan */
export function planTables(plan) {
  /** @type {Tab[]} */
  const tabs = [
    { id: 'error', name: t('a.p.tab.errors'), n: plan.errors, heads: problemHeads(), rows: () => problems(plan, 'error') },
    { id: 'warning', name: t('a.p.tab.warnings'), n: plan.warnings, heads: problemHeads(), rows: () => problems(plan, 'warning') },
    { id: 'added', name: t('a.p.tab.added'), n: plan.added, heads: heads(), rows: () => items(plan.add) },
    { id: 'changed', name: t('a.p.tab.changed'), n: plan.changed, heads: [...heads(), t('a.p.col.parts')], rows: () => items(plan.change, true) },
    { id: 'withdrawn', name: t('a.p.tab.withdrawn'), n: plan.withdrawn, heads: heads(), rows: () => items(plan.withdraw) },
  ];
  const panel = h('div', { role: 'tabpanel', id: 'plan-panel', tabindex: -1 });
  const buttons = tabs.map((tab, i) => h('button', {
    type: 'button', role: 'tab', id: `plan-${tab.id}`, 'aria-controls': 'plan-panel', onclick: () => open(i),
    onkeydown: (/** @type {KeyboardEvent} */ e) => step(e, i),
  }, `${tab.name} `, h('b', null, count(tab.n))));

  /** @param {number} i */
  function open(i) {
    for (const [n, b] of buttons.entries()) {
      b.setAttribute('aria-selected', String(n === i));
      b.tabIndex = n === i ? 0 : -1;
    }
    const tab = tabs[i], rows = tab.rows();
    panel.setAttribute('aria-labelledby', `plan-${tab.id}`);
    mount(panel, tab.n === 0 ? h('p', { class: 'none' }, t('a.p.tab.none')) : table(tab.name, tab.heads, rows),
      rows.length < tab.n && h('p', { class: 'cut' }, t('a.p.cut', { shown: count(rows.length), n: count(tab.n) })));
  }

  /** @param {KeyboardEvent} e @param {number} i */
  function step(e, i) {
    const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: buttons.length - 1 }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    const next = (to + buttons.length) % buttons.length;
    open(next);
    buttons[next].focus();
  }

  open(Math.max(0, tabs.findIndex((tab) => tab.n > 0)));
  return h('div', { class: 'plan' }, h('p', { class: 'same' }, t('a.p.unchanged', { n: count(plan.unchanged) })),
    h('div', { role: 'tablist', class: 'tabs', 'aria-label': t('a.p.tabs') }, buttons), panel);
}

const heads = () => [t('a.p.col.code'), t('a.p.col.name')];
const problemHeads = () => [t('a.p.col.place'), t('a.p.col.problem')];

/** @param {Item[] | undefined} list @param {boolean} [parts] */
function items(list, parts = false) {
  return (list ?? []).map((p) => h('tr', null, h('th', { scope: 'row' }, p.code), h('td', { lang: 'vi' }, p.name),
    parts && h('td', null, (p.parts ?? []).map(partName).join(', '))));
}

/** @param {Plan} plan @param {Problem['severity']} severity */
function problems(plan, severity) {
  return plan.problems.filter((p) => p.severity === severity)
    .map((p) => h('tr', null, h('th', { scope: 'row' }, named(p.place)), h('td', null, named(p))));
}
