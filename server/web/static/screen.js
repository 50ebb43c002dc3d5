// What makes a page a screen of the hall: it has a role that an administrator gave
// it on /screen/, tells the server every few seconds how it is, and does what it is
// told: show its name, load anew, become something else. A page that was opened by
// hand has no role; then everything here is what its address says.
//
// A request that the server holds for some seconds, not the websocket: pages have
// different sockets or none, and its answer brings orders back at once.
import { h, signal } from '/web/dom.js';
import { query } from '/web/page.js';
import { loudness } from '/web/screen_sound.js';
import { watchdog } from '/web/screen_watch.js';
import { addressOf, keep, kept, pageHere } from '/web/screen_role.js';

/** @typedef {import('/web/screen_role.js').Role} Role */
/** @typedef {{layout: string, zone: string, counter: string, sound: boolean}} Config */
/**
 * @typedef {object} Orders what the server answers
 * @property {number} version
 * @property {string} build
 * @property {Role} role
 * @property {boolean} speaks
 * @property {string[]} spoken
 * @property {number} blink ms
 * @property {boolean} reload
 * @property {boolean} replaced another page of the same screen has come
 */

const PATH = '/api/v1/screens/me';
/** How long the server holds an answer, s; and how long it may be late, ms. */
const HOLD = 5, LATE = 5000;
/** Without an answer for so long another screen may speak by now: less than the server's own patience, 15 s. */
const LEASE = 14_000;
/** Whoever stands before it is not interrupted: so long after the last touch, ms. */
const CALM = 90_000;
/** Screens do not all load anew in one instant, ms. */
const SPREAD = 3000;
/** Calls spoken so long ago are of no use to anybody, ms. */
const OLD = 60_000;

const role = kept();
/** Is this page the one its browser was set up for? */
export const isScreen = role !== null && pageHere(role);

/** Does this screen speak the calls of its zone? */
export const speaks = signal(!isScreen && query('sound') === '1');

/** What it is: as assigned, or as the address says. @returns {Config} */
export function config() {
  if (isScreen && role) return { layout: role.layout ?? '', zone: role.zone ?? '', counter: role.counter ?? '', sound: role.sound === true };
  return { layout: query('layout'), zone: query('zone'), counter: query('counter'), sound: query('sound') === '1' };
}

/** Calls that were spoken in this zone, by any screen, and when this page learnt it. @type {Map<string, number>} */
const spoken = new Map();
/** Those that this page spoke. @type {Set<string>} */
const mine = new Set();

/** Was this call spoken, here or by the screen that spoke before? @param {string} id */
export const wasSpoken = (id) => spoken.has(id);

/**
 * Tells the others that a call was spoken to its end, so that whoever speaks after
 * this screen leaves it out. The id is the same on every screen: the visit's, its
 * counter and which of its calls, as in "v17 3 2".
 * @param {string} id
 */
export function spoke(id) {
  note(id);
  mine.add(id);
  if (isScreen) hurry();
}

/** @param {string} id */
function note(id) {
  const now = performance.now();
  spoken.set(id, now);
  for (const [other, at] of spoken) {
    if (now - at <= OLD) continue;
    spoken.delete(other);
    mine.delete(other);
  }
}

/** Pages that somebody may be using say when they are not. @type {(() => boolean)[]} */
const calm = [];
/** @param {() => boolean} fn true when the page may be loaded anew */
export const onlyWhen = (fn) => void calm.push(fn);

let touched = -CALM;
for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => { touched = performance.now(); }, { capture: true, passive: true });

/** This page, from its load to its end. */
const instance = Array.from(crypto.getRandomValues(new Uint8Array(9)), (b) => 'abcdefghijklmnopqrstuvwxyz234567'[b & 31]).join('');
const watch = watchdog();
let seen = 0, build = document.querySelector('meta[name="build"]')?.getAttribute('content') ?? '', leaving = 0, lease = 0;
if (build.startsWith('{{')) build = '';
let line = new AbortController();
/** A beat is to go out now, without waiting for the one that is held. */
let wanted = false;

function hurry() {
  wanted = true;
  line.abort();
}

