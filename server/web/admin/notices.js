// What the hall is told now: emergencies, kiosks out of service, sentences on
// the board; with the buttons that write a new one.
import { h, keyed } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { day, dayDate, hm } from '/web/time.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').HallNotice} HallNotice */
/** @typedef {import('/admin/keys.js').Key} Key */
/** @typedef {'emergency'|'maintenance'|'info'} Written kinds that an administrator writes */

/** @type {Record<Written, () => string>} */
export const kinds = { emergency: () => t('a.n.emergency'), maintenance: () => t('a.n.maintenance'), info: () => t('a.n.info') };

/** The order of the table: what stops most comes first. @type {HallNotice['kind'][]} */
const ORDER = ['emergency', 'maintenance', 'info'];

/**
 * @param {(kind: Written) => void} write
 * @param {(n: HallNotice) => void} end
 */
export function noticeTable(write, end) {
  const rows = h('tbody');
  const table = h('table', { class: 'notices' },
    h('thead', null, h('tr', null, [t('a.n.col.kind'), t('a.n.col.text'), t('a.n.col.since')].map((x) => h('th', { scope: 'col' }, x)), h('td'))), rows);
  const none = h('p', { class: 'none' }, t('a.n.none'));
  return {
    el: h('section', { class: 'telling' }, h('h2', null, t('a.n')),
      h('div', { class: 'write' }, /** @type {Written[]} */ (Object.keys(kinds)).map((kind) =>
        h('button', { type: 'button', 'data-kind': kind, onclick: () => write(kind) }, kinds[kind]()))),
      none, table),
    /** @param {HallState} state @param {number} now */
    draw(state, now) {
      const list = [...state.notices.values()].filter((n) => ORDER.includes(n.kind))
        .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || Number(b.at) - Number(a.at));
      none.hidden = list.length > 0;
      table.hidden = list.length === 0;
      // A notice never changes but by ending: its row is made once.
      keyed(rows, list, (n) => n.id, (n, old) => old ?? row(n, now, end));
    },
  };
}

/** @param {HallNotice} n @param {number} now @param {(n: HallNotice) => void} end */
function row(n, now, end) {
  const kind = kinds[/** @type {Written} */ (n.kind)](), at = Number(n.at);
  const since = day(at) === day(now) ? hm(at) : t('u.dayhm', { time: hm(at), day: dayDate(at) });
  const where = n.kind === 'maintenance' ? n.machines?.join(', ') || t('a.n.all') : '';
  return h('tr', { 'data-notice': n.id },
    h('th', { scope: 'row' }, h('span', { class: `state ${n.kind === 'emergency' ? 'bad' : n.kind === 'maintenance' ? 'warn' : 'good'}` }, kind)),
    h('td', null, where && h('b', null, where), h('span', { lang: 'vi' }, n.text?.vi), n.text?.en && h('small', { lang: 'en' }, n.text.en)),
    h('td', null, since, n.by ? h('small', null, n.by) : null),
    h('td', { class: 'do' }, h('button', { type: 'button', 'aria-label': t('a.n.end.of', { kind, time: hm(at) }), onclick: () => end(n) }, t('a.n.end'))));
}

/**
 * The machines that can give numbers, by the names of their keys.
 * @param {HallState} state @param {Key[]} keys
 */
export function kioskNames(state, keys) {
  const names = new Set(keys.filter((k) => (k.role === 'kiosk' || k.role === 'agent') && (!k.branch || k.branch === state.branch.id)).map((k) => k.name));
  for (const d of state.devices.values()) for (const name of d.prints ?? []) names.add(name);
  return [...names].sort((a, b) => a.localeCompare(b, 'vi', { numeric: true }));
}

/**
 * A question with a safe answer that has the focus, and the other one.
 * @param {string} question @param {string} yes @param {string} no @param {() => void} act
 */
export function sure(question, yes, no, act) {
  const box = h('dialog', { 'aria-labelledby': 'sure-q', onclose: () => box.remove() },
    h('p', { id: 'sure-q' }, question),
    h('div', { class: 'acts' },
      h('button', { type: 'button', class: 'danger', onclick: () => { box.close(); act(); } }, yes),
      h('button', { type: 'button', autofocus: true, onclick: () => box.close() }, no)));
  document.body.append(box);
  box.showModal();
}
