// The audit log: who changed what, when and from where, with before and after. It is
// read here and never changed.
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { day, dayDate, hms } from '/web/time.js';
import { actions, pathWords, roleWords, whoWords } from '/admin/audit_words.js';
import { style } from '/admin/style.js';

await style('/admin/audit.css');

/** @typedef {{path: string, before?: string, after?: string}} Change */
/** @typedef {{n: number, at: string, who: string, role?: string, from?: string, branch?: string, action: string, object?: string, outcome?: string, changes: Change[]}} Line */

/** How many changes of a line are shown before somebody asks for the rest. */
const FEW = 4;

/** @param {import('/admin/admin.js').App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  /** @type {Line[]} */
  let list = [];
  const action = h('select', { name: 'action' }, h('option', { value: '' }, t('a.au.all')), Object.entries(actions).map(([id, words]) => h('option', { value: id }, words())));
  const who = h('input', { name: 'who', maxlength: 80, autocomplete: 'off' });
  const from = h('input', { type: 'date', name: 'from' }), to = h('input', { type: 'date', name: 'to' });
  const file = h('a', { download: true }, t('a.au.csv'));
  const form = h('form', { onsubmit(/** @type {Event} */ e) { e.preventDefault(); void load(); }, onchange: () => void load() },
    h('label', null, t('a.au.f.action'), action), h('label', null, t('a.au.f.who'), who), h('label', null, t('a.au.f.from'), from), h('label', null, t('a.au.f.to'), to),
    h('button', null, t('a.au.look')), file);
  const rows = h('tbody'), none = h('p', { class: 'none', role: 'status', hidden: true }, t('a.au.none')), fault = h('p', { class: 'fault', role: 'alert' });
  const table = h('table', { class: 'lines', hidden: true }, h('thead', null, h('tr', null, [t('a.au.when'), t('a.au.who'), t('a.au.what'), t('a.au.changes')].map((x) => h('th', { scope: 'col' }, x)))), rows);
  const next = h('button', { type: 'button', class: 'more', hidden: true, onclick: () => void load(true) }, t('a.au.more'));
  const head = h('p', { class: 'none head' });
  let asked = 0;

  function query() {
    const q = new URLSearchParams();
    for (const [name, value] of Object.entries({ action: action.value, who: who.value.trim(), from: from.value, to: to.value })) if (value) q.set(name, value);
    return q;
  }

  /** @param {boolean} [on] the next page */
  async function load(on = false) {
    const turn = ++asked, q = query();
    file.href = `/api/v1/audit/export.csv?${q}`;
    const last = list.at(-1);
    if (on && last) q.set('before', String(last.n));
    const answer = await get(`/api/v1/audit?${q}`);
    if (turn !== asked) return;
    fault.textContent = answer.ok ? '' : sentence(answer.code);
    if (!answer.ok) return;
    list = on ? [...list, ...answer.body.items] : answer.body.items;
    next.hidden = !answer.body.more;
    none.hidden = list.length > 0;
    table.hidden = list.length === 0;
    mount(head, t('a.au.head', { n: answer.body.head.n }), ' ', h('code', null, answer.body.head.digest || '–'));
    mount(rows, list.map(row));
  }

  return {
    el: h('div', { class: 'part audit' }, h('section', null, h('p', { class: 'none' }, t('a.au.about'))), h('section', null, form), fault,
      h('section', null, none, table, next), h('section', null, head)),
    open: () => { if (app.online()) void load(); },
  };
}

/** @param {Line} x */
function row(x) {
  return h('tr', { 'data-line': x.n },
    h('th', { scope: 'row' }, dayDate(x.at), h('small', null, h('time', { datetime: x.at, title: day(x.at) }, hms(x.at)))),
    h('td', null, whoWords(x), h('small', null, [roleWords(x.role), x.from === 'command' ? '' : x.from].filter(Boolean).join(' · '))),
    h('td', null, actions[x.action]?.() ?? x.action, h('small', null, x.object ?? ''), x.outcome ? h('span', { class: 'refused' }, t('a.au.refused'), h('small', null, sentence(x.outcome))) : null),
    h('td', null, changes(x.changes)));
}

/** What differs; the rest of a long list is there to be opened. @param {Change[]} list */
function changes(list) {
  if (list.length <= FEW) return entries(list);
  return [entries(list.slice(0, FEW)), h('details', null, h('summary', null, t('a.au.rest', { n: list.length - FEW })), entries(list.slice(FEW)))];
}

/** @param {Change[]} list */
function entries(list) {
  if (list.length === 0) return null;
  return h('dl', null, list.map((c) => h('div', null, h('dt', null, pathWords(c.path)),
    h('dd', null, c.before ? h('del', null, c.before) : null, c.before ? ' → ' : '', h('ins', null, c.after || t('a.au.gone'))))));
}