/** @param {number} wait s @param {string} audio */
const health = (wait, audio) => ({
  instance, seen, wait, build, audio, page: location.pathname.split('/')[1] ?? '',
  width: Math.round(innerWidth * devicePixelRatio), height: Math.round(innerHeight * devicePixelRatio),
  frame: Math.round(watch.age()), spoken: [...mine].slice(-40),
});

/** @param {object} body @param {RequestInit} [more] */
const send = (body, more) => fetch(PATH, { method: 'PUT', body: JSON.stringify(body), credentials: 'same-origin',
  headers: { 'Content-Type': 'application/json' }, ...more });

async function live() {
  for (;;) {
    const sent = performance.now();
    if (await beat(sent)) return;
    const pause = wanted ? 0 : Math.max(300, 1000 - (performance.now() - sent));
    await new Promise((done) => setTimeout(done, pause));
  }
}

/** One beat; true when it was the last. @param {number} sent */
async function beat(sent) {
  line = new AbortController();
  const patience = setTimeout(() => line.abort(), HOLD * 1000 + LATE);
  try {
    const audio = await loudness(config().sound);
    const wait = wanted ? 0 : HOLD;
    wanted = false;
    const answer = await send(health(wait, audio), { signal: line.signal });
    if (answer.status === 401 || answer.status === 403) {
      speaks.set(false);
      location.replace('/screen/'); // it knows the key, or gets a new one
      return true;
    }
    if (answer.ok) return obey(await answer.json(), sent);
  } catch {
    // The server is away, or there is more to tell: the next beat does.
  } finally {
    clearTimeout(patience);
  }
  return false;
}

/** @param {Orders} o @param {number} sent @returns {boolean} whether it was the last beat */
function obey(o, sent) {
  if (o.replaced) {
    speaks.set(false);
    return true;
  }
  seen = o.version;
  lease = sent + LEASE;
  for (const id of o.spoken ?? []) if (!spoken.has(id)) note(id);
  speaks.set(o.speaks);
  showName(o.role.name, o.blink);
  build ||= o.build;
  if (role && JSON.stringify(plain(o.role)) !== JSON.stringify(plain(role))) {
    keep({ ...o.role, key: role.key });
    leave(addressOf(o.role));
  } else if (o.reload || (o.build !== build && !tried(o.build))) {
    leave(location.href);
  }
  return false;
}

const TRIED = 'motcua.screen.build';

/**
 * Was this build loaded for already? If it did not come, something between here and
 * the server keeps old pages: loading for ever would not help.
 * @param {string} wanted
 */
function tried(wanted) {
  try {
    if (sessionStorage.getItem(TRIED) === wanted) return true;
    sessionStorage.setItem(TRIED, wanted);
    return false;
  } catch {
    return true;
  }
}

/** What of a role decides what the page does. @param {Role} r */
const plain = (r) => [r.branch, r.page, r.layout ?? '', r.zone ?? '', r.counter ?? '', r.sound === true];

/** Goes there once nobody stands before the page. @param {string} where */
function leave(where) {
  if (leaving) return;
  const from = performance.now() + Math.random() * SPREAD;
  leaving = window.setInterval(() => {
    const now = performance.now();
    // Asked at the last moment: somebody may have come, or a call begun, meanwhile.
    if (now < from || now - touched < CALM || !calm.every((fn) => fn())) return;
    clearInterval(leaving);
    location.replace(where);
  }, 250);
}

const card = h('div', { class: 'screen-name', role: 'status', hidden: true });
let blinking = 0;

/** Shows which screen this is, for somebody who stands before it. @param {string} name @param {number} ms */
function showName(name, ms) {
  if (!ms) return;
  if (!card.isConnected) {
    document.head.append(h('link', { rel: 'stylesheet', href: '/web/screen.css' }));
    document.body.append(card);
  }
  card.textContent = name;
  card.hidden = false;
  clearTimeout(blinking);
  blinking = window.setTimeout(() => { card.hidden = true; }, ms);
}

if (isScreen) {
  void live();
  setInterval(() => {
    if (performance.now() > lease) speaks.set(false); // somebody else may speak by now
    if (card.isConnected === false && !card.hidden) document.body.append(card); // the page was drawn anew
  }, 500);
  // Whoever speaks next learns it at once.
  addEventListener('pagehide', () => void send({ ...health(0, ''), bye: true }, { keepalive: true }).catch(() => {}));
  addEventListener('pageshow', (e) => e.persisted && location.reload());
}
