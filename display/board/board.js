// The board: who goes where, readable from eight metres. It recovers by itself
// from everything, because nobody ever touches it.
import { connect } from '/web/live.js';
import { h, mount } from '/web/dom.js';
import { emergencyPage } from '/web/emergency.js';
import { emergencyOf } from '/web/alarm.js';
import { chooseLang, loadTexts, setAddress, t } from '/web/i18n.js';
import { branch, query } from '/web/page.js';
import { resultsOf } from '/web/results.js';
import { config, speaks } from '/web/screen.js';
import { hm } from '/web/time.js';
import { callQueue, GRID, missed, rows } from '/board/calls.js';
import { cells } from '/board/grid.js';
import { head } from '/board/head.js';
import { hero } from '/board/hero.js';
import { layoutFor } from '/board/layout.js';
import { callList } from '/board/list.js';
import { media } from '/board/media.js';
import { isNight } from '/board/night.js';
import { notices } from '/board/notices.js';
import { lineState } from '/board/offline.js';
import { recentCalls } from '/board/recent.js';
import { resultsPanel } from '/board/results.js';
import { dossierCounts, lateServices, sayings, special } from '/board/says.js';
import { hallVoice } from '/board/voice.js';
import { waitingStrip } from '/board/waiting.js';
import { zoneOf } from '/board/zone.js';

/** @typedef {import('/web/types.js').Visit} Visit */

/** The picture moves a little so that nothing burns into the panel. */
const SHIFT = 600_000;
const CORNERS = [[0, 0], [4, 4], [-4, 4], [-4, -4], [4, -4]];
/** What each form has room for: rows of the list, services of the strip, numbers in the large field. */
const ROOM = { hero: { rows: 5, strip: 4, calls: GRID }, grid: { rows: 0, strip: 4, calls: GRID }, media: { rows: 3, strip: 4, calls: 4 }, results: { rows: 3, strip: 4, calls: 4 }, portrait: { rows: 5, strip: 4, calls: GRID } };
/** How often the dossiers' figures are asked for, ms. */
const FIGURES = 300_000;
/** How often everything is drawn anew, ms. */
const SECOND = 1000;
/** A page that knows nothing yet says so after a while, ms. */
const SOON = 4000;

await loadTexts('common', 'board', 'results');
// The hall's language, whatever language the PC behind this screen was installed in.
await chooseLang(query('lang') || 'vi');
document.title = t('t.title');

const { layout: wish, zone: zoneID } = config();
let zone = zoneOf({ id: '', name: { vi: '' }, place: { vi: '' }, version: 0, services: [], counters: [], priorities: [], rating: { levels: [], reasons: null, window: 0 }, halves: null }, '');
/** @type {import('/board/layout.js').Layout} */
let layout = 'hero';
/** @type {Visit[]} */
let listed = [];
/** @type {string[]} */
let absent = [];
/** @type {import('/board/says.js').Dossiers | null} */
let dossiers = null;
/** @type {import('/web/results.js').Results | null} */
let published = null;
let changed = true, large = '', built = '', asked = 0, drawn = 0;

const queue = callQueue({ has: (counter) => zone.has(counter), room: () => ROOM[layout].calls });
const late = lateServices(), recent = recentCalls();
const top = head(), field = hero(), list = callList(), grid = cells(), slides = media(), board = resultsPanel(), strip = waitingStrip(), notice = notices();
// Visitors from abroad read along: both languages, whichever the board has.
const emergency = emergencyPage({ english: true });
const upright = matchMedia('(orientation: portrait)');
const hall = h('main', null, field.el), table = h('section', { class: 'list', 'aria-label': t('t.list') }, list.el);
const canvas = h('div', { class: 'canvas' });
const card = h('div', { class: 'card', role: 'status', hidden: true });
const dark = h('div', { class: 'night', hidden: true });
mount(document.body, canvas, card, dark);

