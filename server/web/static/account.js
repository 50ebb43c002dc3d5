// A person's own account, on every page of staff: who is logged in, the password, the
// second factor, the way out.
import { get, post, put, remove } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { leaving, loginPage, ownedBy } from '/web/ended.js';
import '/web/errors_staff.js';
import { t } from '/web/i18n.js';

/**
 * @typedef {object} Own
 * @property {string} id
 * @property {string} login
 * @property {string} [photo]
 * @property {boolean} [renew] the password was given by somebody else and must be changed
 * @property {boolean} [factor]
 * @property {number} [length] least characters of a new password
 */
/** @typedef {{name: string, role: string, account?: Own | null, rights?: string[], due?: string}} Me due: what must be done before anything else */

/**
 * The button with the person's name. On the admin pages, whoever came with a key can log
 * out; a desk's key stays where it is.
 * @param {Me | null} me
 * @param {() => Promise<boolean>} [leave] asked before logging out; false stays
 * @returns {HTMLElement | null}
 */
export function accountButton(me, leave) {
  const own = me?.account;
  if (!me) return null;
  ownedBy(own?.id ?? '');
  if (!own) return !leave && ['admin', 'reader'].includes(me.role) ? h('button', { type: 'button', class: 'account', onclick: () => void away() }, t('ac.out')) : null;
  const open = () => accountDialog(me, own, leave);
  return h('button', { type: 'button', class: 'account', 'aria-label': t('ac.open', { name: me.name }), onclick: open },
    own.photo && h('img', { src: `/media/${encodeURIComponent(own.photo)}`, alt: '' }), h('span', null, me.name));
}

/**
 * What must be done before anything else: a password that somebody else knows is changed,
 * a second factor that the hall wants is made. The server answers nothing else until
 * then, so the page does not begin; it begins anew afterwards.
 * @param {Me | null} me @returns {Promise<void>} never resolves while something is due
 */
export function settled(me) {
  if (!me?.account || !me.due) return Promise.resolve();
  accountDialog(me, me.account);
  return new Promise(() => {});
}

async function away() {
  leaving();
  await post('/logout');
  location.assign(loginPage());
}

