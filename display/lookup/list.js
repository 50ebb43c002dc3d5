// The procedures of a field or of a life event, a page at a time.
import { h, icon } from '/web/dom.js';
import { named, t } from '/web/i18n.js';
import { here } from '/lookup/catalogue.js';
import { letters } from '/lookup/fields.js';
import { pages } from '/lookup/pages.js';
import { openRecord } from '/lookup/open.js';

/** @typedef {import('/lookup/app.js').App} App */
/** @typedef {import('/lookup/app.js').View} View */
/** @typedef {{code: string, name: string, field: string, services: string[], marks?: [number, number][] | null, said?: string}} Found */

/** Rows on a page: more cannot be taken in. */
export const MOST = 6;

/**
 * @param {App} app
 * @param {{field?: string, event?: import('/lookup/catalogue.js').LifeEvent, from?: number}} what `from`: the first row, kept while the screen is drawn anew
 * @returns {View}
 */
export function listView(app, what) {
  const { field = '', event } = what;
  const title = event ? named(event.name) : field;
  const wish = event ? `event=${encodeURIComponent(event.id)}` : `field=${encodeURIComponent(field)}`;
  const count = h('p', { class: 'count' });
  const list = pages({
    least: event ? 104 : 92, high: 132, most: MOST, label: title, from: what.from, moved: (to) => void (what.from = to),
    async load(offset, n) {
      const answer = await app.get(`/api/v1/procedures?${wish}&offset=${offset}&limit=${n}&${here()}`);
      if (!answer.ok) count.textContent = t('l.away.h');
      return answer.ok ? answer.body : null;
    },
    row: (x) => row(app, x, field),
    loaded: (total) => void (count.textContent = t('l.count', { n: total })),
  });
  return {
    name: 'list', title, nav: field, lead: [count], nodes: [list.el],
    layout: list.layout, fresh: list.again,
    read: () => [{ name: { vi: title, en: title } }, { key: 'l.list.read' }],
  };
}

/**
 * One procedure: its name with what was met, and under it where it belongs.
 * @param {App} app
 * @param {Found} x
 * @param {string} [field] that need not be told
 */
export function row(app, x, field = '') {
  const here = x.services.length > 0;
  return h('button', { type: 'button', class: here ? 'row' : 'row away', 'data-code': x.code, onclick: () => openRecord(app, x.code) },
    h('span', { class: 'num letter' }, here ? letters(app, x.services) : ''),
    h('span', { class: 'name' },
      h('span', { class: 'title' }, marked(x.name, x.marks ?? [])),
      under(x, field)),
    icon('chevron-right'));
}

/** The line below the name: why it was found, its field, whether it is done here. @param {Found} x @param {string} known */
function under(x, known) {
  const why = whyText(x);
  const parts = [why && h('i', null, why), x.field !== known && x.field, x.services.length === 0 && t('l.nothere')].filter(Boolean);
  return parts.length > 0 ? h('small', null, parts.flatMap((p, i) => (i > 0 ? [' · ', p] : [p]))) : null;
}

/** What people's own words mean; nothing where the name itself says so. @param {Found} x */
function whyText({ name, marks, said }) {
  if (!said) return '';
  const met = (marks ?? []).map(([from, to]) => [...name].slice(from, to).join('')).sort((a, b) => b.length - a.length)[0] ?? '';
  return met.split(' ').length > 2 && met.toLowerCase() !== said.toLowerCase() ? t('l.why', { q: said, said: met }) : '';
}

/** @param {string} name @param {[number, number][]} marks in characters */
function marked(name, marks) {
  const letters = [...name];
  /** @type {(Node | string)[]} */
  const parts = [];
  let at = 0;
  for (const [from, to] of marks) {
    if (from < at || to > letters.length) continue;
    parts.push(letters.slice(at, from).join(''), h('mark', null, letters.slice(from, to).join('')));
    at = to;
  }
  parts.push(letters.slice(at).join(''));
  return parts;
}
