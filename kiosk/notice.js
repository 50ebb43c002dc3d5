// Screens of words only: starting, busy, paused, closed, refused, failed,
// maintenance, emergency.
import { h, icon } from '/web/dom.js';
import { named } from '/web/i18n.js';
import { clock } from '/kiosk/head.js';
import { foot } from '/kiosk/foot.js';
import { closedWords, refusedWords } from '/kiosk/closed.js';
import { name, numbered, words } from '/kiosk/said.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/kiosk/kiosk.js').View} View */
/** @typedef {import('/kiosk/closed.js').Words} Words */
/** @typedef {import('/web/types.js').Figure} Figure */
/** @typedef {import('/web/types.js').Branch} Branch */
/** @typedef {import('/web/types.js').HallState} HallState */
/** @typedef {import('/web/types.js').HallNotice} HallNotice */
/** @typedef {import('/web/types.js').Service} Service */
/** @typedef {import('/web/speech.js').Said} Said */

/**
 * @param {Words} notice
 * @param {object} [extra]
 * @param {Branch} [extra.branch] shown above with the clock
 * @param {Act[]} [extra.acts]
 * @param {boolean} [extra.busy] a turning ring in place of the icon
 * @param {string} [extra.kind] one more class
 */
function page(notice, { branch, acts, busy, kind } = {}) {
  return h('main', { class: `full ${kind ?? ''}`.trim() },
    h('div', { class: 'drum', 'aria-hidden': 'true' }),
    branch && h('div', { class: 'fullclock' }, h('div', null, h('b', null, named(branch.name)), h('div', null, named(branch.place))), clock()),
    h('div', { class: 'words' },
      busy ? h('div', { class: 'spin', 'aria-hidden': 'true' }) : icon(notice.icon),
      h('h1', { tabindex: -1 }, words(notice.heading)),
      notice.lines.map(words).filter(Boolean).map((line) => h('p', null, line))),
    acts && acts.length > 0 && h('div', { class: 'acts' }, acts.map(button)));
}

/** @typedef {{label: Said, image: string, press: () => void, go?: boolean}} Act one big button */

/** @param {Act} act */
const button = ({ label, image, press, go }) =>
  h('button', { type: 'button', class: `btn${go ? ' go' : ''}`, onclick: press }, icon(image), words(label));

/** @param {Words} notice @param {Act[]} [acts] @returns {() => Said[]} */
const reading = (notice, acts = []) => () => [notice.heading, ...notice.lines.filter((x) => x !== null), ...numbered(acts)];

const still = { update() {} };

/** @returns {View} */
export function loadingView() {
  /** @type {Words} */
  const notice = { icon: 'hourglass', heading: { key: 'k.load.h' }, lines: [{ key: 'k.load.sub' }] };
  return { name: 'loading', nodes: [page(notice, { busy: true })], read: reading(notice), ...still };
}

/** @type {Words} */
const AWAY = { icon: 'offline', heading: { key: 'k.off.h' }, lines: [{ key: 'k.off.sub' }] };

/** @param {App} app @param {HallState | null} state @returns {View} */
export function pausedView(app, state) {
  return { name: 'paused', nodes: [page(AWAY, { branch: state?.branch }), foot(state && app)], read: reading(AWAY), ...still };
}

/** @param {App} app @param {Figure} figure @returns {View} */
export function closedView(app, figure) {
  const state = app.state();
  const notice = closedWords(figure, state, app.now()), acts = bookKeys(app, notice);
  return { name: 'closed', nodes: [page(notice, { branch: state.branch, acts }), foot(app)], read: reading(notice, acts), ...still };
}

/**
 * This machine, or all of them, are being worked on.
 * @param {App} app
 * @param {HallNotice} told
 * @returns {View}
 */
export function maintenanceView(app, told) {
  /** @type {Words} */
  const notice = { icon: 'settings', heading: { key: 'k.maint.h' }, lines: [told.text?.vi ? name(told.text) : { key: 'k.maint.sub' }] };
  return { name: 'maintenance', nodes: [page(notice, { branch: app.state().branch }), foot(app)], read: reading(notice), say: words(notice.heading), ...still };
}

