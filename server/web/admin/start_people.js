// The fifth step: people. Whoever has come with the first key makes an account first.
import { get, post } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { loginPage } from '/web/ended.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { tidy } from '/admin/hall_fields.js';
import { loginOf, rolesOf } from '/admin/people_form.js';
import { showOnce } from '/admin/people_once.js';

/** @typedef {import('/admin/start.js').Step} Step */

const ROLES = ['admin', 'clerk', 'guide', 'head'];

/** @param {import('/admin/admin.js').App} app @returns {Step} */
export function peopleStep(app) {
  const list = h('ul', { class: 'people' }), hint = h('p', null, t('st.people.what'));
  const name = h('input', { maxlength: 80, autocomplete: 'off' }), login = h('input', { maxlength: 40, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' });
  const role = h('select', null, ROLES.map((r) => h('option', { value: r }, rolesOf(r).name())));
  const fault = h('p', { class: 'fault', role: 'alert' }), go = h('button', { class: 'plain' }, t('st.people.add'));
  // Whoever came with the first key goes on as himself.
  const again = h('p', { hidden: true }, h('a', { href: loginPage() }, t('st.people.again')));
  let own = false; // the login was written by hand
  name.addEventListener('input', () => { if (!own) login.value = loginOf(name.value); });
  login.addEventListener('input', () => { own = true; });

  async function load() {
    const answer = await get('/api/v1/accounts');
    if (!answer.ok) return;
    /** @type {any[]} */
    const people = (answer.body.accounts ?? []).filter((/** @type {any} */ a) => !a.off && (!a.branch || a.branch === app.branch));
    const admins = people.filter((a) => a.role === 'admin').length;
    hint.textContent = admins === 0 ? t('st.people.first') : admins === 1 ? t('st.people.second') : t('st.people.what');
    again.hidden = admins === 0 || Boolean(app.me?.account);
    role.value = admins === 0 ? 'admin' : role.value;
    mount(list, people.map((a) => h('li', null, h('b', null, a.name), ` · ${a.login} · ${rolesOf(a.role).name()}`)));
  }

  async function add() {
    fault.textContent = '';
    go.disabled = true;
    // Administrators made here look after every hall of this server, as the first key does.
    const everywhere = role.value === 'admin' && !app.me?.branch;
    const answer = await post('/api/v1/accounts', { name: tidy(name.value), login: login.value.trim().toLowerCase(), role: role.value, branch: everywhere ? '' : app.branch });
    go.disabled = false;
    if (!answer.ok) {
      fault.textContent = sentence(answer.code);
      return;
    }
    showOnce(answer.body, answer.body.password ?? '');
    name.value = login.value = '';
    own = false;
    role.value = 'clerk';
    await load();
  }

  void load();
  return {
    nodes: [hint, list, again, h('form', { class: 'grid', novalidate: true, onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); void add(); } },
      h('label', null, h('span', null, t('st.people.name')), name), h('label', null, h('span', null, t('st.people.login')), login),
      h('label', null, h('span', null, t('st.people.role')), role), h('div', { class: 'row-acts' }, go), fault)],
  };
}
