// The keys that were given out, each to one machine or program.
import { h, keyed } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { counterLabel } from '/admin/devices.js';
import { roles } from '/admin/pairing.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {{id: string, name: string, role: string, branch?: string, counters?: string[]}} Key */

/** @param {(k: Key) => void} revoke */
export function keyTable(revoke) {
  const rows = h('tbody');
  const table = h('table', { class: 'keys' },
    h('thead', null, h('tr', null, [t('a.name'), t('a.role'), t('a.col.where')].map((x) => h('th', { scope: 'col' }, x)), h('td'))), rows);
  const none = h('p', { class: 'none' }, t('a.keys.none'));
  return {
    el: h('section', null, h('h2', null, t('a.keys')), none, table),
    /** @param {HallState} state @param {Key[]} keys */
    draw(state, keys) {
      none.hidden = keys.length > 0;
      table.hidden = keys.length === 0;
      // A key never changes: its row is made once.
      keyed(rows, keys, (k) => k.id, (k, old) => old ?? row(state, k, revoke));
    },
  };
}

/** @param {HallState} state @param {Key} k @param {(k: Key) => void} revoke */
function row(state, k, revoke) {
  return h('tr', null,
    h('th', { scope: 'row' }, k.name),
    h('td', null, roles[k.role]?.() ?? k.role),
    h('td', { 'data-label': t('a.col.where') }, k.counters?.length ? k.counters.map((id) => counterLabel(state, id)).join(', ') : t('a.counters.all')),
    h('td', { class: 'do' }, h('button', { type: 'button', 'aria-label': t('a.revoke.yes', { name: k.name }), onclick: () => revoke(k) }, t('a.revoke'))));
}
