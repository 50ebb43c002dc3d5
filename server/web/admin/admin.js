// The devices of a hall. Whoever stands before a new machine reads its code,
// finds the same one here, and approves it.
import { get, post, remove } from '/web/api.js';
import { h, keyed, mount } from '/web/dom.js';
import { sentence } from '/web/errors.js';
import { lang, loadTexts, named, t } from '/web/i18n.js';
import { connect } from '/web/live.js';
import { branch } from '/web/page.js';
import { deviceTable } from '/admin/devices.js';
import { keyTable } from '/admin/keys.js';
import { pairingCard } from '/admin/pairing.js';

/** @typedef {import('/admin/pairing.js').Pairing} Pairing */
/** @typedef {import('/admin/keys.js').Key} Key */

const LANG = 'motcua.admin.lang';
/** How long an answer stands, ms. */
const READ = 8000;
if (localStorage.getItem(LANG) === 'en') lang.set('en');
await loadTexts('common', 'admin');

// Both lines stand from the start: a reader tells what changes in them.
const strip = h('p', { class: 'strip', role: 'status', hidden: true }), said = h('p', { class: 'said', role: 'status', hidden: true });
/** The parts of the page in the language shown. */
let parts = frame();
/** @type {Pairing[]} */
let pairings = [];
/** @type {Key[]} */
let keys = [];

const live = connect({ branch: branch(), view: 'floor' }, {
  snapshot: draw, event: (e) => e.kind === 'device.changed' && draw(),
  online(online) {
    strip.textContent = online ? '' : t('a.off');
    strip.hidden = online;
    if (online) void refresh();
  },
});
lang.on((l) => {
  localStorage.setItem(LANG, l);
  strip.textContent = live.online ? '' : t('a.off');
  said.hidden = true;
  parts = frame();
  draw();
  /** @type {HTMLElement | null} */ (document.querySelector('.lang'))?.focus();
});

/** Builds what does not change but with the language. */
function frame() {
  const hall = h('span', { class: 'hall' });
  const waiting = h('div', { class: 'pairings' }), nobody = h('p', { class: 'none' }, t('a.waiting.none'));
  const devices = deviceTable(), made = keyTable(revoke);
  document.title = t('a.title');
  mount(document.body,
    h('header', null, h('h1', null, t('a.title')), hall,
      h('button', { type: 'button', class: 'lang', lang: lang.get() === 'vi' ? 'en' : 'vi', onclick: () => lang.set(lang.get() === 'vi' ? 'en' : 'vi') }, t('a.lang'))),
    strip, said,
    h('main', null, h('section', null, h('h2', null, t('a.waiting')), nobody, waiting), devices.el, made.el));
  return { hall, waiting, nobody, devices, made };
}

/** Brings the page in line with what is known; what somebody fills in stays as it is. */
function draw() {
  const state = live.state;
  if (!state) return;
  parts.hall.textContent = named(state.branch.name);
  parts.nobody.hidden = pairings.length > 0;
  keyed(parts.waiting, pairings, (p) => p.id, (p, old) => old ?? pairingCard(p, state.branch, approve));
  parts.devices.draw(state);
  parts.made.draw(state, keys);
}

async function refresh() {
  const [asked, made] = await Promise.all([get('/api/v1/pairings'), get('/api/v1/keys')]);
  if (asked.ok) pairings = asked.body.pairings;
  if (made.ok) keys = made.body.keys;
  draw();
}

/** @param {Pairing} p @param {object} body */
async function approve(p, body) {
  const answer = await post(`/api/v1/pairings/${encodeURIComponent(p.code)}/approve`, body);
  tell(answer.ok ? t('a.approved', { name: answer.body.name }) : sentence(answer.code));
  await refresh();
}

/** @param {Key} k */
function revoke(k) {
  const box = h('dialog', { 'aria-labelledby': 'revoke-q', onclose: () => box.remove() },
    h('p', { id: 'revoke-q' }, t('a.revoke.q', { name: k.name })),
    h('div', { class: 'acts' },
      h('button', { type: 'button', class: 'danger', onclick: () => { box.close(); void drop(k); } }, t('a.revoke.yes', { name: k.name })),
      h('button', { type: 'button', autofocus: true, onclick: () => box.close() }, t('a.revoke.no'))));
  document.body.append(box);
  box.showModal();
}

/** @param {Key} k */
async function drop(k) {
  const answer = await remove(`/api/v1/keys/${encodeURIComponent(k.id)}`);
  tell(answer.ok ? t('a.revoked', { name: k.name }) : sentence(answer.code));
  await refresh();
}

let quiet = 0;

/** @param {string} text */
function tell(text) {
  said.textContent = text;
  said.hidden = false;
  window.clearTimeout(quiet);
  quiet = window.setTimeout(() => { said.hidden = true; }, READ);
}

await refresh();
// A device that begins to wait is no event of the hall: this page asks for it, while it is looked at.
window.setInterval(() => document.visibilityState === 'visible' && live.online && void refresh(), 3000);
