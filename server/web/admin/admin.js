// The administrator's page: a list of its parts, and the one that is open. Each part
// is a module of its own, loaded when it is opened.
import { accountButton, settled } from '/web/account.js';
import { get } from '/web/api.js';
import { h, mount } from '/web/dom.js';
import { loginPage } from '/web/ended.js';
import { emergencyStrip } from '/web/emergency.js';
import { lang, loadTexts, named, t } from '/web/i18n.js';
import { connect } from '/web/live.js';
import { branch } from '/web/page.js';
import { groupsFor, isPart, may, nav, whoami } from '/admin/nav.js';
import { sure } from '/admin/notices.js';
import { watch } from '/admin/watch.js';

/** @typedef {import('/web/types.js').HallState} HallState */
/**
 * What a part gets.
 * @typedef {object} App
 * @property {string} branch
 * @property {() => HallState | null} state
 * @property {() => number} now the hall's time, ms
 * @property {() => boolean} online
 * @property {boolean} reader who may read figures and start no work
 * @property {import('/admin/nav.js').Me | null} me who this browser speaks for
 * @property {(right: string) => boolean} may
 * @property {(text: string) => void} tell a sentence that stands for some seconds
 * @property {(question: string, yes: string, no: string, act: () => void) => void} sure
 */
/**
 * @typedef {object} Part
 * @property {HTMLElement} el
 * @property {(state: HallState) => void} [draw] something of the hall has changed
 * @property {(e: any) => void} [event] an event of the hall
 * @property {() => void} [open] it is on the page, or the line came back
 * @property {() => void} [close]
 */

const LANG = 'motcua.admin.lang';
/** How long an answer stands, ms. */
const READ = 8000;
if (localStorage.getItem(LANG) === 'en') lang.set('en');
const [me] = await Promise.all([whoami(), loadTexts('common', 'admin', 'rate', 'paper', 'report', 'people', 'account', 'setup', 'start', 'kiosk')]);
if (!me) location.replace(loginPage());
await settled(me);
// A hall that nobody has set up yet begins with that.
if (location.hash === '' && may(me, 'manage')) {
  const answer = await get(`/api/v1/branches/${encodeURIComponent(branch())}/ready`);
  if (answer.ok && answer.body.fresh) location.replace('#/start');
}

const groups = groupsFor(me, branch().endsWith('-tap')), entries = groups.flatMap((g) => g.entries);

// Both lines stand from the start: a reader tells what changes in them.
const strip = h('p', { class: 'strip', role: 'status', hidden: true }), said = h('p', { class: 'said', role: 'status', hidden: true });
const floor = watch(branch(), () => live.online);
/** What does not change but with the language. */
let shell = frame();
/** @type {Part | null} */
let open = null;
let shown = '';

const live = connect({ branch: branch(), view: 'floor' }, {
  snapshot: draw,
  event(e) {
    open?.event?.(e);
    floor.event(e.kind);
    if (e.kind === 'device.changed' || e.kind === 'notice.changed') draw();
  },
  online(online) {
    strip.textContent = online ? '' : t('a.off');
    strip.hidden = online;
    if (online) open?.open?.();
    if (online) floor.soon();
  },
});

/** @type {App} */
const app = { branch: branch(), state: () => live.state, now: () => live.now(), online: () => live.online, reader: !may(me, 'exports'), me, may: (right) => may(me, right), tell, sure };

/** Builds what stands around the parts. */
function frame() {
  const hall = h('span', { class: 'hall' }), title = h('h1'), main = h('main'), alarm = emergencyStrip();
  const list = nav(groups, { today: floor.el });
  mount(document.body,
    h('header', null, title, hall, accountButton(me),
      h('button', { type: 'button', class: 'lang', lang: lang.get() === 'vi' ? 'en' : 'vi', onclick: () => lang.set(lang.get() === 'vi' ? 'en' : 'vi') }, t('a.lang'))),
    alarm.el, strip, said,
    h('div', { class: 'parts' }, list.el, main));
  return { hall, title, main, alarm, list };
}

/** Brings the page in line with what is known; what somebody fills in stays as it is. */
function draw() {
  const state = live.state;
  if (!state) return;
  shell.hall.textContent = named(state.branch.name);
  shell.alarm.draw(state);
  open?.draw?.(state);
}

/** The name in the address. */
const asked = () => location.hash.replace(/^#\/?/, '').split('/')[0];

/** The part that the address names, or the first there is. */
const wanted = () => entries.find((e) => e.name === asked()) ?? entries[0];

/** Opens the part of the address, anew when its language has changed. */
async function show(again = false) {
  const entry = wanted();
  // Who was sent a link to a part of somebody else's is told, and not only led elsewhere.
  if (isPart(asked()) && entry?.name !== asked()) tell(t('a.nav.denied'));
  if (!entry) return mount(shell.main, h('p', { class: 'none' }, t('a.nav.none')));
  if (entry.name === shown && !again) return;
  const name = shown = entry.name;
  open?.close?.();
  open = null;
  document.title = shell.title.textContent = entry.title();
  shell.list.mark(name, entry.title());
  mount(shell.main);
  /** @type {Part} */
  let part;
  try {
    const module = await import(`/admin/${entry.module ?? name}.js`);
    part = module.part(app);
  } catch (e) {
    console.warn('a part of the page cannot be loaded', e);
    if (shown === name) mount(shell.main, h('p', { class: 'none', role: 'alert' }, t('a.nav.broken')));
    return;
  }
  if (shown !== name || open) return void part.close?.(); // another one was asked for meanwhile
  open = part;
  mount(shell.main, part.el);
  part.open?.();
  draw();
}

window.addEventListener('hashchange', () => {
  for (const box of document.querySelectorAll('dialog[open]')) /** @type {HTMLDialogElement} */ (box).close(); // "back" leaves its question behind
  void show();
});
lang.on((l) => {
  localStorage.setItem(LANG, l);
  strip.textContent = live.online ? '' : t('a.off');
  said.hidden = true;
  shell = frame();
  floor.draw();
  draw();
  void show(true);
  /** @type {HTMLElement | null} */ (document.querySelector('.lang'))?.focus();
});

let quiet = 0;

/** @param {string} text */
function tell(text) {
  said.textContent = text;
  said.hidden = false;
  window.clearTimeout(quiet);
  quiet = window.setTimeout(() => { said.hidden = true; }, READ);
}

await show();
