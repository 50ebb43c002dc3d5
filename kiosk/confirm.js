// One more question before a number is given: a wrong touch costs everybody time.
import { h, icon, mount } from '/web/dom.js';
import { hm } from '/web/time.js';
import { ranges, aboutWhen } from '/web/labels.js';
import { head } from '/kiosk/head.js';
import { foot } from '/kiosk/foot.js';
import { confirmInfo } from '/kiosk/words.js';
import { paceReached } from '/kiosk/pace.js';
import { lateNote, promiseOf, roomAbove, serviceNotes } from '/kiosk/special.js';
import { scanRow, scanWords } from '/kiosk/scan.js';
import { name, numbered, words } from '/kiosk/said.js';
import { sought } from '/kiosk/session.js';

/** @typedef {import('/kiosk/kiosk.js').App} App */
/** @typedef {import('/kiosk/kiosk.js').View} View */
/** @typedef {import('/web/types.js').Service} Service */
/** @typedef {import('/web/speech.js').Said} Said */

/** @type {Said} */
const AGAIN = { key: 'k.again' };

/**
 * Must the question be asked? Some services give the number at the first touch,
 * unless there is something to be told before.
 * @param {App} app
 * @param {Service} s
 */
export const asksFirst = (app, s) =>
  !s.no_confirm || lateNote(s, app.now()) !== null || paceReached(app.state().branch.pace) > 0;

/**
 * @param {App} app
 * @param {Service} service
 * @param {() => void} [back] the screen before
 * @returns {View}
 */
export function confirmView(app, service, back = app.first) {
  const { branch } = app.state();
  // A procedure has a name, and may have its own words in place of the service's.
  const known = sought.get(), own = known?.service === service.id ? known : null;
  const asked = own?.late ? { ...service, late: own.late } : service;
  const found = own && name({ vi: own.name });
  const question = /** @type {Said} */ ({ key: 'k.conf.q', args: { field: name(service.name) } });
  const counters = countersOf(branch, service.id);
  const figure = () => app.state().figures.get(service.id);
  const area = /** @type {Said | null} */ (counters.length > 0 ? { key: 'k.conf.area', args: { area: counters.map((counter) => ({ counter })) } } : null);
  const when = () => {
    const estimate = figure()?.estimate;
    return estimate ? /** @type {Said} */ ({ key: 'k.conf.when', args: { time: { time: hm(aboutWhen(estimate, app.now())) } } }) : null;
  };
  const promise = promiseOf(service), form = own?.online === 'none' ? undefined : service.online;
  /** What has to be known before: that one number is enough, what holds so late in the day. */
  const notes = () => [...(paceReached(branch.pace) > 0 ? [AGAIN] : []), ...serviceNotes(asked, app.now()),
    ...(own?.online && own.online !== 'none' && !form ? [ONLINE_ONLY] : [])];

  const top = head(branch, words(question));
  const turn = h('p'), told = h('ul', { class: 'notes', hidden: true }), online = form ? onlineBox(branch.id, service) : null;
  const above = roomAbove();
  const low = document.documentElement.dataset.reach === 'low';
  const scans = scanRow(app, !low);
  if (low) top.el.append(scans);
  if (above) top.el.append(told);
  if (online && above === 'much') top.el.append(online);
  const body = h('main', { class: 'body' },
    above ? null : told,
    h('section', { class: 'card' },
      h('span', { class: 'tab num', 'aria-hidden': 'true' }, service.prefix),
      h('div', { class: 't' }, h('strong', null, words(found ?? name(service.name))), turn, area && h('p', null, words(area)), promise && h('p', null, words(promise)))),
    above === 'much' ? null : online,
    h('div', { class: 'acts sure' },
      h('button', { type: 'button', class: 'btn', onclick: back }, icon('arrow-left'), words({ key: 'k.conf.no' })),
      h('button', { type: 'button', class: 'btn go', onclick: () => app.take(service, null) }, words({ key: 'k.conf.yes' }))));
  let drawn = '';
  return {
    name: 'confirm', nodes: low ? [top.el, body, foot(app)] : [top.el, body, scans, foot(app)], back,
    read: () => [question, found, confirmInfo(figure()), when(), area, promise, ...notes(), form ? ONLINE : null, ...scanWords(app.state()),
      ...numbered([{ label: { key: 'k.conf.yes' } }, { label: { key: 'k.conf.no' } }])].filter((x) => x !== null),
    update() {
      say(top.sub, words(confirmInfo(figure())));
      say(turn, words(when()));
      const lines = notes().map(words);
      if (lines.join('\n') === drawn) return;
      drawn = lines.join('\n');
      told.hidden = lines.length === 0;
      mount(told, lines.map((line) => h('li', null, line)));
    },
  };
}

/** @type {Said} */
const ONLINE = { key: 'k.online' };
/** Where there is no code to scan. @type {Said} */
const ONLINE_ONLY = { key: 'k.online.only' };

/**
 * A code that leads to the online form, when the service has one.
 * @param {string} branch
 * @param {Service} service
 */
function onlineBox(branch, service) {
  const src = `/api/v1/branches/${encodeURIComponent(branch)}/services/${encodeURIComponent(service.id)}/online.svg`;
  return h('figure', { class: 'online' },
    h('img', { class: 'qr', src, alt: words({ key: 'k.online.alt' }) }), h('figcaption', null, words(ONLINE)));
}

/** @param {HTMLElement} el @param {string} text */
function say(el, text) {
  el.hidden = !text;
  if (el.textContent !== text) el.textContent = text;
}

/**
 * The labels of the counters that serve it.
 * @param {import('/web/types.js').Branch} branch
 * @param {string} service
 */
export const countersOf = (branch, service) => branch.counters.filter((c) => c.services.includes(service)).map((c) => c.label);

/**
 * The counters that serve it, as people read them.
 * @param {import('/web/types.js').Branch} branch
 * @param {string} service
 */
export const areaOf = (branch, service) => ranges(countersOf(branch, service));
