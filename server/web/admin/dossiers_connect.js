// How the one-stop software is connected: a folder it puts files into, or a key it
// sends with.
import { post } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';

/** @param {import('/admin/admin.js').App} app */
export function connectSection(app) {
  const made = h('div', { class: 'made', role: 'status' });
  const name = h('input', { value: t('a.do.key.name'), maxlength: 80, required: true, autocomplete: 'off' });
  const form = h('form', {
    async onsubmit(/** @type {Event} */ e) {
      e.preventDefault();
      const answer = await post('/api/v1/keys', { name: name.value.trim(), role: 'feed', branch: app.branch });
      if (!answer.ok) return mount(made, h('p', { class: 'fault' }, sentence(answer.code)));
      const secret = h('input', { readonly: true, value: String(answer.body.key), 'aria-label': t('a.do.key.secret'), onfocus: () => secret.select() });
      mount(made, h('p', null, t('a.do.key.once')), secret);
      secret.focus();
    },
  },
    h('label', null, t('a.name'), name), h('button', { class: 'go' }, t('a.do.key.make')));
  return h('section', { class: 'connect' }, h('h2', null, t('a.do.connect')),
    h('ul', null,
      h('li', null, t('a.do.connect.folder'), ' ', h('code', null, 'dossiers/in')),
      h('li', null, t('a.do.connect.push'), ' ', h('code', null, `POST ${location.origin}/api/v1/dossiers`)),
      h('li', null, t('a.do.connect.privacy'))),
    form, made);
}
