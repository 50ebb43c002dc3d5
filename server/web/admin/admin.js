// The devices of a hall, and what the hall is told. Whoever stands before a new machine reads its code,
// finds the same one here, and approves it.
import { get, post, remove } from '/web/api.js';
import { h, keyed, mount } from '/web/dom.js';
import { emergencyStrip } from '/web/emergency.js';
import { sentence } from '/web/errors.js';
import { lang, loadTexts, named, t } from '/web/i18n.js';
import { connect } from '/web/live.js';
import { branch } from '/web/page.js';
import { deviceTable } from '/admin/devices.js';
import { keyTable } from '/admin/keys.js';
import { kioskNames, noticeTable, sure } from '/admin/notices.js';
import { pairingCard } from '/admin/pairing.js';
import { writeNotice } from '/admin/write.js';

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
  snapshot: draw, event: (e) => (e.kind === 'device.changed' || e.kind === 'notice.changed') && draw(),
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
  const devices = deviceTable(), made = keyTable(revoke), alarm = emergencyStrip(), notices = noticeTable(write, finish);
  document.title = t('a.title');
  mount(document.body,
    h('header', null, h('h1', null, t('a.title')), hall,
      h('button', { type: 'button', class: 'lang', lang: lang.get() === 'vi' ? 'en' : 'vi', onclick: () => lang.set(lang.get() === 'vi' ? 'en' : 'vi') }, t('a.lang'))),
    alarm.el, strip, said,
    h('main', null, notices.el, h('section', null, h('h2', null, t('a.waiting')), nobody, waiting), devices.el, made.el));
  return { hall, waiting, nobody, devices, made, alarm, notices };
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
  parts.alarm.draw(state);
  parts.notices.draw(state, live.now());
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
  sure(t('a.revoke.q', { name: k.name }), t('a.revoke.yes', { name: k.name }), t('a.revoke.no'), () => void drop(k));
}

/** @param {Key} k */
async function drop(k) {
  const answer = await remove(`/api/v1/keys/${encodeURIComponent(k.id)}`);
  tell(answer.ok ? t('a.revoked', { name: k.name }) : sentence(answer.code));
  await refresh();
}

const path = `/api/v1/branches/${encodeURIComponent(branch())}/notices`;

/** @param {import('/admin/notices.js').Written} kind */
function write(kind) {
  if (!live.state) return;
  writeNotice(kind, kioskNames(live.state, keys), async (draft) => {
    const answer = await post(path, draft);
    if (answer.ok) tell(t('a.n.out'));
    return answer.ok ? '' : sentence(answer.code);
  });
}

/** Ending an emergency opens the hall again: asked once more. @param {import('/web/types.js').HallNotice} n */
function finish(n) {
  if (n.kind === 'emergency') sure(t('a.n.end.q'), t('a.n.end.yes'), t('a.n.end.no'), () => void end(n));
  else void end(n);
}

/** @param {import('/web/types.js').HallNotice} n */
async function end(n) {
  const answer = await post(`${path}/${encodeURIComponent(n.id)}/end`);
  tell(answer.ok || answer.status === 404 ? t('a.n.ended') : sentence(answer.code));
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