const begun = performance.now();
const live = connect({ branch: branch(), view: 'board' }, {
  snapshot(state) {
    setAddress(state.branch.address);
    zone = zoneOf(state.branch, zoneID);
    recent.begin(state);
    queue.begin(state, performance.now());
    voice.snapshot(state);
    changed = true;
    draw();
  },
  event(event) {
    queue.event(event, performance.now());
    if (event.kind === 'ticket.ended') results.moved();
    if (live.state) {
      voice.event(event, live.state);
      recent.event(live.state, event.visit);
    }
    changed = true;
    draw();
  },
  figures: draw, online: draw,
});
const results = resultsOf(branch(), (r) => (published = r));
const voice = hallVoice({ live, zone: zoneID, on: () => speaks.get() });

/** The parts of the form that is wanted now. */
function build() {
  layout = layoutFor(wish, zone.counters.length, upright.matches);
  const print = `${layout} ${upright.matches}`;
  if (print === built) return;
  built = print;
  // The results stand where films do: their form is that of the media.
  canvas.dataset.layout = layout === 'results' ? 'media' : layout;
  if (layout !== 'media') slides.stop();
  const middle = { hero: [hall, table], portrait: [hall, table], grid: [grid.el], media: [slides.el, hall, table], results: [board.el, hall, table] }[layout];
  mount(canvas, top.el, ...middle, strip.el, notice.el);
}

function draw() {
  // Turns are counted by a clock that is never put right; the hall's is.
  const state = live.state, now = live.now(), turn = performance.now();
  drawn = turn;
  build();
  const line = lineState(live.online, live.since, now);
  top.draw(state, now, zone, line.kind !== 'on', state ? special(zone.services) : [], voice.state().muted);
  const silent = !state && performance.now() - begun > SOON;
  card.hidden = !silent && (line.kind !== 'closed' || !state);
  card.textContent = card.hidden ? '' : silent ? t('t.opening') : t('t.stale');
  canvas.classList.toggle('stale', line.kind === 'closed');
  shift(now);
  if (!state) return;
  const { rows: room, strip: services } = ROOM[layout];
  const shown = queue.step(state, turn);
  follow(shown);
  if (layout === 'grid') grid.draw(state, zone.counters, recent.number);
  else {
    field.draw(state, shown);
    list.draw(state, listed, turn, room);
  }
  if (layout === 'media' && line.kind !== 'closed') slides.draw(state, now, turn);
  if (layout === 'results') board.draw(published);
  strip.draw(state, zone.services, turn, services);
  notice.draw(turn, line.kind === 'on' || line.kind === 'cut' ? '' : t('t.offline', { time: hm(live.since) }),
    sayings(state, zone.services, late(state, zone.services), absent, dossiers, published));
  emergency.draw(state);
  // Whoever is called or served at night can read where, and nothing urgent is hidden.
  dark.hidden = !isNight(state.branch.board?.night, now) || shown.length > 0 || listed.length > 0 || !!emergencyOf(state);
  askDossiers(turn);
  results.look(turn);
}

/** @param {import('/board/calls.js').Call[]} shown */
const names = (shown) => shown.map((c) => c.id).join(' ');

/**
 * What is drawn from all visits is made anew only when one has changed.
 * @param {import('/board/calls.js').Call[]} shown
 */
function follow(shown) {
  const print = names(shown);
  if (!live.state || (!changed && print === large)) return;
  changed = false;
  large = print;
  listed = rows(live.state, shown, zone.has);
  const here = new Set(zone.services.map((s) => s.id));
  absent = missed(live.state, (service) => here.has(service));
}

/** @param {number} now */
function shift(now) {
  const [x, y] = CORNERS[Math.floor(now / SHIFT) % CORNERS.length];
  canvas.style.setProperty('transform', `translate(${x}px, ${y}px)`);
}

/** @param {number} now */
function askDossiers(now) {
  if (asked && now - asked < FIGURES) return;
  asked = now;
  void dossierCounts(branch()).then((counts) => (dossiers = counts));
}

/** Turns are on time; all the rest is drawn each second, for cheap machines. */
function tick() {
  const turn = performance.now(), { state } = live;
  if (state && turn - drawn < SECOND && names(queue.step(state, turn)) === large) return;
  draw();
}

upright.addEventListener('change', draw);
setInterval(tick, 250);
