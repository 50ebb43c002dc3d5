// The devices of a hall. Whoever stands before a new machine reads its code,
// finds the same one here, and approves it.
import { get, post } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { deviceKinds, deviceStates } from '/web/devices.js';
import { sentence } from '/web/errors.js';
import { lang, loadTexts, named, t } from '/web/i18n.js';
import { connect } from '/web/live.js';
import { branch } from '/web/page.js';
import { pairingCard } from '/admin/pairing.js';

/** @typedef {import('/web/types.js').Device} Device */
/** @typedef {import('/admin/pairing.js').Pairing} Pairing */
/** @typedef {{id: string, name: string, role: string, branch?: string, counters?: string[]}} Key */

const LANG = 'motcua.admin.lang';
if (localStorage.getItem(LANG) === 'en') lang.set('en');
await loadTexts('common', 'admin');

const strip = h('p', { class: 'strip', role: 'status', hidden: true }), said = h('p', { class: 'said', role: 'status', hidden: true });
const waiting = h('section'), devices = h('section'), keys = h('section');
/** The cards that stand: one that somebody is filling in is not drawn anew. @type {Map<string, HTMLElement>} */
let cards = new Map();

const live = connect({ branch: branch(), view: 'floor' }, {
  snapshot: draw, event: (e) => e.kind === 'device.changed' && draw(),
  online(online) {
    strip.textContent = online ? '' : t('a.off');
    strip.hidden = online;
  },
});
lang.on((l) => {
  localStorage.setItem(LANG, l);
  cards = new Map();
  draw();
  void refresh();
});

function draw() {
  document.title = t('a.title');
  mount(document.body, h('header', null, h('h1', null, t('a.title')), h('span', { class: 'hall' }, live.state ? named(live.state.branch.name) : ''),
    h('button', { type: 'button', onclick: () => lang.set(lang.get() === 'vi' ? 'en' : 'vi') }, t('a.lang'))),
    strip, said, h('main', null, waiting, devices, keys));
  const list = [...(live.state?.devices.values() ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
  mount(devices, h('h2', null, t('a.devices')), list.length === 0 ? h('p', { class: 'none' }, t('a.devices.none')) : table(list));
}

/** @param {Device[]} list */
function table(list) {
  return h('table', null,
    h('thead', null, h('tr', null, [t('a.col.what'), t('a.col.state'), t('a.col.where'), t('a.col.profile')].map((x) => h('th', { scope: 'col' }, x)))),
    h('tbody', null, list.map((d) => h('tr', { 'data-device': d.id },
      h('td', null, deviceKinds[d.kind](), h('small', null, d.id)),
      h('td', null, h('span', { class: `state ${shade(d)}` }, deviceStates[d.state]()), d.detail ? h('small', { lang: 'en' }, d.detail) : null),
      h('td', null, counterLabel(d.counter)),
      h('td', null, d.profile ?? '', d.verified ? h('small', null, verified(d.verified)) : null)))));
}

/** @param {Device} d */
const shade = (d) => (d.state === 'ready' ? 'good' : d.state === 'paper_low' || d.state === 'unknown' || d.state === 'busy' ? 'warn' : 'bad');

/** @param {string | undefined} id */
const counterLabel = (id) => live.state?.branch.counters.find((c) => c.id === id)?.label ?? '';

/** @param {string} how */
function verified(how) {
  if (how === 'hardware') return t('a.verified.hardware');
  return how === 'manual' ? t('a.verified.manual') : t('a.verified.guess');
}

async function refresh() {
  const [pairings, made] = await Promise.all([get('/api/v1/pairings'), get('/api/v1/keys')]);
  if (pairings.ok) drawPairings(pairings.body.pairings);
  if (made.ok) drawKeys(made.body.keys);
}

/** @param {Pairing[]} list */
function drawPairings(list) {
  const old = cards;
  cards = new Map(list.map((p) => [p.id, old.get(p.id) ?? pairingCard(p, live.state?.branch ?? null, approve)]));
  if (waiting.childElementCount > 0 && [...cards.keys()].join() === [...old.keys()].join() && cards.size > 0) return;
  mount(waiting, h('h2', null, t('a.waiting')), ...(cards.size > 0 ? cards.values() : [h('p', { class: 'none' }, t('a.waiting.none'))]));
}

/** @param {Pairing} p @param {object} body */
async function approve(p, body) {
  const answer = await post(`/api/v1/pairings/${encodeURIComponent(p.code)}/approve`, body);
  tell(answer.ok ? t('a.approved', { name: answer.body.name }) : sentence(answer.code));
  await refresh();
}

/** @param {Key[]} list */
function drawKeys(list) {
  mount(keys, h('h2', null, t('a.keys')), list.length === 0 ? h('p', { class: 'none' }, t('a.keys.none')) : h('table', null,
    h('tbody', null, list.map((k) => h('tr', null,
      h('td', null, k.name, h('small', null, k.id)), h('td', null, k.role),
      h('td', null, (k.counters ?? []).map(counterLabel).join(', ')),
      h('td', null, h('button', { type: 'button', 'aria-label': t('a.revoke.yes', { name: k.name }), onclick: () => revoke(k) }, t('a.revoke'))))))));
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
  const r = await fetch(`/api/v1/keys/${encodeURIComponent(k.id)}`, { method: 'DELETE', credentials: 'same-origin' });
  tell(r.ok ? t('a.revoked', { name: k.name }) : sentence(r.status === 404 ? 'unknown_key' : 'forbidden'));
  await refresh();
}

let quiet = 0;

/** @param {string} text */
function tell(text) {
  said.textContent = text;
  said.hidden = false;
  window.clearTimeout(quiet);
  quiet = window.setTimeout(() => { said.hidden = true; }, 8000);
}

draw();
await refresh();
// A device that begins to wait is no event of the hall: this page asks for it, while it is looked at.
window.setInterval(() => document.visibilityState === 'visible' && void refresh(), 3000);
