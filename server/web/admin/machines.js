// The devices of a hall, and what the hall is told. Whoever stands before a new machine reads its code,
// finds the same one here, and approves it.
import { get, post, remove } from '/web/api.js';
import { h, keyed } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { t } from '/web/i18n.js';
import { deviceTable } from '/admin/devices.js';
import { keyTable } from '/admin/keys.js';
import { kioskNames, noticeTable } from '/admin/notices.js';
import { pairingCard } from '/admin/pairing.js';
import { writeNotice } from '/admin/write.js';

/** @typedef {import('/admin/admin.js').App} App */
/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/admin/pairing.js').Pairing} Pairing */
/** @typedef {import('/admin/keys.js').Key} Key */

/** How often the machines that wait are asked for, ms: a device that begins to wait is no event of the hall. */
const LOOK = 3000;

/** @param {App} app @returns {import('/admin/admin.js').Part} */
export function part(app) {
  /** @type {Pairing[]} */
  let pairings = [];
  /** @type {Key[]} */
  let keys = [];
  let look = 0;
  const waiting = h('div', { class: 'pairings' }), nobody = h('p', { class: 'none' }, t('a.waiting.none'));
  const devices = deviceTable(), made = keyTable(revoke, app, () => void refresh()), notices = noticeTable(write, finish);
  const path = `/api/v1/branches/${encodeURIComponent(app.branch)}/notices`;

  /** @param {HallState} state */
  function draw(state) {
    nobody.hidden = pairings.length > 0;
    keyed(waiting, pairings, (p) => p.id, (p, old) => old ?? pairingCard(p, state.branch, approve));
    devices.draw(state);
    made.draw(state, keys);
    notices.draw(state, app.now());
  }

  async function refresh() {
    if (!app.may('manage')) return;
    const [asked, out] = await Promise.all([get('/api/v1/pairings'), get('/api/v1/keys')]);
    if (asked.ok) pairings = asked.body.pairings;
    if (out.ok) keys = out.body.keys;
    const state = app.state();
    if (state) draw(state);
  }

  /** @param {Pairing} p @param {object} body */
  async function approve(p, body) {
    const answer = await post(`/api/v1/pairings/${encodeURIComponent(p.code)}/approve`, body);
    app.tell(answer.ok ? t('a.approved', { name: answer.body.name }) : sentence(answer.code));
    await refresh();
  }

  /** @param {Key} k */
  function revoke(k) {
    app.sure(t('a.revoke.q', { name: k.name }), t('a.revoke.yes', { name: k.name }), t('a.revoke.no'), () => void drop(k));
  }

  /** @param {Key} k */
  async function drop(k) {
    const answer = await remove(`/api/v1/keys/${encodeURIComponent(k.id)}`);
    app.tell(answer.ok ? t('a.revoked', { name: k.name }) : sentence(answer.code));
    await refresh();
  }

  /** @param {import('/admin/notices.js').Written} kind */
  function write(kind) {
    const state = app.state();
    if (!state) return;
    writeNotice(kind, kioskNames(state, keys), async (draft) => {
      const answer = await post(path, draft);
      if (answer.ok) app.tell(t('a.n.out'));
      return answer.ok ? '' : sentence(answer.code);
    });
  }

  /** Ending an emergency opens the hall again: asked once more. @param {import('/web/types.js').HallNotice} n */
  function finish(n) {
    if (n.kind === 'emergency') app.sure(t('a.n.end.q'), t('a.n.end.yes'), t('a.n.end.no'), () => void end(n));
    else void end(n);
  }

  /** @param {import('/web/types.js').HallNotice} n */
  async function end(n) {
    const answer = await post(`${path}/${encodeURIComponent(n.id)}/end`);
    app.tell(answer.ok || answer.status === 404 ? t('a.n.ended') : sentence(answer.code));
  }

  return {
    el: h('div', { class: 'part' }, notices.el, app.may('manage') && h('section', null, h('h2', null, t('a.waiting')), nobody, waiting), devices.el, ...(app.may('manage') ? [made.el, made.form] : [])),
    draw,
    open() {
      window.clearInterval(look);
      look = window.setInterval(() => document.visibilityState === 'visible' && app.online() && void refresh(), LOOK);
      void refresh();
    },
    close: () => window.clearInterval(look),
  };
}
