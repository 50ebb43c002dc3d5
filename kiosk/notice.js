// Screens of words only: starting, busy, paused, closed, refused, failed.
import { h, icon } from '/web/dom.js';
import { t, named } from '/web/i18n.js';
import { clock } from '/kiosk/head.js';
import { modesRow } from '/kiosk/modes.js';
import { closedNotice, refusedNotice } from '/kiosk/words.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/kiosk/kiosk.js').View} View */
/** @typedef {import('/kiosk/words.js').Notice} Notice */
/** @typedef {import('/web/types.js').Figure} Figure */
/** @typedef {import('/web/types.js').Branch} Branch */

/**
 * @param {Notice} notice
 * @param {object} [extra]
 * @param {Branch} [extra.branch] shown above with the clock
 * @param {HTMLElement[]} [extra.acts]
 * @param {boolean} [extra.busy] a turning ring in place of the icon
 */
function page(notice, { branch, acts, busy } = {}) {
  return h('main', { class: 'full' },
    h('div', { class: 'drum', 'aria-hidden': 'true' }),
    branch && h('div', { class: 'fullclock' }, h('div', null, h('b', null, named(branch.name)), h('div', null, named(branch.place))), clock()),
    h('div', { class: 'words' },
      busy ? h('div', { class: 'spin', 'aria-hidden': 'true' }) : icon(notice.icon),
      h('h1', { tabindex: -1 }, notice.heading),
      notice.lines.filter(Boolean).map((line) => h('p', null, line))),
    acts && h('div', { class: 'acts' }, acts));
}

const still = { update() {} };

/** @returns {View} */
export function loadingView() {
  return { name: 'loading', nodes: [page({ icon: 'hourglass', heading: t('k.load.h'), lines: [t('k.load.sub')] }, { busy: true })], ...still };
}

/** @param {Branch | undefined} branch @returns {View} */
export function pausedView(branch) {
  return { name: 'paused', nodes: [page({ icon: 'offline', heading: t('k.off.h'), lines: [t('k.off.sub')] }, { branch }), modesRow()], ...still };
}

/** @param {App} app @param {Figure} figure @returns {View} */
export function closedView(app, figure) {
  const state = app.state();
  const notice = closedNotice(figure, state, app.now());
  return { name: 'closed', nodes: [page(notice, { branch: state.branch }), modesRow()], ...still };
}

/** @returns {View} */
export function busyView() {
  const notice = { icon: 'ticket', heading: t('k.issue.h'), lines: [t('k.issue.sub')] };
  return { name: 'issuing', keeps: true, say: notice.heading, nodes: [page(notice, { busy: true })], ...still };
}

/**
 * A refusal that has its own words.
 * @param {App} app
 * @param {string} code
 * @param {import('/web/types.js').Service} service
 * @returns {View}
 */
export function refusedView(app, code, service) {
  const state = app.state();
  const notice = refusedNotice(code, service, state.figures.get(service.id), app.now());
  return { name: 'refused', back: app.home, say: notice.heading, nodes: [page(notice, { branch: state.branch, acts: [homeButton(app)] }), modesRow()], ...still };
}

/**
 * Anything else that went wrong. `again` repeats the very same request.
 * @param {App} app
 * @param {{code: string, offline: boolean, own?: {heading: string, line: string}, again?: () => void}} failure `code` is for the help desk, `own` a refusal with words of its own
 * @returns {View}
 */
export function errorView(app, { code, offline, own, again }) {
  const notice = offline
    ? { icon: 'offline', heading: t('k.off.h'), lines: [t('k.off.sub')] }
    : own ? { icon: 'info', heading: own.heading, lines: [own.line] }
    : { icon: 'alert', heading: t('k.err.h'), lines: [t('k.err.sub'), t('k.err.code', { code })] };
  const acts = [homeButton(app)];
  if (again) acts.push(h('button', { type: 'button', class: 'btn go', onclick: again }, icon('recall'), t('k.err.again')));
  return { name: 'error', keeps: true, back: app.home, say: notice.heading, nodes: [page(notice, { branch: app.state().branch, acts }), modesRow()], ...still };
}

/** @param {App} app */
function homeButton(app) {
  return h('button', { type: 'button', class: 'btn', onclick: app.home }, icon('home'), t('k.err.home'));
}