/** @param {Me} me @param {Own} own @param {() => Promise<boolean>} [leave] */
function accountDialog(me, own, leave) {
  const body = h('div');
  const close = h('button', { type: 'button', onclick: () => box.close() }, t('ac.close'));
  const box = h('dialog', { class: 'own', 'aria-labelledby': 'own-h', onclose: () => box.remove() },
    h('h2', { id: 'own-h' }, me.name), h('p', { class: 'login' }, own.login), body);
  const due = me.due ?? '';
  // Escape does not get around what is due.
  box.addEventListener('cancel', (e) => { if (due) e.preventDefault(); });
  const exit = () => h('button', { type: 'button', onclick: () => void out() }, t('ac.out'));

  function first() {
    mount(body, h('div', { class: 'acts' },
      h('button', { type: 'button', onclick: () => password() }, t('ac.password')),
      h('button', { type: 'button', onclick: () => (own.factor ? void endFactor() : void beginFactor()) }, own.factor ? t('ac.factor.end') : t('ac.factor')),
      h('button', { type: 'button', class: 'go', onclick: () => void out() }, t('ac.out')), close));
  }

  async function out() {
    if (!leave || (await leave())) await away();
  }

  function password() {
    const field = (/** @type {string} */ label, /** @type {string} */ kind) => {
      const input = h('input', { type: 'password', autocomplete: kind, required: true, maxlength: 128 });
      return { input, el: h('label', null, h('span', null, label), input) };
    };
    const old = field(t('ac.old'), 'current-password'), fresh = field(t('ac.new'), 'new-password'), again = field(t('ac.again'), 'new-password');
    const fault = h('p', { class: 'fault', role: 'alert' });
    mount(body, h('form', { novalidate: true, onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); void save(); } },
      own.renew && h('p', null, t('ac.renew')), old.el, fresh.el, h('small', null, t('ac.rules', { n: own.length ?? 8 })), again.el, fault,
      h('div', { class: 'acts' }, h('button', { class: 'go' }, t('ac.save')), due ? exit() : h('button', { type: 'button', onclick: first }, t('ac.back')))));
    old.input.focus();

    async function save() {
      fault.textContent = fresh.input.value === again.input.value ? '' : t('ac.differ');
      if (fault.textContent) return again.input.focus();
      const answer = await put('/api/v1/me/password', { old: old.input.value, new: fresh.input.value });
      if (!answer.ok) {
        fault.textContent = answer.code === 'weak_password' ? weak(answer.body?.detail ?? '') : sentence(answer.code);
        return (answer.code === 'wrong_password' ? old : fresh).input.focus();
      }
      if (due) return location.reload();
      own.renew = false;
      said(t('ac.saved'));
    }
  }

  async function beginFactor() {
    const answer = await post('/api/v1/me/factor');
    if (!answer.ok) return said(sentence(answer.code)); // with the way out
    const code = h('input', { inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 6, required: true }), fault = h('p', { class: 'fault', role: 'alert' });
    mount(body, h('form', { novalidate: true, onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); void confirm(); } },
      h('p', null, due ? t('ac.factor.due') : t('ac.factor.scan')), h('div', { class: 'qr', role: 'img', 'aria-label': t('ac.factor.qr') }, drawing(answer.body.svg)),
      h('p', { class: 'seed' }, t('ac.factor.seed', { seed: new URL(answer.body.uri).searchParams.get('secret') ?? '' })),
      h('label', null, h('span', null, t('ac.factor.code')), code), fault,
      h('div', { class: 'acts' }, h('button', { class: 'go' }, t('ac.factor.on')), due ? exit() : h('button', { type: 'button', onclick: first }, t('ac.back')))));
    code.focus();

    async function confirm() {
      const sure = await put('/api/v1/me/factor', { code: code.value.trim() });
      if (!sure.ok) {
        fault.textContent = sentence(sure.code);
        return code.focus();
      }
      own.factor = true;
      mount(body, h('p', null, t('ac.recovery')), h('ul', { class: 'recovery' }, sure.body.recovery.map((/** @type {string} */ r) => h('li', null, r))),
        h('div', { class: 'acts' }, h('button', { type: 'button', class: 'go', onclick: () => (due ? location.reload() : first()) }, t('ac.recovery.done'))));
    }
  }

  async function endFactor() {
    const answer = await remove('/api/v1/me/factor');
    if (answer.ok) own.factor = false;
    said(answer.ok ? t('ac.factor.ended') : sentence(answer.code));
  }

  /** @param {string} text */
  function said(text) {
    first();
    body.prepend(h('p', { role: 'status' }, text));
  }

  document.body.append(box);
  if (own.renew) password();
  else if (due) void beginFactor();
  else first();
  box.showModal();
}

/** What is wrong with a password, as the server names it: "short 12". @type {Record<string, (n: string) => string>} */
const faults = {
  short: (n) => t('ac.weak.short', { n }), long: () => t('ac.weak.long'), kinds: () => t('ac.weak.kinds'),
  login: () => t('ac.weak.login'), common: () => t('ac.weak.common'), used: () => t('ac.weak.used'),
};

/** @param {string} detail */
function weak(detail) {
  const [why, n = ''] = detail.split(' ');
  return faults[why]?.(n) ?? sentence('weak_password');
}

/** A drawing of the server's as part of the page. @param {string} svg */
const drawing = (svg) => document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true);

/** Who this browser speaks for in a role. @param {string} role @returns {Promise<Me | null>} */
export async function whoIs(role) {
  const answer = await get(`/api/v1/me?role=${role}`);
  return answer.ok ? answer.body : null;
}
