// Makes a key for what shows no code: a counter's PC, who reads figures, a program.
import { post } from '/web/api.js';
import { h, keyed, mount, set } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { roles } from '/admin/pairing.js';

/** @typedef {import('/web/types.js').HallState} HallState */

/** What a key of a role is good for. @type {Record<string, () => string>} */
const does = {
  reader: () => t('a.keys.do.reader'), desk: () => t('a.keys.do.desk'), kiosk: () => t('a.keys.do.kiosk'), display: () => t('a.keys.do.display'),
  device: () => t('a.keys.do.device'), feed: () => t('a.keys.do.feed'), admin: () => t('a.keys.do.admin'),
};
/** The roles that can be bound to counters. */
const AT_COUNTERS = ['desk', 'display', 'device'];

/**
 * @param {import('/admin/admin.js').App} app
 * @param {() => void} done a key was made
 */
export function keyForm(app, done) {
  const name = h('input', { maxlength: 80, required: true, autocomplete: 'off' }), made = h('div', { class: 'made', role: 'status' });
  const what = h('p', { class: 'none', id: 'key-does' });
  const role = h('select', { onchange: fit, 'aria-describedby': 'key-does' }, Object.keys(does).map((r) => h('option', { value: r }, roles[r]())));
  const reach = h('select', null, h('option', { value: app.branch }, t('a.keys.reach.here')), h('option', { value: '' }, t('a.keys.reach.all')));
  const boxes = h('div', { class: 'boxes' });
  const forReach = h('label', null, t('a.keys.reach'), reach), forCounters = h('fieldset', null, h('legend', null, t('a.counters')), boxes);

  function fit() {
    set(forCounters, { hidden: !AT_COUNTERS.includes(role.value) });
    // An administrator of one hall gives no rights over others.
    set(forReach, { hidden: app.me?.branch !== undefined && app.me.branch !== '' || AT_COUNTERS.includes(role.value) });
    mount(what, does[role.value]());
  }
  fit();

  /** What is asked of the server. */
  function wish() {
    const branch = forReach.hidden ? app.branch : reach.value;
    const counters = forCounters.hidden ? [] : [...boxes.querySelectorAll('input')].filter((b) => b.checked).map((b) => b.value);
    return { name: name.value.trim(), role: role.value, ...(branch && { branch }), ...(counters.length > 0 && { counters }) };
  }

  const form = h('form', {
    async onsubmit(/** @type {Event} */ e) {
      e.preventDefault();
      const asked = wish(), answer = await post('/api/v1/keys', asked);
      if (!answer.ok) return mount(made, h('p', { class: 'fault' }, sentence(answer.code)));
      const secret = h('input', { readonly: true, value: String(answer.body.key), 'aria-label': t('a.keys.of', { name: asked.name }), onfocus: () => secret.select() });
      mount(made, h('p', null, t('a.keys.once', { name: asked.name })), secret);
      name.value = '';
      secret.focus();
      done();
    },
  }, h('label', null, t('a.keys.for'), name), h('label', null, t('a.role'), role), forReach, forCounters, what,
    h('button', { class: 'go' }, t('a.keys.give')));
  return {
    el: h('section', { class: 'connect make-key' }, h('h2', null, t('a.keys.make')), h('p', { class: 'none' }, t('a.keys.make.what')), form, made),
    /** @param {HallState} state */
    draw(state) {
      keyed(boxes, state.branch.counters, (c) => `${c.id} ${c.label}`, (c, old) => old ?? h('label', null, h('input', { type: 'checkbox', value: c.id }), c.label));
    },
  };
}
