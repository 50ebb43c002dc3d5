// The sixth step, the machines of the hall, and the seventh, its procedures.
import { get, post } from '/web/api.js';
import { h, keyed, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { pairingCard } from '/admin/pairing.js';

/** @typedef {import('/admin/start.js').Step} Step */
/** @typedef {import('/admin/pairing.js').Pairing} Pairing */

/** How often the machines that wait are asked for, ms. */
const LOOK = 3000;

/** Is this page open on the server itself, under a name that leads other machines to themselves? */
const atServer = () => /^(localhost|127\..*|\[::1\])$/.test(location.hostname);

/** @param {import('/admin/admin.js').App} app @returns {Step} */
export function deviceStep(app) {
  const waiting = h('div'), nobody = h('p', { class: 'none' }, t('st.devices.none')), had = h('p', { role: 'status' });

  async function refresh() {
    const state = app.state();
    const [asked, keys] = await Promise.all([get('/api/v1/pairings'), get('/api/v1/keys')]);
    if (!asked.ok || !state) return;
    /** @type {Pairing[]} */
    const list = asked.body.pairings;
    nobody.hidden = list.length > 0;
    keyed(waiting, list, (p) => p.id, (p, old) => old ?? pairingCard(p, state.branch, approve));
    const names = keys.ok ? keys.body.keys.filter((/** @type {any} */ k) => k.screen || k.role === 'agent').map((/** @type {any} */ k) => k.name) : [];
    had.textContent = names.length > 0 ? t('st.devices.had', { names: names.join(', ') }) : '';
  }

  /** @param {Pairing} p @param {object} body */
  async function approve(p, body) {
    const answer = await post(`/api/v1/pairings/${encodeURIComponent(p.code)}/approve`, body);
    app.tell(answer.ok ? t('a.approved', { name: answer.body.name }) : sentence(answer.code));
    await refresh();
  }

  const timer = window.setInterval(() => document.visibilityState === 'visible' && app.online() && void refresh(), LOOK);
  void refresh();
  return {
    nodes: [h('p', null, t('st.devices.what')), h('p', null, t('st.devices.screen'), ' ', h('code', null, `${location.origin}/screen/`)),
      h('p', null, t('st.devices.agent'), ' ', h('code', null, `server: ${location.origin}`)),
      atServer() ? h('p', { class: 'state warn' }, t('st.devices.local', { host: location.hostname })) : null, nobody, waiting, had],
    close: () => window.clearInterval(timer),
  };
}

/** @param {import('/admin/admin.js').App} app @returns {Step} */
export function procedureStep(app) {
  const word = h('p', { role: 'status' });
  void get(`/api/v1/branches/${encodeURIComponent(app.branch)}/ready`).then((answer) => {
    const point = answer.ok && answer.body.items.find((/** @type {any} */ p) => p.id === 'procedures');
    if (point) mount(word, h('span', { class: `state ${point.state === 'ok' ? 'good' : 'warn'}` }, document.documentElement.lang === 'en' ? point.text.en : point.text.vi));
  });
  return { nodes: [h('p', null, t('st.procedures.what')), word, h('p', null, h('a', { href: '#/procedures' }, t('st.procedures.open')))] };
}
