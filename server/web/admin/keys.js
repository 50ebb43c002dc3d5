// The keys that were given out, each to one machine, program or reader of figures.
import { post } from '/web/api.js';
import { h, keyed, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { counterLabel } from '/admin/devices.js';
import { roles } from '/admin/pairing.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {{id: string, name: string, role: string, branch?: string, counters?: string[]}} Key */

/** @param {(k: Key) => void} revoke @param {import('/admin/admin.js').App} app @param {() => void} made a key was made */
export function keyTable(revoke, app, made) {
  const rows = h('tbody');
  const table = h('table', { class: 'keys' },
    h('thead', null, h('tr', null, [t('a.name'), t('a.role'), t('a.col.where')].map((x) => h('th', { scope: 'col' }, x)), h('td'))), rows);
  const none = h('p', { class: 'none' }, t('a.keys.none'));
  return {
    el: h('section', null, h('h2', null, t('a.keys')), none, table),
    /** Beside the list: what makes one. */
    form: readerForm(app, made),
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

/**
 * Makes a key for who reads figures: a manager at a browser, or a program.
 * @param {import('/admin/admin.js').App} app
 * @param {() => void} done
 */
function readerForm(app, done) {
  const name = h('input', { maxlength: 80, required: true, autocomplete: 'off' }), made = h('div', { class: 'made', role: 'status' });
  const form = h('form', {
    async onsubmit(/** @type {Event} */ e) {
      e.preventDefault();
      const answer = await post('/api/v1/keys', { name: name.value.trim(), role: 'reader', branch: app.branch });
      if (!answer.ok) return mount(made, h('p', { class: 'fault' }, sentence(answer.code)));
      const secret = h('input', { readonly: true, value: String(answer.body.key), 'aria-label': t('a.do.key.secret'), onfocus: () => secret.select() });
      mount(made, h('p', null, t('a.keys.reader.once')), secret);
      name.value = '';
      secret.focus();
      done();
    },
  }, h('label', null, t('a.keys.reader.name'), name), h('button', { class: 'go' }, t('a.keys.reader')));
  return h('section', { class: 'connect' }, h('h2', null, t('a.role.reader')), h('p', { class: 'none' }, t('a.keys.reader.what')), form, made);
}
