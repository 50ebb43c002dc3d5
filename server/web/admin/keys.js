// The keys that were given out, each to one machine, program or reader of figures, and
// when each was last used.
import { h, keyed, mount } from '/web/dom.js';
import { t } from '/web/i18n.js';
import { day, dayDate, hm } from '/web/time.js';
import { counterLabel } from '/admin/devices.js';
import { keyForm } from '/admin/keys_form.js';
import { roles } from '/admin/pairing.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/**
 * @typedef {object} Key
 * @property {string} id
 * @property {string} name
 * @property {string} role
 * @property {string} [branch]
 * @property {string[]} [counters]
 * @property {object} [screen]
 * @property {string} [made]
 * @property {string} [seen] its last use
 * @property {string} [address] where that came from
 * @property {string} [program] what used it; of a screen the build of its pages
 * @property {boolean} [old] an agent of another version than the server's
 */

/** @param {(k: Key) => void} revoke @param {import('/admin/admin.js').App} app @param {() => void} made a key was made */
export function keyTable(revoke, app, made) {
  const rows = h('tbody');
  const table = h('table', { class: 'keys' },
    h('thead', null, h('tr', null, [t('a.name'), t('a.role'), t('a.col.where'), t('a.keys.seen')].map((x) => h('th', { scope: 'col' }, x)), h('td'))), rows);
  const none = h('p', { class: 'none' }, t('a.keys.none'));
  const form = keyForm(app, made);
  return {
    el: h('section', null, h('h2', null, t('a.keys')), none, table),
    /** Beside the list: what makes one. */
    form: form.el,
    /** @param {HallState} state @param {Key[]} keys */
    draw(state, keys) {
      form.draw(state);
      none.hidden = keys.length > 0;
      table.hidden = keys.length === 0;
      // Of a key only its use changes: its row, with the button, is made once.
      keyed(rows, keys, (k) => k.id, (k, old) => used(old ?? row(state, k, revoke), k, app.now()));
    },
  };
}

/** @param {HallState} state @param {Key} k @param {(k: Key) => void} revoke */
function row(state, k, revoke) {
  // Whoever administers all halls sees the keys of the others, too.
  const here = k.branch === state.branch.id, elsewhere = k.branch ? (here ? '' : k.branch) : t('a.keys.reach.all');
  const counters = k.counters?.length ? k.counters.map((id) => (here && counterLabel(state, id)) || id).join(', ') : t('a.counters.all');
  return h('tr', null,
    h('th', { scope: 'row' }, k.name),
    h('td', null, roles[k.role]?.() ?? k.role),
    h('td', { 'data-label': t('a.col.where') }, counters, elsewhere && h('small', null, elsewhere)),
    h('td', { class: 'used', 'data-label': t('a.keys.seen') }),
    h('td', { class: 'do' }, h('button', { type: 'button', 'aria-label': t('a.revoke.yes', { name: k.name }), onclick: () => revoke(k) }, t('a.revoke'))));
}

/** Writes when and by what the key was used. @param {HTMLElement} tr @param {Key} k @param {number} now */
function used(tr, k, now) {
  const print = JSON.stringify([k.seen, k.address, k.program, k.old, day(now)]);
  if (tr.dataset.print === print) return tr;
  tr.dataset.print = print;
  const cell = /** @type {HTMLElement} */ (tr.querySelector('.used'));
  if (!k.seen) {
    mount(cell, t('a.keys.never'), k.made && h('small', null, t('a.keys.made', { time: moment(k.made, now) })));
    return tr;
  }
  mount(cell, moment(k.seen, now), k.address && h('small', null, t('a.keys.from', { address: k.address })),
    k.program && h('small', null, k.screen ? t('a.keys.page', { build: k.program }) : k.program),
    k.old && h('small', { class: 'old' }, t('a.keys.old')));
  return tr;
}

/** "09:02" today, "Thứ Bảy, 21/11, 09:02" before. @param {string} at @param {number} now */
export const moment = (at, now) => (day(at) === day(now) ? hm(at) : `${dayDate(at)}, ${hm(at)}`);