/** A text of more letters gets smaller ones. */
const LONG = 90;

/**
 * What the administrator wrote, and nothing to touch but how it is shown.
 * @param {App} app
 * @param {HallNotice} told
 * @returns {View}
 */
export function emergencyView(app, told) {
  /** @type {Words} */
  const notice = { icon: 'alert', heading: told.text?.vi ? name(told.text) : { key: 'k.emergency.h' }, lines: [{ key: 'k.emergency.sub' }] };
  const text = words(notice.heading);
  const kind = `emergency${text.length > LONG ? ' long' : ''}`;
  return { name: 'emergency', nodes: [page(notice, { branch: app.state().branch, kind }), foot(app)], read: reading(notice), say: text, ...still };
}

/**
 * @param {App} app
 * @param {'k.issue.h' | 'k.book.busy'} [key] what is being done
 * @returns {View}
 */
export function busyView(app, key = 'k.issue.h') {
  /** @type {Words} */
  const notice = { icon: 'ticket', heading: { key }, lines: [{ key: 'k.issue.sub' }] };
  return { name: 'issuing', keeps: true, say: words(notice.heading), nodes: [page(notice, { busy: true }), foot(app)], read: reading(notice), ...still };
}

/**
 * A refusal that has its own words.
 * @param {App} app
 * @param {string} code
 * @param {Service} service
 * @returns {View}
 */
export function refusedView(app, code, service) {
  const state = app.state();
  const told = () => refusedWords(code, service, app.state().figures.get(service.id), app.now());
  const notice = told(), drawn = JSON.stringify(notice);
  const acts = [homeKey(app.first), ...bookKeys(app, notice)];
  return {
    name: 'refused', back: app.first, say: words(notice.heading),
    nodes: [page(notice, { branch: state.branch, acts }), foot(app)], read: reading(notice, acts),
    update() {
      // The refusal comes before the figures that say when numbers begin again.
      if (JSON.stringify(told()) !== drawn) app.show(() => refusedView(app, code, service));
    },
  };
}

/** The line holds again. */
const RETURNED = { heading: { key: 'k.back.h' }, line: { key: 'k.back.sub' } };

/**
 * Anything else that went wrong. `again` repeats the very same request.
 * @param {App} app
 * @param {{code: string, offline: boolean, own?: {heading: Said, line: Said}, again?: () => void}} failure `code` is for the help desk, `own` a refusal with words of its own
 * @returns {View}
 */
export function errorView(app, { code, offline, own, again }) {
  /** @type {Words} */
  const notice = offline ? AWAY
    : own ? { icon: 'info', heading: own.heading, lines: [own.line] }
    : { icon: 'alert', heading: { key: 'k.err.h' }, lines: [{ key: 'k.err.sub' }, { key: 'k.err.code', args: { code: { number: code } } }] };
  const acts = [homeKey(app.home)];
  if (again) acts.push({ label: { key: 'k.err.again' }, image: 'recall', press: again, go: true });
  return {
    name: 'error', keeps: true, back: app.home, say: words(notice.heading),
    nodes: [page(notice, { branch: app.state().branch, acts }), foot(app)],
    read: reading(notice, acts),
    update() {
      // The machine is right again: it must not go on sending people away.
      if (offline && app.online()) app.show(() => errorView(app, { code, offline: false, own: RETURNED, again }));
    },
  };
}

/** @param {() => void} press @returns {Act} */
const homeKey = (press) => ({ label: { key: 'k.err.home' }, image: 'home', press });

/** The way to a later half-day, where there is one to be had. @param {App} app @param {Words} notice @returns {Act[]} */
function bookKeys(app, notice) {
  return notice.book && (app.state().branch.booking ?? 0) > 0 ? [{ label: { key: 'k.book' }, image: 'calendar', press: app.book, go: true }] : [];
}
